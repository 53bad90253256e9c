"""Tables of a page that lines frame: what stands in a grid becomes rows of cells, however the cells wrap.

Works on places alone; knows nothing of languages, or of the side from which a row is read.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from ingest.readers.pdf.character import Character
from ingest.readers.pdf.grid import Grid
from ingest.readers.pdf.lines import Segment

_MIDDLE = 0.3
"""Ems from the baseline up to the middle of a letter."""
_BELOW_EDGE = 4.0
"""Points under the upper edge of a row, where all lines that part its cells have begun."""
_LONGEST_NAME = 40
"""Characters of the name of a column."""
_FEWEST_ROWS = 2
_LONGEST_CELL = 15
"""Lines of a cell; where one has more, the grid is the layout of the page and not a table."""


@dataclass(frozen=True, slots=True)
class TableRow(Segment):
    """A row of a table, from the left edge of the table to its right one, with its cells from left to right.

    A cell is its segments, line by line from top to bottom, each line from left to right; `characters` are those of
    all cells. `table` tells apart the tables of a page. `is_header` says that it names what stands in the columns.
    """

    cells: tuple[tuple[Segment, ...], ...]
    table: int
    is_header: bool = False


def with_ruled_tables(lines: Sequence[Sequence[Segment]], grids: Iterable[Grid]) -> list[list[Segment]]:
    """The lines of a page, those inside a grid put together to the rows of its table."""
    kept = [list(line) for line in lines]
    for number, grid in enumerate(grids, start=1):
        inside = [each for line in kept for each in line if grid.holds(*_middle(each))]
        rows = _rows(inside, grid, number)
        if len(rows) < _FEWEST_ROWS or any(_is_layout(row) for row in rows):
            continue
        taken = set(map(id, inside))
        beside = [[each for each in line if id(each) not in taken] for line in kept]
        kept = [*filter(None, beside), *(list[Segment]([row]) for row in rows)]
        kept.sort(key=lambda line: line[0].baseline)
    return kept


def table_row(cells: Iterable[Iterable[Segment]], left: float, right: float, table: int) -> TableRow:
    """A row of these cells, of which one at least is not empty."""
    kept = tuple(map(tuple, cells))
    segments = [segment for cell in kept for segment in cell]
    return TableRow(
        characters=tuple(each for segment in segments for each in (*segment.characters, None))[:-1],
        x0=left,
        x1=right,
        baseline=min(segment.baseline for segment in segments),
        size=median(segment.size for segment in segments),
        cells=kept,
        table=table,
    )


def with_header(rows: Sequence[TableRow], is_framed: bool) -> list[TableRow]:
    """Rows of a table, the first one marked if it is a header: it has a name for every column but one.

    In a table without lines, names are short and have no digits.
    """
    first, *others = rows
    named = sum(map(bool, first.cells)) >= max(len(first.cells) - 1, 2)
    return [replace(first, is_header=bool(others) and named and (is_framed or _has_names(first))), *others]


def _has_names(row: TableRow) -> bool:
    short = all(sum(len(segment.characters) for segment in cell) <= _LONGEST_NAME for cell in row.cells)
    return short and not any(each.text.isdigit() for each in row.characters if each)


def _rows(segments: Iterable[Segment], grid: Grid, number: int) -> list[TableRow]:
    bands: defaultdict[float, list[Segment]] = defaultdict(list)
    for segment in segments:
        _, y = _middle(segment)
        for part in _cut(segment, grid.borders(y)):
            bands[grid.row(*_middle(part))].append(part)
    rows = []
    for top, parts in sorted(bands.items()):
        borders = grid.borders(top + _BELOW_EDGE)
        cells: list[list[Segment]] = [[] for _ in range(len(borders) + 1)]
        for part in parts:
            cells[bisect(borders, _middle(part)[0])].append(part)
        rows.append(table_row(cells, grid.left, grid.right, number))
    return with_header(rows, is_framed=True) if rows else []


def _cut(segment: Segment, borders: Sequence[float]) -> Iterator[Segment]:
    """The parts of a segment between borders; a word that crosses one stays whole."""
    words: list[list[Character]] = [[]]
    for character in segment.characters:
        if character is None:
            words.append([])
        else:
            words[-1].append(character)
    for _, group in groupby(words, key=lambda word: bisect(borders, (word[0].x0 + word[-1].x1) / 2)):
        part = [each for word in group for each in (*word, None)][:-1]
        solid = [each for each in part if each]
        yield replace(segment, characters=tuple(part), x0=solid[0].x0, x1=solid[-1].x1)


def _middle(segment: Segment) -> tuple[float, float]:
    return (segment.x0 + segment.x1) / 2, segment.baseline - _MIDDLE * segment.size


def _is_layout(row: TableRow) -> bool:
    return any(len({segment.baseline for segment in cell}) > _LONGEST_CELL for cell in row.cells)
