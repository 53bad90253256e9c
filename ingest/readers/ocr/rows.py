"""The lines of a page in reading order, with the rows of its tables put together.

Tesseract reads a table column by column when its columns stand far apart, and the fee no longer stands beside its name.
Works on words and their places alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby, pairwise
from statistics import median

from ingest.readers.ocr.tesseract import Seen

_CELL_LETTERS = 14
"""Letters in half the lines of a block that is too narrow for running text: then it is a column of cells."""
_ALIGNED = 0.7
"""Share of the lines of a column that stand beside a line of another column of the same table."""
_FEWEST_ROWS = 3
"""Rows of a table; two lines with a gap are the head of a letter."""
_SAME_ROW = 0.6
"""Distance of two lines of one row at most, in heights of a line."""
_CELL_GAP = 2.5
"""Distance of two cells in a row at least, in heights of a line; words of justified lines stand closer."""
_FEWEST_WORDS = 4
"""Words of a line that shows how the page slants."""

Cell = list[Seen]


@dataclass(slots=True)
class Row:
    """Cells, each with words in reading order; a line of running text is one cell.

    `table` tells apart the tables of a page, 0 for running text. `y` is the middle, in dots on the straightened page.
    """

    cells: list[Cell]
    y: float
    height: float
    block: int
    opens: bool = False
    table: int = 0
    is_header: bool = field(default=False, init=False)

    @property
    def words(self) -> list[Seen]:
        """The words of all cells."""
        return [word for cell in self.cells for word in cell]


def rows_of(words: Sequence[Seen], found: Sequence[Seen] = ()) -> list[Row]:
    """The rows of a page whose words come line by line; what was `found` apart stands in the line it is level with."""
    slant = _slant(words)
    rows = [_row(list(group), slant) for _, group in groupby(words, key=lambda word: word.line)]
    for last, row in zip([None, *rows], rows, strict=False):
        row.opens = last is None or last.words[0].line[:2] != row.words[0].line[:2]
    joined = _with_joined_blocks(rows)
    for word in found:
        _add(joined, word, slant)
    _mark_tables(joined)
    return joined


def _add(rows: list[Row], word: Seen, slant: float) -> None:
    """Puts a word into the row it is level with, else into one of its own below the rows above it."""
    new = _row([word], slant)
    near = min(rows, key=lambda row: abs(row.y - new.y), default=None)
    if near is not None and abs(near.y - new.y) < _SAME_ROW * near.height:
        near.cells = _from_right([*near.cells, *new.cells])
    else:
        rows.insert(sum(row.y < new.y for row in rows), new)


def _slant(words: Sequence[Seen]) -> float:
    """Dots that lines sink for each dot to the right."""
    slants = []
    for _, group in groupby(words, key=lambda word: word.line):
        line = sorted(group, key=lambda word: word.box[0])
        if len(line) >= _FEWEST_WORDS:
            (x0, y0), (x1, y1) = _middle(line[0]), _middle(line[-1])
            slants.append((y1 - y0) / (x1 - x0) if x1 > x0 else 0.0)
    return median(slants) if slants else 0.0


def _row(words: list[Seen], slant: float) -> Row:
    places = [_middle(word) for word in words]
    return Row(
        cells=[words],
        y=median(y - slant * x for x, y in places),
        height=median(word.box[3] - word.box[1] for word in words),
        block=words[0].line[0],
    )


def _middle(word: Seen) -> tuple[float, float]:
    left, top, right, bottom = word.box
    return (left + right) / 2, (top + bottom) / 2


def _with_joined_blocks(rows: Sequence[Row]) -> list[Row]:
    """The rows with blocks that are columns of one table put together, where the first of them stood."""
    blocks: dict[int, list[Row]] = {}
    for row in rows:
        blocks.setdefault(row.block, []).append(row)
    group_of = {block: {block} for block in blocks}
    for first, second in combinations(blocks, 2):
        if _are_columns(blocks[first], blocks[second]):
            together = group_of[first] | group_of[second]
            group_of.update(dict.fromkeys(together, together))
    joined: list[Row] = []
    done: set[int] = set()
    for block, lines in blocks.items():
        if block not in done:
            together = group_of[block]
            done |= together
            joined += lines if len(together) == 1 else _joined([row for each in together for row in blocks[each]])
    return joined


def _are_columns(first: Sequence[Row], second: Sequence[Row]) -> bool:
    """Whether two blocks stand beside each other line by line, and one of them is too narrow for running text."""
    if not (_right(first) <= _left(second) or _right(second) <= _left(first)):
        return False
    narrow, other = sorted((first, second), key=_letters)
    if _letters(narrow) >= _CELL_LETTERS:
        return False
    beside = sum(any(abs(row.y - each.y) < _SAME_ROW * row.height for each in other) for row in narrow)
    return beside >= _FEWEST_ROWS and beside >= _ALIGNED * min(len(narrow), len(other))


def _letters(rows: Sequence[Row]) -> float:
    return median(sum(len(word.text) for word in row.words) for row in rows)


def _left(rows: Iterable[Row]) -> float:
    return min(word.box[0] for row in rows for word in row.words)


def _right(rows: Iterable[Row]) -> float:
    return max(word.box[2] for row in rows for word in row.words)


def _joined(lines: list[Row]) -> list[Row]:
    """The lines of several columns as rows, from top to bottom, with cells from right to left."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda row: row.y):
        if rows and line.y - rows[-1].y < _SAME_ROW * line.height:
            rows[-1].cells += line.cells
        else:
            rows.append(line)
            line.opens = len(rows) == 1
    for row in rows:
        row.cells = _from_right(row.cells)
    return rows


def _from_right(cells: Iterable[Cell]) -> list[Cell]:
    """Cells cut at wide gaps, from right to left."""
    return sorted(
        (part for cell in cells for part in _parts(cell)), key=lambda part: -max(word.box[2] for word in part)
    )


def _mark_tables(rows: Sequence[Row]) -> None:
    """Cuts rows at wide gaps, and numbers those that follow each other with several cells as a table."""
    cut = [[part for cell in row.cells for part in _parts(cell)] for row in rows]
    several = [len(cells) > 1 for cells in cut]
    between = [before and after for before, after in zip([False, *several], [*several[1:], False], strict=False)]
    number = 0
    for is_table, run in groupby(range(len(rows)), key=lambda index: several[index] or between[index]):
        indexes = list(run)
        if not is_table or len(indexes) < _FEWEST_ROWS:
            continue
        number += 1
        for index in indexes:
            rows[index].cells, rows[index].table = cut[index], number
        header = rows[indexes[0]]
        header.is_header = not any(letter.isdigit() for word in header.words for letter in word.text)


def _parts(cell: Cell) -> Iterator[Cell]:
    part = [cell[0]]
    for last, word in pairwise(cell):
        height = word.box[3] - word.box[1]
        if max(last.box[0], word.box[0]) - min(last.box[2], word.box[2]) > _CELL_GAP * height:
            yield part
            part = []
        part.append(word)
    yield part
