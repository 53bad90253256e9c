"""BM25 over the postings of one segment after the other, and the best of many scores.

BM25 by Robertson and Zaragoza (2009), with the idf of Lucene, which is never negative. Knows nothing of words: it is
told which features are asked for, and what each weighs.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexes.postings import Features, Integers, Postings, ranges

Floats = npt.NDArray[np.float32]

SATURATION = 0.6
"""k1 of BM25: how late a repeated word stops counting."""
LENGTH_WEIGHT = 0.5
"""b of BM25: how much long passages are marked down."""

_AT_ONCE = 8192
"""Postings of several features that are summed up in one step: a step costs as much as about so many postings."""
_BLOCKS_PER_BEST = 16


@dataclass(frozen=True, slots=True)
class Asked:
    """Features to sum up, in this order: the field and the hash of each, and its weight in the question."""

    rows: Integers
    features: Features
    weights: npt.NDArray[np.float64]

    def ordered(self, order: Integers) -> "Asked":
        """The same features in another order."""
        return Asked(self.rows[order], self.features[order], self.weights[order])


def idf(passages: int, having: Integers) -> npt.NDArray[np.float64]:
    """How rare it is to be found in `having` of so many passages: ln(1 + (N - n + 0.5) / (n + 0.5))."""
    return np.asarray(np.log(1 + (passages - having + 0.5) / (having + 0.5)), np.float64)


def add_scores(scores: Floats, postings: Postings, asked: Asked, means: npt.NDArray[np.float64]) -> None:
    """Adds to `scores`, one for each passage of the segment, what the features are worth; `weights` include the idf.

    `means` are the mean lengths of passages in each field. The sums of a passage are the same to the last bit however
    passages are spread over segments.
    """
    starts, sizes = postings.spans(asked.features)
    weights = (asked.weights * (SATURATION + 1)).astype(np.float32)
    slopes = (SATURATION * LENGTH_WEIGHT / np.maximum(means, 1e-9)).astype(np.float32)
    for first, last in _steps(sizes):
        chosen: slice | Integers
        if last == first + 1:
            row = asked.rows[first]
            chosen = slice(starts[first], starts[first] + sizes[first])
            positions = postings.positions[chosen].astype(np.intp)
            lengths, slope, weight = postings.lengths[row].take(positions), slopes[row], weights[first]
        else:
            some = sizes[first:last]
            chosen = ranges(starts[first:last], some)
            positions = postings.positions[chosen].astype(np.intp)
            rows = np.repeat(asked.rows[first:last], some)
            lengths, slope, weight = (
                postings.lengths[rows, positions],
                slopes[rows],
                np.repeat(weights[first:last], some),
            )
        parts = postings.counts[chosen].astype(np.float32)
        lengths *= slope
        lengths += np.float32(SATURATION * (1 - LENGTH_WEIGHT))
        lengths += parts
        parts /= lengths
        parts *= weight
        np.add.at(scores, positions, parts)


def _steps(sizes: Integers) -> list[tuple[int, int]]:
    """Features `first` to `last` (exclusive) that are taken together: one with many postings, or several with few."""
    steps: list[tuple[int, int]] = []
    first = total = 0
    for number, size in enumerate(sizes.tolist()):
        if number > first and total + size > _AT_ONCE:
            steps.append((first, number))
            first, total = number, 0
        total += size
    if total:
        steps.append((first, len(sizes)))
    return steps


def best_of(scores: Floats, count: int) -> Integers:
    """Where the best `count` of those scores are that are above 0, best first; equal ones by position."""
    blocks = _BLOCKS_PER_BEST * max(1, count)
    least = np.float32(0)
    if len(scores) > 2 * blocks and count:
        # So many blocks have a score as high as this one that none below it is among the best.
        height = len(scores) // blocks
        maxima = scores[: height * blocks].reshape(height, blocks).max(axis=0)
        least = np.partition(maxima, blocks - count)[blocks - count]
    positions = np.flatnonzero(scores >= least if least > 0 else scores > 0)
    return positions[np.argsort(-scores[positions], kind="stable")[:count]]
