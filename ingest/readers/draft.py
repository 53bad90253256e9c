"""A document being written down by a reader of a format without pages: one growing text, and its headings.

Paragraphs are set apart by an empty line; list items and table rows follow each other line by line. Knows no format.
"""

from collections.abc import Sequence

from hebrew.bidi import reads_reversed, visual_to_logical
from hebrew.normalise import clean
from indexes.page import Page
from ingest.document import Document, Heading

CELL_BREAK = " | "
"""Stands between the cells of a table row, which is always one line."""

_NEAR_BEGINNING = 300
"""Characters in which the first heading is taken for the title of the document."""


class Draft:
    """Collects paragraphs, lines and headings in reading order."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._headings: list[Heading] = []
        self._in_lines = False

    def heading(self, level: int, text: str) -> None:
        """A heading; level 1 is the outermost. Blanks and line ends inside it become one blank."""
        text = " ".join(clean(text).split())
        if text:
            start = self._add(text, is_line=False)
            self._headings.append(Heading(1, start, level, text))

    def paragraph(self, text: str) -> None:
        """A paragraph; line ends inside it stay."""
        text = _tidy(text)
        if text:
            self._add(text, is_line=False)

    def line(self, text: str) -> None:
        """A list item, a note, or whatever else is a line among lines."""
        text = _tidy(text)
        if text:
            self._add(text, is_line=True)

    def row(self, cells: Sequence[str]) -> None:
        """A table row; an empty cell keeps its place. A row of one cell is a paragraph."""
        texts = [" ".join(clean(cell).split()) for cell in cells]
        if len(texts) == 1:
            self.paragraph(texts[0])
        elif any(texts):
            self._add(CELL_BREAK.join(texts), is_line=True)

    def document(self, title: str) -> Document:
        """What was collected, as a document of one page. Text stored in the order of the screen is put right.

        Without a title, a heading near the beginning is the title.
        """
        text = "".join(self._pieces)
        if reads_reversed(text):
            text = "\n".join(visual_to_logical(line) for line in text.split("\n"))
        headings = tuple(
            Heading(each.page, each.start, each.level, text[each.start : each.start + len(each.text)])
            for each in self._headings
        )
        title = " ".join(clean(title).split())
        if not title and headings and headings[0].start < _NEAR_BEGINNING:
            title = headings[0].text
        return Document(title, (Page(1, text),), headings)

    def _add(self, text: str, *, is_line: bool) -> int:
        gap = "" if not self._pieces else "\n" if is_line and self._in_lines else "\n\n"
        start = self._length + len(gap)
        self._pieces += [gap, text]
        self._length = start + len(text)
        self._in_lines = is_line
        return start


def _tidy(text: str) -> str:
    """One blank between words, no blanks at the ends of lines, no empty lines."""
    lines = (" ".join(line.split()) for line in clean(text).split("\n"))
    return "\n".join(line for line in lines if line)
