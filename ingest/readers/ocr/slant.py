"""Crooked scans: how much their lines slant, and where words of the straightened picture stand in the crooked one.

Knows nothing of letters.
"""

import math

import numpy as np
from PIL import Image

from indexes.page import Box

_STEEPEST = 15.0
_COARSE, _FINE = 0.5, 0.1
"""Degrees from one try to the next."""
_GLANCE = 4
_MOST_DOTS = 60_000
"""Dark dots that are looked at; of more, every second, third ... one."""
_CLEARLY = 1.3
"""How much sharper the lines of a slanted page are along the slant than across the page."""
_WHITE = 255


def slant_of(picture: Image.Image) -> float:
    """Degrees by which lines sink to the right, 15 at most; 0 when the picture, in grey, has no clear direction.

    Dark dots are counted along parallel lines: where these run as the lines of print do, the counts differ most
    (projection profiles, Postl 1986).
    """
    dots = np.asarray(picture.reduce(_GLANCE))
    y, x = np.nonzero(dots < (int(dots.min()) + int(np.median(dots))) / 2)
    step = 1 + len(x) // _MOST_DOTS
    x, y = x[::step], y[::step]
    if len(x) == 0:
        return 0.0
    coarse = max(np.arange(-_STEEPEST, _STEEPEST + _COARSE, _COARSE), key=lambda angle: _sharpness(x, y, angle))
    if _sharpness(x, y, coarse) < _CLEARLY * _sharpness(x, y, 0.0):
        return 0.0
    around = np.arange(coarse - _COARSE, coarse + _COARSE, _FINE)
    return float(max(around, key=lambda angle: _sharpness(x, y, angle)))


def straightened(picture: Image.Image, slant: float) -> Image.Image:
    """The picture with level lines, larger by what sticks out."""
    return picture.rotate(slant, Image.Resampling.BICUBIC, expand=True, fillcolor=_WHITE) if slant else picture


def on_crooked(box: Box, slant: float, straight: Image.Image, crooked: Image.Image) -> Box:
    """Where a box of the straight picture lies in the crooked one: as large, around the same middle."""
    left, top, right, bottom = box
    x, y = (left + right - straight.width) / 2, (top + bottom - straight.height) / 2
    cosine, sine = math.cos(math.radians(slant)), math.sin(math.radians(slant))
    middle_x = x * cosine - y * sine + crooked.width / 2
    middle_y = x * sine + y * cosine + crooked.height / 2
    width, height = right - left, bottom - top
    return middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2


def _sharpness(x: np.ndarray, y: np.ndarray, angle: float) -> float:
    rows = np.rint(y - x * math.tan(math.radians(angle))).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float((counts**2).sum())
