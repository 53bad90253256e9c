from pathlib import Path

import pytest
import sqlalchemy as sa

from indexes.reranker import WEIGHTS, WORDS_SHARE
from indexes.searcher import Searcher
from indexes.share import Share, shares
from tests.fake_embedder import FakeEmbedder
from tests.unit.indexes.test_searcher import Library


def test_shares_are_those_of_the_score() -> None:
    """Each feature counts by its weight, and meaning by the weight it had for the question; together they are all."""
    parts = {"words": 1.0, "order": 0.5, "number": 0.0, "meaning": 0.5, "weight of meaning": 0.4, "rerank": 0.6}
    told = {share.name: share for share in shares(parts)}
    assert set(told) == {"words", "order", "meaning"}
    assert sum(share.of_score or 0.0 for share in told.values()) == pytest.approx(1.0)
    ratio = WEIGHTS["order"] * 0.5 / WEIGHTS["words"]
    assert (told["order"].of_score or 0.0) / (told["words"].of_score or 1.0) == pytest.approx(ratio)
    words = WEIGHTS["words"] / sum(WEIGHTS.values())
    assert (told["meaning"].of_score or 0.0) / (told["words"].of_score or 1.0) == pytest.approx(
        0.2 * WORDS_SHARE / words
    )


def test_a_cross_encoder_stands_beside_them() -> None:
    """What a cross-encoder said is told without a share; a hit without parts has none."""
    assert shares({"words": 1.0, "cross": 0.25}) == (Share("words", 1.0, 1.0), Share("cross", 0.25, None))
    assert shares({}) == ()


def test_the_parts_of_a_real_search_make_its_score(engine: sa.Engine, tmp_path: Path) -> None:
    """What a search says of the parts of a hit gives its score again: nothing of it is left untold."""
    library = Library(engine, tmp_path / "data", FakeEmbedder(weight=2.0))
    collection_id = library.collection("נהלים")
    library.add(collection_id, "d1", "האגרה היא 40 שקלים לשנה", "מועד תשלום האגרה", "חופשה שנתית של עובדים")
    hits = Searcher(library.data, library.embedder, library.passages).search([collection_id], "כמה עולה האגרה?", 3)
    assert any(hit.score > 0 for hit in hits)
    for hit in hits:
        own = sum(weight * hit.parts[name] for name, weight in WEIGHTS.items()) / sum(WEIGHTS.values())
        meant = hit.parts["weight of meaning"] * WORDS_SHARE
        assert hit.parts["weight of meaning"] > 0
        assert hit.score == pytest.approx((own + meant * hit.parts["meaning"]) / (1 + meant), abs=1e-5)
        assert sum(share.of_score or 0.0 for share in shares(hit.parts)) == pytest.approx(float(hit.score > 0))
