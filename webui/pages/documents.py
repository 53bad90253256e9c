"""The list of a collection's documents as an HTML fragment, drawn again and again while somebody looks at it."""

from dataclasses import dataclass
from functools import lru_cache

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from indexes.catalogue import DocumentRecord
from webui.accounts.gate import account_of
from webui.api.reasons import reason_text
from webui.pages.render import render
from webui.screen import texts
from webui.services import Services

PAGES_NAMED = 8
"""How many page numbers a warning lists before it says that there are more."""

BUSY = ("queued", "reading", "indexing")


@dataclass(frozen=True, slots=True)
class Row:
    """A document as the list shows it."""

    id: str
    filename: str
    state: str
    state_text: str
    busy: bool
    pages_done: int
    pages_total: int
    pages_text: str
    reason_text: str
    warnings: tuple[str, ...]


def routes(services: Services) -> APIRouter:
    """`GET /documents/list?collection=ID`; without a collection, the first that the account may read."""
    router = APIRouter()

    @lru_cache(maxsize=4096)
    def warnings(document_id: str, _updated_at: float) -> tuple[str, ...]:
        return _warning_texts(services.passages.warnings(document_id))

    def row(record: DocumentRecord) -> Row:
        ready = record.state == "ready"
        return Row(
            id=record.id,
            filename=record.filename,
            state=record.state,
            state_text=texts.STATES.get(record.state, record.state),
            busy=record.state in BUSY,
            pages_done=record.pages_done,
            pages_total=record.pages_total,
            pages_text=_pages_text(record),
            reason_text=reason_text(record.reason, services.upload_limit) if record.state == "failed" else "",
            warnings=warnings(record.id, record.updated_at) if ready else (),
        )

    @router.get("/documents/list")
    def documents_list(request: Request, collection: str = "") -> HTMLResponse:
        account_id = account_of(request)
        readable = services.permissions.readable(account_id)
        if collection:
            collection_id = services.permissions.collection_to_read(account_id, collection).id
        else:
            collection_id = readable[0].id if readable else ""
        rows = [row(record) for record in services.catalogue.documents(collection_id)]
        return HTMLResponse(render("documents.html", collection_id=collection_id, rows=rows))

    return router


def _pages_text(record: DocumentRecord) -> str:
    if record.state == "ready":
        return texts.PAGES_ONE if record.pages_total == 1 else texts.PAGES.format(total=record.pages_total)
    if record.state in BUSY and record.pages_total:
        return texts.PAGES_DONE.format(done=record.pages_done, total=record.pages_total)
    return ""


def _warning_texts(by_page: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
    """Each kind of warning once, with the pages it is about."""
    pages: dict[str, list[int]] = {}
    for number, codes in by_page.items():
        for code in codes:
            pages.setdefault(texts.WARNINGS.get(code, texts.WARNING_UNKNOWN), []).append(number)
    return tuple(
        texts.WARNING_PAGES.format(
            warning=warning,
            pages=", ".join(map(str, numbers[:PAGES_NAMED])) + ("…" if len(numbers) > PAGES_NAMED else ""),
        )
        for warning, numbers in pages.items()
    )
