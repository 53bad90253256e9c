"""Ranges of numbers: which of their dashes are long, and what follows for their order.

In a line of Hebrew a range with an en dash is set from right to left, with its first number on the right, and one with
a hyphen from left to right: the hyphen joins numbers, the dash does not (Unicode Standard Annex 9, ES and ON in rule
W4). Tesseract sees the same sign in both, and gives both from left to right.
"""

import re
from dataclasses import replace

import numpy as np
from PIL import Image

from ingest.readers.ocr.tesseract import Seen

_RANGE = re.compile(r"(?<!\d)(?<!\d-)(\d{1,4})-(\d{1,4})(?![\d-])")
_LONG = 0.55
"""Width of a dash in heights of a digit: the hyphens of most Hebrew fonts have 0.3 to 0.5, en dashes 0.58 to 0.75."""
_FLAT = 0.3
"""Height of a dash at most, in heights of a digit."""
_SHORT_YEAR = 2
_MIDDLE = (0.25, 0.85)
"""Where a dash lies, from the top of the digits."""


def with_range_in_order(word: Seen, picture: Image.Image) -> Seen:
    """The word with its range from the right, if its dash is long and its numbers do not make a range from the left."""
    match = _RANGE.search(word.text)
    if match is None or not _falls(match[1], match[2]) or not _has_long_dash(picture, word):
        return word
    return replace(word, text=f"{word.text[: match.start()]}{match[2]}\u2013{match[1]}{word.text[match.end() :]}")


def _falls(first: str, second: str) -> bool:
    """Whether the second number is smaller, or the first is the short end of a range of years ("1988-95" reversed)."""
    return int(first) > int(second) or (len(first) == _SHORT_YEAR and len(second) == 2 * _SHORT_YEAR)


def _has_long_dash(picture: Image.Image, word: Seen) -> bool:
    left, top, right, bottom = map(round, word.box)
    return longest_dash(picture.crop((left, top, right, bottom))) > _LONG


def longest_dash(picture: Image.Image) -> float:
    """The width of the widest dash in the picture of a word, in heights of the word; 0 where there is none."""
    dots = np.asarray(picture, dtype=np.int16)
    if dots.size == 0:
        return 0.0
    ink = dots < (int(dots.min()) + int(dots.max())) // 2
    rows = np.flatnonzero(ink.any(axis=1))
    if rows.size == 0:
        return 0.0
    top, height = rows[0], rows[-1] - rows[0] + 1
    longest = run = 0
    for column in ink.T:
        places = np.flatnonzero(column) - top
        flat = places.size > 0 and places[-1] - places[0] < _FLAT * height
        middle = flat and _MIDDLE[0] * height < places.mean() < _MIDDLE[1] * height
        run = run + 1 if middle else 0
        longest = max(longest, run)
    return float(longest / height)
