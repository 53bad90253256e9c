"""Where a text may be cut: after paragraphs, else after sentences, list items and table rows, else inside of those.

Knows nothing of documents or passages.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from langchain_text_splitters import RecursiveCharacterTextSplitter

from hebrew.sentences import begins_item, sentences

_PARAGRAPH_END = "\x1d"
_UNIT_END = "\x1e"
_INNER_END = "\x1f"
_MARKS = re.compile("[\x1d-\x1f]")
"""Marks put into a copy of the text for the splitter; `hebrew.normalise.clean` removes them from every document."""

_LINE = re.compile(r"[^\n]*\S[^\n]*(?:\n(?:[^\S\n]*\n)*)?|\s+")
"""A line with the line end and the empty lines after it."""
_FIRST_LINE = re.compile(r"\s*\S.*\s*")


@dataclass(frozen=True, slots=True)
class Rows:
    """Characters `start` to `end` of a text are rows of a table, one a line; those before `data` are its header."""

    start: int
    end: int
    data: int


def parts(text: str, size: int, tables: Sequence[Rows], *, has_heading: bool) -> Iterator[int]:
    """The lengths of the parts, of at most `size` characters, into which the text is cut; their sum is its length.

    List items and table rows are cut only where they are longer than that. What announces something stays with it: a
    heading at the beginning, a line that ends with a colon, the header row of a table.
    """
    splitter = RecursiveCharacterTextSplitter(
        separators=[_PARAGRAPH_END, _UNIT_END, _INNER_END, "\n", " | ", " ", ""],
        keep_separator="end",
        strip_whitespace=False,
        chunk_size=size,
        chunk_overlap=0,
        length_function=_length,
    )
    for part in splitter.split_text(_marked(_MARKS.sub(" ", text), tables, has_heading=has_heading)):
        yield _length(part)


def _marked(text: str, tables: Sequence[Rows], *, has_heading: bool) -> str:
    """A copy of the text with a mark wherever it may be cut."""
    rows = [(table, *line.span()) for table in tables for line in _LINE.finditer(text, table.start, table.end)]
    row_ends = {end for _, _, end in rows}
    ends = {end for _, end in sentences(text)} | row_ends | {table.start for table in tables}
    ends -= {end for table, _, end in rows if end <= table.data}
    if has_heading and (first := _FIRST_LINE.match(text)):
        ends = {end for end in ends if end > first.end()}
    whole = sorted([*((start, end) for _, start, end in rows), *_items(text, tables)])
    pieces, start, at = list[str](), 0, 0
    for end in sorted(ends - {0}):
        while at < len(whole) and whole[at][1] <= end:
            at += 1
        piece = text[start:end]
        said = piece.rstrip()
        if said.endswith(":") and end not in row_ends:
            continue
        is_inner = at < len(whole) and whole[at][0] < end
        mark = _INNER_END if is_inner else _PARAGRAPH_END if piece.count("\n", len(said)) > 1 else _UNIT_END
        pieces += [piece, mark]
        start = end
    return "".join(pieces) + text[start:]


def _items(text: str, tables: Sequence[Rows]) -> Iterator[tuple[int, int]]:
    """Where the items of lists begin and end: at the next item, at a table, or at an empty line."""
    starts = {line.start() for table in tables for line in _LINE.finditer(text, table.start, table.end)}
    begin: int | None = None
    for line in _LINE.finditer(text):
        is_row = line.start() in starts
        is_item = not is_row and begins_item(line.group())
        if begin is not None and (is_item or is_row):
            yield begin, line.start()
            begin = None
        if is_item:
            begin = line.start()
        if begin is not None and line.group().count("\n") > 1:
            yield begin, line.end()
            begin = None
    if begin is not None:
        yield begin, len(text)


def _length(marked: str) -> int:
    return len(marked) - sum(map(marked.count, (_PARAGRAPH_END, _UNIT_END, _INNER_END)))
