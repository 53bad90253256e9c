"""The cross-encoder behind an address against a real vLLM; what sentence-transformers says is the truth."""

import os
from typing import Any

import numpy as np
import pytest

from indexes.cross_encoder import open_cross_encoder
from indexes.endpoint_embedder import EndpointEmbedder
from indexes.errors import CrossEncoderUnavailable, EmbedderUnavailable
from indexes.index import CrossEncoder

pytestmark = pytest.mark.vllm


@pytest.fixture(scope="module")
def reranker(truth: Any) -> CrossEncoder:
    opened = open_cross_encoder(os.environ["DARASH_TEST_VLLM"], os.environ["DARASH_TEST_VLLM_KEY"])
    assert opened is not None
    return opened


def test_scores_are_those_of_the_library_in_the_order_of_the_texts(truth: Any, reranker: CrossEncoder) -> None:
    """The server answers best first; what comes back stands as the texts were given."""
    expected = np.array(truth["scores"], np.float32)
    assert np.ptp(expected) > 0.001
    assert reranker.scores(truth["question"], truth["texts"]) == pytest.approx(expected, abs=1e-4)
    assert reranker.scores(truth["question"], truth["texts"][::-1]) == pytest.approx(expected[::-1], abs=1e-4)


def test_fifty_long_passages_are_scored(truth: Any, reranker: CrossEncoder) -> None:
    """As many as a search asks for, each longer than the model reads."""
    scores = reranker.scores(truth["question"], [text * 50 for text in truth["texts"] * 17][:50])
    assert scores.shape == (50,)
    assert np.isfinite(scores).all()


def test_a_wrong_key_is_refused(truth: Any) -> None:
    """Searching then goes on without the cross-encoder."""
    stranger = open_cross_encoder(os.environ["DARASH_TEST_VLLM"], "wrong")
    assert stranger is not None
    with pytest.raises(CrossEncoderUnavailable, match="check the API key"):
        stranger.scores(truth["question"], truth["texts"])


def test_a_cross_encoder_is_no_embedder(truth: Any) -> None:
    """A server that gives no vectors is told apart when it is opened."""
    with pytest.raises(EmbedderUnavailable):
        EndpointEmbedder(os.environ["DARASH_TEST_VLLM"], os.environ["DARASH_TEST_VLLM_KEY"])
