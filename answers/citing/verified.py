"""Whether each cited sentence of a finished answer is borne out by the passages it cites.

A number, date or amount that no cited passage holds is always a doubt, and so is a name or another word that is in no
list of words and resembles none there; the other words are where too few of them, weighed by how rare they are, stand
in the passages together. A mark belongs to the sentence before it and to no other; sentences
without a mark are not looked at. Knows no model: this compares texts, and does not understand them, so that a sentence
that turns a passage round ("not") with its own words passes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answers.answer import Citation, Doubt, Stretch
from answers.citing.evidence import overlap
from answers.citing.marks import SOURCE_WORDS
from hebrew.amounts import Amount, amounts, said_in
from hebrew.sentences import sentences
from indexes.chunk import Chunk, Hit

_MARK = re.compile(r"\[(\d{1,3})\]")
_ITEM = re.compile(r"\s*(?:(?:#+|[-*\u2022\u2013]|\(?(?:\d{1,3}|[\u05d0-\u05ea])[.)])\s+)*\**")
"""What begins a line of a list, and is no part of its sentence."""
_NAMES_SOURCE = re.compile(rf"(?:{'|'.join(SOURCE_WORDS)})\s*$", re.IGNORECASE)

LEAST_SHARE, LEAST_BESIDE_NUMBERS = 0.5, 0.3
"""The least share of a sentence's words, by weight, that its passages hold; less is enough where they also hold all of
its numbers. Set by hand, in view of what `evals.verification` says of ParaShoot's training and HeQ's validation set."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The cited sentences that are not borne out, in order, and the share of those that are; None where none cites."""

    doubts: tuple[Doubt, ...] = ()
    share: float | None = None


def verified(text: str, citations: Sequence[Citation], sources: Sequence[Hit]) -> Verification:
    """Compares each cited sentence of an answer with the passages of all its marks, their titles and headings.

    The marks of `text` number `citations`, and those cite chunks of `sources`.
    """
    chunks = {hit.chunk.id: hit.chunk for hit in sources}
    cited = {citation.number: chunks[citation.chunk_id] for citation in citations if citation.chunk_id in chunks}
    doubts, checked = [], 0
    for (start, end), passages in _cited_sentences(text, cited):
        checked += 1
        sentence = _without_marks(text[start:end])
        missing = missing_amounts(sentence, passages)
        share, strange = overlap(sentence, _texts(passages))
        numbered = any(each.sure for each in amounts(sentence))
        if missing or strange or share < (LEAST_BESIDE_NUMBERS if numbered else LEAST_SHARE):
            doubts.append(Doubt(start, end, missing))
    return Verification(tuple(doubts), 1 - len(doubts) / checked if checked else None)


def missing_amounts(sentence: str, passages: Sequence[Chunk]) -> tuple[str, ...]:
    """The numbers, dates and amounts of a sentence that no passage says, as they are written."""
    said = frozenset[str]().union(*map(said_in, _texts(passages)))
    counts = sentence.rstrip().endswith(":")
    return tuple(
        sentence[each.start : each.end]
        for each in amounts(sentence)
        if each.sure
        and not any(way <= said for way in each.ways)
        and not _NAMES_SOURCE.search(sentence[: each.start])
        and not (counts and not _in_digits(sentence, each))
    )


def _texts(passages: Sequence[Chunk]) -> list[str]:
    return [text for each in passages for text in (each.head, each.text)]


def _in_digits(sentence: str, amount: Amount) -> bool:
    """Whether an amount is written in digits: before a list, a number in words only counts its items."""
    return any(map(str.isdecimal, sentence[amount.start : amount.end]))


def _cited_sentences(text: str, cited: dict[int, Chunk]) -> Iterator[tuple[Stretch, list[Chunk]]]:
    for start, end in sentences(_without_marks(text)):
        numbers = [int(mark[1]) for mark in _MARK.finditer(text, start, end)]
        passages = {cited[number].id: cited[number] for number in numbers if number in cited}
        if passages:
            item = _ITEM.match(text, start, end)
            first = item.end() if item else start
            yield (first, start + len(text[start:end].rstrip())), list(passages.values())


def _without_marks(text: str) -> str:
    """The text with blanks in place of its marks, so that nothing moves."""
    return _MARK.sub(lambda mark: " " * len(mark[0]), text)
