"""How well a number tells two kinds of questions apart, and how far it can be taken for a probability. Pure arithmetic.

Questions about one paragraph succeed and fail together, so it is their groups that are drawn, as in `resampling.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evals.resampling import RESAMPLES, Interval, Numbers

_SEED = 20_240_601
BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose probability is in one tenth: how many, their mean probability, and the share that is right."""

    count: int
    said: float
    true: float


def auroc(right: Numbers, wrong: Numbers) -> float:
    """The probability that one of `right` is greater than one of `wrong`; equals count half (Hanley, McNeil 1982)."""
    if not len(right) or not len(wrong):
        return float("nan")
    return float(_beats(right, wrong).mean())


def auroc_interval(right: Numbers, wrong: Numbers, groups: Sequence[str], wrong_groups: Sequence[str]) -> Interval:
    """Where `auroc` lies in 95 of 100 resamples of the groups that the numbers belong to."""
    numbers = {group: place for place, group in enumerate(sorted({*groups, *wrong_groups}))}
    one, other = _members(groups, numbers), _members(wrong_groups, numbers)
    wins = one.T @ _beats(right, wrong) @ other
    pairs = np.outer(one.sum(axis=0), other.sum(axis=0))
    random = np.random.default_rng(_SEED)
    drawn = random.multinomial(len(numbers), np.full(len(numbers), 1 / len(numbers)), RESAMPLES).astype(np.float64)
    counted = ((drawn @ pairs) * drawn).sum(axis=1)
    found = ((drawn @ wins) * drawn).sum(axis=1)[counted > 0] / counted[counted > 0]
    low, high = np.percentile(found, (2.5, 97.5))
    return Interval(float(low), float(high))


def bins(probabilities: Numbers, right: npt.NDArray[np.bool_]) -> list[Bin]:
    """The tenths of the probabilities, from 0 to 1, without those that are empty."""
    tenths = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    return [
        Bin(int(here.sum()), float(probabilities[here].mean()), float(right[here].mean()))
        for here in (tenths == tenth for tenth in range(BINS))
        if here.any()
    ]


def calibration_error(found: Sequence[Bin]) -> float:
    """The mean distance of what is said from what is true, over all questions (ECE, Naeini et al. 2015)."""
    return sum(each.count * abs(each.said - each.true) for each in found) / max(1, sum(each.count for each in found))


def _beats(right: Numbers, wrong: Numbers) -> Numbers:
    return np.asarray((right[:, None] > wrong) + 0.5 * (right[:, None] == wrong), np.float64)


def _members(groups: Sequence[str], numbers: dict[str, int]) -> Numbers:
    members = np.zeros((len(groups), len(numbers)))
    members[np.arange(len(groups)), [numbers[group] for group in groups]] = 1
    return members
