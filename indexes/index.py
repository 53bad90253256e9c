"""The contract of searching: what an embedder is, and what a search is. No implementation."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from indexes.chunk import Hit

Vectors = npt.NDArray[np.float32]
"""One row per text, every row of length 1 (or all zero for a text without known words): shape (texts, dimension)."""


class Embedder(Protocol):
    """Turns text into vectors whose inner product says how near two texts are in meaning."""

    name: str
    """Model and revision, for example `static-he-1`; written into every manifest."""
    dimension: int
    weight: float
    """How much the meaning half counts beside the words half (1.0: the same)."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages."""

    def question(self, text: str) -> Vectors:
        """The vector of a question: shape (1, dimension)."""


class Search(Protocol):
    """Finds hits in the collections it is handed. Whoever calls has checked that they may be read."""

    def search(self, collection_ids: Sequence[str], question: str, limit: int) -> list[Hit]:
        """The best `limit` hits over all those collections, best first."""
