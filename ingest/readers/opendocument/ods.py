"""OpenDocument spreadsheets (ODS): the text of each cell as the program that saved it showed it.

As in `ingest.readers.sheets.xlsx`, hidden sheets, rows and columns are not read, rows that a filter hides are, and a
cell that reaches over rows stands in each of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.document import Document
from ingest.errors import TooExpanded
from ingest.readers.opendocument.package import OdfPackage, attribute, count, name_of, qualified, text_of
from ingest.readers.sheets.sheet import Sheet, sheets_document
from ingest.readers.xml import Element

_MOST_CELLS = 5_000_000
"""Cells with something in them, on all sheets; a few bytes can repeat one a million times."""
_ROW_GROUPS = {"table:table-rows", "table:table-row-group", "table:table-header-rows"}
_COLUMN_GROUPS = {"table:table-columns", "table:table-column-group", "table:table-header-columns"}


@dataclass(slots=True)
class _Grid:
    """A sheet on its way in. `reaching` is what stands in the rows to come: text and last row by column."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    reaching: dict[int, tuple[str, int]] = field(default_factory=dict)
    cells: int = 0


def read_ods(path: Path) -> Document:
    """The sheets of a spreadsheet as pages. Raises `UnreadableFile`, `Encrypted` or `TooExpanded`."""
    package = OdfPackage(path)
    hidden = {
        attribute(style, "style:name")
        for style in package.content.iter(qualified("style:style"))
        if attribute(style.find(qualified("style:table-properties")), "table:display") == "false"
    }
    sheets = (
        Sheet(attribute(table, "table:name"), _rows(table))
        for table in package.body().iterchildren(qualified("table:table"))
        if attribute(table, "table:style-name") not in hidden
    )
    return sheets_document(package.title(), sheets)


def _rows(table: Element) -> dict[int, dict[int, str]]:
    hidden = _hidden_columns(table)
    grid, row = _Grid(), 1
    for element in _inside(table, "table:table-row", _ROW_GROUPS):
        repeated = count(element, "table:number-rows-repeated")
        cells = dict(_cells(element, row, grid))
        if cells and attribute(element, "table:visibility") != "collapse":
            cells = {column: text for column, text in cells.items() if not any(column in each for each in hidden)}
            grid.cells += len(cells) * repeated
            if grid.cells > _MOST_CELLS:
                raise TooExpanded(f"more than {_MOST_CELLS} cells")
            grid.rows.update(dict.fromkeys(range(row, row + repeated), cells))
        row += repeated
    return {number: cells for number, cells in grid.rows.items() if cells}


def _hidden_columns(table: Element) -> list[range]:
    hidden, column = [], 1
    for element in _inside(table, "table:table-column", _COLUMN_GROUPS):
        following = column + count(element, "table:number-columns-repeated")
        if attribute(element, "table:visibility") == "collapse":
            hidden.append(range(column, following))
        column = following
    return hidden


def _cells(element: Element, row: int, grid: _Grid) -> Iterator[tuple[int, str]]:
    """The cells of a row that hold something; what reaches into it from above only beside others."""
    column, own = 1, dict[int, str]()
    for cell in element:
        if name_of(cell) not in {"table:table-cell", "table:covered-table-cell"}:
            continue
        repeated = count(cell, "table:number-columns-repeated")
        text = " ".join(text_of(paragraph, []) for paragraph in cell.iterchildren(qualified("text:p")))
        if text.strip() and name_of(cell) == "table:table-cell":
            if len(own) + repeated > _MOST_CELLS:
                raise TooExpanded(f"more than {_MOST_CELLS} cells")
            own.update(dict.fromkeys(range(column, column + repeated), text))
            reach = count(cell, "table:number-rows-spanned")
            if reach > 1:
                grid.reaching[column] = text, row + reach - 1
        column += repeated
    above = {column: text for column, (text, last) in grid.reaching.items() if row <= last} if own else {}
    yield from (above | own).items()


def _inside(parent: Element, name: str, groups: set[str]) -> Iterator[Element]:
    """The elements of that name, also those in groups."""
    for child in parent:
        if name_of(child) == name:
            yield child
        elif name_of(child) in groups:
            yield from _inside(child, name, groups)
