"""The words half of an index: BM25 over four foldings of Hebrew words, in immutable segments.

A segment is a folder of numpy arrays, written once and read through memory maps. Scores depend on the live passages
alone, not on the segments they are spread over. Knows nothing of chunks, manifests or vectors.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from hebrew.folding import stem
from hebrew.tokens import question_tokens, tokens
from indexes.errors import IndexDamaged
from indexes.fields import FIELDS, PREFIX_FIELD

Integers = npt.NDArray[np.int64]

SATURATION = 0.6
"""k1 of BM25: how late a repeated word stops counting."""
LENGTH_WEIGHT = 0.5
"""b of BM25: how much long passages are marked down."""

_HIGHEST_COUNT = 0xFFFF
_AROUND_WORDS = (
    "\"'.,:;!?()[]{}<>/\\|*-\u2010\u2013\u2014\u2026\u05be\u05f3\u05f4\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
)


def write_segment(folder: Path, texts: Sequence[str]) -> None:
    """Writes these passages, in this order, as a segment into `folder`, which is made if it is not there.

    `features` are hashes in ascending order; the postings of feature i are `positions` and `counts` from `starts[i]` to
    `starts[i + 1]`; `lengths` has a row per field and a column per passage, in features.
    """
    numbers: dict[str, int] = {}
    counted = [Counter(numbers.setdefault(word, len(numbers)) for word in tokens(text)) for text in texts]
    positions = np.repeat(np.arange(len(texts)), [len(words) for words in counted])
    words = np.fromiter((word for each in counted for word in each), np.int64)
    counts = np.fromiter((count for each in counted for count in each.values()), np.int64)

    features, sizes, postings = [], [], []
    lengths = np.zeros((len(FIELDS), len(texts)), np.int64)
    for row, field in enumerate(FIELDS):
        of_words = [field.hashes(word) for word in numbers]
        posted = _posted(of_words, positions, words, counts, len(texts))
        features.append(posted[0])
        sizes.append(posted[1])
        postings.append(posted[2])
        lengths[row] = np.bincount(posted[2][0], posted[2][1], len(texts))

    folder.mkdir(parents=True, exist_ok=True)
    _save(folder, np.concatenate(features), np.concatenate(sizes), np.concatenate(postings, axis=1), lengths)


def _posted(
    of_words: list[list[int]], positions: Integers, words: Integers, counts: Integers, texts: int
) -> tuple[npt.NDArray[np.uint64], Integers, Integers]:
    """The features of one field, how many postings each has, and the postings: positions above counts."""
    widths = np.array([len(hashes) for hashes in of_words], np.int64)
    hashes = np.fromiter((each for hashes in of_words for each in hashes), np.uint64)
    features, numbers = np.unique(hashes, return_inverse=True)
    occurrences = _ranges((np.cumsum(widths) - widths)[words], widths[words])
    keys = numbers[occurrences] * texts + np.repeat(positions, widths[words])
    keys, groups = np.unique(keys, return_inverse=True)
    totals = np.bincount(groups, np.repeat(counts, widths[words]), len(keys)).astype(np.int64)
    sizes = np.bincount(keys // max(1, texts), minlength=len(features))
    return features, sizes, np.stack((keys % max(1, texts), totals))


def _save(
    folder: Path, features: npt.NDArray[np.uint64], sizes: Integers, postings: Integers, lengths: Integers
) -> None:
    order = np.argsort(features)
    postings = postings[:, _ranges((np.cumsum(sizes) - sizes)[order], sizes[order])]
    np.save(folder / "features.npy", features[order])
    np.save(folder / "starts.npy", np.concatenate(([0], np.cumsum(sizes[order]))))
    np.save(folder / "positions.npy", postings[0].astype(np.int32))
    np.save(folder / "counts.npy", np.minimum(postings[1], _HIGHEST_COUNT).astype(np.uint16))
    np.save(folder / "lengths.npy", lengths.astype(np.int32))


class _Segment:
    """The arrays of a segment, read from the disk as they are needed."""

    def __init__(self, folder: Path) -> None:
        try:
            arrays = [
                np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray)
                for name in ("features", "starts", "positions", "counts", "lengths")
            ]
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamaged(f"the index segment {folder} cannot be read ({error}); rebuild the index") from error
        self.features, self.starts, self.positions, self.counts, self.lengths = arrays

    def postings(self, features: npt.NDArray[np.uint64]) -> tuple[Integers, Integers, npt.NDArray[np.uint16]]:
        """For every posting of these features: which of them it is, the position of the passage, and the count."""
        if not len(self.features):
            return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint16)
        places = np.searchsorted(self.features, features)
        places[places == len(self.features)] = 0
        (asked,) = np.nonzero(self.features[places] == features)
        starts = self.starts[places[asked]]
        sizes = self.starts[places[asked] + 1] - starts
        chosen = _ranges(starts, sizes)
        return np.repeat(asked, sizes), self.positions[chosen].astype(np.int64), self.counts[chosen]


class Words:
    """BM25 over the live passages of some segments, taken as one list of passages."""

    def __init__(self, segments: Sequence[Path], live: Sequence[npt.NDArray[np.bool_]]) -> None:
        """Opens the segments; `live[i]` says which passages of `segments[i]` count. Raises `IndexDamaged`."""
        self._segments = [_Segment(folder) for folder in segments]
        for folder, segment, alive in zip(segments, self._segments, live, strict=True):
            if segment.lengths.shape != (len(FIELDS), len(alive)):
                raise IndexDamaged(f"the index segment {folder} has not {len(alive)} passages; rebuild the index")
        sizes = [len(alive) for alive in live]
        self._offsets = np.cumsum([0, *sizes])[: len(sizes)]
        self._live = np.concatenate([np.empty(0, np.bool_), *live])
        self._count = int(self._live.sum())
        lengths = np.concatenate([np.empty((len(FIELDS), 0), np.int32), *(each.lengths for each in self._segments)], 1)
        means = lengths[:, self._live].sum(axis=1, keepdims=True) / max(1, self._count)
        relative = lengths / np.maximum(means, 1e-9)
        self._norms = (SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * relative)).astype(np.float32)

    def scores(self, question: str) -> npt.NDArray[np.float32]:
        """The score of every passage, 0 for dead ones and those without a word of the question.

        For each field, BM25 (Robertson and Zaragoza 2009, with the idf of Lucene, which is never negative), a word of
        the question counting as often as it is asked; then the weighted sum over the fields.
        """
        asked = Counter(
            (row, feature)
            for token in question_tokens(question)
            for row, field in enumerate(FIELDS)
            for feature in field.hashes(token)
        )
        rows = np.array([row for row, _ in asked], np.int64)
        features = np.array([feature for _, feature in asked], np.uint64)
        weights = np.array([FIELDS[row].weight * times for (row, _), times in asked.items()])
        numbers, positions, counts = self._postings(features)
        weights *= self._idf(np.bincount(numbers, minlength=len(features)))
        parts = counts * (SATURATION + 1) / (counts + self._norms[rows[numbers], positions])
        return np.bincount(positions, weights[numbers] * parts, len(self._live)).astype(np.float32)

    def idf(self, token: str) -> float:
        """How rare the word is, without its prefix, among the live passages: ln(1 + (N - n + 0.5) / (n + 0.5))."""
        feature = np.array(PREFIX_FIELD.hashes(token), np.uint64)
        return float(self._idf(np.array(len(self._postings(feature)[0]))))

    @staticmethod
    def matched(question: str, text: str) -> tuple[str, ...]:
        """The words of the text that match a word of the question, as they stand there, each once, in order."""
        asked = {stem(word) for word in question_tokens(question)}
        found = (
            piece for piece in text.replace("\u05be", " ").split() if not asked.isdisjoint(map(stem, tokens(piece)))
        )
        return tuple(dict.fromkeys(piece.strip(_AROUND_WORDS) for piece in found))

    def _postings(self, features: npt.NDArray[np.uint64]) -> tuple[Integers, Integers, npt.NDArray[np.uint16]]:
        found = [segment.postings(features) for segment in self._segments]
        numbers = np.concatenate([np.empty(0, np.int64), *(each[0] for each in found)])
        shifted = (each[1] + offset for each, offset in zip(found, self._offsets, strict=True))
        positions = np.concatenate([np.empty(0, np.int64), *shifted])
        counts = np.concatenate([np.empty(0, np.uint16), *(each[2] for each in found)])
        if self._count == len(self._live):
            return numbers, positions, counts
        alive = self._live[positions]
        return numbers[alive], positions[alive], counts[alive]

    def _idf(self, passages: Integers) -> npt.NDArray[np.float64]:
        return np.asarray(np.log(1 + (self._count - passages + 0.5) / (passages + 0.5)), np.float64)


def _ranges(starts: Integers, sizes: Integers) -> Integers:
    """The numbers `start` to `start + size` (exclusive) of each pair, one pair after the other."""
    ends = np.cumsum(sizes)
    shifts: Integers = np.repeat(starts - (ends - sizes), sizes)
    return shifts + np.arange(len(shifts))
