"""A hand-made embedder for tests: quick, needs no file, and near texts are those that share words."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from hebrew.tokens import tokens
from indexes.index import Vectors


class FakeEmbedder:
    """Each word has its own random direction; a text is the normalised sum of its words'."""

    def __init__(self, name: str = "fake-1", dimension: int = 32, weight: float = 0.1) -> None:
        self.name = name
        self.dimension = dimension
        self.weight = weight

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages."""
        rows = np.stack([self._vector(text) for text in texts]) if texts else np.zeros((0, self.dimension))
        return rows.astype(np.float32)

    def question(self, text: str) -> Vectors:
        """The vector of a question: shape (1, dimension)."""
        return self.passages([text])

    def _vector(self, text: str) -> Vectors:
        total = np.zeros(self.dimension)
        for word in tokens(text):
            seed = int.from_bytes(sha256(word.encode()).digest()[:8], "little")
            total += np.random.default_rng(seed).normal(size=self.dimension)
        return (total / max(float(np.linalg.norm(total)), 1e-9)).astype(np.float32)
