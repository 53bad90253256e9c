"""Tables that no lines frame: rows whose gaps lie above each other.

Works on places and on which side comes first; knows nothing of language.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, starmap

from ingest.readers.pdf.character import Character
from ingest.readers.pdf.columns import Row
from ingest.readers.pdf.lines import Segment
from ingest.readers.pdf.tables import TableRow, table_row, with_header

# All in ems.
_CELL_GAP = 1.0
"""The narrowest gap that may part two cells; justified text has some as well, but not above each other."""
_BAND = 0.5
"""What stays white between two columns in every row."""
_WIDE_GAP = 1.5
"""Between any two columns, the widest gap of a row is at least that."""
_APART = 3.6
"""Between baselines, the most that may lie within a table."""
_BESIDE = 0.9
"""Between baselines, what has no room for two lines below each other: they are of cells beside each other."""

_FEWEST_ROWS = 3
"""Lines of several cells that make a table."""
_FILLED = 0.6
"""Share of its cells that are not empty at least."""
_LIST_COLUMNS = 2
_ROOM = 1.25
"""Rows with cells of several lines are set apart by so much more than these lines, or more."""
_LIST_MARK = re.compile(r"(?=.*[.:()\[\]])[.:()\[\]]{0,2}\w{1,3}[.:()\[\]]{0,2}|\W{1,2}")
"""As it stands on the page, where its signs may be on either side."""
_SECTION = re.compile(r"\.?\d{1,3}(?:\.\d{1,3})+\.?")

_Columns = list[tuple[float, float]]
_Cells = list[list[Segment]]


def with_loose_tables(rows: Sequence[Row], rtl: bool) -> list[Row]:
    """Rows in reading order, the lines of a table put together to its rows.

    When `rtl`, the rightmost cell of a row is its first. The numbers of these tables are negative.
    """
    parts = [_parts(row) for row in rows]
    found: list[Row] = []
    start = number = 0
    while start < len(rows):
        run = _run(rows, parts, start, rtl)
        if run and run.is_table():
            number -= 1
            found += [Row((row,), rows[start].left, rows[start].right) for row in run.table(number)]
            start += len(run.lines)
        else:
            found.append(rows[start])
            start += 1
    return found


@dataclass(frozen=True)
class _Run:
    """Lines that follow each other, each as its parts from left to right, and the columns that hold all of them."""

    lines: list[list[Segment]]
    columns: _Columns
    rtl: bool

    @cached_property
    def cells(self) -> list[_Cells]:
        """The parts of each line by column, in the order in which columns are read."""
        columns = self.columns[::-1] if self.rtl else self.columns
        return [[[part for part in line if x0 <= part.x0 <= x1] for x0, x1 in columns] for line in self.lines]

    def is_table(self) -> bool:
        """Whether there are rows and gaps enough, and the first column is more than the marks of a list."""
        several = sum(len(line) > 1 for line in self.lines)
        if several < _FEWEST_ROWS or not all(map(self._is_parted, pairwise(self.columns))):
            return False
        filled = [cell for row in self.rows for cell in row if cell]
        marks = len(self.columns) == _LIST_COLUMNS and _are_list_marks([row[0] for row in self.rows if row[0]])
        return not marks and len(filled) >= _FILLED * len(self.rows) * len(self.columns)

    def _is_parted(self, columns: tuple[tuple[float, float], tuple[float, float]]) -> bool:
        (_, before), (after, _) = columns
        return any(
            right.x0 - left.x1 > _WIDE_GAP * right.size
            for line in self.lines
            for left, right in pairwise(line)
            if left.x1 <= before and right.x0 >= after
        )

    def table(self, number: int) -> list[TableRow]:
        """The rows, each with its cells from left to right."""
        (left, _), (_, right) = self.columns[0], self.columns[-1]
        step = -1 if self.rtl else 1
        return with_header([table_row(cells[::step], left, right, number) for cells in self.rows], is_framed=False)

    @cached_property
    def rows(self) -> list[_Cells]:
        """The cells of each row in the order in which they are read, lines of one cell put together."""
        rows: list[_Cells] = []
        for goes_on, cells in zip(self.goes_on, self.cells, strict=True):
            if goes_on:
                rows[-1] = [[*above, *below] for above, below in zip(rows[-1], cells, strict=True)]
            else:
                rows.append(cells)
        return rows

    @cached_property
    def goes_on(self) -> list[bool]:
        """For each line, whether it goes on with the cells of the line above it.

        It does where cells were full, and rows are farther apart than lines or the first cell of the line is empty.
        """
        distances = [below[0].baseline - above[0].baseline for above, below in pairwise(self.lines)]
        last = list(self.cells[0])
        found = [False]
        for distance, cells in zip(distances, self.cells[1:], strict=True):
            hanging = not cells[0] and 2 * sum(map(bool, cells)) <= len(cells)
            joins = (hanging or max(distances) > _ROOM * distance) and self._is_full(last, cells)
            last = [below or above for above, below in zip(last, cells, strict=True)] if joins else list(cells)
            found.append(joins)
        return found

    def _is_full(self, above: _Cells, below: _Cells) -> bool:
        """Whether in no cell of the line above there was room for the first word of the same cell of the line below."""
        columns = self.columns[::-1] if self.rtl else self.columns
        return all(
            upper[-1].x1 - upper[0].x0 + _first_word(lower, self.rtl) > right - left - _BAND * upper[0].size
            for upper, lower, (left, right) in zip(above, below, columns, strict=True)
            if upper and lower
        )


def _run(rows: Sequence[Row], parts: Sequence[list[Segment]], start: int, rtl: bool) -> _Run | None:
    """The rows from `start` on that share white bands, given with the parts of each; None for a line of text."""
    following = rows[start + 1].baseline if start + 1 < len(rows) else math.inf
    beside = 0 < following - rows[start].baseline < _BESIDE * rows[start].size
    if len(parts[start]) == 1 and not beside:
        return None
    end, columns = start + 1, _columns(parts[start], [])
    while end < len(rows) and _is_near(rows[end - 1], rows[end]):
        together = _columns(parts[end], columns)
        if len(together) < max(len(columns), 2) or isinstance(parts[end][0], TableRow):
            break
        columns, end = together, end + 1
    run = _Run(list(parts[start:end]), columns, rtl)
    while len(run.lines) > 1 and len(run.lines[-1]) == 1 and not run.goes_on[-1]:  # a line below the table
        run = _Run(run.lines[:-1], columns, rtl)
    return run


def _is_near(above: Row, below: Row) -> bool:
    return 0 < below.baseline - above.baseline < _APART * max(above.size, below.size)


def _parts(row: Row) -> list[Segment]:
    """The segments of a row, cut where the next cell of a table may begin."""
    if isinstance(row.segments[0], TableRow):
        return [*row.segments]
    return [part for segment in row.segments for part in _cut(segment)]


def _cut(segment: Segment) -> list[Segment]:
    characters, room = segment.characters, _CELL_GAP * segment.size
    cuts = [
        index
        for index, character in enumerate(characters)
        if character is None and _gap(characters[index - 1], characters[index + 1]) > room
    ]
    if not cuts:
        return [segment]
    return [_part(segment, characters[first + 1 : end]) for first, end in pairwise([-1, *cuts, len(characters)])]


def _gap(before: Character | None, after: Character | None) -> float:
    return after.x0 - before.x1 if before and after else 0.0


def _part(segment: Segment, part: Sequence[Character | None]) -> Segment:
    solid = [character for character in part if character]
    return replace(segment, characters=tuple(part), x0=solid[0].x0, x1=max(each.x1 for each in solid))


def _columns(parts: Sequence[Segment], columns: _Columns) -> _Columns:
    """What parts of a line fill, together with these columns, from left to right."""
    room = _BAND * max(part.size for part in parts)
    filled: _Columns = []
    for x0, x1 in sorted([*columns, *((part.x0, part.x1) for part in parts)]):
        if filled and x0 - filled[-1][1] < room:
            filled[-1] = filled[-1][0], max(filled[-1][1], x1)
        else:
            filled.append((x0, x1))
    return filled


def _are_list_marks(cells: Sequence[Sequence[Segment]]) -> bool:
    """Whether the cells hold the marks of a list and nothing else, or section numbers (2.1, 2.2, 2.2.1) in order."""
    marks = ["".join(each.text for part in cell for each in part.characters if each) for cell in cells]
    if all(map(_LIST_MARK.fullmatch, marks)):
        return True
    numbers = [tuple(map(int, mark.strip(".").split("."))) for mark in marks if _SECTION.fullmatch(mark)]
    return len(numbers) == len(marks) and all(starmap(_follows, pairwise(numbers)))


def _follows(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Whether a section number comes right after another: one level deeper, or one more at some level."""
    shared = next((level for level, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), None)
    if shared is None:
        return after == (*before, 1)
    return after[shared] == before[shared] + 1 and set(after[shared + 1 :]) <= {1}


def _first_word(cell: Sequence[Segment], rtl: bool) -> float:
    """How wide the first word of a cell is."""
    characters = cell[-1].characters[::-1] if rtl else cell[0].characters
    word = [each for each in characters[: characters.index(None) if None in characters else None] if each]
    return max(each.x1 for each in word) - min(each.x0 for each in word)
