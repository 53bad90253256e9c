"""A document being written down by a reader of a format without paper: growing text, its headings and its tables.

Paragraphs and tables are set apart by an empty line; list items and table rows follow each other line by line. All of
it is one page, unless the reader begins others: slides, chapters. Knows no format.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hebrew.bidi import reads_reversed, visual_to_logical
from hebrew.normalise import clean
from indexes.page import Page, Place
from ingest.document import Document, Heading, Table

CELL_BREAK = " | "
"""Stands between the cells of a table row, which is always one line."""

_NEAR_BEGINNING = 300
"""Characters in which the first heading is taken for the title of the document."""


@dataclass(slots=True)
class _Written:
    """A page so far."""

    place: Place
    warnings: tuple[str, ...] = ()
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    in_lines: bool = False

    def add(self, text: str, *, is_line: bool) -> int:
        """Puts a text under what is there, and returns where it begins."""
        gap = "" if not self.pieces else "\n" if is_line and self.in_lines else "\n\n"
        start = self.length + len(gap)
        self.pieces += [gap, text]
        self.length = start + len(text)
        self.in_lines = is_line
        return start


class Draft:
    """Collects paragraphs, lines, tables and headings in reading order."""

    def __init__(self) -> None:
        self._pages: list[_Written] = []
        self._headings: list[Heading] = []
        self._tables: list[Table] = []

    def page(self, place: Place, warnings: tuple[str, ...] = ()) -> None:
        """Begins a page: what is added from now on stands there. It stays where nothing is, as an empty slide does."""
        self._pages.append(_Written(place, warnings))

    def heading(self, level: int, text: str) -> None:
        """A heading; level 1 is the outermost. Blanks and line ends inside it become one blank."""
        text = _one_line(text)
        if text:
            start = self._last().add(text, is_line=False)
            self._headings.append(Heading(len(self._pages), start, level, text))

    def paragraph(self, text: str) -> None:
        """A paragraph; line ends inside it stay."""
        text = _tidy(text)
        if text:
            self._last().add(text, is_line=False)

    def line(self, text: str) -> None:
        """A list item, a note, or whatever else is a line among lines."""
        text = _tidy(text)
        if text:
            self._last().add(text, is_line=True)

    def table(self, rows: Sequence[Sequence[str]], header_rows: int = 1) -> None:
        """A table, one line a row; an empty cell keeps its place, an empty row does not. One column is paragraphs.

        The first `header_rows` rows say what stands in the columns; they are the header where other rows follow.
        """
        texts = [[_one_line(cell) for cell in row] for row in rows]
        if max(map(len, texts), default=0) < 2:  # noqa: PLR2004  # one column
            for row in rows:
                self.paragraph("".join(row))
            return
        lines = [CELL_BREAK.join(row) if any(row) else "" for row in texts]
        header = "\n".join(filter(None, lines[:header_rows])) if any(lines[header_rows:]) else ""
        text = "\n".join(filter(None, lines))
        if text:
            start = self._last().add(text, is_line=False)
            self._tables.append(Table(len(self._pages), start, start + len(text), header))

    def document(self, title: str) -> Document:
        """What was collected. Text stored in the order of the screen is put right.

        Without a title, a heading near the beginning is the title.
        """
        self._last()
        texts = ["".join(page.pieces) for page in self._pages]
        headings, tables = self._headings, self._tables
        if reads_reversed("\n".join(texts)):
            texts = list(map(_logical, texts))
            headings = [replace(each, text=_logical(each.text)) for each in headings]
            tables = [replace(each, header=_logical(each.header)) for each in tables]
        title = _one_line(title)
        if not title and headings and (headings[0].page, headings[0].start) < (1, _NEAR_BEGINNING):
            title = headings[0].text
        pages = (
            Page(number, text, written.place, warnings=written.warnings)
            for number, (text, written) in enumerate(zip(texts, self._pages, strict=True), start=1)
        )
        return Document(title, tuple(pages), tuple(headings), tuple(tables))

    def _last(self) -> _Written:
        if not self._pages:
            self.page(Place("text"))
        return self._pages[-1]


def _logical(text: str) -> str:
    return "\n".join(visual_to_logical(line) for line in text.split("\n"))


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _tidy(text: str) -> str:
    """One blank between words, no blanks at the ends of lines, no empty lines."""
    lines = (" ".join(line.split()) for line in clean(text).split("\n"))
    return "\n".join(line for line in lines if line)
