"""How sure a mean over questions is, and a difference between two: resampling of the questions. Knows no measures.

Questions about one paragraph succeed and fail together, so it is their groups that are drawn (cluster bootstrap,
Cameron, Gelbach and Miller 2008), all with a fixed seed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

RESAMPLES = 10_000
_SEED = 20_240_601
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the mean lies in 95 of 100 resamples (percentile bootstrap, Efron 1979)."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of one system less that of another on the same questions.

    `p` is the probability of a difference at least as large where the two are equally good: the paired randomisation
    test, two-sided, in which each group of questions swaps the two systems or does not (Smucker, Allan and Carterette
    2007).
    """

    mean: float
    interval: Interval
    p: float


def intervals(values: Numbers, groups: Sequence[str]) -> list[Interval]:
    """The interval of the mean of each column of `values`, shape (questions, measures)."""
    if not len(values):
        return [Interval(0.0, 0.0)] * values.shape[1]
    sums, sizes = _by_group(values, groups)
    random, means = np.random.default_rng(_SEED), []
    for _ in range(RESAMPLES // _AT_ONCE):
        drawn = random.multinomial(len(sizes), np.full(len(sizes), 1 / len(sizes)), _AT_ONCE)
        means.append((drawn @ sums) / (drawn @ sizes)[:, None])
    low, high = np.percentile(np.concatenate(means), (2.5, 97.5), axis=0)
    return [Interval(float(a), float(b)) for a, b in zip(low, high, strict=True)]


def differences(one: Numbers, other: Numbers, groups: Sequence[str]) -> list[Difference]:
    """For each column, what `one` is better than `other`; both of shape (questions, measures), row by row paired."""
    apart = one - other
    if not len(apart):
        return [Difference(0.0, Interval(0.0, 0.0), 1.0)] * apart.shape[1]
    sums, _ = _by_group(apart, groups)
    observed = np.abs(sums.sum(axis=0))
    random, as_large = np.random.default_rng(_SEED), np.zeros(apart.shape[1])
    for _ in range(RESAMPLES // _AT_ONCE):
        signs = random.choice((-1.0, 1.0), (_AT_ONCE, len(sums)))
        as_large += (np.abs(signs @ sums) >= observed - 1e-9).sum(axis=0)
    p = (as_large + 1) / (RESAMPLES + 1)  # the outcome that was observed is one of those possible
    means = apart.mean(axis=0)
    return [
        Difference(float(mean), interval, float(each))
        for mean, interval, each in zip(means, intervals(apart, groups), p, strict=True)
    ]


def _by_group(values: Numbers, groups: Sequence[str]) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """The sums of the columns over each group, and how many questions each group has."""
    numbers: dict[str, int] = {}
    of_question = [numbers.setdefault(group, len(numbers)) for group in groups]
    sums = np.zeros((len(numbers), values.shape[1]))
    np.add.at(sums, of_question, values)
    return sums, np.bincount(of_question, minlength=len(numbers))
