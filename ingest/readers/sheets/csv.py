"""Tables as text, one record a line: CSV, whatever stands between its cells."""

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

from hebrew.bidi import reads_reversed, visual_to_logical
from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers.sheets.sheet import Sheet, sheets_document
from ingest.readers.text import text_of

_DELIMITERS = (",", "\t", ";", "|")
_RECORDS_LOOKED_AT = 100
_LONGEST_CELL = 1 << 30
_MOST_LINES = 100
"""Lines of one cell."""
_DECLARED = "sep="
"""How the first line begins in which programs tell Excel what stands between the cells; no row of the sheet."""


def read_csv(path: Path) -> Document:
    """A CSV file as one sheet without a name; row n is its record n. Raises `UnreadableFile`."""
    text = text_of(path)
    delimiter = ""
    if text.startswith(_DECLARED):
        first, _, text = text.partition("\n")
        delimiter = first.removeprefix(_DECLARED)[:1]
    records = _records(text, delimiter or _delimiter_of(text))
    if reads_reversed(text):
        records = [[visual_to_logical(cell) for cell in record] for record in records]
    return sheets_document("", [Sheet("", {row: dict(enumerate(cells)) for row, cells in enumerate(records, 1)})])


def _delimiter_of(text: str) -> str:
    """What gives most records the same number of cells, more than one; the comma where nothing does."""
    beginning = "\n".join(text.split("\n", _RECORDS_LOOKED_AT)[:_RECORDS_LOOKED_AT])

    def agreeing(delimiter: str) -> int:
        counts = Counter(len(record) for record in _records(beginning, delimiter) if len(record) > 1)
        return max(counts.values(), default=0)

    return max(_DELIMITERS, key=agreeing)


def _records(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        records = list(csv.reader(StringIO(text, newline="\n"), delimiter=delimiter))
        if any(cell.count("\n") > _MOST_LINES for record in records for cell in record):
            # A quotation mark was opened and never closed: it is a letter like any other.
            records = list(csv.reader(StringIO(text, newline="\n"), delimiter=delimiter, quoting=csv.QUOTE_NONE))
    except csv.Error as error:
        raise UnreadableFile(f"not a table of text: {error}") from error
    return records
