"""Sheets become pages: a row is a line, at the number it has in the sheet; rows under a header row are a table.

Line n of a page is row `place.row` + n - 1, so that a citation can name the row. Knows no format of files.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from hebrew.normalise import clean
from indexes.page import Page, Place
from ingest.document import Document, Heading, Table
from ingest.errors import TooExpanded
from ingest.limits import LARGEST_TEXT
from ingest.readers.draft import CELL_BREAK

_ROWS_OF_PAGE = 200
_CHARACTERS_OF_PAGE = 30_000
_EMPTY_ROWS = 20
"""So many empty rows between two rows make the second one begin a page."""

Cells = Mapping[int, str]
"""The cells of a row that hold something, by the number of their column."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, "" where it has none, and its rows by their numbers from 1, those that hold something."""

    name: str
    rows: Mapping[int, Cells]


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows that belong together: lines by row number, and the header row above the lines, where it is a table."""

    lines: Mapping[int, str]
    is_table: bool = False
    header: str = ""
    columns: frozenset[int] = frozenset()


def sheets_document(title: str, sheets: Iterable[Sheet]) -> Document:
    """The sheets as pages of a document, each under the heading of its name. Raises `TooExpanded`."""
    pages, headings, tables, room = list[Page](), list[Heading](), list[Table](), LARGEST_TEXT
    for sheet in sheets:
        room -= sum(len(text) for cells in sheet.rows.values() for text in cells.values())
        if room < 0:
            raise TooExpanded(f"the sheets hold more than {LARGEST_TEXT} characters")
        is_first = True
        for part in _pages(_blocks_of(sheet)):
            number = len(pages) + 1
            text, found = _written(part, number)
            if is_first and sheet.name:
                headings.append(Heading(number, 0, 1, sheet.name))
            pages.append(Page(number, text, Place("sheet", sheet.name, part[0][0])))
            tables += found
            is_first = False
    return Document(title, tuple(pages), tuple(headings), tuple(tables))


def _blocks_of(sheet: Sheet) -> Iterator[_Block]:
    above: _Block | None = None
    for rows in _together(sheet.rows):
        for block in _blocks(rows, above):
            above = block if block.header else above
            yield block


def _together(rows: Mapping[int, Cells]) -> Iterator[dict[int, Cells]]:
    """Rows without an empty row between them. Texts become one line; a row of blanks is an empty one."""
    together: dict[int, Cells] = {}
    for number in sorted(rows):
        texts = {column: " ".join(clean(text).split()) for column, text in sorted(rows[number].items())}
        cells = {column: text for column, text in texts.items() if text}
        if together and (not cells or number - 1 not in together):
            yield together
            together = {}
        if cells:
            together[number] = cells
    if together:
        yield together


def _blocks(rows: Mapping[int, Cells], above: _Block | None) -> Iterator[_Block]:
    """The table in rows that stand together, and what stands over it. `above` is the last table with a header."""
    widest = max(map(len, rows.values()))
    if widest == 1:
        yield _Block({number: next(iter(cells.values())) for number, cells in rows.items()})
        return
    first = next(number for number, cells in rows.items() if 2 * len(cells) >= widest)
    before = {number: CELL_BREAK.join(cells.values()) for number, cells in rows.items() if number < first}
    inside = {number: cells for number, cells in rows.items() if number >= first}
    head, *data = inside.values()
    if above and _columns(rows) <= above.columns and not _is_over_numbers(head, data):
        yield _Block(_lines(rows, above.columns), is_table=True, header=above.header, columns=above.columns)
        return
    if before:
        yield _Block(before)
    columns = _columns(inside)
    lines = _lines(inside, columns)
    header = lines[first] if data and _is_words(head) else ""
    yield _Block(lines, is_table=True, header=header, columns=columns)


def _columns(rows: Mapping[int, Cells]) -> frozenset[int]:
    return frozenset(column for cells in rows.values() for column in cells)


def _lines(rows: Mapping[int, Cells], columns: frozenset[int]) -> dict[int, str]:
    """Each row as a line: an empty cell keeps its place, but for those at the end; an empty column has none."""
    order = sorted(columns)
    if len(rows) * len(order) > LARGEST_TEXT:
        raise TooExpanded(f"{len(rows)} rows of {len(order)} columns")
    lines = {}
    for number, cells in rows.items():
        last = max(cells)
        lines[number] = CELL_BREAK.join(cells.get(column, "") for column in order if column <= last)
    return lines


def _is_words(cells: Cells) -> bool:
    """Whether a row may say what stands under it: most of its cells are words."""
    return 2 * sum(map(_has_letter, cells.values())) > len(cells)


def _is_over_numbers(head: Cells, data: Sequence[Cells]) -> bool:
    """Whether a row of words stands over a column of numbers: only a header row does."""
    if not _is_words(head):
        return False
    for column, text in head.items():
        under = [cells[column] for cells in data if column in cells]
        if _has_letter(text) and under and not any(map(_has_letter, under)):
            return True
    return False


def _has_letter(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _pages(blocks: Iterable[_Block]) -> Iterator[list[tuple[int, str, _Block]]]:
    """Row number, line and block of the rows of each page."""
    part: list[tuple[int, str, _Block]] = []
    characters = 0
    for block in blocks:
        for number, line in block.lines.items():
            is_full = len(part) == _ROWS_OF_PAGE or characters + len(line) > _CHARACTERS_OF_PAGE
            if part and (is_full or number - part[-1][0] > _EMPTY_ROWS):
                yield part
                part, characters = [], 0
            part.append((number, line, block))
            characters += len(line)
    if part:
        yield part


def _written(part: Sequence[tuple[int, str, _Block]], page: int) -> tuple[str, list[Table]]:
    """The text of a page, and where its tables are."""
    text, row, tables = "", part[0][0], list[Table]()
    for block, lines in groupby(part, key=lambda line: line[2]):
        start = -1
        for number, line, _ in lines:
            text += "\n" * (number - row)
            row = number
            start = len(text) if start < 0 else start
            text += line
        if block.is_table:
            tables.append(Table(page, start, len(text), block.header))
    return text, tables
