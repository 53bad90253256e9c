"""The rows and cells of a table in a Word file, and the side it is read from. Knows nothing of what is in the cells."""

from collections.abc import Iterator

from ingest.readers.docx.package import attribute, integer, is_on, name_of
from ingest.readers.docx.styles import Styles
from ingest.readers.grid import LONGEST_DATA, is_foreign
from ingest.readers.xml import Element

_DELETED = ("{*}trPr/{*}del", "{*}tcPr/{*}cellDel")
_APART = {"del", "moveFrom", "tbl"}


def rows_of(table: Element) -> list[list[Element]]:
    """The cells of each row, also those in content controls; without what was deleted under tracked changes."""
    return [list(_unwrapped(row, "tc")) for row in _unwrapped(table, "tr")]


def marked_rows(table: Element, styles: Styles) -> int:
    """How many rows at the top are headers: repeated on every page, set apart by the style of the table, or in bold."""
    rows = list(_unwrapped(table, "tr"))
    repeated = [is_on(row.find("{*}trPr/{*}tblHeader")) for row in rows]
    if any(repeated) and not all(repeated):
        return repeated.index(False)
    bold = [_is_bold(row, styles) for row in rows[:2]]
    return int(len(rows) > 1 and (styles.has_header(table) or bold == [True, False]))


def columns_of(cell: Element) -> int:
    """How many columns of the grid a cell fills."""
    return max(1, integer(attribute(cell.find("{*}tcPr/{*}gridSpan"), "val"), 1))


def goes_on(cell: Element) -> bool:
    """Whether a cell is the continuation of the one above it."""
    merge = cell.find("{*}tcPr/{*}vMerge")
    return merge is not None and attribute(merge, "val") != "restart"


def is_frame(cells: list[Element]) -> bool:
    """Whether a row does not hold data but lays out a page: tables or columns of text stand in its cells."""
    return any(next(cell.iter("{*}tbl"), None) is not None or len(_text(cell)) > LONGEST_DATA for cell in cells)


def is_turned(table: Element, styles: Styles) -> bool:
    """Whether a table is read from its last column: right-to-left paragraphs from the right, or the other way round.

    Cells are stored from the first column on; `bidiVisual` puts that at the right (ECMA-376, part 1, 17.4.1).
    """
    paragraphs = [each for each in table.iter("{*}p") if _text(each).strip()]
    if is_on(table.find("{*}tblPr/{*}bidiVisual")) or styles.is_right_to_left_table(table):
        return is_foreign(_text(table))
    return sum(map(styles.is_right_to_left, paragraphs)) * 2 > len(paragraphs)


def _is_bold(row: Element, styles: Styles) -> bool:
    paragraphs = [each for each in row.iter("{*}p") if _text(each).strip()]
    return bool(paragraphs) and all(map(styles.is_bold, paragraphs))


def _text(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter("{*}t"))


def _unwrapped(parent: Element, name: str) -> Iterator[Element]:
    for child in parent:
        if name_of(child) == name:
            if all(child.find(mark) is None for mark in _DELETED):
                yield child
        elif name_of(child) not in _APART:
            yield from _unwrapped(child, name)
