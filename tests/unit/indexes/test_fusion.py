import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from indexes.fusion import ENOUGH, among_few, fuse, meaning_weights, share_of_best, spread

# Whole hundredths: two scores that differ are told apart in float32.
NUMBERS = st.integers(-10_000, 10_000).map(lambda number: np.float32(number / 100))
SCORES = arrays(np.float32, st.integers(0, 20), elements=NUMBERS)


@settings(deadline=None)
@given(arrays(np.float32, st.integers(0, 20), elements=NUMBERS.map(abs)))
def test_shares_of_the_best_keep_order_and_zero(scores):
    """The best score becomes 1, 0 stays 0, and the order stays."""
    result = share_of_best(scores)
    assert result.dtype == np.float32
    assert np.array_equal(result == 0, scores == 0)
    assert np.all(np.diff(result[np.argsort(scores)]) >= 0)
    if scores.any():
        assert result.max() == 1


@settings(deadline=None)
@given(SCORES)
def test_spread_scores_run_from_nothing_to_one(scores):
    """The lowest becomes 0, the highest 1, and the order stays; scores that are all the same say nothing."""
    result = spread(scores)
    assert result.dtype == np.float32
    assert np.all(np.diff(result[np.argsort(scores)]) >= 0)
    if len(set(scores.tolist())) > 1:
        assert (result.min(), result.max()) == (0, 1)
    else:
        assert not result.any()


def test_crowded_cosines_count_as_much_as_spread_ones():
    """A model whose cosines all lie close together is heard as well as another."""
    assert spread(np.float32([0.80, 0.85, 0.90])) == pytest.approx(spread(np.float32([-1, 0, 1])), abs=1e-5)


def test_fusing_is_the_weighted_mean():
    """Words count once, meaning as often as its weight says."""
    fused = fuse(np.float32([1, 0.5, 0]), np.float32([0.5, 1.0, 0.0]), 0.5)
    assert fused == pytest.approx([1.25 / 1.5, 1.0 / 1.5, 0])


def test_fusing_with_weights_of_several_embedders_stays_below_one():
    """Each candidate is helped as much as its own embedder may help, and the scale is one for all."""
    fused = fuse(np.float32([1, 1, 0.5]), np.float32([1, 1, 1]), np.float32([1, 0, 1]))
    assert fused == pytest.approx([1, 0.5, 0.75])


def test_weight_zero_leaves_the_words():
    """An embedder of weight 0 changes nothing."""
    words = np.float32([0.2, 1, 0.6])
    assert np.array_equal(fuse(words, np.float32([1, 0, 0]), 0.0), words)


def test_meaning_counts_for_less_the_more_words_are_found():
    """Where nothing of the question is found it counts as much as words could; where most is, its own weight alone."""
    weights = np.float32([0.0, 0.5])
    assert meaning_weights(weights, 0.0) == pytest.approx([1, 1.5])
    assert meaning_weights(weights, ENOUGH / 2) == pytest.approx([0.5, 1])
    assert meaning_weights(weights, 1.0) == pytest.approx([0, 0.5])


def test_meaning_counts_for_more_among_few_passages():
    """The additional weight falls with the number of passages, and is nothing among ten thousand."""
    weights = [among_few(passages) for passages in (1, 600, 2_000, 10_000, 1_000_000)]
    assert weights[0] == weights[1] > weights[2] > weights[3] == weights[4] == 0
