"""Vectors of passages in immutable segments, searched by FAISS. The only file that imports FAISS.

Exact inner product (`IndexFlatIP`): every vector is compared, nothing is approximated. Knows nothing of words,
documents or manifests; a passage is its position in the concatenated segments.
"""

from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexes.errors import IndexDamaged, VectorsUnavailable

Matrix = npt.NDArray[np.float32]
FILE = "vectors.faiss"
PACKAGES = ("faiss-cpu", "faiss-gpu")


def check_faiss() -> None:
    """Raises `VectorsUnavailable` unless exactly one of the two packages that provide `faiss` is installed.

    Both write the same files: whichever was installed last works, until one of them is updated or removed.
    """
    installed = [name for name in PACKAGES if _is_installed(name)]
    if not installed:
        raise VectorsUnavailable("FAISS is not installed: pip install 'darash[cpu]' (NVIDIA card: 'darash[gpu]')")
    if len(installed) > 1:
        raise VectorsUnavailable(
            "faiss-cpu and faiss-gpu are both installed and overwrite each other's files; keep one: "
            "pip uninstall faiss-cpu faiss-gpu, then pip install 'darash[cpu]' or 'darash[gpu]'"
        )


def _is_installed(package: str) -> bool:
    try:
        metadata.distribution(package)
    except metadata.PackageNotFoundError:
        return False
    return True


def _faiss() -> Any:  # noqa: ANN401 - the library ships no types
    try:
        import faiss  # noqa: PLC0415 - here, so that check_faiss can be asked where FAISS is missing
    except ImportError as error:
        raise VectorsUnavailable(f"FAISS cannot be loaded ({error}): pip install 'darash[cpu]'") from error
    return faiss


def _read(folder: Path) -> Any:  # noqa: ANN401 - the library ships no types
    try:
        return _faiss().read_index(str(folder / FILE))
    except RuntimeError as error:
        raise IndexDamaged(f"{folder / FILE} cannot be read; run `darash reindex` ({error})") from error


def write_vectors(folder: Path, vectors: Matrix) -> None:
    """Writes the vectors of a segment, shape (passages, dimension), into an existing folder."""
    faiss = _faiss()
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    # Not faiss.write_index: it does not tell a full disk from other failures.
    (folder / FILE).write_bytes(faiss.serialize_index(index))


def read_vectors(folder: Path) -> Matrix:
    """The vectors of a segment as they were written. Raises `IndexDamaged`."""
    index = _read(folder)
    rows: Matrix = index.reconstruct_n(0, index.ntotal)
    return rows


class Vectors:
    """The vectors of several segments as one. Read only; any number of threads may search."""

    def __init__(self, segments: Sequence[Path], live: Sequence[npt.NDArray[np.bool_]]) -> None:
        """`live` has one array per segment: which of its passages may be found. Raises `IndexDamaged`."""
        self._indexes = [_read(folder) for folder in segments]
        self._live = [np.packbits(mask, bitorder="little") for mask in live]
        sizes = [index.ntotal for index in self._indexes]
        if sizes != [len(mask) for mask in live]:
            raise IndexDamaged(f"{FILE} of a segment does not hold as many vectors as its manifest says")
        self._starts = np.cumsum([0, *sizes])

    def nearest(self, question: Matrix, count: int) -> tuple[npt.NDArray[np.int64], Matrix]:
        """Positions and inner products of the `count` live passages nearest to `question`, shape (1, dimension)."""
        faiss = _faiss()
        positions, scores = [np.empty(0, np.int64)], [np.empty(0, np.float32)]
        for index, live, start in zip(self._indexes, self._live, self._starts, strict=False):
            alive = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(live))
            found, rows = index.search(question, min(count, index.ntotal), params=alive)
            positions.append(rows[0][rows[0] >= 0] + start)
            scores.append(found[0][rows[0] >= 0])
        every_position, every_score = np.concatenate(positions), np.concatenate(scores)
        best = np.argsort(-every_score, kind="stable")[:count]
        return every_position[best], every_score[best]

    def scores(self, question: Matrix, positions: npt.NDArray[np.int64]) -> Matrix:
        """The inner products of `question`, shape (1, dimension), with the passages at those positions."""
        result = np.zeros(len(positions), np.float32)
        owners = np.searchsorted(self._starts, positions, side="right") - 1
        for number in np.unique(owners):
            inside = owners == number
            rows = self._indexes[number].reconstruct_batch(positions[inside] - self._starts[number])
            result[inside] = rows @ question[0]
        return result
