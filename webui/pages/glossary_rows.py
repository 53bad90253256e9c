"""The pairs of a glossary as its page shows them. Pure: knows no routes and no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hebrew.normalise import normalise
from indexes.glossary_line import Entry, Line
from webui.place import source_text
from webui.texts import glossary_texts

SHOWN = 100
"""Pairs on a page."""


@dataclass(frozen=True, slots=True)
class Source:
    """A page that defines a pair: how it is called, and the address where its text can be checked."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """A pair as the page shows it. `state` is `used`, `hidden` or a doubt.

    `sources` are the first of the places that define it, `more` says how many others there are, `own` when a person
    decided of it. Where a change of it was refused, `problem` says why and `term` and `meaning` are what was typed.
    """

    id: str
    term: str
    meaning: str
    state: str
    state_text: str
    sources: tuple[Source, ...]
    more: str
    own: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Some of the rows: from number `first`, counted from 0, of all that are asked for. `total` counts those."""

    rows: tuple[Row, ...]
    first: int
    total: int

    @property
    def last(self) -> int:
        """The number, from 1, of the last row."""
        return self.first + len(self.rows)


def shown(lines: Sequence[Line], name: str, first: int) -> Shown:
    """The rows from `first` on of the lines that have `name` in them, however it is quoted and pointed."""
    wanted = normalise(name).strip()
    asked = [line for line in lines if wanted in normalise(f"{line.term} {line.meaning}")]
    first = min(first, max(0, len(asked) - 1)) // SHOWN * SHOWN
    return Shown(tuple(map(row, asked[first : first + SHOWN])), first, len(asked))


def first_with(lines: Sequence[Line], entry_id: str) -> int:
    """Where the page begins on which the line of that id stands; 0 when there is none."""
    return next((at for at, line in enumerate(lines) if line.id == entry_id), 0) // SHOWN * SHOWN


def row(line: Line) -> Row:
    """A line as a row."""
    state = "used" if line.is_used else "hidden" if line.is_hidden else line.doubt
    return Row(
        id=line.id,
        term=line.term,
        meaning=line.meaning,
        state=state,
        state_text=glossary_texts.STATES[state],
        sources=tuple(map(_source, line.found[:1])),
        more=_more(len(line.found) - 1),
        own=_decided(line.own) if line.own else "",
    )


def _source(entry: Entry) -> Source:
    name = source_text(entry.title, entry.place, entry.page)
    return Source(name, f"/documents/{entry.document_id}/check?page={entry.page}")


def _more(count: int) -> str:
    if count <= 0:
        return ""
    return glossary_texts.FOUND_MORE_ONE if count == 1 else glossary_texts.FOUND_MORE.format(count=count)


def _decided(entry: Entry) -> str:
    day = datetime.fromtimestamp(entry.created_at).astimezone()
    sentence = glossary_texts.SWITCHED_OFF if entry.hidden else glossary_texts.OWN
    return sentence.format(date=f"{day.day}.{day.month}.{day.year}")
