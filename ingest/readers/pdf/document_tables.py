"""Where the tables of a document stand in the text of its pages, and what their columns are called.

Knows nothing of PDFium or of how tables were found.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.document import Table
from ingest.readers.draft import CELL_BREAK
from ingest.readers.line import Assembled, TextLine


def tables_of(pages: Sequence[Sequence[TextLine]], assembled: Sequence[Assembled]) -> tuple[Table, ...]:
    """Tables in order of place; `pages` are the lines of each page, `assembled` their texts.

    One that fills the top of a page goes on from the bottom of the page before, if both have as many columns. One
    that has other text beside it may be in several parts.
    """
    tables: list[Table] = []
    above: Sequence[TextLine] = ()  # the table at the bottom of the page before
    for number, (lines, page) in enumerate(zip(pages, assembled, strict=True), start=1):
        end, headers = 0, dict[int, str]()
        for rows in _runs(lines):
            start, end = end, end + len(rows)
            if not rows[0].table:
                continue
            goes_on = start == 0 and above and _columns(above) == _columns(rows)
            header = tables[-1].header if goes_on else ""
            header = headers.setdefault(rows[0].table, header or (rows[0].text if rows[0].is_header else ""))
            tables.append(Table(number, page.starts[start], page.starts[end - 1] + len(rows[-1].text), header))
        last = lines[-1].table if lines else 0
        above = [line for line in lines if last and line.table == last]
    return tuple(tables)


def _runs(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Lines of one table together, and those between tables."""
    for _, run in groupby(lines, key=lambda line: line.table):
        yield list(run)


def _columns(rows: Sequence[TextLine]) -> int:
    return max(line.text.count(CELL_BREAK) for line in rows)
