"""Which passages of a segment have a feature, and how often: a few numpy arrays, written once and memory-mapped.

A feature is the hash of a folded word or of a piece of it (`indexes.fields`). Knows nothing of scores or questions.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexes.errors import IndexDamaged
from indexes.fields import FIELDS, Hashed

Integers = npt.NDArray[np.int64]
Features = npt.NDArray[np.uint64]

HIGHEST_COUNT = 255
"""A feature that stands more often in a passage counts so often."""
NAMES = ("features", "starts", "positions", "counts", "lengths")


def write_postings(folder: Path, vocabulary: Hashed, words: Integers, passages: Integers, count: int) -> None:
    """Writes the postings of `count` passages whose tokens, in any order, are `words` of the vocabulary, in `passages`.

    `features` are hashes in ascending order; the postings of feature i are `positions` and `counts` from `starts[i]` to
    `starts[i + 1]`, positions ascending; `lengths` has a row per field and a column per passage, in features.
    """
    pairs, times = np.unique(words * max(1, count) + passages, return_counts=True)
    words, passages = np.divmod(pairs, max(1, count))
    lengths = np.zeros((len(FIELDS), count), np.float32)
    names, keys, totals, offset = list[Features](), list[Integers](), list[Integers](), 0
    for row, (hashes, widths) in enumerate(zip(vocabulary.features, vocabulary.widths, strict=True)):
        features, numbers = np.unique(hashes, return_inverse=True)
        chosen = ranges((np.cumsum(widths) - widths)[words], widths[words])
        keys.append((numbers[chosen] + offset) * max(1, count) + np.repeat(passages, widths[words]))
        totals.append(np.repeat(times, widths[words]))
        lengths[row] = np.bincount(passages, times * widths[words], count)
        names.append(features)
        offset += len(features)
    _save(folder, np.concatenate(names), np.concatenate(keys), np.concatenate(totals), lengths)


def _save(folder: Path, names: Features, keys: Integers, totals: Integers, lengths: npt.NDArray[np.float32]) -> None:
    """`keys` are the place of a feature in `names` times the number of passages, plus a passage; they may repeat."""
    order = np.argsort(names)
    place = np.empty(len(names), np.int64)
    place[order] = np.arange(len(names))
    passages = max(1, lengths.shape[1])
    keys = place[keys // passages] * passages + keys % passages
    keys, groups = np.unique(keys, return_inverse=True)
    counts = np.bincount(groups, totals, len(keys)).astype(np.int64)
    sizes = np.bincount(keys // passages, minlength=len(names))
    save_arrays(
        folder,
        features=names[order],
        starts=np.concatenate(([0], np.cumsum(sizes))),
        positions=(keys % passages).astype(np.int32),
        counts=np.minimum(counts, HIGHEST_COUNT).astype(np.uint8),
        lengths=lengths,
    )


class Postings:
    """The postings of a segment, read from the disk as they are needed."""

    def __init__(self, folder: Path) -> None:
        """Raises `IndexDamaged`."""
        arrays = load_arrays(folder, NAMES)
        self.features, self.starts, self.positions, self.counts, self.lengths = arrays
        self.count = int(self.lengths.shape[-1])
        if self.lengths.shape != (len(FIELDS), self.count) or len(self.starts) != len(self.features) + 1:
            raise IndexDamaged(f"the index segment {folder} does not fit together; run `darash reindex`")

    def spans(self, features: Features) -> tuple[Integers, Integers]:
        """Where the postings of each feature begin, and how many there are: none for an unknown one."""
        if not len(self.features):
            return np.zeros(len(features), np.int64), np.zeros(len(features), np.int64)
        places = np.minimum(np.searchsorted(self.features, features), len(self.features) - 1)
        starts = self.starts[places]
        return starts, np.where(self.features[places] == features, self.starts[places + 1] - starts, 0)


def save_arrays(folder: Path, **arrays: npt.NDArray[np.generic]) -> None:
    """Writes each array under its name into the folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", np.ascontiguousarray(array))


def load_arrays(folder: Path, names: Sequence[str]) -> list[npt.NDArray[Any]]:
    """The arrays of those names, memory-mapped. Raises `IndexDamaged`."""
    try:
        return [np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in names]
    except (OSError, ValueError, EOFError) as error:
        raise IndexDamaged(f"the index segment {folder} cannot be read ({error}); run `darash reindex`") from error


def ranges(starts: Integers, sizes: Integers) -> Integers:
    """The numbers `start` to `start + size` (exclusive) of each pair, one pair after the other."""
    ends = np.cumsum(sizes)
    shifts: Integers = np.repeat(starts - (ends - sizes), sizes)
    return shifts + np.arange(len(shifts))
