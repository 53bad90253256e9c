"""The shape of a list of hits: neighbours are merged, copies collapse, and one document does not fill it alone.

Works down a ranking that it is handed, only as deep as it must. Knows nothing of scores but their order and ratio.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hebrew.folding import stem
from hebrew.tokens import tokens
from indexes.chunk import Chunk, Hit, Span
from indexes.passage_tokens import PassageTokens

MOST_OF_DOCUMENT = 3
"""Hits of one document, unless the question names it or the others are much worse."""
MUCH_WORSE = 0.9
"""A passage of another document is worth this share of the score of one that the limit holds back, or it gives way."""
MOST_MERGED = 3
"""Neighbouring chunks that become one hit."""
SAME = 0.95
"""The share of shingles (runs of four stems) that copies have in common, as in Broder (1997). One word of a passage of
up to 150 put in place of another makes a version of its own, not a copy; so does any number."""
_SHINGLE = 4
_MIX = np.uint64(0x9E3779B97F4A7C15)
_WIDEST_GAP = 40
"""Blanks between neighbours, in characters, at most."""

PageText = Callable[[str, int], str]
"""The text of a page of a document, "" when there is none."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells a copy of a passage: hashes of its shingles, ascending, and its numbers in their order."""

    shingles: npt.NDArray[np.uint64]
    numbers: bytes

    def same(self, other: "Fingerprint") -> bool:
        """Whether the two passages say the same."""
        if self.numbers != other.numbers or not len(self.shingles):
            return False
        smaller, larger = sorted((len(self.shingles), len(other.shingles)))
        if smaller < SAME * larger:
            return False
        shared = len(np.intersect1d(self.shingles, other.shingles, assume_unique=True))
        return shared >= SAME * (smaller + larger - shared)


def fingerprint(passages: PassageTokens, number: int) -> Fingerprint:
    """The fingerprint of the text, without title and headings, of one of the passages."""
    start, end = passages.starts[number] + passages.heads[number], passages.starts[number + 1]
    stems = passages.forms[start:end, 2]
    runs = stems.copy()
    for shift in range(1, min(_SHINGLE, len(stems))):
        runs = runs[:-1] * _MIX + stems[shift:]  # wraps around, as hashes may
    return Fingerprint(np.unique(runs), stems[passages.numbers[start:end]].tobytes())


@dataclass(slots=True)
class _Kept:
    hit: Hit
    fingerprints: list[Fingerprint]


def shaped(ranked: Iterable[tuple[Hit, Fingerprint]], question: str, limit: int, page_text: PageText) -> list[Hit]:
    """At most `limit` hits, best first, out of a ranking, best first.

    A passage that says the same as a better one only adds itself to that one's `also`. A neighbour of a better one in
    the same section becomes part of it. What is more than `MOST_OF_DOCUMENT` of a document waits until the others run
    out or become much worse, unless the question has every word of the document's title.
    """
    asked = frozenset(map(stem, tokens(question)))
    kept, waiting = list[_Kept](), list[_Kept]()
    for hit, mark in ranked:
        while waiting and len(kept) < limit and hit.score < MUCH_WORSE * waiting[0].hit.score:
            kept.append(waiting.pop(0))
        if len(kept) >= limit:
            break
        if _joins(kept, hit, mark, page_text) or _joins(waiting, hit, mark, page_text):
            continue
        of_document = sum(each.hit.chunk.document_id == hit.chunk.document_id for each in kept)
        enough = of_document >= MOST_OF_DOCUMENT and not _names(asked, hit.chunk.title)
        (waiting if enough else kept).append(_Kept(hit, [mark]))
    kept += waiting[: limit - len(kept)]
    return sorted((each.hit for each in kept), key=lambda hit: -hit.score)


def _names(asked: frozenset[str], title: str) -> bool:
    words = frozenset(map(stem, tokens(title)))
    return bool(words) and words <= asked


def _joins(kept: Sequence[_Kept], hit: Hit, mark: Fingerprint, page_text: PageText) -> bool:
    for each in kept:
        if any(mark.same(other) for other in each.fingerprints):
            each.hit = replace(each.hit, also=(*each.hit.also, hit.chunk))
            return True
        if len(each.fingerprints) < MOST_MERGED:
            merged = _with_neighbour(each.hit, hit.chunk, page_text)
            if merged:
                each.hit = merged
                each.fingerprints.append(mark)
                return True
    return False


def _with_neighbour(hit: Hit, chunk: Chunk, page_text: PageText) -> Hit | None:
    """The hit with another passage that goes on where it ends, or before it."""
    if merged := _merged(hit.chunk, chunk, page_text):
        return replace(hit, chunk=merged, joined=(*hit.joined, len(merged.text) - len(chunk.text)))
    if merged := _merged(chunk, hit.chunk, page_text):
        before = len(merged.text) - len(hit.chunk.text)
        return replace(hit, chunk=merged, joined=(before, *(before + start for start in hit.joined)))
    return None


def _merged(first: Chunk, second: Chunk, page_text: PageText) -> Chunk | None:
    """One chunk of two, if the second goes on where the first ends: in one section, with blanks alone between.

    Its spans tile the pages like those of every chunk, so the blanks become part of it.
    """
    if first.document_id != second.document_id or first.heading_path != second.heading_path:
        return None
    last, following = first.spans[-1], second.spans[0]
    if last.page == following.page and 0 <= following.start - last.end <= _WIDEST_GAP:
        text = page_text(first.document_id, last.page)
        between = text[last.end : following.start]
        spans = (*first.spans[:-1], replace(last, end=second.spans[0].end), *second.spans[1:])
    elif last.page + 1 == following.page and following.start <= _WIDEST_GAP and last.place.kind in {"page", "text"}:
        text = page_text(first.document_id, last.page)
        before = page_text(first.document_id, following.page)[: following.start]
        between = text[last.end :] + before
        spans = (
            *first.spans[:-1],
            replace(last, end=len(text)),
            Span(following.page, 0, following.end, following.place),
            *second.spans[1:],
        )
    else:
        return None
    if between.strip() or not text:
        return None
    return replace(first, spans=spans, text=first.text + between + second.text)
