"""FAISS: whether it is here, and what is used of it. The only file that imports it; it ships no types."""

import logging
import threading
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexes.errors import IndexDamaged, VectorsUnavailable

Matrix = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]
Found = tuple[Matrix, Positions]
"""Products or distances, and positions (-1 for none), as FAISS gives them: both of shape (questions, count)."""

PACKAGES = ("faiss-cpu", "faiss-gpu")

_MOST_ON_CARD = 2048
"""FAISS finds no more than so many nearest on a graphics card."""
_ROWS_AT_ONCE = 1 << 16
_TRAINED_ON = 1 << 18
_TEMPORARY = 64 << 20

_log = logging.getLogger(__name__)


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


def make_index(
    description: str,
    vectors: npt.NDArray[np.floating],
    *,
    by_distance: bool = False,
    for_empty: Matrix | None = None,
) -> Any:  # noqa: ANN401
    """A FAISS index of the rows, by inner product or by squared distance; `for_empty` stands for rows that are all 0.

    `description` is FAISS's own, such as `SQfp16` or `HNSW32_SQ8`. Some rows at a time, since all may be gigabytes.
    """
    faiss = _faiss()
    metric = faiss.METRIC_L2 if by_distance else faiss.METRIC_INNER_PRODUCT
    index = faiss.index_factory(vectors.shape[1], description, metric)

    def prepared(some: npt.NDArray[np.floating]) -> Matrix:
        rows = np.ascontiguousarray(some, np.float32)
        return rows if for_empty is None else np.where(rows.any(axis=1, keepdims=True), rows, for_empty)

    index.train(prepared(vectors[:: max(1, len(vectors) // _TRAINED_ON)]))
    for first in range(0, len(vectors), _ROWS_AT_ONCE):
        index.add(prepared(vectors[first : first + _ROWS_AT_ONCE]))
    return index


def write_index(path: Path, index: Any) -> None:  # noqa: ANN401
    """Writes an index into a new file. Raises `OSError`."""
    # Not faiss.write_index: it does not tell a full disk from other failures.
    path.write_bytes(_faiss().serialize_index(index))


def read_index(path: Path) -> Any:  # noqa: ANN401
    """Opens an index; what is large of it stays in the file, mapped into memory. Raises `IndexDamaged`."""
    faiss = _faiss()
    try:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise IndexDamaged(f"{path} cannot be read; run `darash reindex` ({error})") from error


def search_among(index: Any, question: Matrix, count: int, live: npt.NDArray[np.bool_]) -> Found:  # noqa: ANN401
    """The nearest of those rows of an index that live."""
    faiss = _faiss()
    selector = faiss.IDSelectorBitmap(np.packbits(live, bitorder="little"))
    found: Found = index.search(question, count, params=faiss.SearchParameters(sel=selector))
    return found


def use_one_core() -> None:
    """What the calling thread searches from now on takes one core: other threads answer other questions."""
    _faiss().omp_set_num_threads(1)


def on_card(exact: Any) -> "Card | None":  # noqa: ANN401
    """The vectors of an index on a graphics card, where there is one with room for them and a FAISS that can use it."""
    faiss = _faiss()
    if not faiss.get_num_gpus():  # 0 in faiss-cpu
        return None
    try:
        return Card(faiss, exact)
    except RuntimeError as error:
        _log.warning("the graphics card is not used for vectors: %s", error)
        return None


class Card:
    """The vectors of an index on a graphics card, where all of them are compared. Not tried on hardware yet."""

    def __init__(self, faiss: Any, exact: Any) -> None:  # noqa: ANN401
        self._exact = exact
        self._resources = faiss.StandardGpuResources()  # must live as long as the index
        self._resources.setTempMemory(_TEMPORARY)
        config = faiss.GpuIndexFlatConfig()
        config.useFloat16 = True
        self._index = faiss.GpuIndexFlatIP(self._resources, exact.d, config)
        for first in range(0, exact.ntotal, _ROWS_AT_ONCE):
            self._index.add(exact.reconstruct_n(first, min(_ROWS_AT_ONCE, exact.ntotal - first)))
        self._turn = threading.Lock()  # a card is for one thread at a time

    def search(self, question: Matrix, count: int) -> Found:
        """Squared distances and positions of the nearest rows, all of length 1 as the question is."""
        with self._turn:
            index = self._index if count <= _MOST_ON_CARD else self._exact
            products, rows = index.search(question, count)
        return 2 - 2 * products, rows


def _is_installed(package: str) -> bool:
    try:
        metadata.distribution(package)
    except metadata.PackageNotFoundError:
        return False
    return True


def _faiss() -> Any:  # noqa: ANN401
    try:
        import faiss  # noqa: PLC0415 - here, so that check_faiss can be asked where FAISS is missing
    except ImportError as error:
        raise VectorsUnavailable(f"FAISS cannot be loaded ({error}): pip install 'darash[cpu]'") from error
    return faiss
