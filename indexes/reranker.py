"""A second look at the best passages: whether the words of the question stand near each other there, and in order.

A linear sum of a few features per passage, all between 0 and 1, over all passages at once. Knows nothing of where the
passages come from.
"""

import numpy as np
import numpy.typing as npt

from indexes.occurrences import Occurrences, Sought
from indexes.passage_tokens import PassageTokens

Floats = npt.NDArray[np.float32]

WEIGHTS = {
    "words": 9.53,
    "near6": 2.32,
    "near12": 3.38,
    "order": 0.9,
    "number": 1.88,
    "titled": 1.57,
    "long": 1.43,
}
"""The features and their weights, by `scripts/fit_reranker.py` on the 1,792 training questions of ParaShoot."""

WORDS_SHARE = WEIGHTS["words"] / sum(WEIGHTS.values())
"""The share of BM25 in the score."""

_WINDOWS = (6, 12)
_LONG = 6
"""The natural logarithm of the number of tokens from which a passage is as long as any."""


def reranked(features: Floats) -> Floats:
    """The score of every passage: the weighted mean of its features, 0 to 1."""
    weights = np.array(list(WEIGHTS.values()), np.float32)
    return np.asarray(features @ weights / weights.sum(), np.float32)


def features(sought: Sought, asks_for_number: bool, tokens: PassageTokens, words: Floats) -> tuple[Floats, Floats]:
    """A row per passage with the features of `WEIGHTS`, and the share of the question that each passage covers.

    All are from 0 to 1 when `words` is, the BM25 score beside the best one. Shares of a question are by the rarity of
    its words. `near6` and `near12` are the share that the best 6 or 12 tokens in a row of the text hold. `order` is the
    share of neighbouring words of the question that are neighbours in the text. `number` is 1 when the question asks
    for a number or a date and the text has one. `titled` is the share of title and headings that the question says: a
    passage under the very heading that is asked for. `long` follows the logarithm of the number of tokens, up to about
    400: the more a passage says, the more questions it answers (the length prior of Kraaij, Westerveld and Hiemstra,
    2002); it cannot tell what suits the question, and weighs little.
    """
    found = Occurrences(sought, tokens)
    shares = sought.rarity / max(float(sought.rarity.sum()), 1e-9)
    pairs = np.minimum(shares[:-1], shares[1:])
    order = pairs @ found.side_by_side() / max(float(pairs.sum()), 1e-9) if len(pairs) else np.zeros_like(words)
    said = found.of_tokens.max(axis=0, initial=0) * (found.section % 2 == 0)
    titled = np.bincount(found.section // 2, said, len(words)) / np.maximum(tokens.heads, 1)
    numbers = np.zeros(len(words), np.bool_)
    numbers[found.section[tokens.numbers & (found.section % 2 == 1)] // 2] = asks_for_number
    long = np.minimum(1, np.log(np.maximum(np.diff(tokens.starts), 1)) / _LONG)
    columns = (words, *found.near(shares, _WINDOWS), order, numbers, titled, long)
    covered = shares @ np.maximum(*found.best())
    return np.stack(columns, axis=1).astype(np.float32), covered
