"""One score out of two: how well the words match, and how near the meaning is. Pure arithmetic on arrays.

Knows nothing of indexes or of where the scores come from.

The two have different scales, which also differ from question to question, so each is normalised over the candidates of
the question first. Scores are kept and not turned into ranks: on Hebrew questions sums of ranks (RRF) lose two to four
points of MRR against sums of scores (docs/log.md).
"""

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]


def share_of_best(scores: Scores) -> Scores:
    """For scores of 0 and more, where 0 means nothing in common (BM25): each divided by the best of them."""
    if not scores.any():
        return np.zeros_like(scores)
    shares: Scores = scores / scores.max()
    return shares


def spread(scores: Scores) -> Scores:
    """For scores without a zero (cosines, which some models crowd between 0.7 and 0.9): the lowest is 0, the best 1."""
    if not len(scores) or scores.max() == scores.min():
        return np.zeros_like(scores)
    above = scores - scores.min()
    heights: Scores = above / above.max()
    return heights


def fuse(words: Scores, meaning: Scores, weight: float) -> Scores:
    """`words + weight * meaning` for the candidates of one question, of all its collections together.

    Both are normalised already, by `share_of_best` and `spread`, and have the same candidates in the same order.
    `weight` 0 leaves the words alone.
    """
    return words + np.float32(weight) * meaning
