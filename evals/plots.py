"""Where things stand in the plots of a report, in the units of their SVG. Knows no texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from evals.resampling import Interval

WIDTH, HEIGHT = 640, 280
"""Of the area that a plot draws in; its labels stand outside."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis: where it is and what stands there."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A mean on a scale from left to right, with the ends of its interval."""

    at: float
    low: float
    high: float


def scale(values: Sequence[float], step: int = 10) -> tuple[float, float]:
    """The ends of an axis of percentages that holds these values: whole multiples of `step`, never equal."""
    low = min(floor(min(values) / step) * step, 100 - step)
    return float(low), float(max(ceil(max(values) / step) * step, low + step))


def ticks(ends: tuple[float, float], size: float, step: int = 10) -> list[Tick]:
    """The multiples of `step` from one end of an axis of that size to the other."""
    return [Tick(placed(value, ends, size), str(value)) for value in range(int(ends[0]), int(ends[1]) + 1, step)]


def placed(value: float, ends: tuple[float, float], size: float) -> float:
    """Where a value stands on an axis of that size."""
    return round(size * (value - ends[0]) / (ends[1] - ends[0]), 1)


def dot(mean: float, interval: Interval, ends: tuple[float, float]) -> Dot:
    """A mean and its interval on an axis as wide as a plot."""
    return Dot(*(placed(value, ends, WIDTH) for value in (mean, interval.low, interval.high)))


def line(values: Sequence[float], ends: tuple[float, float]) -> str:
    """The points of a line through values at 1, 2, 3 ...; the highest end of the axis is at the top."""
    across = (1.0, float(max(2, len(values))))
    points = (
        f"{placed(at, across, WIDTH)},{HEIGHT - placed(value, ends, HEIGHT):.1f}"
        for at, value in enumerate(values, start=1)
    )
    return " ".join(points)
