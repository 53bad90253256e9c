"""Whether the text that a page carries can be believed, or its picture has to be read, and which of the two is better.

Knows nothing of PDFium or of tesseract.
"""

import re
from enum import Enum, auto

from hebrew.letters import is_hebrew
from ingest.quality import LOW_QUALITY, quality

_FEWEST_LETTERS = 20
_FEWEST_ON_A_PICTURE = 200
"""Letters on a page that is one picture: fewer are a stamp or a heading over a scan."""
_MOST_UNMAPPED = 0.05
_MOST_UNMAPPED_TO_KEEP = 0.3
"""Share of characters without a letter from which a text is worth nothing, even where there is no other."""
_MOST_INVISIBLE = 0.5
_CERTAIN = 0.95
"""Quality from which the text layer of an old scan is kept without reading the picture: ours is not better."""
_FEWEST_SIGNIFICANT = 0.6
"""Share of letters and digits among all characters. Text of a font that lies about its letters has 0.2 to 0.7, pages of
slides with formulas 0.63 and more, other pages 0.8 and more (docs/log.md)."""
_ENOUGH_WORDS = 50
_MUCH_MORE = 2

_SAME_SIGN = re.compile(r"([^\w\s])(?:\s*\1)+")
_BLANKS = re.compile(r"\s+")
_LATIN_WORD = re.compile("[A-Za-z]{2,}")
_COMMON_WORDS = "the of and to in is for a on with at de la le et les der die und das el en il di un"
_COMMON_LATIN = frozenset(_COMMON_WORDS.split())


class Verdict(Enum):
    """What is to be done with the text of a page: keep it, or read the picture and take that where it is `better`."""

    GOOD = auto()
    """Nothing speaks against it."""
    OLD_LAYER = auto()
    """It was put there by the OCR of whoever scanned the page, and may be better or worse than ours."""
    DOUBTFUL = auto()
    """It does not look like a text."""
    MISSING = auto()
    """There is nothing, or next to nothing beside what the picture shows."""
    UNKNOWN = auto()
    """The file does not say which letters these are."""


def verdict(text: str, real: float, unmapped: float, invisible: float, *, is_picture: bool) -> Verdict:
    """The verdict on the text of a page, of which the share `real` looks so (`ingest.quality`).

    `unmapped` and `invisible` are shares of its characters (`PageCharacters`); `is_picture` says that one picture fills
    the page, or that there is something to see and no text.
    """
    if unmapped > _MOST_UNMAPPED:
        return Verdict.UNKNOWN
    letters = sum(map(str.isalnum, text))
    if is_picture and letters < _FEWEST_ON_A_PICTURE:
        return Verdict.MISSING
    if invisible > _MOST_INVISIBLE:
        return Verdict.GOOD if real >= _CERTAIN else Verdict.OLD_LAYER
    if len(_BLANKS.sub("", text)) >= _FEWEST_LETTERS and (
        real < LOW_QUALITY or not _is_significant(text) or _is_no_language(text)
    ):
        return Verdict.DOUBTFUL
    return Verdict.GOOD


def is_better(ours: str, own: str, reason: Verdict) -> bool:
    """Whether what was read from the picture is to take the place of the page's own text, which has this verdict."""
    letters, before = (sum(map(str.isalnum, text)) for text in (ours, own))
    if reason is Verdict.UNKNOWN:
        return letters > 0
    if reason is Verdict.MISSING:
        return letters > _MUCH_MORE * before and (is_nothing(own) or quality(ours) >= LOW_QUALITY)
    return letters * _MUCH_MORE > before and quality(ours) > quality(own)


def is_nothing(text: str) -> bool:
    """Whether there is no more than the number of a page."""
    return sum(map(str.isalnum, text)) < _FEWEST_LETTERS


def is_worth_keeping(unmapped: float) -> bool:
    """Whether a text of which this share is unknown says more than nothing."""
    return unmapped <= _MOST_UNMAPPED_TO_KEEP


def _is_significant(text: str) -> bool:
    """Whether it is mostly letters and digits of scripts that we read; leaders of dots count once."""
    characters = _BLANKS.sub("", _SAME_SIGN.sub(r"\1", text))
    significant = sum(each.isalnum() and (each < "\u0250" or is_hebrew(each)) for each in characters)
    return significant >= _FEWEST_SIGNIFICANT * len(characters)


def _is_no_language(text: str) -> bool:
    """Whether there are many words in Latin letters and none that texts in them are full of.

    Old Hebrew fonts put their letters where others have these.
    """
    words = _LATIN_WORD.findall(text)
    hebrew = sum(map(is_hebrew, text.split()))
    return len(words) >= max(_ENOUGH_WORDS, hebrew) and _COMMON_LATIN.isdisjoint(map(str.lower, words))
