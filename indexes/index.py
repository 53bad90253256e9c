"""The contract of searching: what an embedder, a cross-encoder and a search are. No implementation."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from hebrew.terms import Pair
from indexes.chunk import Hit

Vectors = npt.NDArray[np.float32]
"""One row per text, every row of length 1 (or all zero for a text without known words): shape (texts, dimension)."""


class Embedder(Protocol):
    """Turns text into vectors whose inner product says how near two texts are in meaning."""

    @property
    def name(self) -> str:
        """Model and revision, for example `static-he-1`; written into every manifest."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    @property
    def weight(self) -> float:
        """How much meaning counts beside words that cover a question (1.0: the same); else it counts for more."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages."""

    def question(self, text: str) -> Vectors:
        """The vector of a question: shape (1, dimension)."""


class CrossEncoder(Protocol):
    """Reads a question and a passage together and says how well the passage answers; slow, so asked of a few only."""

    name: str

    def scores(self, question: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One score per text, the higher the better, mostly from 0 to 1; comparable within one question only.

        Raises `CrossEncoderUnavailable`: then the search goes on without it.
        """


class Search(Protocol):
    """Finds hits in the collections it is handed. Whoever calls has checked that they may be read."""

    def search(self, collection_ids: Sequence[str], question: str, limit: int, pairs: Sequence[Pair] = ()) -> list[Hit]:
        """The best `limit` hits over all those collections, best first.

        `pairs` join the glossary of every collection for this one search.
        """
