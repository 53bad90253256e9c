import numpy as np
import pytest

from evals.separation import auroc, auroc_interval, bins, calibration_error


def test_auroc_is_the_share_of_pairs_in_order():
    """Counted one by one; equals count half."""
    random = np.random.default_rng(3)
    right, wrong = random.integers(0, 9, 40) / 9, random.integers(0, 7, 30) / 9
    slow = np.mean([(a > b) + (a == b) / 2 for a in right for b in wrong])
    assert auroc(right, wrong) == pytest.approx(slow)
    assert auroc(np.array([1.0, 0.9]), np.array([0.1])) == 1.0


def test_the_interval_lies_around_it_and_widens_with_few_groups():
    """The same numbers, of many paragraphs or of five."""
    random = np.random.default_rng(0)
    right, wrong = random.normal(1, 1, 200), random.normal(0, 1, 200)
    many = [str(number) for number in range(200)]
    few = [str(number % 5) for number in range(200)]
    narrow = auroc_interval(right, wrong, many, many)
    assert narrow.low < auroc(right, wrong) < narrow.high
    wide = auroc_interval(np.sort(right), np.sort(wrong), sorted(few), sorted(few))
    assert wide.high - wide.low > narrow.high - narrow.low


def test_bins_say_how_far_a_probability_is_from_the_truth():
    """Ten questions at 0.85 of which half are true, ten at 0.05 of which none is: 20 points on average."""
    said, true = np.array([0.85] * 10 + [0.05] * 10), np.array([True, False] * 5 + [False] * 10)
    found = bins(said, true)
    assert [(each.count, each.said, each.true) for each in found] == [
        (10, pytest.approx(0.05), 0.0),
        (10, pytest.approx(0.85), 0.5),
    ]
    assert calibration_error(found) == pytest.approx((0.35 + 0.05) / 2)
    assert bins(np.array([1.0]), np.array([True]))[0].count == 1
