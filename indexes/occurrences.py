"""Where the words of a question stand in some passages, and how near each other. Arrays only; no text, no weights.

The tokens of all passages lie side by side in one row, title and headings of a passage apart from its text, with gaps
in between that are wider than any window. So one pass of numpy looks at every window of every passage at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexes.passage_tokens import PassageTokens

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

SAME_STEM, SAME_WITHOUT_ENDING, SAME_WORD = 0.6, 0.8, 1.0
"""How alike two words are that share their stem, the form without prefix and ending, the form without prefix."""
_WIDEST = 25


@dataclass(frozen=True, slots=True)
class Sought:
    """The terms of a question as numbers. `forms` has a row per term, the hashes of `indexes.fields.form_hashes`.

    `words` is the number of the word, ascending, that each term stands for, `weights` what finding it is worth, 0 to 1;
    `rarity` has an inverse document frequency for every word, from 0 to the last.
    """

    forms: npt.NDArray[np.uint64]
    words: Integers
    weights: Floats
    rarity: Floats


class Occurrences:
    """The likeness of every word of a question to every token of some passages, 0 to 1."""

    def __init__(self, sought: Sought, tokens: PassageTokens) -> None:
        sizes = np.empty(2 * len(tokens.heads), np.int64)
        sizes[0::2] = tokens.heads
        sizes[1::2] = np.diff(tokens.starts) - tokens.heads
        self.section = np.repeat(np.arange(len(sizes)), sizes)
        """For every token: twice the number of its passage, one more when it belongs to the text and not the head."""
        self._starts = np.concatenate(([0], np.cumsum(sizes + _WIDEST)))
        self.of_tokens = _likeness(sought, tokens.forms)
        """A row per word, a column per token."""
        self._row = np.zeros((len(sought.rarity), self._starts[-1]), np.float32)
        self._row[:, np.arange(len(self.section)) + self.section * _WIDEST] = self.of_tokens

    def best(self) -> tuple[Floats, Floats]:
        """The best likeness of every word, a row each, in every head and in every text, a column each."""
        best = np.maximum.reduceat(self._row, self._starts[:-1], axis=1)
        return best[:, 0::2], best[:, 1::2]

    def near(self, shares: Floats, widths: Sequence[int]) -> list[Floats]:
        """For each width, ascending and at most 25: the most that so many tokens in a row of every text hold.

        A window holds of every word its share times the best likeness in the window.
        """
        row, wide, result = self._row, 1, []
        for width in widths:
            while wide < width:  # two windows that overlap or touch make a wider one
                step = min(wide, width - wide)
                wider = row.copy()  # what ends here: a window must not reach out of the gap into the next passage
                np.maximum(row[:, step:], row[:, :-step], out=wider[:, step:])
                row, wide = wider, wide + step
            result.append(np.maximum.reduceat(shares @ row, self._starts[:-1])[1::2])
        return result

    def side_by_side(self) -> npt.NDArray[np.bool_]:
        """Whether words i and i + 1, a row for every i, stand side by side in this order in every text, a column each.

        They must be alike in more than their stems.
        """
        pairs = np.zeros((len(self._row) - 1, self._row.shape[1]), np.bool_)
        pairs[:, :-1] = self._row[:-1, :-1] * self._row[1:, 1:] >= SAME_WITHOUT_ENDING
        found: npt.NDArray[np.bool_] = np.logical_or.reduceat(pairs, self._starts[:-1], axis=1)[:, 1::2]
        return found


def _likeness(sought: Sought, forms: npt.NDArray[np.uint64]) -> Floats:
    likeness = np.zeros((len(sought.rarity), len(forms)), np.float32)
    for asked, word, weight in zip(sought.forms, sought.words, sought.weights, strict=True):
        for column, same in ((2, SAME_STEM), (1, SAME_WITHOUT_ENDING), (0, SAME_WORD)):
            alike = np.where(forms[:, column] == asked[column], np.float32(same * weight), np.float32(0))
            np.maximum(likeness[word], alike, out=likeness[word])
    return likeness
