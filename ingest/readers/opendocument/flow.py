"""Flowing text of OpenDocument files, written into a draft: paragraphs, headings, lists, tables, notes, frames.

Serves everything that holds paragraphs: the body of an ODT, a text box of a slide. Text that was deleted under tracked
changes, comments, tables of contents and what is hidden are left out. A note follows its paragraph, on a line of its
own that begins with `*`; what is in a frame follows it too.
"""

from collections.abc import Iterable

from ingest.readers.bold_headings import bold_headings
from ingest.readers.draft import Draft
from ingest.readers.grid import Cell, CellText, header_rows, laid_out
from ingest.readers.list_numbers import BULLET
from ingest.readers.opendocument.lists import OdfLists
from ingest.readers.opendocument.package import OdfPackage, attribute, name_of, qualified, text_of
from ingest.readers.opendocument.styles import OdfStyles
from ingest.readers.opendocument.table import cells_of, is_frame, marked_rows, rows_of, span_of
from ingest.readers.xml import Element

_PARAGRAPHS = (qualified("text:p"), qualified("text:h"))
_LEFT_OUT = {
    "", "text:tracked-changes", "text:table-of-content", "text:illustration-index", "text:table-index",
    "text:object-index", "text:user-index", "text:alphabetical-index", "office:annotation", "office:forms",
    "presentation:notes", "svg:title", "svg:desc", "table:covered-table-cell",
}  # fmt: skip


class OdfFlow:
    """One pass through flowing text. `title` is the paragraph that is styled as the title, "" without one."""

    def __init__(self, package: OdfPackage, draft: Draft | CellText) -> None:
        self.draft = draft
        self.title = ""
        self._styles = OdfStyles(package)
        self._lists = OdfLists(self._styles)
        self._in_list = 0
        self._mark = ""
        self._bold_headings: set[Element] = set()

    def find_headings(self, body: Element) -> None:
        """Looks through a text before it is read: where no heading is marked, short bold lines are the headings."""
        found = [each for each in body.iter(*_PARAGRAPHS) if _has_text(each) and not _is_in(each, "table:table-cell")]
        if not any(self._styles.heading_level(each) for each in found):
            indexes = bold_headings([(text_of(each, []), self._is_bold(each)) for each in found])
            self._bold_headings = {found[index] for index in indexes}

    def blocks(self, container: Iterable[Element]) -> None:
        """Everything in an element that holds paragraphs, however deep they are wrapped."""
        for child in container:
            match name_of(child):
                case "text:p" | "text:h":
                    self._paragraph(child)
                case "text:list":
                    self._list(child)
                case "table:table":
                    self._table(child)
                case name if name not in _LEFT_OUT and attribute(child, "text:display") != "none":
                    self.blocks(child)

    def _list(self, element: Element) -> None:
        self._lists.enter(element)
        self._in_list += 1
        for item in element:
            is_first = True
            for child in item:
                if is_first and name_of(child) in {"text:p", "text:h"}:
                    self._mark = self._lists.item(item)
                    is_first = False
                self.blocks([child])
        self._in_list -= 1
        self._lists.leave()

    def _paragraph(self, paragraph: Element) -> None:
        if self._styles.is_hidden(paragraph, "paragraph"):
            return
        apart: list[Element] = []
        text = text_of(paragraph, apart, lambda span: self._styles.is_hidden(span, "text"))
        if text.strip():
            self._write(paragraph, text)
        self._mark = ""
        in_list, self._in_list = self._in_list, 0
        for element in apart:
            if name_of(element) == "text:note":
                self.draft.line(f"* {self._words(element)}")
            else:
                self.blocks(element)
        self._in_list = in_list

    def _write(self, paragraph: Element, text: str) -> None:
        level = self._styles.heading_level(paragraph)
        if self._styles.is_title(paragraph):
            self.title = self.title or text
            level = 1
        elif level and not self._in_list:
            self._mark = self._lists.heading(paragraph, level)
        elif paragraph in self._bold_headings and self._mark != BULLET:
            level = 1
        if level:
            self.draft.heading(level, f"{self._mark} {text}")
        elif self._in_list:
            self.draft.line(f"{self._mark} {text}")
        else:
            self.draft.paragraph(text)

    def _is_bold(self, paragraph: Element) -> bool:
        """Whether all letters of a paragraph are bold."""
        ground = self._styles.is_bold(paragraph, "paragraph") or False
        around = [paragraph.text, *(child.tail for child in paragraph)]
        own = [ground] if any(text and text.strip() for text in around) else []
        for child in paragraph.iterchildren(qualified("text:span"), qualified("text:a")):
            if _has_text(child):
                bold = self._styles.is_bold(child, "text")
                own.append(ground if bold is None else bold)
        return bool(own) and all(own)

    def _table(self, table: Element) -> None:
        in_list, self._in_list = self._in_list, 0
        turned = self._styles.is_turned(table)
        rows = [cells_of(row) for row in rows_of(table)]
        is_column = max(map(len, rows), default=0) == 1
        marked = marked_rows(table) or self._is_bold_header(rows)
        waiting: list[list[Cell]] = []
        for cells in rows:
            if is_column or is_frame(cells):
                self._flush(waiting, marked)
                self.blocks(cells)
            else:
                texts = [Cell(self._words(cell), *span_of(cell)) for cell in cells]
                waiting.append(texts[::-1] if turned else texts)
        self._flush(waiting, marked)
        self._in_list = in_list

    def _flush(self, waiting: list[list[Cell]], marked: int) -> None:
        """Writes the rows that wait, up to here."""
        rows = laid_out(waiting)
        self.draft.table(rows, header_rows(rows, marked))
        waiting.clear()

    def _is_bold_header(self, rows: list[list[Element]]) -> bool:
        """Whether all of the first row is bold, and not all of the second."""
        found = [[each for cell in row for each in cell.iter(*_PARAGRAPHS) if _has_text(each)] for row in rows[:2]]
        return [bool(row) and all(map(self._is_bold, row)) for row in found] == [True, False]

    def _words(self, element: Element) -> str:
        """All that is in a cell or a note, as one line."""
        outside, self.draft = self.draft, CellText()
        in_list, self._in_list = self._in_list, 0
        self.blocks(element)
        words = str(self.draft)
        self.draft, self._in_list = outside, in_list
        return words


def _is_in(element: Element, name: str) -> bool:
    return next(element.iterancestors(qualified(name)), None) is not None


def _has_text(element: Element) -> bool:
    return bool("".join(element.itertext()).strip())
