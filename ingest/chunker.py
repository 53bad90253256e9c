"""From a document to the passages that are searched and cited.

A passage stays within its heading, its slide and its sheet, ends where a paragraph, a sentence or a table row ends, and
may run over a page break. Only what is very short is joined to what follows, never over the end of a sheet or a mail.
Passages do not overlap; together they are the whole text, blanks between them aside. Knows nothing of files.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile

from indexes.chunk import Chunk, Span
from indexes.page import Page, Place
from ingest.breaks import Rows, parts
from ingest.document import Document, Table

_TINY_SHARE = 8
"""A section shorter than this part of a passage (a heading without text, say) is joined to the next one."""
_APART = {"sheet", "message"}
_HEADER_SHARE = 2
"""A header row longer than this part of a passage says less than it takes away, and does not go with its rows."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters `start` to `end` of all pages put together. `place` counts sheets and mails: they are never joined."""

    start: int
    end: int
    heading_path: tuple[str, ...]
    place: int


@dataclass(frozen=True, slots=True)
class _Rows(Rows):
    """A table of the document, in all pages put together."""

    header: str


def chunk(document: Document, document_id: str, collection_id: str, size: int) -> list[Chunk]:
    """Cuts a document into passages of at most `size` characters, in order."""
    text = "".join(page.text for page in document.pages)
    starts = _starts(document.pages)
    tables = _tables(document, starts)
    pieces: list[_Piece] = []
    for section in _sections(document, starts):
        for piece in _split(text, section, size, tables):
            if not text[piece.start : piece.end].strip():
                continue
            if pieces and _belong_together(pieces[-1], piece, size):
                path = _common(pieces[-1].heading_path, piece.heading_path)
                pieces[-1] = replace(pieces[-1], end=piece.end, heading_path=path)
            else:
                pieces.append(piece)
    return [
        Chunk(
            f"{document_id}-{ordinal}", document_id, collection_id, document.title, piece.heading_path,
            _spans(piece, document.pages, starts), text[piece.start : piece.end], _header(piece, tables, size),
        )
        for ordinal, piece in enumerate(_stripped(piece, text) for piece in pieces)
    ]  # fmt: skip


def _sections(document: Document, starts: Sequence[int]) -> Iterator[_Piece]:
    """What stands between one heading and the next, with the headings above it; first what is before all headings.

    A slide, a sheet and a mail begin anew: the headings of what was before them are not theirs.
    """
    first = {page.number: start for page, start in zip(document.pages, starts, strict=False)}
    events = [(start, 0, "", is_joined) for start, is_joined in _new_places(document.pages, starts)]
    events += [
        (min(first[each.page] + each.start, starts[-1]), each.level, each.text, True) for each in document.headings
    ]
    start, path, place = 0, list[tuple[int, str]](), 0
    for position, level, title, is_joined in sorted(events, key=lambda event: event[0]):
        yield _Piece(start, position, tuple(text for _, text in path), place)
        path = [*(above for above in path if above[0] < level), *([(level, title)] if level else [])]
        place += not is_joined
        start = position
    yield _Piece(start, starts[-1], tuple(text for _, text in path), place)


def _new_places(pages: Sequence[Page], starts: Sequence[int]) -> Iterator[tuple[int, bool]]:
    """Where slides, sheets and mails begin, and whether what is short may be joined to what is before it."""
    before = Place("text")
    for page, start in zip(pages, starts, strict=False):
        place = replace(page.place, row=0)
        if place != before and _APART & {place.kind, before.kind}:
            yield start, False
        elif place.kind == "slide":
            yield start, True
        before = place


def _tables(document: Document, starts: Sequence[int]) -> list[_Rows]:
    pages = {page.number: (page, start) for page, start in zip(document.pages, starts, strict=False)}
    tables: list[_Rows] = []
    for table in document.tables:
        page, first = pages[table.page]
        start, end = first + table.start, first + min(table.end, len(page.text))
        tables.append(_Rows(start, end, first + _data(table, page.text), table.header))
    return sorted(tables, key=lambda rows: rows.start)


def _data(table: Table, text: str) -> int:
    """Where the rows under the header row begin; on a page on which a table goes on, all of them are."""
    if not table.header or not text.startswith(table.header, table.start):
        return table.start
    end = table.start + len(table.header)
    return end + len(text[end:]) - len(text[end:].lstrip("\n"))


def _split(text: str, section: _Piece, size: int, tables: Sequence[_Rows]) -> Iterator[_Piece]:
    if section.end - section.start <= size:
        yield section
        return
    start = section.start
    first = bisect_right(tables, start, key=lambda rows: rows.end)
    last = bisect_left(tables, section.end, key=lambda rows: rows.start)
    inside = [
        Rows(max(rows.start - start, 0), min(rows.end, section.end) - start, max(rows.data - start, 0))
        for rows in tables[first:last]
    ]
    for length in parts(text[start : section.end], size, inside, has_heading=bool(section.heading_path)):
        yield replace(section, start=start, end=start + length)
        start += length


def _belong_together(before: _Piece, after: _Piece, size: int) -> bool:
    if after.end - before.start > size or before.place != after.place:
        return False
    return before.heading_path == after.heading_path or before.end - before.start < size // _TINY_SHARE


def _common(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return tuple(heading for heading, _ in same)


def _stripped(piece: _Piece, text: str) -> _Piece:
    content = text[piece.start : piece.end]
    start = piece.start + len(content) - len(content.lstrip())
    return replace(piece, start=start, end=piece.start + len(content.rstrip()))


def _header(piece: _Piece, tables: Sequence[_Rows], size: int) -> str:
    """The header row of the table in whose middle the piece begins."""
    at = bisect_right(tables, piece.start, key=lambda rows: rows.start) - 1
    if at < 0 or not tables[at].data <= piece.start < tables[at].end or len(tables[at].header) > size // _HEADER_SHARE:
        return ""
    return tables[at].header


def _starts(pages: Sequence[Page]) -> list[int]:
    """Where each page begins in all pages put together, and where the last one ends."""
    return list(accumulate((len(page.text) for page in pages), initial=0))


def _spans(piece: _Piece, pages: Sequence[Page], starts: Sequence[int]) -> tuple[Span, ...]:
    first, last = bisect_right(starts, piece.start) - 1, bisect_left(starts, piece.end)
    return tuple(
        _span(page, max(piece.start - start, 0), min(piece.end - start, len(page.text)))
        for page, start in zip(pages[first:last], starts[first:last], strict=True)
        if page.text
    )


def _span(page: Page, start: int, end: int) -> Span:
    return Span(page.number, start, end, page.place.after(page.text[:start]) if page.place.row else page.place)
