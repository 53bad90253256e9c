"""From a document to the passages that are searched and cited.

A passage stays within its heading, ends where a paragraph, a sentence or a table row ends, and may run over a page
break. Passages do not overlap; together they are the whole text, blanks between them aside. Knows nothing of files.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from langchain_text_splitters import RecursiveCharacterTextSplitter

from hebrew.sentences import sentences
from indexes.chunk import Chunk, Span
from indexes.page import Page
from ingest.document import Document

_PARAGRAPH_END = "\x1d"
_SENTENCE_END = "\x1e"
"""Marks put into a copy of the text for the splitter; `hebrew.normalise.clean` removes them from every document."""

_ROW = re.compile(r"^.*? \| .*(?:\n|\Z)", re.MULTILINE)
_FIRST_LINE = re.compile(r"\s*\S.*\s*")
_TINY_SHARE = 8
"""A section shorter than this part of a passage (a heading without text, say) is joined to the next one."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters `start` to `end` of all pages put together."""

    start: int
    end: int
    heading_path: tuple[str, ...]


def chunk(document: Document, document_id: str, collection_id: str, size: int) -> list[Chunk]:
    """Cuts a document into passages of at most `size` characters, in order."""
    text = "".join(page.text for page in document.pages)
    pieces: list[_Piece] = []
    for section in _sections(document, len(text)):
        for piece in _split(text, section, size):
            if not text[piece.start : piece.end].strip():
                continue
            if pieces and _belong_together(pieces[-1], piece, size):
                path = _common(pieces[-1].heading_path, piece.heading_path)
                pieces[-1] = _Piece(pieces[-1].start, piece.end, path)
            else:
                pieces.append(piece)
    starts = _starts(document.pages)
    return [
        Chunk(
            f"{document_id}-{ordinal}", document_id, collection_id, document.title, piece.heading_path,
            _spans(piece, document.pages, starts), text[piece.start : piece.end],
        )
        for ordinal, piece in enumerate(_stripped(piece, text) for piece in pieces)
    ]  # fmt: skip


def _sections(document: Document, length: int) -> Iterator[_Piece]:
    """What stands between one heading and the next, with the headings above it; first what is before all headings."""
    first = {page.number: start for page, start in zip(document.pages, _starts(document.pages), strict=False)}
    headings = sorted((min(first[each.page] + each.start, length), each.level, each.text) for each in document.headings)
    start, path = 0, list[tuple[int, str]]()
    for position, level, title in headings:
        yield _Piece(start, position, tuple(text for _, text in path))
        path = [*(above for above in path if above[0] < level), (level, title)]
        start = position
    yield _Piece(start, length, tuple(text for _, text in path))


def _split(text: str, section: _Piece, size: int) -> Iterator[_Piece]:
    if section.end - section.start <= size:
        yield section
        return
    splitter = RecursiveCharacterTextSplitter(
        separators=[_PARAGRAPH_END, _SENTENCE_END, "\n", " | ", " ", ""],
        keep_separator="end",
        strip_whitespace=False,
        chunk_size=size,
        chunk_overlap=0,
        length_function=_length,
    )
    start = section.start
    for part in splitter.split_text(_marked(text[section.start : section.end], has_heading=bool(section.heading_path))):
        end = start + _length(part)
        yield _Piece(start, end, section.heading_path)
        start = end


def _marked(text: str, *, has_heading: bool) -> str:
    """The text with a mark after every paragraph and sentence, and none inside a table row.

    Nor is there one after a heading, or after a colon: what they announce stays with them.
    """
    text = text.replace(_PARAGRAPH_END, " ").replace(_SENTENCE_END, " ")
    ends = {end for _, end in sentences(text)}
    for row in _ROW.finditer(text):
        ends -= set(range(row.start() + 1, row.end()))
        ends |= {row.start(), row.end()}
    first = _FIRST_LINE.match(text)
    heading_end = first.end() if first and has_heading else 0
    pieces, start = [], 0
    for end in sorted(end for end in ends if end > heading_end):
        sentence = text[start:end]
        blanks = sentence[len(sentence.rstrip()) :]
        if sentence.rstrip().endswith(":"):
            continue
        pieces += [sentence, _PARAGRAPH_END if blanks.count("\n") > 1 else _SENTENCE_END]
        start = end
    return "".join(pieces) + text[start:]


def _length(marked: str) -> int:
    return len(marked) - marked.count(_PARAGRAPH_END) - marked.count(_SENTENCE_END)


def _belong_together(before: _Piece, after: _Piece, size: int) -> bool:
    if after.end - before.start > size:
        return False
    return before.heading_path == after.heading_path or before.end - before.start < size // _TINY_SHARE


def _common(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return tuple(heading for heading, _ in same)


def _stripped(piece: _Piece, text: str) -> _Piece:
    content = text[piece.start : piece.end]
    start = piece.start + len(content) - len(content.lstrip())
    return _Piece(start, piece.start + len(content.rstrip()), piece.heading_path)


def _starts(pages: Sequence[Page]) -> list[int]:
    """Where each page begins in all pages put together, and where the last one ends."""
    return list(accumulate((len(page.text) for page in pages), initial=0))


def _spans(piece: _Piece, pages: Sequence[Page], starts: Sequence[int]) -> tuple[Span, ...]:
    first, last = bisect_right(starts, piece.start) - 1, bisect_left(starts, piece.end)
    return tuple(
        Span(page.number, max(piece.start - start, 0), min(piece.end - start, len(page.text)))
        for page, start in zip(pages[first:last], starts[first:last], strict=True)
        if page.text
    )
