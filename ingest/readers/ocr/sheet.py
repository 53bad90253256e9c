"""What is left of a picture when the words that were read well are taken off it."""

from collections.abc import Iterable
from itertools import accumulate

from PIL import Image

from indexes.page import Box

_WHITE = 255
_INK_SHARE = 0.001
"""Share of dots that are darker than what is taken for ink."""
_TOWARDS_INK = 0.35
"""How far from paper to ink a dot has to be to be left: the grain of the paper is not, the edges of letters are."""
_GLANCE = 4
_LEAST_INK = 20
"""Dark dots at a quarter of the size that a short number has."""


def without_words(picture: Image.Image, words: Iterable[Box], kept: Iterable[Box]) -> Image.Image:
    """The picture in grey on white paper, without these words, but with the boxes that are kept."""
    clean = _on_white(picture)
    sheet = clean.copy()
    for box in words:
        sheet.paste(_WHITE, _dots(box))
    for box in kept:
        sheet.paste(clean.crop(_dots(box)), _dots(box))
    return sheet


def has_ink(sheet: Image.Image) -> bool:
    """Whether there is more than specks on it."""
    return sum(sheet.reduce(_GLANCE).histogram()[: _WHITE // 2]) > _LEAST_INK


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture with paper of one white: over an even ground tesseract takes the grain for print."""
    counts = picture.histogram()
    below = list(accumulate(counts))
    ink = next(grey for grey, count in enumerate(below) if count >= _INK_SHARE * below[-1])
    paper = next(grey for grey, count in enumerate(below) if count >= below[-1] / 2)
    lightest = paper - _TOWARDS_INK * (paper - ink)
    return picture.point([grey if grey < lightest else _WHITE for grey in range(_WHITE + 1)])


def _dots(box: Box) -> tuple[int, int, int, int]:
    left, top, right, bottom = map(round, box)
    return left, top, right, bottom
