"""Tables as CSV (RFC 4180) that a spreadsheet opens in Hebrew, and in which nothing is taken for a formula.

Source of the rule: OWASP, "CSV Injection". Spreadsheets take what begins with one of these signs, also in their wide
forms, for something to compute; a quotation mark before it makes it a text.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

_FORMULAS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212")


def csv_file(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The bytes of the file: UTF-8 with the mark by which Excel knows it."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell_text(value) for value in row] for row in rows)
    return written.getvalue().encode("utf-8-sig", "replace")


def cell_text(value: object) -> str:
    """A value as the text of a cell; numbers stay numbers."""
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\0", "\ufffd")
    first = next((letter for letter in text if not _unseen(letter)), "")
    return f"'{text}" if first in _FORMULAS or text[:1] in _FORMULAS else text


def _unseen(letter: str) -> bool:
    return letter in (" ", "\u00a0", "\ufeff") or unicodedata.category(letter) in ("Cf", "Zs")
