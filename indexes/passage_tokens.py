"""The tokens of some passages in the order of the text, as numbers that can be compared. No text, no scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexes.postings import Features, Integers, load_arrays, ranges, save_arrays

FORMS = 3
NAMES = ("words", "word_starts", "heads", "forms", "numbers")


@dataclass(frozen=True, slots=True)
class PassageTokens:
    """The tokens of several passages, one passage after the other.

    `forms` has a row per token and three columns, hashes of the token without its prefix, without prefix and ending,
    and of its stem (`indexes.fields.form_hashes`). The tokens of passage i are rows `starts[i]` to `starts[i + 1]`;
    the first `heads[i]` of them belong to title, headings and header row, the others to the text. `numbers` marks the
    tokens that begin with a digit.
    """

    forms: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.int64]
    heads: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.bool_]

    @classmethod
    def joined(cls, parts: Sequence["PassageTokens"]) -> "PassageTokens":
        """The passages of all parts, one part after the other."""
        if len(parts) == 1:
            return parts[0]
        sizes = np.concatenate([np.empty(0, np.int64), *(np.diff(part.starts) for part in parts)])
        return cls(
            np.concatenate([np.empty((0, FORMS), np.uint64), *(part.forms for part in parts)]),
            np.concatenate(([0], np.cumsum(sizes))),
            np.concatenate([np.empty(0, np.int64), *(part.heads for part in parts)]),
            np.concatenate([np.empty(0, np.bool_), *(part.numbers for part in parts)]),
        )

    def taken(self, order: Integers) -> "PassageTokens":
        """The passages with these numbers, in this order."""
        sizes = np.diff(self.starts)[order]
        rows = ranges(self.starts[order], sizes)
        bounds = np.concatenate(([0], np.cumsum(sizes)))
        return PassageTokens(self.forms.take(rows, axis=0), bounds, self.heads[order], self.numbers[rows])

    def checksums(self) -> npt.NDArray[np.uint64]:
        """A number for every passage that is the same for passages with the same words."""
        sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(self.forms[:, 0])))  # wraps around, as hashes may
        return sums[self.starts[1:]] - sums[self.starts[:-1]]


def write_tokens(
    folder: Path, forms: Features, numbers: npt.NDArray[np.bool_], words: Integers, starts: Integers, heads: Integers
) -> None:
    """Writes the tokens of a segment.

    `forms` and `numbers` are of the distinct words; the tokens of passage i are `words[starts[i]:starts[i + 1]]` of
    them, the first `heads[i]` of which belong to title, headings and header row.
    """
    save_arrays(
        folder,
        words=words.astype(np.uint32),
        word_starts=starts,
        heads=heads.astype(np.int32),
        forms=forms,
        numbers=numbers,
    )


class StoredTokens:
    """The tokens of the passages of a segment, read from the disk as they are needed."""

    def __init__(self, folder: Path) -> None:
        """Raises `IndexDamaged`."""
        self.words, self.starts, self.heads, self.forms, self.numbers = load_arrays(folder, NAMES)

    def of(self, positions: Integers) -> PassageTokens:
        """The tokens of the passages at those positions of the segment, in their order."""
        starts = self.starts[positions]
        sizes = self.starts[positions + 1] - starts
        words = self.words[ranges(starts, sizes)].astype(np.intp)
        bounds = np.concatenate(([0], np.cumsum(sizes)))
        forms = self.forms.take(words, axis=0)  # a fifth of the time of forms[words]
        return PassageTokens(forms, bounds, self.heads[positions].astype(np.int64), self.numbers[words])
