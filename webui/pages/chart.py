"""Charts of bars as shapes to be drawn in SVG: where each part stands, in percent. Knows no texts and no HTML.

Time runs as the language does: a chart that is `mirrored` begins at the right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

WHOLE = 100.0
FILLED = 0.72
"""How much of its place a bar takes; the rest is the gap beside it."""
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Column:
    """A bar to be drawn: what it says, and how large each of its parts is, from below upwards."""

    said: str
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A part of a bar: which one, from 0, and its box."""

    part: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, with the whole place that it stands in, for pointing at."""

    said: str
    x: float
    width: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars beside each other, under a scale from 0 to `top`."""

    bars: tuple[Bar, ...]
    top: int


def chart(columns: Sequence[Column], *, mirrored: bool) -> Chart:
    """The bars of the columns, the first one where reading begins."""
    top = _top(max((sum(column.parts) for column in columns), default=0))
    place = WHOLE / max(1, len(columns))
    bars = []
    for number, column in enumerate(columns):
        x = WHOLE - (number + 1) * place if mirrored else number * place
        width = place * FILLED
        ends = [WHOLE * end / top for end in accumulate(column.parts)]
        shapes = tuple(
            Shape(part, round(x + (place - width) / 2, 2), round(WHOLE - end, 2), round(width, 2), round(height, 2))
            for part, (end, size) in enumerate(zip(ends, column.parts, strict=True))
            if (height := WHOLE * size / top)
        )
        bars.append(Bar(column.said, round(x, 2), round(place, 2), shapes))
    return Chart(tuple(bars), top)


def _top(most: int) -> int:
    """The end of the scale, the least of 2, 4, 10, 20, 40, 100... that is enough: its half is whole too."""
    power = 1
    while True:
        for step in STEPS:
            if 2 * step * power >= most:
                return 2 * step * power
        power *= 10
