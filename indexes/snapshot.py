"""One state of the index of a collection, opened for reading. Never changes; any number of threads may search it.

Knows nothing of how the next state is written, nor of the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexes.index import Vectors as Matrix
from indexes.manifest import Manifest
from indexes.segment import chunk_ids
from indexes.vectors import Vectors
from indexes.words import Words


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages worth a closer look, in no order, with their raw scores: words (BM25) and meaning (inner product)."""

    chunk_ids: Sequence[str]
    words: npt.NDArray[np.float32]
    meaning: npt.NDArray[np.float32]


class Snapshot:
    """The passages of one manifest."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Opens the segments, which have been checked. Raises `IndexDamaged`, or `OSError` when one just vanished."""
        folders = [folder / segment.name for segment in manifest.segments]
        masks = [np.zeros(segment.count, np.bool_) for segment in manifest.segments]
        for mask, segment in zip(masks, manifest.segments, strict=True):
            for start, end in segment.live.values():
                mask[start:end] = True
        self.manifest = manifest
        self.words = Words(folders, masks)
        self._vectors = Vectors(folders, masks)
        self._live = np.concatenate(masks) if masks else np.zeros(0, np.bool_)
        self._ids = [chunk_id for path in folders for chunk_id in chunk_ids(path)]

    @property
    def size(self) -> int:
        """How many passages may be found."""
        return int(self._live.sum())

    def candidates(self, question: str, vector: Matrix, count: int) -> Candidates:
        """The best `count` passages by words together with the best `count` by meaning, each with both scores."""
        words = np.where(self._live, self.words.scores(question), np.float32(0))
        by_words = np.argpartition(-words, count)[:count] if len(words) > count else np.arange(len(words))
        by_words = by_words[words[by_words] > 0]
        by_meaning = self._vectors.nearest(vector, count)[0] if vector.any() else np.empty(0, np.int64)
        positions = np.union1d(by_words, by_meaning).astype(np.int64)
        meaning = self._vectors.scores(vector, positions)
        return Candidates([self._ids[position] for position in positions], words[positions], meaning)
