"""The list of a collection's documents as an HTML fragment, drawn again and again while somebody looks at it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from indexes.catalogue import DocumentRecord
from indexes.errors import NotFound
from indexes.passages import Quality
from webui.accounts.gate import account_of
from webui.accounts.naming import name_of
from webui.api.reasons import can_help, reason_text
from webui.collecting import may_make
from webui.filename import visible
from webui.grants import Level
from webui.pages.listing import AT_WORK, HELD, SHOWN, Asked, Line, counts, listing
from webui.pages.render import render
from webui.quality import warning_lines
from webui.services import Services
from webui.texts import document_texts

LONGEST_NAME = 200
MOST_DOCUMENTS = 2**31 - 1

UNREAD = Quality(0, 0, {})


@dataclass(frozen=True, slots=True)
class Row:
    """A document as the list shows it. `folders` is where it was; `inside` and `replaces` are names of documents.

    `actions` are those that an editor has; `added_by` is the name of somebody else, or "".
    """

    id: str
    filename: str
    folders: tuple[str, ...]
    inside: str
    replaces: str
    depth: int
    state: str
    state_text: str
    at_work: bool
    pages_done: int
    pages_total: int
    facts: tuple[str, ...]
    reason_text: str
    warnings: tuple[str, ...]
    parts_text: str
    hidden: int
    can_check: bool
    actions: tuple[str, ...]
    added_by: str = ""


@dataclass(frozen=True, slots=True)
class Looking:
    """Somebody who looks at a collection ("" where they may read none), with what they may do there, and the others.

    `collections` are ids and names, `names` how the people are called whose documents they may be: id -> name.
    """

    collection_id: str
    level: Level
    collections: tuple[tuple[str, str], ...]
    can_make: bool
    names: Mapping[str, str]


def routes(services: Services) -> APIRouter:
    """`GET /documents/list?collection=ID&name=&state=&parent=&first=`; without a collection, the first to be read."""
    router = APIRouter()

    @lru_cache(maxsize=4096)
    def quality(document_id: str, _updated_at: float) -> Quality:
        return services.passages.quality(document_id)

    @router.get("/documents/list")
    def documents_list(
        request: Request,
        collection: str = "",
        name: Annotated[str, Query(max_length=LONGEST_NAME)] = "",
        state: str = "",
        parent: str = "",
        first: Annotated[int, Query(ge=0, le=MOST_DOCUMENTS)] = 0,
    ) -> HTMLResponse:
        looking = _looking(services, account_of(request), collection)
        records = services.catalogue.documents(looking.collection_id)
        asked = Asked(name.strip(), state, parent, first)
        return HTMLResponse(_drawn(looking, records, asked, quality, services.upload_limit))

    return router


def _looking(services: Services, account_id: str, collection_id: str) -> Looking:
    """Who looks at which collection; without an id, at the first that they may read. Raises `NotFound`."""
    account, levels = services.accounts.get(account_id), services.permissions.levels(account_id)
    readable = {each.id: each for each in levels}
    if collection_id and collection_id not in readable:
        raise NotFound(f"no collection {collection_id!r}")
    shown = readable.get(collection_id) or next(iter(levels), None)
    names: dict[str, str] = {}
    if account.role != "guest":  # who is in the team is nothing for guests
        names = {one.id: name_of(one) for one in services.people.all() if one.id != account_id}
    return Looking(
        shown.id if shown else "",
        levels[shown] if shown else "reader",
        tuple((each.id, visible(each.name)) for each in levels),
        may_make(account),
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
    shown = listing(records, asked)
    groups = counts(records)

    def row(line: Line) -> Row:
        record = line.record
        quality = quality_of(record.id, record.updated_at) if record.state == "ready" else UNREAD
        drawn = _row(line, by_id, quality, upload_limit)
        return replace(drawn, added_by=looking.names.get(record.added_by, ""))

    return render(
        "documents.html",
        looking=looking,
        can_write=bool(looking.collection_id) and looking.level != "reader",
        summary=_summary(len(records), groups),
        groups=groups,
        rows=[row(line) for line in shown.lines],
        shown=shown,
        step=SHOWN,
        parent=_name(by_id.get(asked.parent)),
        is_empty=not records,
    )


def _row(line: Line, by_id: Mapping[str, DocumentRecord], quality: Quality, upload_limit: int) -> Row:
    record = line.record
    return Row(
        id=record.id,
        filename=visible(record.filename),
        folders=_folders(record, by_id.get(record.parent_id)),
        inside="" if line.depth else _name(by_id.get(record.parent_id)),
        replaces=_name(by_id.get(record.replaces)),
        depth=line.depth,
        state=record.state,
        state_text=document_texts.STATES.get(record.state, record.state),
        at_work=record.state in AT_WORK,
        pages_done=record.pages_done,
        pages_total=record.pages_total,
        facts=_facts(record, quality),
        reason_text=reason_text(record.reason, upload_limit) if record.state == "failed" else "",
        warnings=warning_lines(quality),
        parts_text=_parts_text(line.parts),
        hidden=line.hidden,
        can_check=quality.pages > 0,
        actions=_actions(record),
    )


def _folders(record: DocumentRecord, parent: DocumentRecord | None) -> tuple[str, ...]:
    """The folders a file was in; of a file inside another one, those in there."""
    outside = f"{parent.path or parent.filename}/" if parent else ""
    return tuple(visible(part) for part in record.path.removeprefix(outside).split("/")[:-1] if part)


def _name(record: DocumentRecord | None) -> str:
    return visible(record.filename) if record else ""


def _facts(record: DocumentRecord, quality: Quality) -> tuple[str, ...]:
    """How many pages there are or were done, and how many of them came from a scan."""
    if record.state in HELD and record.pages_total:
        return (document_texts.PAGES_DONE.format(done=record.pages_done, total=record.pages_total),)
    if not (total := quality.pages):
        return ()
    pages = document_texts.PAGES_ONE if total == 1 else document_texts.PAGES.format(total=total)
    if not quality.scanned:
        return (pages,)
    one = quality.scanned == 1
    some = document_texts.SCANNED_ONE if one else document_texts.SCANNED_SOME.format(count=quality.scanned)
    return pages, document_texts.SCANNED_ALL if quality.scanned == total else some


def _actions(record: DocumentRecord) -> tuple[str, ...]:
    """What can be done with a document; what only comes with its parent is replaced by replacing that."""
    replace = () if record.parent_id else ("replace",)
    if record.state == "paused":
        return "resume", "cancel"
    if record.state in HELD:
        return "pause", "cancel"
    if record.state == "failed" and can_help(record.reason):
        return "retry", *replace, "delete"
    return *replace, "delete"


def _summary(total: int, groups: Counter[str]) -> tuple[str, ...]:
    texts = document_texts
    told = {"ready": texts.SUMMARY_READY, "busy": texts.SUMMARY_BUSY, "paused": texts.SUMMARY_PAUSED}
    told["failed"] = texts.SUMMARY_FAILED
    whole = texts.SUMMARY_ONE if total == 1 else texts.SUMMARY.format(total=total)
    return whole, *(text.format(count=groups[group]) for group, text in told.items() if groups[group])


def _parts_text(parts: Counter[str]) -> str:
    """How many files are inside, and how many of them are not ready."""
    total = parts.total()
    if not total:
        return ""
    texts = document_texts
    told = [texts.PARTS_ONE if total == 1 else texts.PARTS.format(count=total)]
    busy = sum(parts[state] for state in HELD)
    told += [texts.SUMMARY_BUSY.format(count=busy)] if busy else []
    told += [texts.SUMMARY_FAILED.format(count=parts["failed"])] if parts["failed"] else []
    return ", ".join(told)
