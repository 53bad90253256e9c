"""An embedder behind an address: an OpenAI-compatible `/v1/embeddings` (vLLM with `--runner pooling`).

Knows nothing of indexes. What differs from an embedder in this process: it may be away, or be another one tomorrow.
"""

import hashlib
from collections.abc import Callable, Sequence

import httpx
import numpy as np

from indexes.endpoint import Endpoint, Patience
from indexes.errors import EmbedderUnavailable
from indexes.index import Vectors

BATCH = 32
ASKING = Patience(connect=2, answer=10, pauses=(0.3,))
"""Somebody waits for the answer."""
READING = Patience(connect=5, answer=120, pauses=(1, 5, 20), hopeful=True)
"""A worker embeds documents, and a server that is started anew takes its time."""

Prompts = tuple[str, str]
"""The words before a question and before a passage."""

PROBE = "\u05d0\u05e8\u05e0\u05d5\u05e0\u05d4, \u05d7\u05d5\u05e4\u05e9\u05d4: what 3 people asked in 2026"
"""Embedded once at every start; its vector tells whether the model is still the one that made an index."""
_BITS = 16


class EndpointEmbedder:
    """Implements `Embedder`. Any number of threads may share it."""

    weight = 0.5
    """A cautious guess: no such model has been measured beside the words of this index yet (docs/log.md)."""

    def __init__(
        self,
        address: str,
        api_key: str = "",
        prompts: Callable[[str], Prompts] = lambda _: ("", ""),
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Asks the server which model it has and what its vectors are like; `prompts` gives the words for its name.

        Raises `EmbedderUnavailable`, now and later.
        """
        self._endpoint = Endpoint(address, api_key, EmbedderUnavailable, transport)
        model = self._endpoint.model
        self._before_question, self._before_passage = prompts(model)
        probe = self._embed([self._before_passage + PROBE], ASKING)[0]
        self.dimension = len(probe)
        self.name = f"{model}@{fingerprint(probe)}"

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages; what is longer than the model reads is cut off by the server."""
        rows = [np.zeros((0, self.dimension), np.float32)]
        for first in range(0, len(texts), BATCH):
            rows.append(self._embed([self._before_passage + text for text in texts[first : first + BATCH]], READING))
        return np.concatenate(rows)

    def question(self, text: str) -> Vectors:
        """The vector of a question: shape (1, dimension)."""
        return self._embed([self._before_question + text], ASKING)

    def _embed(self, texts: list[str], patience: Patience) -> Vectors:
        reply = self._endpoint.post("/embeddings", {"input": texts, "encoding_format": "float"}, patience)
        try:
            entries = sorted(reply["data"], key=lambda entry: entry["index"])  # type: ignore[call-overload]
            vectors = np.array([entry["embedding"] for entry in entries], np.float32)
        except (KeyError, TypeError, ValueError) as error:
            raise self._endpoint.refused("does not answer as /embeddings should") from error
        if vectors.ndim != 2 or len(vectors) != len(texts) or not (vectors.size and np.isfinite(vectors).all()):  # noqa: PLR2004
            raise self._endpoint.refused(f"gave vectors of shape {vectors.shape} for {len(texts)} texts")
        if vectors.shape[1] != getattr(self, "dimension", vectors.shape[1]):
            raise self._endpoint.refused(f"now gives {vectors.shape[1]} numbers for a text; start Darash again")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return unit


def fingerprint(vector: Vectors) -> str:
    """Four digits that are the same for vectors that are nearly the same, shape (dimension,).

    On which side of random planes the vector lies (Charikar 2002, "Similarity estimation techniques from rounding
    algorithms"): each of 16 sides differs with the probability angle / pi. The rounding of 16-bit numbers changes the
    digits once in some hundred starts at most, another model nearly always.
    """
    planes = hashlib.shake_256(str(len(vector)).encode()).digest(_BITS * len(vector))
    signs = np.where(np.frombuffer(planes, np.uint8).reshape(_BITS, -1) & 1, np.float32(1), np.float32(-1))
    sides = signs @ vector > 0
    return np.packbits(sides).tobytes().hex()
