"""Tables of HTML pages: which of them hold data, and which only put things beside each other. Knows no text."""

import re
from collections.abc import Iterator

from ingest.readers.grid import LONGEST_DATA, LONGEST_LABEL
from ingest.readers.xml import Element

_NOT_IN_A_ROW = ("table", *(f"h{level}" for level in range(1, 7)))
_GROUPS = {"thead", "tbody", "tfoot"}


class HtmlTable:
    """A table. `marked_rows` is how many rows at its top are headers by their elements.

    A single row is how old sites put a menu beside a page; it holds data only where all its cells are short.
    """

    def __init__(self, table: Element) -> None:
        rows = list(_rows_of(table))
        heads = [row.getparent().tag == "thead" or _is_all_heads(row) for row in rows]  # type: ignore[union-attr]
        self.marked_rows = heads.index(False) if False in heads else 0
        wide = sum(len(_cells_of(row)) > 1 for row in rows)
        self._is_grid = table.get("role") not in {"presentation", "none"} and (wide > 0 or any(heads))
        self._longest = LONGEST_DATA if wide > 1 or any(heads) else LONGEST_LABEL

    def is_data(self, row: Element) -> bool:
        """Whether a row holds cells of data, and is not a frame: headings, tables or columns of text in its cells."""
        return (
            self._is_grid
            and bool(_cells_of(row))
            and next(row.iter(*_NOT_IN_A_ROW), None) is None
            and all(len("".join(map(str, cell.itertext()))) <= self._longest for cell in _cells_of(row))
        )

    @staticmethod
    def span_of(cell: Element) -> tuple[int, int]:
        """How many columns and rows a cell fills."""
        return _number(cell.get("colspan", "")), _number(cell.get("rowspan", ""))


def _rows_of(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _GROUPS:
            yield from (row for row in child if row.tag == "tr")


def _cells_of(row: Element) -> list[Element]:
    return [child for child in row if child.tag in {"td", "th"}]


def _is_all_heads(row: Element) -> bool:
    cells = _cells_of(row)
    return bool(cells) and all(cell.tag == "th" for cell in cells)


def _number(text: str) -> int:
    return int(text) if re.fullmatch("[1-9][0-9]{0,3}", text.strip()) else 1
