"""A document as a row of the list: its state, what is known of it, and what can be done with it. Knows no HTML."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from indexes.catalogue import DocumentRecord
from indexes.passages import Quality
from webui.api.reasons import can_help, reason_text
from webui.filename import visible
from webui.moment import day_text
from webui.pages.listing import AT_WORK, HELD, Line
from webui.quality import warning_lines
from webui.size import size_text
from webui.texts import document_texts

_LONGEST_SUFFIX = 5
_PARTED = frozenset({"xlsx", "xls", "xlsm", "ods", "csv", "tsv", "eml", "msg", "mbox", "epub", "zip"})
"""Suffixes of files whose pages are not what people call pages: while one is read, only parts are counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """A document as the list shows it. `folders` is where it was; `inside` and `replaces` are names of documents.

    `kind` is the suffix of its name in capitals, or "". `facts` are sentences; `added_by` is a name, or "" for whoever
    looks and for nobody. `actions` are those that an editor has.
    """

    id: str
    filename: str
    kind: str
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
    added_at: str
    added_by: str
    reason_text: str
    warnings: tuple[str, ...]
    parts_text: str
    hidden: int
    can_check: bool
    actions: tuple[str, ...]


def row_of(
    line: Line,
    by_id: Mapping[str, DocumentRecord],
    quality: Quality,
    names: Mapping[str, str],
    upload_limit: int,
) -> Row:
    """The row of a line. `names` are those of people; `upload_limit` is in bytes."""
    record = line.record
    return Row(
        id=record.id,
        filename=visible(record.filename),
        kind=_suffix(record).upper(),
        folders=_folders(record, by_id.get(record.parent_id)),
        inside="" if line.depth else name_of(by_id.get(record.parent_id)),
        replaces="" if record.state == "ready" else name_of(by_id.get(record.replaces)),
        depth=line.depth,
        state=record.state,
        state_text=document_texts.MOVING if record.moved_from else document_texts.STATES[record.state],
        at_work=record.state in AT_WORK,
        pages_done=record.pages_done,
        pages_total=record.pages_total,
        facts=_facts(record, quality),
        added_at=day_text(record.created_at),
        added_by=names.get(record.added_by, ""),
        reason_text=reason_text(record.reason, upload_limit) if record.state == "failed" else "",
        warnings=warning_lines(quality),
        parts_text=_parts_text(line.parts),
        hidden=line.hidden,
        can_check=quality.pages > 0,
        actions=_actions(record),
    )


def name_of(record: DocumentRecord | None) -> str:
    """What a document is called on the screen; "" for none."""
    return visible(record.filename) if record else ""


def _suffix(record: DocumentRecord) -> str:
    suffix = record.filename.rpartition(".")[2].lower() if "." in record.filename else ""
    return suffix if suffix.isascii() and suffix.isalnum() and len(suffix) <= _LONGEST_SUFFIX else ""


def _folders(record: DocumentRecord, parent: DocumentRecord | None) -> tuple[str, ...]:
    """The folders a file was in; of a file inside another one, those in there."""
    outside = f"{parent.path or parent.filename}/" if parent else ""
    return tuple(visible(part) for part in record.path.removeprefix(outside).split("/")[:-1] if part)


def _facts(record: DocumentRecord, quality: Quality) -> tuple[str, ...]:
    """How much there is or was read, how much of it came from a scan, how large the file is."""
    size = size_text(record.size)
    if record.state in HELD and record.pages_total:
        said = document_texts.PARTS_DONE if _suffix(record) in _PARTED else document_texts.PAGES_DONE
        return said.format(done=record.pages_done, total=record.pages_total), size
    if quality.kind == "text" or not quality.places:
        return (size,)
    one, more = document_texts.COUNTS[quality.kind]
    facts = [one if quality.places == 1 else more.format(total=quality.places)]
    if quality.scanned == quality.pages:
        facts.append(document_texts.SCANNED_ALL)
    elif quality.scanned:
        some = document_texts.SCANNED_ONE if quality.scanned == 1 else document_texts.SCANNED_SOME
        facts.append(some.format(count=quality.scanned))
    return *facts, size


def _actions(record: DocumentRecord) -> tuple[str, ...]:
    """What can be done with a document; what only comes with its parent is replaced and moved with that."""
    own = () if record.parent_id else ("replace", "move")
    if record.state == "paused":
        return "resume", *own[1:], "cancel"
    if record.state in HELD:
        return "pause", *(() if record.state in AT_WORK else own[1:]), "cancel"
    if record.state == "failed" and can_help(record.reason):
        return "retry", *own, "delete"
    return *own, "delete"


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
