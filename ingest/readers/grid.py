"""A table of cells that may be merged, as plain rows. Knows no format.

A cell that spans rows is a label of all of them (ten fees under one heading), so a short one is said again in each row:
a row is what is found and cited. A cell that spans columns stands in the first of them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hebrew.letters import is_hebrew

MOST_COLUMNS = 200
"""Beyond this many columns, a cell fills one."""
_NUMBER = re.compile(r"[^\w\s]?\s*\d[\d.,/:\s-]*\s*\W?")
"""An amount, a date, a share: digits, with a sign before or after them."""
LONGEST_DATA = 1000
"""Characters of a cell; more is a column of text beside another one, and its row a frame around them."""
LONGEST_LABEL = 80
"""Characters of a spanning cell that is said again; more is a text beside the rows."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell and how many columns and rows of the grid it fills; `text` is None for "as above"."""

    text: str | None
    columns: int = 1
    rows: int = 1


class CellText:
    """Takes what is in a cell as a `Draft` takes what is on a page; all of it becomes one line."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def heading(self, level: int, text: str) -> None:  # there are no levels in a cell
        """A heading."""
        self.texts.append(text)

    def paragraph(self, text: str) -> None:
        """A paragraph."""
        self.texts.append(text)

    def line(self, text: str) -> None:
        """A list item or a note."""
        self.texts.append(text)

    def table(self, rows: Sequence[Sequence[str]], header_rows: int = 1) -> None:
        """A table in the cell."""
        self.texts += [text for row in rows for text in row]

    def __str__(self) -> str:
        return " ".join(" ".join(self.texts).split())


def laid_out(rows: Iterable[Sequence[Cell]]) -> list[list[str]]:
    """The text in every place of the grid: a cell takes the next column that no cell of an earlier row still fills."""
    grid: list[list[str]] = []
    above: dict[int, Cell] = {}
    for row in rows:
        waiting, texts, below = iter(row), list[str](), dict[int, Cell]()
        while cell := _still_there(above.get(len(texts))) or next(waiting, None):
            if cell.text is None:
                cell = replace(cell, text=_label(above.get(len(texts))))
            below[len(texts)] = replace(cell, rows=cell.rows - 1)
            texts += [cell.text or "", *[""] * (min(cell.columns, MOST_COLUMNS - len(texts)) - 1)]
        grid.append(texts)
        above = below
    return grid


def header_rows(rows: Sequence[Sequence[str]], marked: int) -> int:
    """How many rows at the top say what is in the columns: those that are marked, else one with words over numbers.

    A table of people or of clauses has no header; taking its first row for one would lend that row's words to all.
    """
    if marked or len(rows) < 2:  # noqa: PLR2004  # a header and a row
        return marked
    first, rest = rows[0], rows[1:]
    below = {column for row in rest for column, text in enumerate(row[: len(first)]) if _NUMBER.fullmatch(text)}
    is_header = bool(below) and all(first[column] for column in below) and not any(map(_NUMBER.match, first))
    return int(is_header)


def is_foreign(text: str) -> bool:
    """Whether there are letters and none of them is Hebrew: such a table is read from the left, wherever it stands."""
    return any(map(str.isalpha, text)) and not any(map(is_hebrew, text))


def _still_there(above: Cell | None) -> Cell | None:
    return replace(above, text=_label(above)) if above and above.rows > 0 else None


def _label(above: Cell | None) -> str:
    text = (above and above.text) or ""
    return text if len(text) <= LONGEST_LABEL else ""
