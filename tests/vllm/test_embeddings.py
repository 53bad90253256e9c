"""The embedder behind an address against a real vLLM, held against sentence-transformers with the same model."""

import os
from typing import Any

import numpy as np
import pytest

from indexes.embedder import open_embedder
from indexes.endpoint_embedder import EndpointEmbedder
from indexes.errors import EmbedderUnavailable

pytestmark = pytest.mark.vllm


@pytest.fixture(scope="module")
def embedder(truth: Any) -> EndpointEmbedder:
    return EndpointEmbedder(os.environ["DARASH_TEST_VLLM"], os.environ["DARASH_TEST_VLLM_KEY"])


def test_vectors_are_those_of_the_library(truth: Any, embedder: EndpointEmbedder) -> None:
    """Both vLLM and sentence-transformers give the same vectors for the same model, whatever the batches are."""
    expected = np.array(truth["vectors"], np.float32)
    assert embedder.passages(truth["texts"]) == pytest.approx(expected, abs=1e-4)
    many = embedder.passages(truth["texts"] * 30)
    assert many.shape == (90, embedder.dimension)
    assert many == pytest.approx(np.tile(expected, (30, 1)), abs=1e-4)
    assert embedder.question(truth["texts"][1])[0] == pytest.approx(expected[1], abs=1e-4)


def test_the_name_is_the_same_at_every_start(embedder: EndpointEmbedder) -> None:
    """Model and the fingerprint of its vectors make the name, which is what an index remembers."""
    again = EndpointEmbedder(f"{os.environ['DARASH_TEST_VLLM']}/v1", os.environ["DARASH_TEST_VLLM_KEY"])
    assert again.name == embedder.name
    assert again.name.startswith("tiny-e5-small@")


def test_what_is_too_long_is_cut_at_its_end(truth: Any, embedder: EndpointEmbedder) -> None:
    """A text that is too long for the model is embedded by its beginning, where vLLM would refuse it."""
    beginning = " ".join([truth["texts"][0]] * 30)
    longer = [beginning + " " + truth["texts"][1] * 50, beginning]
    first, second = embedder.passages(longer)
    assert first == pytest.approx(second, abs=1e-4)


def test_a_known_model_is_asked_with_its_prompts(truth: Any) -> None:
    """The words that go before questions and passages are put there by us: vLLM does not know them."""
    opened = open_embedder(os.environ["DARASH_TEST_VLLM"], os.environ["DARASH_TEST_VLLM_KEY"])
    assert isinstance(opened, EndpointEmbedder)
    prompted = EndpointEmbedder(
        os.environ["DARASH_TEST_VLLM"], os.environ["DARASH_TEST_VLLM_KEY"], lambda _: ("query: ", "passage: ")
    )
    plain = EndpointEmbedder(os.environ["DARASH_TEST_VLLM"], os.environ["DARASH_TEST_VLLM_KEY"])
    text = truth["texts"][0]
    assert prompted.question(text) == pytest.approx(plain.question("query: " + text), abs=1e-4)
    assert prompted.passages([text]) == pytest.approx(plain.passages(["passage: " + text]), abs=1e-4)


@pytest.mark.parametrize("key", ["", "wrong"])
def test_a_wrong_key_is_refused(truth: Any, key: str) -> None:
    """The message says that the key is the reason."""
    with pytest.raises(EmbedderUnavailable, match="check the API key"):
        EndpointEmbedder(os.environ["DARASH_TEST_VLLM"], key)


def test_an_unknown_model_is_refused(truth: Any) -> None:
    """A model that the server does not have is named in the message."""
    with pytest.raises(EmbedderUnavailable, match="no-such-model"):
        EndpointEmbedder(f"{os.environ['DARASH_TEST_VLLM']}/v1#no-such-model", os.environ["DARASH_TEST_VLLM_KEY"])
