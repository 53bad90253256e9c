"""Vectors of passages in immutable segments, searched by FAISS.

Every segment has its vectors as 16-bit numbers in a file that is mapped into memory, and a small segment is searched
by comparing all of them. A large one has codes besides (`indexes/vector_codes.py`), where they have proven to find what
comparing everything finds; what they find is compared exactly. Knows nothing of words, documents or manifests; a
passage is its position in the concatenated segments.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexes.errors import IndexDamaged
from indexes.faiss_library import (
    Matrix,
    Positions,
    make_index,
    on_card,
    read_index,
    search_among,
    use_one_core,
    write_index,
)
from indexes.vector_codes import make_codes, needed

FILE = "vectors.faiss"
CODES = "codes_{}.faiss"
"""The number in the name: so many passages are compared for each one asked for."""
EXACT_UNTIL = 100_000
"""Passages of a segment up to which all of its vectors are compared: 2 ms of one core at 256 numbers each.

Measured by `python -m evals.vectors`; why neither IVF nor HNSW: docs/log.md."""


def write_vectors(folder: Path, vectors: Matrix, exact_until: int = EXACT_UNTIL) -> None:
    """Writes the vectors of a segment, shape (passages, dimension), into an existing folder, as 16-bit numbers."""
    # Rounded here to the nearest: FAISS only cuts off what is too much for 16 bits.
    exact = make_index("SQfp16", np.asarray(vectors, np.float16))
    write_index(folder / FILE, exact)
    if len(vectors) > exact_until:
        codes = make_codes(vectors)
        compared = needed(codes, exact)
        if compared:
            write_index(folder / CODES.format(compared), codes)


def read_vectors(folder: Path) -> Matrix:
    """The vectors of a segment, each number as the nearest of 16 bits. Writing those again changes nothing more.

    Raises `IndexDamaged`.
    """
    index = read_index(folder / FILE)
    rows: Matrix = index.reconstruct_n(0, index.ntotal)
    return rows


class _Segment:
    """A segment, opened: all of its vectors, and where they are many, what gives a first look at them."""

    def __init__(self, folder: Path) -> None:
        self.exact = read_index(folder / FILE)
        self.size: int = self.exact.ntotal
        self.first_look: Any = on_card(self.exact) if self.size > EXACT_UNTIL else None
        self.compared = 1
        for path in folder.glob(CODES.format("*")) if self.first_look is None else ():
            self.first_look, self.compared = read_index(path), int(path.stem.rpartition("_")[2])

    def nearest(self, question: Matrix, count: int, live: npt.NDArray[np.bool_]) -> tuple[Positions, Matrix]:
        """The nearest live passages and their products, all vectors being compared."""
        products, rows = search_among(self.exact, question, min(count, self.size), live)
        found = rows[0] >= 0
        return rows[0][found], products[0][found]

    def promising(self, question: Matrix, count: int, live: npt.NDArray[np.bool_]) -> tuple[Positions, Matrix]:
        """The live passages that are nearest at first look, and their distances, less than nought.

        Which passages live is not known there: more are asked for until enough of them do.
        """
        wanted, asked = min(count, int(np.count_nonzero(live))), count
        while True:
            asked = min(asked, self.size)
            distances, rows = self.first_look.search(question, asked)
            found = np.flatnonzero((rows[0] >= 0) & live[rows[0]])[:count]
            if len(found) >= wanted or asked == self.size:
                return rows[0][found], -distances[0][found]
            asked *= 2


class Vectors:
    """The vectors of several segments as one. Read only; any number of threads may search."""

    def __init__(
        self, segments: Sequence[Path], live: Sequence[npt.NDArray[np.bool_]], before: "Vectors | None" = None
    ) -> None:
        """`live` has one array per segment: which of its passages may be found. Raises `IndexDamaged`.

        What `before` has opened of the same segments is used again.
        """
        known = before.segments if before else {}
        self.segments: dict[Path, _Segment] = {folder: known.get(folder) or _Segment(folder) for folder in segments}
        self._opened = list(self.segments.values())
        if [segment.size for segment in self._opened] != [len(mask) for mask in live]:
            raise IndexDamaged(f"{FILE} of a segment does not hold as many vectors as its manifest says")
        self._starts = np.cumsum([0, *(segment.size for segment in self._opened)])
        self._live = list(live)

    def nearest(self, question: Matrix, count: int) -> tuple[Positions, Matrix]:
        """Positions and inner products of the `count` live passages nearest to `question`, shape (1, dimension)."""
        use_one_core()
        compared = count * max([segment.compared for segment in self._opened], default=1)
        best, promising = [], []
        for segment, live, start in zip(self._opened, self._live, self._starts, strict=False):
            if segment.first_look is None:
                positions, scores = segment.nearest(question, count, live)
                best.append((positions + start, scores))
            else:
                positions, scores = segment.promising(question, compared, live)
                promising.append((positions + start, scores))
        worth, _ = _best(promising, compared)
        return _best([*best, (worth, self.scores(question, worth))], count)

    def scores(self, question: Matrix, positions: Positions) -> Matrix:
        """The inner products of `question`, shape (1, dimension), with the passages at those positions."""
        result = np.zeros(len(positions), np.float32)
        owners = np.searchsorted(self._starts, positions, side="right") - 1
        for number in np.unique(owners):
            inside = owners == number
            rows = self._opened[number].exact.reconstruct_batch(positions[inside] - self._starts[number])
            result[inside] = rows @ question[0]
        return result


def _best(found: Sequence[tuple[Positions, Matrix]], count: int) -> tuple[Positions, Matrix]:
    """The best `count` of what was found in several places, best first."""
    positions = np.concatenate([np.empty(0, np.int64), *(each for each, _ in found)])
    scores = np.concatenate([np.empty(0, np.float32), *(each for _, each in found)])
    best = np.argsort(-scores, kind="stable")[:count]
    return positions[best], scores[best]
