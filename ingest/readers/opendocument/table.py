"""The rows and cells of an OpenDocument table (9.1). Knows nothing of what is in the cells."""

from collections.abc import Iterator

from ingest.readers.grid import LONGEST_DATA, MOST_COLUMNS
from ingest.readers.opendocument.package import count, name_of, qualified
from ingest.readers.xml import Element

_GROUPS = {"table:table-header-rows", "table:table-rows", "table:table-row-group"}


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table, also those in groups, without those of tables in its cells. What is repeated comes once."""
    for child in table:
        if name_of(child) == "table:table-row":
            yield child
        elif name_of(child) in _GROUPS:
            yield from rows_of(child)


def marked_rows(table: Element) -> int:
    """How many rows at the top are repeated on every page."""
    return sum(len(list(rows_of(group))) for group in table.iterchildren(qualified("table:table-header-rows")))


def cells_of(row: Element) -> list[Element]:
    """The cells of a row that other cells do not cover; a repeated cell as often as it is repeated."""
    cells: list[Element] = []
    for child in row:
        if name_of(child) == "table:table-cell":
            cells += [child] * min(count(child, "table:number-columns-repeated"), MOST_COLUMNS)
    return cells


def span_of(cell: Element) -> tuple[int, int]:
    """How many columns and rows a cell fills."""
    return count(cell, "table:number-columns-spanned"), count(cell, "table:number-rows-spanned")


def is_frame(cells: list[Element]) -> bool:
    """Whether a row does not hold data but lays out a page: tables or columns of text stand in its cells."""
    return any(
        next(cell.iter(qualified("table:table")), None) is not None or len("".join(cell.itertext())) > LONGEST_DATA
        for cell in cells
    )
