"""Word files: the body in its order, as text. Headers and footers are apart from it and are not read.

Text that was deleted under tracked changes or is hidden is left out, and so are comments. A footnote follows its
paragraph, on a line of its own that begins with `*`; what is in a text box follows it too. Numbers of lists are written
out. Where nothing is marked as a heading, short bold lines are.
"""

from pathlib import Path

from ingest.document import Document
from ingest.readers.bold_headings import bold_headings
from ingest.readers.docx.numbering import Numbering
from ingest.readers.docx.package import WordPackage, attribute, name_of
from ingest.readers.docx.styles import Styles
from ingest.readers.docx.table import columns_of, goes_on, is_frame, is_turned, marked_rows, rows_of
from ingest.readers.docx.text import NOTES, text_of
from ingest.readers.draft import Draft
from ingest.readers.grid import Cell, CellText, header_rows, laid_out
from ingest.readers.list_numbers import BULLET
from ingest.readers.xml import Element

_LEFT_OUT = {"del", "moveFrom", "sectPr", "tblPr", "Fallback"}


def read_docx(path: Path) -> Document:
    """A Word file as one page. Raises `UnreadableFile`, `Encrypted` or `TooExpanded`."""
    package = WordPackage(path)
    draft = Draft()
    walk = _Walk(package, draft)
    body = package.body()
    walk.find_headings(body)
    walk.blocks(body)
    return draft.document(walk.title or package.title())


class _Walk:
    """One pass through a Word file, writing what it meets into a draft."""

    def __init__(self, package: WordPackage, draft: Draft) -> None:
        self.title = ""
        self._draft: Draft | CellText = draft
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"))
        self._bold_headings: set[Element] = set()
        self._notes: dict[tuple[str, str], Element] = {}
        for kind in NOTES.values():
            root = package.part(kind)
            for note in () if root is None else root:
                self._notes[kind, attribute(note, "id")] = note

    def find_headings(self, body: Element) -> None:
        """Looks through the text before it is read: where no heading is marked, short bold lines are the headings."""
        paragraphs = []
        for paragraph in body.iter("{*}p"):
            text = text_of(paragraph, [])
            if text.strip() and next(paragraph.iterancestors("{*}tc"), None) is None:
                if self._styles.heading_level(paragraph) and not self._styles.is_title(paragraph):
                    return
                paragraphs.append((paragraph, text, self._styles.is_bold(paragraph)))
        found = bold_headings([(text, is_bold) for _, text, is_bold in paragraphs])
        self._bold_headings = {paragraphs[index][0] for index in found}

    def blocks(self, container: Element) -> None:
        """Paragraphs and tables of an element, however deep they are wrapped."""
        for child in container:
            match name_of(child):
                case "p":
                    self._paragraph(child)
                case "tbl":
                    self._table(child)
                case name if name not in _LEFT_OUT:
                    self.blocks(child)

    def _paragraph(self, paragraph: Element) -> None:
        apart: list[Element] = []
        text = text_of(paragraph, apart)
        if text.strip() and not self._styles.is_contents(paragraph):
            self._write(paragraph, text)
        for element in apart:
            if name_of(element) == "txbxContent":
                self.blocks(element)
            else:
                self._note(element)

    def _write(self, paragraph: Element, text: str) -> None:
        item = self._styles.numbering(paragraph)
        number = self._numbering.next(*item) if item else ""
        level = self._styles.heading_level(paragraph)
        if self._styles.is_title(paragraph):
            self.title = self.title or text
            level = 1
        elif paragraph in self._bold_headings and number != BULLET:
            level = 1
        if level is not None:
            self._draft.heading(level, f"{number} {text}")
        elif item:
            self._draft.line(f"{number} {text}")
        else:
            self._draft.paragraph(text)

    def _note(self, reference: Element) -> None:
        note = self._notes.get((NOTES[name_of(reference)], attribute(reference, "id")))
        if note is not None:
            self._draft.line(f"* {self._words(note)}")

    def _table(self, table: Element) -> None:
        rows = rows_of(table)
        is_column = max(map(len, rows), default=0) == 1
        turned = is_turned(table, self._styles)
        marked = marked_rows(table, self._styles)
        waiting: list[list[Cell]] = []
        for cells in rows:
            if is_column or is_frame(cells):
                self._flush(waiting, marked)
                for cell in cells:
                    self.blocks(cell)
            else:
                texts = [Cell(None if goes_on(cell) else self._words(cell), columns_of(cell)) for cell in cells]
                waiting.append(texts[::-1] if turned else texts)
        self._flush(waiting, marked)

    def _flush(self, waiting: list[list[Cell]], marked: int) -> None:
        """Writes the rows that wait, up to here."""
        rows = laid_out(waiting)
        self._draft.table(rows, header_rows(rows, marked))
        waiting.clear()

    def _words(self, element: Element) -> str:
        """All that is in a cell or a note, as one line."""
        outside, self._draft = self._draft, CellText()
        self.blocks(element)
        words = str(self._draft)
        self._draft = outside
        return words
