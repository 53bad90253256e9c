"""One score out of two: how well the words match, and how near the meaning is. Pure arithmetic on arrays.

Knows nothing of indexes or of where the scores come from.

The two have different scales, which also differ from question to question, so each is normalised over the candidates of
the question first. Scores are kept and not turned into ranks: on Hebrew questions sums of ranks (RRF) lose two to four
points of MRR against sums of scores (docs/log.md).

How much meaning counts follows the question. Where some passage has all its words, words find it better than a small
model does; where none has half of them, they are chance. So beside what an embedder always counts, meaning counts for
more the smaller the share of the question, by rarity, is that the passage with most of its words covers:

    weight(question) = weight of the embedder + max(0, 1 - covered / ENOUGH) + among_few(passages)

And it counts for a little more in a small collection: among a few hundred passages few are near by chance. HeQ and
ParaShoot over pools of 600 and 2,000 passages say how much more does no harm (docs/log.md).
"""

from math import log

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

ENOUGH = 0.6
"""Where a passage covers this share of a question, words need no more help (docs/log.md has the curve)."""

_FEW, _MANY = 600, 10_000
_AMONG_FEW = 0.1


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


def meaning_weights(weights: Scores, covered: float) -> Scores:
    """How much meaning counts for a question, where `weights` are those of the embedders.

    `covered` is the share of the question that the passage with most of its words has, 0 to 1.
    """
    return weights + np.float32(max(0.0, 1 - covered / ENOUGH))


def among_few(passages: int) -> float:
    """How much meaning counts in addition among so many passages: 0.28 up to 600 of them, less until 10,000, then 0."""
    return _AMONG_FEW * log(_MANY / min(max(passages, _FEW), _MANY))


def fuse(words: Scores, meaning: Scores, weights: Scores | float) -> Scores:
    """The weighted mean of both for the candidates of one question: `(words + weight * meaning) / (1 + weight)`.

    Both are normalised already, have the same candidates in the same order, and are 0 to 1, as the result is. Where
    the weights differ from candidate to candidate, because several embedders were asked, the largest divides them all.
    """
    each = np.asarray(weights, np.float32)
    fused = (words + each * meaning) / (1 + each.max(initial=0))
    return np.asarray(fused, np.float32)
