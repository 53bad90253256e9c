"""Several segments become one: their arrays are put together as they are, piece by piece, without any text.

What a reader of the new segment sees is what it would see had the passages been written together. Needs memory for the
distinct features and words and for one piece, not for all postings. Knows nothing of manifests.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from indexes.passage_tokens import StoredTokens
from indexes.postings import Integers, Postings, ranges, save_arrays

PIECE = 1 << 21
"""Postings, or tokens, that are moved at once."""

_MIXERS = np.array([1, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)
"""Odd numbers: three hashes times these are one hash, by which words are told apart ten times faster."""

Still = Callable[[], None]
"""Raises what ends the work when it is no longer wanted."""


@dataclass(frozen=True, slots=True)
class Source:
    """A segment to merge, and which of its passages are kept."""

    folder: Path
    kept: npt.NDArray[np.bool_]


def merge_words(folder: Path, sources: Sequence[Source], still: Still = lambda: None) -> None:
    """Writes what the sources hold of words, one after the other, into the existing folder.

    `still` is called between pieces; what it raises ends the work. Raises `IndexDamaged`.
    """
    _merge_tokens(folder, [StoredTokens(source.folder) for source in sources], sources, still)
    _merge_postings(folder, [_Part(source, start) for source, start in _with_starts(sources)], still)


def _with_starts(sources: Sequence[Source]) -> Iterator[tuple[Source, int]]:
    start = 0
    for source in sources:
        yield source, start
        start += int(source.kept.sum())


class _Part:
    """The postings of a source, with the positions that its passages get; -1 for those that are not kept."""

    def __init__(self, source: Source, start: int) -> None:
        self.postings = Postings(source.folder)
        self.kept = source.kept
        self.new = np.where(source.kept, np.cumsum(source.kept) - 1 + start, -1).astype(np.int32)

    def piece(self, begin: int, end: int) -> tuple[Integers, npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
        """Of the features `begin` to `end` (exclusive) of the source: how many postings are kept, and those."""
        starts = self.postings.starts[begin : end + 1]
        positions = self.new[self.postings.positions[starts[0] : starts[-1]]]
        counts = self.postings.counts[starts[0] : starts[-1]]
        if self.kept.all():
            return np.diff(starts), positions, counts
        kept = positions >= 0
        sizes = np.diff(np.concatenate(([0], np.cumsum(kept)))[starts - starts[0]])
        return sizes, positions[kept], counts[kept]


def _merge_postings(folder: Path, parts: Sequence[_Part], still: Still) -> None:
    features = np.unique(np.concatenate([part.postings.features for part in parts]))
    places = [np.searchsorted(features, part.postings.features) for part in parts]
    most = np.zeros(len(features), np.int64)
    for part, place in zip(parts, places, strict=True):
        most[place] += np.diff(part.postings.starts)
    sizes = np.zeros(len(features), np.int64)
    with _Growing(folder / "positions.npy", np.int32) as positions, _Growing(folder / "counts.npy", np.uint8) as counts:
        for begin, end in _pieces(most):
            still()
            found = [_piece(part, place, begin, end) for part, place in zip(parts, places, strict=True)]
            numbers = np.concatenate([each[0] for each in found])
            order = np.argsort(numbers, kind="stable")
            sizes[begin:end] = np.bincount(numbers, minlength=end - begin)
            positions.append(np.concatenate([each[1] for each in found])[order])
            counts.append(np.concatenate([each[2] for each in found])[order])
    used = sizes > 0
    save_arrays(
        folder,
        features=features[used],
        starts=np.concatenate(([0], np.cumsum(sizes[used]))),
        lengths=np.concatenate([part.postings.lengths[:, part.kept] for part in parts], axis=1),
    )


def _piece(
    part: _Part, place: Integers, begin: int, end: int
) -> tuple[Integers, npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """The kept postings of the features `begin` to `end` of all: number from `begin` on, position and count."""
    first, last = np.searchsorted(place, (begin, end))
    sizes, positions, counts = part.piece(int(first), int(last))
    return np.repeat(place[first:last] - begin, sizes), positions, counts


def _pieces(sizes: Integers) -> Iterator[tuple[int, int]]:
    """Runs of numbers, from 0 on, whose sizes are `PIECE` together, or a single one that is larger."""
    ends = np.cumsum(sizes)
    begin = 0
    while begin < len(sizes):
        done = int(ends[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, done + PIECE, side="right")))
        yield begin, end
        begin = end


def _merge_tokens(folder: Path, parts: Sequence[StoredTokens], sources: Sequence[Source], still: Still) -> None:
    used = [_used(part, source.kept) for part, source in zip(parts, sources, strict=True)]
    every = np.concatenate([part.forms[words] for part, words in zip(parts, used, strict=True)])
    _, first, numbers = np.unique(every @ _MIXERS, return_index=True, return_inverse=True)
    offset = 0
    with _Growing(folder / "words.npy", np.uint32) as words:
        for part, source, some in zip(parts, sources, used, strict=True):
            renumbered = np.zeros(len(part.forms), np.uint32)
            renumbered[some] = numbers[offset : offset + int(some.sum())]
            offset += int(some.sum())
            for piece in _words_of(part, source.kept):
                still()
                words.append(renumbered[piece])
    kept = [source.kept for source in sources]
    sizes = np.concatenate([np.diff(part.starts)[some] for part, some in zip(parts, kept, strict=True)])
    save_arrays(
        folder,
        word_starts=np.concatenate(([0], np.cumsum(sizes))),
        heads=np.concatenate([part.heads[some] for part, some in zip(parts, kept, strict=True)]),
        forms=every[first],
        numbers=np.concatenate([part.numbers[some] for part, some in zip(parts, used, strict=True)])[first],
    )


def _used(part: StoredTokens, kept: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which words of a source stand in a passage that is kept: of those that are not, nothing may remain."""
    used = np.full(len(part.forms), kept.all(), np.bool_)
    if not kept.all():
        for piece in _words_of(part, kept):
            used[piece] = True
    return used


def _words_of(part: StoredTokens, kept: npt.NDArray[np.bool_]) -> Iterator[npt.NDArray[np.uint32]]:
    """The words of the passages that are kept, in pieces."""
    (positions,) = np.nonzero(kept)
    sizes = np.diff(part.starts)[positions]
    for begin, end in _pieces(sizes):
        yield part.words[ranges(part.starts[positions[begin:end]], sizes[begin:end])]


class _Growing:
    """An array in a file that is written piece by piece."""

    def __init__(self, path: Path, kind: npt.DTypeLike) -> None:
        self._path, self._kind, self._count = path, np.dtype(kind), 0

    def __enter__(self) -> Self:
        self._file = self._path.open("wb")
        self._head()
        return self

    def append(self, piece: npt.NDArray[Any]) -> None:
        """Writes the next piece."""
        np.asarray(piece, self._kind).tofile(self._file)
        self._count += len(piece)

    def __exit__(self, *_: object) -> None:
        self._file.seek(0)
        self._head()  # as long as before: numpy leaves room for the length to grow
        self._file.close()

    def _head(self) -> None:
        said = {"shape": (self._count,), "fortran_order": False, "descr": np.lib.format.dtype_to_descr(self._kind)}
        np.lib.format.write_array_header_1_0(self._file, said)
