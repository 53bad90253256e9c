"""The audit log with the names of those whom it tells of, as they are called now; and as JSON lines.

Somebody who reads it learns the names of people and groups, and of collections and documents that were opened to them.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa

from indexes.catalogue import Collection
from indexes.record import documents
from webui.accounts.group import groups
from webui.accounts.naming import names_of
from webui.audit import AT_ONCE, Audit, Entry, Wanted

_WHOM = ("account", "group", "collection")


@dataclass(frozen=True, slots=True)
class Named:
    """A row of the log and how those whom it names are called; "" for what is gone or not open to the reader.

    `whom` is the person, the group or the collection that its detail names.
    """

    entry: Entry
    actor: str
    subject: str
    whom: str


def named(engine: sa.Engine, entries: Sequence[Entry], readable: Sequence[Collection]) -> list[Named]:
    """The rows with names; those of documents only where their collection is `readable`."""
    subjects, people = {entry.subject for entry in entries}, {entry.actor_id for entry in entries}
    people |= subjects | {entry.detail.get("account", "") for entry in entries}
    names = {collection.id: collection.name for collection in readable}
    inside = documents.c.collection_id.in_(list(names))
    with engine.connect() as connection:
        names |= names_of(connection, people)
        for query in (
            sa.select(groups.c.id, groups.c.name),
            sa.select(documents.c.id, documents.c.filename).where(inside, documents.c.id.in_(subjects)),
        ):
            names |= {row[0]: row[1] for row in connection.execute(query)}
    return [
        Named(
            entry,
            names.get(entry.actor_id, ""),
            names.get(entry.subject, ""),
            next((names.get(entry.detail[kind], "") for kind in _WHOM if kind in entry.detail), ""),
        )
        for entry in entries
    ]


def json_lines(audit: Audit, wanted: Wanted, readable: Sequence[Collection]) -> Iterator[str]:
    """The rows, the oldest first, a line of JSON each: what is stored, the time in words (ISO 8601, UTC), and names."""
    for some in _some(audit.every(wanted)):
        for one in named(audit.engine, some, readable):
            said = asdict(one.entry) | {"time": datetime.fromtimestamp(one.entry.at, UTC).isoformat()}
            said |= {"actor_name": one.actor, "subject_name": one.subject, "whom_name": one.whom}
            yield json.dumps(said, ensure_ascii=False) + "\n"


def day_start(day: str) -> float | None:
    """When a day such as 2026-11-21 begins on this machine, in seconds since 1970; None where it is no day."""
    try:
        return datetime.combine(date.fromisoformat(day), time()).astimezone().timestamp()
    except (ValueError, OverflowError):
        return None


def day_end(day: str) -> float | None:
    """When the day after it begins."""
    try:
        return day_start((date.fromisoformat(day) + timedelta(days=1)).isoformat())
    except (ValueError, OverflowError):
        return None


def _some(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The same in lists, so that names are looked up for many at once."""
    some: list[Entry] = []
    for entry in entries:
        some.append(entry)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some
