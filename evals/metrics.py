"""Measures of a ranking against what is known to be relevant, as in Manning, Raghavan and Schuetze (2008), chapter 8.

All take ranked ids, best first, without repetition, and return a number from 0 to 1.
"""

from collections.abc import Collection, Sequence
from math import log2


def recall_at_k(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """The share of the relevant ids that is among the first `k`; 0 when nothing is relevant."""
    return len(set(ranked[:k]) & set(relevant)) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """One over the place, from 1, of the first relevant id; 0 when none is among the first `k`."""
    return next((1 / place for place, each in enumerate(ranked[:k], start=1) if each in relevant), 0.0)


def ndcg_at_k(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Discounted cumulative gain of the first `k`, over that of the best possible ranking.

    A relevant id at place p gains 1 / log2(p + 1), another one nothing.
    """
    gain = sum(1 / log2(place + 1) for place, each in enumerate(ranked[:k], start=1) if each in relevant)
    best = sum(1 / log2(place + 1) for place in range(1, min(k, len(relevant)) + 1))
    return gain / best if best else 0.0
