"""Where paragraphs begin, told by the distances, edges and ends of rows. Knows nothing of PDFium."""

from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.pdf.columns import Row
from ingest.readers.pdf.tables import TableRow

_WIDER = 1.35
"""A distance between baselines that is so much larger than usual parts paragraphs."""
_OTHER_SIZE = 1.15
_INDENTED = 0.8
_SHORT = 0.15
"""Share of the column that stays empty beside the last line of a paragraph."""
_ENDS = tuple('.:?!;"\u201d\u05f4)')


def paragraph_starts(rows: Sequence[Row], texts: Sequence[str], rtl: bool) -> list[bool]:
    """For each row, in reading order and with its text in `texts`, whether it begins a paragraph."""
    leadings = [
        below.baseline - above.baseline
        for above, below in pairwise(rows)
        if not (_table(above) or _table(below)) and _is_below(above, below) and _same_size(above, below)
    ]
    # The lower third: on a page of short paragraphs most distances are those between paragraphs.
    usual = sorted(leadings)[len(leadings) // 3] if leadings else 0.0
    return [True] + [
        _starts(above, below, text.endswith(_ENDS), usual, rtl)
        for (above, below), text in zip(pairwise(rows), texts, strict=False)
    ]


def _starts(above: Row, below: Row, ended: bool, usual: float, rtl: bool) -> bool:
    if _table(above) or _table(below):
        return _table(above) != _table(below)
    if not _same_size(above, below) or above.is_bold != below.is_bold:
        return True
    if not _is_below(above, below):  # the next column, or the next part of the page
        return ended
    if below.baseline - above.baseline > _WIDER * usual:
        return True
    if len(above.segments) > 1 or len(below.segments) > 1:
        return False
    return ended and (
        _room_after(above, rtl) > _SHORT * (above.right - above.left) or _indent(below, rtl) > _INDENTED * below.size
    )


def _table(row: Row) -> int:
    """The number of the table that a row belongs to, 0 for none."""
    first = row.segments[0]
    return first.table if isinstance(first, TableRow) else 0


def _is_below(above: Row, below: Row) -> bool:
    return below.baseline > above.baseline and above.left < below.right and below.left < above.right


def _same_size(above: Row, below: Row) -> bool:
    return max(above.size, below.size) < _OTHER_SIZE * min(above.size, below.size)


def _room_after(row: Row, rtl: bool) -> float:
    return row.segments[0].x0 - row.left if rtl else row.right - row.segments[-1].x1


def _indent(row: Row, rtl: bool) -> float:
    return row.right - row.segments[-1].x1 if rtl else row.segments[0].x0 - row.left
