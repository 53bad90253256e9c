"""The list of a collection's documents as an HTML fragment, drawn again and again while somebody looks at it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from indexes.catalogue import Collection, DocumentRecord
from indexes.passages import Quality
from webui.accounts import naming
from webui.accounts.gate import account_of
from webui.api.field import Id
from webui.filename import visible
from webui.grants import Level
from webui.pages.document_row import name_of, row_of
from webui.pages.listing import SHOWN, SORTS, Asked, Line, counts, listing
from webui.pages.render import render
from webui.services import Services
from webui.texts import document_texts

LONGEST_NAME = 200
MOST_DOCUMENTS = 2**31 - 1

UNREAD = Quality(0, 0, {})


@dataclass(frozen=True, slots=True)
class Looking:
    """Somebody who looks at a collection, with what they may do there.

    `names` is how the people are called whose documents they may be: id -> name. `can_move` says whether there is
    another collection in which they may change documents.
    """

    collection_id: str
    name: str
    level: Level
    can_move: bool
    names: Mapping[str, str]


def routes(services: Services) -> APIRouter:
    """`GET /documents/list?collection=ID&name=&state=&sort=&parent=&first=`."""
    router = APIRouter()

    @lru_cache(maxsize=4096)
    def quality(document_id: str, _updated_at: float) -> Quality:
        return services.passages.quality(document_id)

    @router.get("/documents/list")
    def documents_list(
        request: Request,
        collection: Id,
        name: Annotated[str, Query(max_length=LONGEST_NAME)] = "",
        state: str = "",
        sort: str = "",
        parent: str = "",
        first: Annotated[int, Query(ge=0, le=MOST_DOCUMENTS)] = 0,
    ) -> HTMLResponse:
        looking = _looking(services, account_of(request), collection)
        records = services.catalogue.documents(looking.collection_id)
        asked = Asked(name.strip(), state, sort if sort in SORTS else "", parent, first)
        return HTMLResponse(_drawn(looking, records, asked, quality, services.upload_limit))

    return router


def _looking(services: Services, account_id: str, collection_id: str) -> Looking:
    """Who looks at which collection. Raises `NotFound`."""
    shown: Collection = services.permissions.collection_to_read(account_id, collection_id)
    account, levels = services.accounts.get(account_id), services.permissions.levels(account_id)
    names: dict[str, str] = {}
    if account.role != "guest":  # who is in the team is nothing for guests
        people = services.people.all()
        names = {one.id: naming.name_of(one) for one in people} if len(people) > 1 else {}
    return Looking(
        shown.id,
        visible(shown.name),
        levels[shown],
        any(level != "reader" for each, level in levels.items() if each != shown),
        names,
    )


def _drawn(
    looking: Looking,
    records: list[DocumentRecord],
    asked: Asked,
    quality_of: Callable[[str, float], Quality],
    upload_limit: int,
) -> str:
    by_id = {record.id: record for record in records}
    if asked.parent not in by_id:
        asked = replace(asked, parent="")
    shown, groups = listing(records, asked), counts(records)

    def quality(line: Line) -> Quality:
        record = line.record
        return quality_of(record.id, record.updated_at) if record.state == "ready" else UNREAD

    return render(
        "documents.html",
        looking=looking,
        can_write=looking.level != "reader",
        summary=_summary(len(records), groups),
        groups=groups,
        rows=[row_of(line, by_id, quality(line), looking.names, upload_limit) for line in shown.lines],
        shown=shown,
        step=SHOWN,
        parent=name_of(by_id.get(asked.parent)),
        is_empty=not records,
    )


def _summary(total: int, groups: Counter[str]) -> tuple[str, ...]:
    texts = document_texts
    told = {"ready": texts.SUMMARY_READY, "busy": texts.SUMMARY_BUSY, "paused": texts.SUMMARY_PAUSED}
    told["failed"] = texts.SUMMARY_FAILED
    whole = texts.SUMMARY_ONE if total == 1 else texts.SUMMARY.format(total=total)
    if groups["ready"] == total:
        return (whole,)
    return whole, *(text.format(count=groups[group]) for group, text in told.items() if groups[group])
