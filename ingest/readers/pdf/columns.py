"""The order in which the lines of a page are read: whole width, or column by column.

Works on edges and baselines; the only thing it knows of language is which side comes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.lines import Segment

_FEWEST_LINES = 6
_MOST_CROSSING = 0.3
"""Of the lines beside a gutter, the share that may run across it (headings over both columns)."""
_SHORTEST_SEGMENT = 14.0
"""Characters of a mean line of a column; shorter ones are the cells of a table, which is read row by row."""
_APART = 2.2
"""Ems between baselines that set a running header or footer apart from the text."""
_MOST_APART = 2
_LARGER = 1.15
_CANDIDATES = range(20, 81, 2)
_SLACK = 1.0
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Row:
    """What is read in one go: segments from left to right, all in the column from `left` to `right`, in points."""

    segments: tuple[Segment, ...]
    left: float
    right: float

    @property
    def baseline(self) -> float:
        """Points from the top to the baseline of most segments."""
        return median(segment.baseline for segment in self.segments)

    @property
    def size(self) -> float:
        """The em of most segments, in points."""
        return median(segment.size for segment in self.segments)

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return all(each.bold for segment in self.segments for each in segment.characters if each)


def reading_order(lines: Sequence[Sequence[Segment]], rtl: bool) -> list[Row]:
    """The rows of a page, given as its lines from top to bottom; when `rtl`, the right column is read first."""
    rows = _rows(lines)
    first, last = _body(rows)
    return [*rows[:first], *_ordered(rows[first:last], rtl, 0), *rows[last:]]


def _rows(lines: Sequence[Sequence[Segment]]) -> list[Row]:
    if not lines:
        return []
    left = min(segment.x0 for line in lines for segment in line)
    right = max(segment.x1 for line in lines for segment in line)
    return [Row(tuple(line), left, right) for line in lines]


def _body(rows: Sequence[Row]) -> tuple[int, int]:
    """Where the rows begin and end that may stand in columns.

    Not the title in large letters above them, nor what is set apart at the top or bottom of the page.
    """
    first, last = 0, len(rows)
    usual = median(row.size for row in rows) if rows else 0.0
    for index, (above, below) in enumerate(pairwise(rows), start=1):
        apart = below.baseline - above.baseline > _APART * max(above.size, below.size)
        if index <= _MOST_APART and (apart or above.size > _LARGER * usual):
            first = index
        elif apart and len(rows) - index <= _MOST_APART:
            last = min(last, index)
    return first, last


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
    parts = [[each for each in row.segments if (each.x0 >= gutter - _SLACK) == is_right] for row in rows]
    return _rows([part for part in parts if part])


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
            if crossing > _MOST_CROSSING * (len(rows) - crossing):  # however the others stand
                return None
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
