import json

import httpx
import numpy as np
import pytest

from indexes.endpoint_embedder import BATCH, EndpointEmbedder, fingerprint
from indexes.errors import EmbedderUnavailable


class Embeddings:
    """A server whose vectors follow from the text, not of length 1 and in no order, as the protocol allows."""

    def __init__(self, dimension=8, model=0):
        self.dimension, self.model, self.batches = dimension, model, []

    def vector(self, text):
        return np.random.default_rng([self.model, *text.encode()]).normal(size=self.dimension)

    def __call__(self, request):
        if request.url.path == "/v1/models":
            return httpx.Response(200, json={"data": [{"id": "tiny"}]})
        texts = json.loads(request.content)["input"]
        self.batches.append(texts)
        entries = [{"index": at, "embedding": list(self.vector(text))} for at, text in enumerate(texts)]
        return httpx.Response(200, json={"data": entries[::-1]})


def opened(server, prompts=lambda _: ("", "")):
    return EndpointEmbedder("http://host", "", prompts, httpx.MockTransport(server))


def test_vectors_stand_as_the_texts_do_and_have_length_one():
    """Batches and the order of the answer leave no trace."""
    server = Embeddings()
    embedder = opened(server)
    texts = [f"text {number}" for number in range(2 * BATCH + 3)]
    vectors = embedder.passages(texts)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(texts), embedder.dimension) == (len(texts), 8)
    expected = np.stack([server.vector(text) for text in texts])
    assert vectors == pytest.approx(expected / np.linalg.norm(expected, axis=1, keepdims=True), abs=1e-6)
    assert max(map(len, server.batches)) == BATCH
    assert embedder.passages([]).shape == (0, 8)
    assert embedder.question("text 3") == pytest.approx(vectors[3:4], abs=1e-6)


def test_the_prompts_of_the_model_go_before_the_texts():
    """They are asked for by the name that the server gives."""
    server = Embeddings()
    embedder = opened(server, lambda name: (f"{name} asks: ", f"{name} says: "))
    embedder.question("why")
    embedder.passages(["because"])
    assert server.batches[-2:] == [["tiny asks: why"], ["tiny says: because"]]


def test_the_name_tells_models_apart_and_is_the_same_at_every_start():
    """Another model under the same name has another name here."""
    names = {opened(Embeddings(model=model)).name for model in range(5)}
    assert len(names) == 5
    assert opened(Embeddings()).name == opened(Embeddings()).name
    assert all(name.startswith("tiny@") for name in names)


def test_rounding_hardly_ever_changes_the_fingerprint():
    """Of 400 vectors, rounded to 16 bits, at most a few get other digits; of unrelated ones nearly all."""
    chance = np.random.default_rng(3)
    vectors = chance.normal(size=(400, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    exact = [fingerprint(row) for row in vectors]
    rounded = [fingerprint(row) for row in vectors.astype(np.float16).astype(np.float32)]
    assert sum(one != other for one, other in zip(exact, rounded, strict=True)) <= 4
    assert len(set(exact)) > 390


def test_a_dimension_that_changes_under_way_is_refused():
    """A server that was started anew with another model must not mix its vectors into the index."""
    server = Embeddings()
    embedder = opened(server)
    server.dimension = 12
    with pytest.raises(EmbedderUnavailable, match="start Darash again"):
        embedder.passages(["text"])


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"data": None},
        {"data": [{"index": 0}]},
        {"data": [{"index": 0, "embedding": "AAAA"}]},
        {"data": []},
        {"data": [{"index": 0, "embedding": []}]},
        {"data": [{"index": 0, "embedding": [1.0, None]}]},
        {"data": [{"index": 0, "embedding": [[1.0]]}]},
    ],
)
def test_what_is_no_vector_is_refused(answer):
    """The message names the server."""
    with pytest.raises(EmbedderUnavailable, match="http://host/v1"):
        EndpointEmbedder("http://host#tiny", transport=httpx.MockTransport(lambda _: httpx.Response(200, json=answer)))


def test_a_text_without_a_vector_is_nowhere():
    """Zeros stay zeros, without a division by zero."""
    server = Embeddings()
    embedder = opened(server)
    server.vector = lambda _: np.zeros(8)
    assert not embedder.question("?").any()
