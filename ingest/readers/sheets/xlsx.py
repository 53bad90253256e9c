"""Excel files (XLSX): the cells of each sheet as people see them, in columns A, B, C, which is their order of reading.

What is hidden is not read: sheets, columns, and rows, unless a filter hides them, which is only a way of looking. A
cell that reaches over rows stands in each of them. A formula shows its last result; without one, itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path

from ingest.document import Document
from ingest.readers.archive import open_package
from ingest.readers.ooxml import OoxmlPackage, integer, is_true, name_of
from ingest.readers.sheets.book import Book, book_of, text_of
from ingest.readers.sheets.number_format import shown
from ingest.readers.sheets.sheet import Sheet, sheets_document
from ingest.readers.xml import Element

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576


@dataclass(slots=True)
class _Grid:
    """A sheet on its way in."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)  # column, first and last row
    is_filtered: bool = False


def read_xlsx(path: Path) -> Document:
    """The sheets of an Excel file as pages. Raises `UnreadableFile`, `Encrypted` or `TooExpanded`."""
    with open_package(path) as archive:
        package = OoxmlPackage(archive)
        book = book_of(package)
        sheets = (Sheet(name, _rows(package, part, book)) for name, part in book.sheets)
        return sheets_document(package.title(), sheets)


def _rows(package: OoxmlPackage, part: str, book: Book) -> dict[int, dict[int, str]]:
    grid = _Grid()
    last = 0
    for element in package.elements(part, "row", "col", "mergeCell", "autoFilter"):
        name = name_of(element)
        if name == "row":
            last = integer(element.get("r"), last + 1)
            if 0 < last <= _LAST_ROW and (cells := dict(_cells(element, book))):
                grid.rows[last] = cells
            if is_true(element.get("hidden")):
                grid.hidden_rows.add(last)
        elif name == "col" and is_true(element.get("hidden")):
            grid.hidden_columns.append(range(integer(element.get("min")), integer(element.get("max")) + 1))
        elif name == "mergeCell":
            grid.merged += _merged(element.get("ref", ""))
        elif name == "autoFilter":
            grid.is_filtered = True
    return _seen(grid)


def _cells(row: Element, book: Book) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row.iterfind("{*}c"):
        place = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(place[1]) if place else column + 1
        text = _text(cell, book)
        if text and column <= _LAST_COLUMN:
            yield column, text


def _text(cell: Element, book: Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return "" if inline is None else text_of(inline)
    value = cell.findtext("{*}v") or ""
    if not value:
        formula = cell.findtext("{*}f")
        return f"={formula}" if formula else ""
    if kind == "s":
        index = integer(value, len(book.strings))
        return book.strings[index] if index < len(book.strings) else ""
    if kind == "b":
        return "TRUE" if is_true(value) else "FALSE"
    if kind != "n":
        return value  # a text that a formula made, an error, a date as ISO 8601 writes it
    return _shown(value, integer(cell.get("s")), book)


def _shown(value: str, style: int, book: Book) -> str:
    code = book.formats[style] if style < len(book.formats) else "General"
    try:
        number = float(value)
    except ValueError:
        return value
    return shown(number, code, from_1904=book.from_1904) if isfinite(number) else value


def _merged(reference: str) -> Iterator[tuple[int, int, int]]:
    first, _, last = reference.partition(":")
    top, bottom = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if top and bottom and int(top[2]) < int(bottom[2]):
        yield _column(top[1]), int(top[2]), int(bottom[2])


def _seen(grid: _Grid) -> dict[int, dict[int, str]]:
    """The rows and columns that are not hidden. Merged cells are repeated in rows that hold something else."""
    for column, first, last in grid.merged:
        text = grid.rows.get(first, {}).get(column, "")
        for row in range(first + 1, last + 1) if text else ():
            if row in grid.rows:
                grid.rows[row].setdefault(column, text)
    if not grid.is_filtered:
        for row in grid.hidden_rows:
            grid.rows.pop(row, None)
    if grid.hidden_columns:
        for cells in grid.rows.values():
            for column in [each for each in cells if any(each in hidden for hidden in grid.hidden_columns)]:
                del cells[column]
    return {row: cells for row, cells in grid.rows.items() if cells}


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
