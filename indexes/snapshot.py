"""One state of the index of a collection, opened for reading. Never changes; any number of threads may search it.

Knows nothing of how the next state is written, nor of the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from hebrew.terms import Term
from indexes.bm25 import best_of
from indexes.index import Vectors as Matrix
from indexes.manifest import Manifest
from indexes.segment import chunk_ids
from indexes.vectors import Vectors
from indexes.words import Words

Ids = dict[Path, npt.NDArray[np.bytes_]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages worth a closer look, in no order, with their raw scores: words (BM25) and meaning (inner product)."""

    positions: npt.NDArray[np.int64]
    chunk_ids: Sequence[str]
    words: npt.NDArray[np.float32]
    meaning: npt.NDArray[np.float32]


class Snapshot:
    """The passages of one manifest."""

    def __init__(self, folder: Path, manifest: Manifest, before: "Snapshot | None" = None) -> None:
        """Opens the segments, which have been checked; those that are open in an earlier state are taken over from it.

        Raises `IndexDamaged`, or `OSError` when a segment just vanished.
        """
        folders = [folder / segment.name for segment in manifest.segments]
        masks = [segment.mask for segment in manifest.segments]
        self.manifest = manifest
        self.words: Words = Words(folders, masks, before.words if before else None)
        self._vectors: Vectors = Vectors(folders, masks, before._vectors if before else None)
        known: Ids = before._ids if before else {}
        self._ids: Ids = {path: known[path] if path in known else chunk_ids(path) for path in folders}
        self._starts = np.cumsum([0, *(segment.count for segment in manifest.segments)])
        self.size = sum(segment.live_count for segment in manifest.segments)
        """How many passages may be found."""

    def candidates(self, terms: Sequence[Term], vector: Matrix, count: int) -> Candidates:
        """The best `count` passages by words together with the best `count` by meaning, each with both scores."""
        scores = self.words.scores(terms)
        by_words = best_of(scores, count)
        by_meaning = self._vectors.nearest(vector, count)[0] if vector.any() else np.empty(0, np.int64)
        positions = np.union1d(by_words, by_meaning).astype(np.int64)
        meaning = self._vectors.scores(vector, positions)
        return Candidates(positions, self._chunk_ids(positions), scores[positions], meaning)

    def _chunk_ids(self, positions: npt.NDArray[np.int64]) -> list[str]:
        owners = np.searchsorted(self._starts, positions, side="right") - 1
        segments = list(self._ids.values())
        found = zip(owners.tolist(), (positions - self._starts[owners]).tolist(), strict=True)
        return [segments[owner][place].decode() for owner, place in found]
