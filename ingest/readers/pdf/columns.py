"""The order in which the lines of a page are read: whole width, or column by column.

Works on edges and baselines; the only thing it knows of language is which side comes first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.readers.pdf.lines import Line, Segment

_FEWEST_LINES = 6
_MOST_CROSSING = 0.3
"""Of the lines beside a gutter, the share that may run across it (headings over both columns)."""
_SHORTEST_SEGMENT = 14.0
"""Characters of a mean line of a column; shorter ones are the cells of a table, which is read row by row."""
_CANDIDATES = range(20, 81, 2)
_SLACK = 1.0
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Row:
    """What is read in one go: segments from left to right, all in the column from `left` to `right`, in points."""

    baseline: float
    size: float
    segments: tuple[Segment, ...]
    left: float
    right: float


def reading_order(lines: Sequence[Line], rtl: bool) -> list[Row]:
    """The rows of a page as they are read; a page in columns begins with the right one when `rtl`."""
    if not lines:
        return []
    left = min(segment.x0 for line in lines for segment in line.segments)
    right = max(segment.x1 for line in lines for segment in line.segments)
    return _ordered([Row(line.baseline, line.size, line.segments, left, right) for line in lines], rtl, 0)


def _ordered(rows: list[Row], rtl: bool, depth: int) -> list[Row]:
    gutter = _gutter(rows) if depth < _DEEPEST else None
    if gutter is None:
        return rows
    ordered: list[Row] = []
    beside: list[Row] = []

    def read_columns() -> None:
        for is_right in (rtl, not rtl):
            ordered.extend(_ordered(_column(beside, gutter, is_right), rtl, depth + 1))
        beside.clear()

    for row in rows:
        if any(_crosses(segment, gutter) for segment in row.segments):
            read_columns()
            ordered.append(row)
        else:
            beside.append(row)
    read_columns()
    return ordered


def _column(rows: list[Row], gutter: float, is_right: bool) -> list[Row]:
    """The parts of the rows on one side of the gutter."""
    inside: Callable[[Segment], bool] = lambda segment: (segment.x0 >= gutter - _SLACK) == is_right  # noqa: E731
    parts = [(row, tuple(filter(inside, row.segments))) for row in rows]
    segments = [segment for _, part in parts for segment in part]
    if not segments:
        return []
    left, right = min(each.x0 for each in segments), max(each.x1 for each in segments)
    return [Row(row.baseline, row.size, part, left, right) for row, part in parts if part]


def _gutter(rows: list[Row]) -> float | None:
    """The x of the white band between two columns; None for a page or column that is read across."""
    if len(rows) < _FEWEST_LINES:
        return None
    left = min(segment.x0 for row in rows for segment in row.segments)
    right = max(segment.x1 for row in rows for segment in row.segments)
    best: tuple[int, float] | None = None
    for percent in _CANDIDATES:
        x = left + (right - left) * percent / 100
        score = _score(rows, x)
        if score is not None and (best is None or score > best[0]):
            best = score, x
    if best is None or min(_mean_length(rows, best[1], side) for side in (True, False)) < _SHORTEST_SEGMENT:
        return None
    return best[1]


def _score(rows: list[Row], x: float) -> int | None:
    """How well a white band at x parts the rows; None when it does not."""
    crossing = on_left = on_right = 0
    for row in rows:
        if any(_crosses(segment, x) for segment in row.segments):
            crossing += 1
        else:
            on_left += any(segment.x1 <= x + _SLACK for segment in row.segments)
            on_right += any(segment.x0 >= x - _SLACK for segment in row.segments)
    fewer = min(on_left, on_right)
    return fewer - 2 * crossing if fewer >= _FEWEST_LINES and crossing <= _MOST_CROSSING * fewer else None


def _crosses(segment: Segment, x: float) -> bool:
    return segment.x0 < x - _SLACK and segment.x1 > x + _SLACK


def _mean_length(rows: list[Row], gutter: float, is_right: bool) -> float:
    lengths = [len(segment.characters) for row in _column(rows, gutter, is_right) for segment in row.segments]
    return sum(lengths) / len(lengths)
