"""The words half of an index: BM25 over four foldings of Hebrew words, in immutable segments.

A segment is a folder of numpy arrays, written once and read through memory maps. Scores depend on the live passages
alone, not on the segments they are spread over. Knows nothing of chunks, manifests or vectors.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from hebrew.terms import Term
from hebrew.tokens import tokens
from indexes.bm25 import Asked, Floats, add_scores, best_of, idf
from indexes.errors import IndexDamaged
from indexes.fields import FIELDS, PREFIX_FIELD, hashed
from indexes.passage_tokens import PassageTokens, StoredTokens, write_tokens
from indexes.postings import Features, Integers, Postings, ranges, write_postings

Passage = tuple[str, str]
"""What is searched of a passage: its head (title, headings, header row) and its text."""


def write_segment(folder: Path, passages: Sequence[Passage]) -> None:
    """Writes these passages, in this order, as a segment into `folder`, which is made if it is not there."""
    of_heads = {head: tokens(head) for head in {head for head, _ in passages}}
    numbers: dict[str, int] = {}
    words, heads, sizes = list[int](), list[int](), list[int]()
    for head, text in passages:
        found = [*of_heads[head], *tokens(text)]
        words += [numbers.setdefault(word, len(numbers)) for word in found]
        heads.append(len(of_heads[head]))
        sizes.append(len(found))
    of_passages = np.array(words, np.int64)
    starts = np.concatenate(([0], np.cumsum(np.array(sizes, np.int64))))
    vocabulary = hashed(list(numbers))
    digits = np.array([word[0].isdigit() for word in numbers], np.bool_)
    write_tokens(folder, vocabulary.forms, digits, of_passages, starts, np.array(heads, np.int64))
    positions = np.repeat(np.arange(len(passages)), np.array(sizes, np.int64))
    write_postings(folder, vocabulary, of_passages, positions, len(passages))


class Words:
    """BM25 over the live passages of some segments, taken as one list of passages.

    For each field the sum over the features of the terms, a term counting by its weight and equal features adding up;
    then the weighted sum over the fields.
    """

    def __init__(
        self, segments: Sequence[Path], live: Sequence[npt.NDArray[np.bool_]], before: "Words | None" = None
    ) -> None:
        """Opens the segments; `live[i]` says which passages of `segments[i]` count.

        Those that are open in an earlier state, `before`, are taken over from it. Raises `IndexDamaged`.
        """
        known: dict[Path, _Opened] = before._opened if before else {}
        self._opened: dict[Path, _Opened] = {folder: known.get(folder) or _Opened(folder) for folder in segments}
        self._segments = list(self._opened.values())
        self._live = live
        self._starts = np.cumsum([0, *(len(alive) for alive in live)])
        self._count, totals = 0, np.zeros(len(FIELDS))
        for folder, segment, alive in zip(segments, self._segments, live, strict=True):
            if segment.postings.count != len(alive):
                raise IndexDamaged(f"the index segment {folder} has not {len(alive)} passages; run `darash reindex`")
            self._count += int(alive.sum())
            totals += segment.totals - segment.postings.lengths[:, ~alive].sum(axis=1, dtype=np.float64)
        self._means = totals / max(1, self._count)

    def scores(self, terms: Iterable[Term]) -> Floats:
        """The score of every passage, 0 for dead ones and those without a feature of the terms."""
        asked = _asked(terms)
        having = self._having(asked.features)
        weighted = Asked(asked.rows, asked.features, asked.weights * idf(self._count, having))
        weighted = weighted.ordered(np.argsort(having, kind="stable"))
        scores = np.zeros(int(self._starts[-1]), np.float32)
        for segment, alive, start in zip(self._segments, self._live, self._starts, strict=False):
            here = scores[start : start + len(alive)]
            add_scores(here, segment.postings, weighted, self._means)
            if not alive.all():
                here[~alive] = 0
        return scores

    def best(self, terms: Iterable[Term], count: int) -> tuple[Integers, Floats]:
        """Positions and scores of the best `count` live passages with a feature of the terms, best first."""
        scores = self.scores(terms)
        best = best_of(scores, count)
        return best, scores[best]

    def scores_at(self, terms: Iterable[Term], positions: Integers) -> Floats:
        """The scores of the passages at those positions."""
        return self.scores(terms)[positions]

    def idf(self, token: str) -> float:
        """How rare the word is, without its prefix, among the live passages: ln(1 + (N - n + 0.5) / (n + 0.5))."""
        return float(idf(self._count, self._having(np.array(PREFIX_FIELD.hashes(token), np.uint64)))[0])

    def tokens_of(self, positions: Integers) -> PassageTokens:
        """The tokens of the passages at those positions, in their order."""
        owners = np.searchsorted(self._starts, positions, side="right") - 1
        found = PassageTokens.joined(
            [
                self._segments[each].tokens.of(positions[owners == each] - self._starts[each])
                for each in np.unique(owners)
            ]
        )
        if (np.diff(owners) >= 0).all():
            return found
        order = np.argsort(owners, kind="stable")  # found[i] are the tokens of positions[order[i]]
        return found.taken(np.argsort(order, kind="stable"))

    def _having(self, features: Features) -> Integers:
        """How many live passages have each of the features."""
        having = np.zeros(len(features), np.int64)
        for segment, alive in zip(self._segments, self._live, strict=True):
            starts, sizes = segment.postings.spans(features)
            having += sizes
            if not alive.all():
                dead = ~alive[segment.postings.positions[ranges(starts, sizes)]]
                having -= np.bincount(np.repeat(np.arange(len(features)), sizes)[dead], minlength=len(features))
        return having


class _Opened:
    """A segment that is open, and the sum of the lengths of its passages in each field."""

    def __init__(self, folder: Path) -> None:
        self.postings = Postings(folder)
        self.tokens = StoredTokens(folder)
        self.totals = self.postings.lengths.sum(axis=1, dtype=np.float64)


def _asked(terms: Iterable[Term]) -> Asked:
    """Every feature of the terms once, with its weight."""
    weights: dict[tuple[int, int], float] = {}
    for term in terms:
        for row, field in enumerate(FIELDS):
            for feature in field.hashes(term.token):
                weights[row, feature] = weights.get((row, feature), 0.0) + field.weight * term.weight
    rows = np.array([row for row, _ in weights], np.int64)
    features = np.array([feature for _, feature in weights], np.uint64)
    return Asked(rows, features, np.array(list(weights.values()), np.float64))
