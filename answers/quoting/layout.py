"""A quote as it is read: list items and rows on lines of their own, a row under the header of its table."""

import re
from collections.abc import Sequence
from itertools import takewhile

from answers.quoting.choice import Quote
from answers.quoting.pieces import CELL_BREAK, is_row
from hebrew.normalise import clean
from hebrew.sentences import begins_item

_COLUMNS = 3
"""A table of two is often a list of names and what goes with them, without a row over it."""
_DOCUMENT_MARK = re.compile(r"\[(\d+)\]")


def laid_out(quote: str, table_header: str = "") -> str:
    """The quote, under the header row if there is one, with the lines of its text unwrapped."""
    text, above = table_header, table_header
    for line in filter(None, (" ".join(each.split()) for each in clean(quote).split("\n"))):
        is_apart = begins_item(line) or is_row(line) or is_row(above)
        text += ("\n" if is_apart else " ") + line if text else line
        above = line
    # A footnote mark of the document would pass for one of ours.
    return _DOCUMENT_MARK.sub(r"(\1)", text)


def header_of(quote: Quote) -> str:
    """What stands in the columns of a quoted row; "" where nothing says it.

    The header of the table in whose middle the passage begins; of one that begins in it, its first row, if it names
    columns.
    """
    text = quote.hit.chunk.text
    row = text[quote.start : quote.end].strip().split("\n", 1)[0]
    above = text[: quote.start].removesuffix("\n").split("\n") if quote.start else []
    rows = list(takewhile(is_row, reversed(above)))
    if not is_row(row):
        return ""
    return (quote.hit.chunk.table_header if len(rows) == len(above) else "") or _as_header(rows, row)


def _as_header(rows: Sequence[str], row: str) -> str:
    """The first of the rows over a row, the nearest first, if it names columns; else ""."""
    names, cells = (rows[-1].split(CELL_BREAK) if rows else []), row.split(CELL_BREAK)
    are_names = len(names) == len(cells) >= _COLUMNS and not any(name.strip()[:1].isdigit() for name in names)
    return rows[-1].strip() if are_names and any(cell.strip()[:1].isdigit() for cell in cells[1:]) else ""


def place_of(part: str, shown: str, near: int) -> tuple[int, int] | None:
    """Where a part of a quote stands in a text that shows it, the occurrence that is nearest to character `near`."""
    wanted = re.escape(laid_out(part)).replace(r"\ ", r"\s")
    places = [match.span() for match in re.finditer(wanted, shown)] if part.strip() else []
    return min(places, key=lambda place: abs(place[0] - near), default=None)
