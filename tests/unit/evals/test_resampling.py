from itertools import product

import numpy as np
import pytest

from evals.resampling import differences, intervals


def test_an_interval_is_that_of_the_normal_distribution_where_there_are_many_questions():
    """A share of 0.5 of 400 single questions has a standard error of 0.025."""
    values = np.tile([[0.0], [1.0]], (200, 1))
    (found,) = intervals(values, [str(n) for n in range(400)])
    assert found.low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.003)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.003)


def test_questions_of_one_passage_make_an_interval_wider():
    """Four questions that always succeed together say as much as one: the interval is twice as wide."""
    values = np.repeat(np.tile([[0.0], [1.0]], (50, 1)), 4, axis=0)
    (alone,) = intervals(values, [str(n) for n in range(400)])
    (together,) = intervals(values, [str(n // 4) for n in range(400)])
    assert (together.high - together.low) / (alone.high - alone.low) == pytest.approx(2, abs=0.15)


def test_each_column_has_its_own_interval_and_the_same_every_time():
    """The seed is fixed."""
    values = np.random.default_rng(0).random((30, 2)) * [1, 100]
    groups = [str(n) for n in range(30)]
    assert intervals(values, groups) == intervals(values, groups)
    small, large = intervals(values, groups)
    assert small.high < 1 < large.low


def test_the_randomisation_test_agrees_with_counting_all_swaps():
    """Eight groups can be swapped in 256 ways; those with a difference as large as the one observed are counted."""
    one = np.array([3, 1, 4, 1, 5, 9, 2, 6], float)[:, None]
    other = np.array([2, 2, 3, 1, 2, 5, 3, 3], float)[:, None]
    apart = (one - other)[:, 0]
    every = [abs(float(np.dot(signs, apart))) for signs in product((-1, 1), repeat=8)]
    exact = np.mean([each >= abs(apart.sum()) for each in every])
    (found,) = differences(one, other, list("abcdefgh"))
    assert found.mean == pytest.approx(1.25)
    assert found.p == pytest.approx(exact, abs=0.01)
    assert found.interval.low < found.mean < found.interval.high


def test_no_difference_is_no_difference():
    """Equal outcomes have p 1; a large and constant one hardly happens by chance."""
    values = np.ones((50, 1))
    groups = [str(n) for n in range(50)]
    (same,), (other,) = differences(values, values, groups), differences(values, values * 0, groups)
    assert (same.mean, same.p) == (0, 1)
    assert other.p < 0.001


def test_without_questions_there_is_nothing_to_be_sure_of():
    """An empty set has intervals of nothing, not an error."""
    none = np.zeros((0, 2))
    assert [each.high for each in intervals(none, [])] == [0, 0]
    assert [each.p for each in differences(none, none, [])] == [1, 1]
