"""Which documents of a collection a list shows, and in which order. Pure: knows no database and no HTML."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexes.catalogue import DocumentRecord

AT_WORK = ("reading", "indexing")
BUSY = (*AT_WORK, "queued")
HELD = (*BUSY, "paused")
"""States of documents that are still to be read."""

SHOWN = 50
"""Documents that a list shows at once; the files inside them come on top."""
PARTS_SHOWN = 5
"""Files inside a document that are shown under it; a list of their own has all of them."""
DEEPEST = 2

SORTS = ("", "name", "new", "old", "large")
"""In which order: by what needs somebody, by name, by when they came, by size."""

_RANKS = {"failed": 0, "reading": 1, "indexing": 1, "queued": 2, "paused": 3}
_GROUPS = {"busy": HELD, "failed": ("failed",), "ready": ("ready",)}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is to show: documents whose name or path has `name` in it, in that state, or inside that parent.

    `sort` is one of `SORTS`; `first` counts from 0: where the page of the list begins.
    """

    name: str = ""
    state: str = ""
    sort: str = ""
    parent: str = ""
    first: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list; `depth` is 0 for a document, 1 and more for a file inside the one above.

    `parts` are the states of the files directly inside; `hidden` is how many of them the list leaves out.
    """

    record: DocumentRecord
    depth: int
    parts: Counter[str]
    hidden: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The lines of a page of the list; `total` counts what all of its pages show, files inside not among them."""

    lines: tuple[Line, ...]
    first: int
    total: int

    @property
    def last(self) -> int:
        """The number, from 1, of the last document of this page."""
        return min(self.first + SHOWN, self.total)


def listing(records: Sequence[DocumentRecord], asked: Asked) -> Listing:
    """Unless sorted: failed documents first, then those at work, waiting and held, then the others; parts by path.

    A filter looks at files inside as at any other, and shows them on their own.
    """
    inside = _by_parent(records)
    if asked.name or asked.state:
        tops, deepest = [record for record in records if _matches(record, asked)], 0
    elif asked.parent:
        tops, deepest = inside[asked.parent], DEEPEST
    else:
        known = {record.id for record in records}
        tops, deepest = [record for record in records if record.parent_id not in known], DEEPEST
    if asked.sort or not asked.parent:
        tops = sorted(tops, key=lambda top: _place(top, asked.sort))
    first = asked.first if asked.first < len(tops) else 0
    lines = [line for top in tops[first : first + SHOWN] for line in _family(top, inside, 0, deepest)]
    return Listing(tuple(lines), first, len(tops))


def counts(records: Iterable[DocumentRecord]) -> Counter[str]:
    """How many documents are in each group: `ready`, `failed`, `busy`, `paused`."""
    return Counter("busy" if record.state in BUSY else record.state for record in records)


def _by_parent(records: Sequence[DocumentRecord]) -> dict[str, list[DocumentRecord]]:
    inside: dict[str, list[DocumentRecord]] = defaultdict(list)
    for record in records:
        if record.parent_id:
            inside[record.parent_id].append(record)
    for parts in inside.values():
        parts.sort(key=lambda part: (_rank(part), part.path or part.filename))
    return inside


def _family(
    record: DocumentRecord, inside: dict[str, list[DocumentRecord]], depth: int, deepest: int
) -> Iterable[Line]:
    parts = inside.get(record.id, [])
    shown = parts[:PARTS_SHOWN] if depth < deepest else []
    yield Line(record, depth, Counter(part.state for part in parts), len(parts) - len(shown))
    for part in shown:
        yield from _family(part, inside, depth + 1, deepest)


def _place(record: DocumentRecord, sort: str) -> tuple[object, ...]:
    """What the lines are sorted by. Numbers inside of names count as numbers: 9 before 10."""
    match sort:
        case "name":
            return tuple((int(part), "") if part.isdigit() else (-1, part) for part in _split(record.filename))
        case "new":
            return (-record.created_at,)
        case "old":
            return (record.created_at,)
        case "large":
            return (-record.size,)
    return _rank(record), _turn(record)


def _split(name: str) -> list[str]:
    return [part for part in re.split(r"([0-9]+)", name.casefold()) if part]


def _turn(record: DocumentRecord) -> float:
    """What waits stands in the order in which it will be read; everything else the newest first."""
    return record.created_at if record.state in HELD else -record.created_at


def _rank(record: DocumentRecord) -> int:
    return _RANKS.get(record.state, len(_RANKS))


def _matches(record: DocumentRecord, asked: Asked) -> bool:
    if asked.state and record.state not in _GROUPS.get(asked.state, ()):
        return False
    wanted = asked.name.casefold()
    return wanted in record.filename.casefold() or wanted in record.path.casefold() or wanted in record.title.casefold()
