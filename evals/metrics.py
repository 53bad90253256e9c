"""Measures of a ranking against what is known to be relevant, as in Manning, Raghavan and Schuetze (2008), chapter 8.

All take ranked ids, best first, without repetition, and return a number from 0 to 1.
"""

from collections.abc import Collection, Mapping, Sequence
from math import log2


def recall_at_k(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """The share of the relevant ids that is among the first `k`; 0 when nothing is relevant."""
    return len(set(ranked[:k]) & set(relevant)) / len(relevant) if relevant else 0.0


def success_at_k(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """1 when a relevant id is among the first `k`, else 0. The same as recall where one id is relevant."""
    return float(any(each in relevant for each in ranked[:k]))


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """One over the place, from 1, of the first relevant id; 0 when none is among the first `k`."""
    return next((1 / place for place, each in enumerate(ranked[:k], start=1) if each in relevant), 0.0)


def ndcg_at_k(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Discounted cumulative gain of the first `k`, over that of the best possible ranking.

    An id at place p gains its worth / log2(p + 1), as trec_eval and BEIR count it: linear in the judged score. A
    mapping gives the worth of each relevant id; in another collection each is worth 1.
    """
    worth = relevant if isinstance(relevant, Mapping) else dict.fromkeys(relevant, 1.0)
    best = _discounted(sorted(worth.values(), reverse=True)[:k])
    return _discounted([worth.get(each, 0.0) for each in ranked[:k]]) / best if best else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, start=1))
