from math import log2

import pytest

from evals.metrics import ndcg_at_k, recall_at_k, reciprocal_rank

RANKED = ["c", "a", "d", "b", "e"]


def test_recall_counts_what_was_found_of_what_there_is():
    """Two relevant, at places 2 and 4: none of them in the first, half in the first two, all in the first four."""
    assert [recall_at_k(RANKED, {"a", "b"}, k) for k in (1, 2, 3, 4, 10)] == [0, 0.5, 0.5, 1, 1]
    assert recall_at_k(RANKED, {"a", "x"}, 5) == 0.5
    assert recall_at_k(RANKED, set(), 5) == recall_at_k([], {"a"}, 5) == 0


def test_reciprocal_rank_is_of_the_first_relevant():
    """The first relevant is second, so 1/2; out of reach it is 0."""
    assert reciprocal_rank(RANKED, {"a", "b"}, 10) == 0.5
    assert reciprocal_rank(RANKED, {"e"}, 5) == pytest.approx(0.2)
    assert reciprocal_rank(RANKED, {"e"}, 4) == reciprocal_rank(RANKED, {"x"}, 10) == 0


def test_ndcg_discounts_by_place():
    """Relevant at 2 and 4 of an ideal 1 and 2: (1/log2(3) + 1/log2(5)) / (1 + 1/log2(3)) = 0.6509."""
    assert ndcg_at_k(RANKED, {"a", "b"}, 5) == pytest.approx(0.6509, abs=1e-4)
    assert ndcg_at_k(RANKED, {"a", "b"}, 2) == pytest.approx(1 / log2(3) / (1 + 1 / log2(3)))
    assert ndcg_at_k(["a", "b"], {"a", "b"}, 1) == 1
    assert ndcg_at_k(RANKED, set(), 5) == ndcg_at_k(RANKED, {"x"}, 5) == 0
