"""What a glossary says, made of its entries: each pair once, with where it comes from and whether searches use it.

Pure: knows no database. An entry that a person wrote decides about its pair, so what was switched off stays off however
often a document that defines it is read again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hebrew.folding import stem
from hebrew.terms import Pair
from hebrew.tokens import tokens
from indexes.page import Place

Key = frozenset[tuple[str, ...]]
Stems = frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A pair as it was found on page `page` of a document, or as a person wrote it.

    `document_id` and `title` (of the document) are "" and `page` 0 for what a person wrote; `account_id` is that
    person, "" for what was found. `hidden` is what a person decided: the pair is not to be used.
    """

    id: str
    collection_id: str
    document_id: str
    page: int
    term: str
    meaning: str
    hidden: bool
    account_id: str
    created_at: float
    title: str = ""
    place: Place = Place()


Doubt = Literal["", "several", "part"]
"""Why searches leave a pair alone that documents define, until a person decides: they define the term in several ways,
or one side is only a part of the other ("the council" of "the council of Shkamim"), whose words are found anyway."""


@dataclass(frozen=True, slots=True)
class Line:
    """A pair with everything that is known of it: where it was `found`, and what a person said of it, if one did."""

    term: str
    meaning: str
    found: tuple[Entry, ...]
    own: Entry | None
    doubt: Doubt

    @property
    def is_hidden(self) -> bool:
        """Whether a person has switched it off."""
        return self.own is not None and self.own.hidden

    @property
    def is_used(self) -> bool:
        """Whether searches use it."""
        return not (self.own.hidden if self.own else self.doubt)

    @property
    def id(self) -> str:
        """The entry by which the line is named."""
        return (self.own or self.found[0]).id

    @property
    def pair(self) -> Pair:
        """What a question's terms are made with."""
        return self.term, self.meaning


def key_of(term: str, meaning: str) -> Key:
    """The same for pairs that search the same: whichever side is first, however they are quoted and pointed."""
    return frozenset((tuple(tokens(term)), tuple(tokens(meaning))))


def lines_of(entries: Iterable[Entry]) -> list[Line]:
    """The lines of a glossary, the newest decisions of people counting, in the order of their terms."""
    groups: dict[Key, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.created_at):
        groups.setdefault(key_of(entry.term, entry.meaning), []).append(entry)
    meanings: dict[Stems, list[Stems]] = {}
    for group in groups.values():
        if not any(entry.hidden for entry in group):
            meanings.setdefault(_stems(group[0].term), []).append(_stems(group[0].meaning))
    return sorted((_line(group, meanings) for group in groups.values()), key=lambda line: tuple(map(tokens, line.pair)))


def _line(group: Sequence[Entry], meanings: Mapping[Stems, Sequence[Stems]]) -> Line:
    found = tuple(entry for entry in group if entry.document_id)
    own = next((entry for entry in reversed(group) if not entry.document_id), None)
    shown = own or found[0]
    doubt = "" if own else _doubt(_stems(shown.term), _stems(shown.meaning), meanings)
    return Line(shown.term, shown.meaning, found, own, doubt)


def _doubt(term: Stems, meaning: Stems, meanings: Mapping[Stems, Sequence[Stems]]) -> Doubt:
    if term <= meaning or meaning <= term:
        return "part"
    longest = max(meanings[term], key=len)
    return "" if all(other <= longest for other in meanings[term]) else "several"


def _stems(text: str) -> Stems:
    return frozenset(map(stem, tokens(text)))
