"""A quote as it is read: list items and rows on lines of their own, a row under the header of its table."""

import re

from answers.quoting.choice import Quote
from answers.quoting.pieces import is_row
from hebrew.normalise import clean
from hebrew.sentences import begins_item

_DOCUMENT_MARK = re.compile(r"\[(\d+)\]")


def laid_out(quote: str, table_header: str = "") -> str:
    """The quote, under the header row if there is one, with the lines of its text unwrapped."""
    text = table_header
    for line in filter(None, (" ".join(each.split()) for each in clean(quote).split("\n"))):
        text += ("\n" if begins_item(line) or is_row(line) else " ") + line if text else line
    # A footnote mark of the document would pass for one of ours.
    return _DOCUMENT_MARK.sub(r"(\1)", text)


def header_of(quote: Quote) -> str:
    """What stands in the columns of a quoted row, if it is one of the table in whose middle the passage begins."""
    text = quote.hit.chunk.text
    begins_in_table = is_row(text[quote.start : quote.end].lstrip()) and "\n\n" not in text[: quote.start]
    return quote.hit.chunk.table_header if begins_in_table else ""


def place_of(part: str, shown: str, near: int) -> tuple[int, int] | None:
    """Where a part of a quote stands in a text that shows it, the occurrence that is nearest to character `near`."""
    wanted = re.escape(laid_out(part)).replace(r"\ ", r"\s")
    places = [match.span() for match in re.finditer(wanted, shown)] if part.strip() else []
    return min(places, key=lambda place: abs(place[0] - near), default=None)
