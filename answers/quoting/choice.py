"""Which sentences are quoted, and in which order they are read.

As few as it takes to hold the answer in all likelihood; the best of them first, what goes on from it joined to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import le

from answers.quoting.pieces import is_row
from answers.quoting.scoring import Candidate
from indexes.chunk import Hit

_MOST_SENTENCES = 5
_MOST_SOURCES = 3
_ENOUGH = 0.95
"""Sentences are added until the answer is among them with this probability (docs/log.md has the curve)."""
_LEAST = 0.03
"""Less likely ones are not added."""
_SAME = 0.8
"""The share of words in common (Jaccard) from which two sentences say the same."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters `start` to `end` of the text of a hit."""

    hit: Hit
    start: int
    end: int


def chosen(candidates: Sequence[Candidate]) -> list[Quote]:
    """The quotes in the order of reading, of candidates with the likeliest first.

    The best sentence comes first, then what else its source says, in the order of its text; then the other sources.
    """
    kept = _kept(candidates)
    if not kept:
        return []
    best, *others = kept
    sources = list(dict.fromkeys(each.sentence.rank for each in kept))
    others.sort(key=lambda each: (sources.index(each.sentence.rank), each.sentence.piece.start))
    quotes = [_quote(best)]
    for each in others:
        quote = _quote(each)
        at = next((at for at, other in enumerate(quotes) if _goes_on(other, quote)), None)
        if at is None:
            quotes.append(quote)
        else:
            quotes[at] = Quote(quote.hit, quotes[at].start, max(quotes[at].end, quote.end))
    return quotes


def _kept(candidates: Sequence[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    held = 0.0
    for each in candidates:
        if len(kept) == _MOST_SENTENCES or (kept and (held >= _ENOUGH or each.probability < _LEAST)):
            break
        is_full = len({other.sentence.rank for other in kept} | {each.sentence.rank}) > _MOST_SOURCES
        if is_full or any(_says_the_same(each, other) or _is_row_beside(each, other) for other in kept):
            continue
        kept.append(each)
        held += each.probability
    return kept


def _is_row_beside(one: Candidate, other: Candidate) -> bool:
    """Whether it is a row of the same document as a better one that has all of the question that it has, and more.

    What stands over a row it has too.
    """
    first, second = one.sentence, other.sentence
    if one.hit.chunk.document_id != other.hit.chunk.document_id or not (is_row(first.text) and is_row(second.text)):
        return False
    here, there = (tuple(map(max, each.found, each.over)) for each in (first, second))
    return here != there and all(map(le, here, there))


def _quote(candidate: Candidate) -> Quote:
    return Quote(candidate.hit, candidate.sentence.piece.start, candidate.sentence.piece.end)


def _goes_on(quote: Quote, other: Quote) -> bool:
    """Whether the other one begins inside of this quote or at its end."""
    return quote.hit is other.hit and quote.start <= other.start <= quote.end


def _says_the_same(one: Candidate, other: Candidate) -> bool:
    """Whether one of two sentences lies inside the other, or they have nearly the same words."""
    first, second = one.sentence, other.sentence
    if first.rank == second.rank:
        outer = second.piece.start <= first.piece.start and first.piece.end <= second.piece.end
        inner = first.piece.start <= second.piece.start and second.piece.end <= first.piece.end
        return outer or inner
    words, others = set(first.words), set(second.words)
    return len(words & others) >= _SAME * len(words | others)
