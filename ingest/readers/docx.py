"""Word files: the body in its order, as text. Headers and footers are apart from it and are not read.

Text that was deleted under tracked changes or is hidden is left out. A footnote follows its paragraph, on a line of its
own that begins with `*`; so does what is in a text box. Numbers of lists are written out.
"""

from collections.abc import Iterable
from pathlib import Path

from ingest.document import Document
from ingest.readers.docx_numbering import Numbering
from ingest.readers.docx_package import Element, WordPackage, attribute, name_of
from ingest.readers.docx_styles import Styles
from ingest.readers.draft import Draft

_LEFT_OUT = {"del", "moveFrom", "pPr", "rPr", "tblPr", "sectPr", "instrText", "delText", "rt", "posOffset", "Fallback"}
_AS_TEXT = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_OFF = {"0", "false", "off"}


def read_docx(path: Path) -> Document:
    """A Word file as one page. Raises `UnreadableFile`, `Encrypted` or `TooExpanded`."""
    package = WordPackage(path)
    walk = _Walk(package)
    walk.blocks(package.body())
    return walk.draft.document(walk.title or package.title())


class _Walk:
    """One pass through a Word file, writing what it meets into a draft."""

    def __init__(self, package: WordPackage) -> None:
        self.draft = Draft()
        self.title = ""
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"))
        self._notes: dict[tuple[str, str], Element] = {}
        for kind in _NOTES.values():
            root = package.part(kind)
            for note in () if root is None else root:
                self._notes[kind, attribute(note, "id")] = note

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
        text = _text(paragraph, apart)
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
        if level is not None:
            self.draft.heading(level, f"{number} {text}")
        elif item:
            self.draft.line(f"{number} {text}")
        else:
            self.draft.paragraph(text)

    def _note(self, reference: Element) -> None:
        note = self._notes.get((_NOTES[name_of(reference)], attribute(reference, "id")))
        if note is not None:
            self.draft.line(f"* {' '.join(_words(note))}")

    def _table(self, table: Element) -> None:
        for row in _unwrapped(table, "tr"):
            cells = list(_unwrapped(row, "tc"))
            if len(cells) == 1 or next(row.iter("{*}tbl"), None) is not None:
                for cell in cells:  # a frame around text or around other tables, not a row of data
                    self.blocks(cell)
            else:
                self.draft.row([" ".join(self._cell(cell)) for cell in cells])

    def _cell(self, cell: Element) -> list[str]:
        words = []
        for paragraph in cell.iter("{*}p"):
            item = self._styles.numbering(paragraph)
            if item and any(_words(paragraph)):
                words.append(self._numbering.next(*item))
            words += _words(paragraph)
        return words


def _text(element: Element, apart: list[Element]) -> str:
    """The text inside an element. Text boxes and references to notes are put into `apart`."""
    name = name_of(element)
    if name == "t":
        return element.text or ""
    if name in _AS_TEXT:
        return _AS_TEXT[name]
    if name == "txbxContent" or name in _NOTES:
        apart.append(element)
        return ""
    if name in _LEFT_OUT or (name == "r" and _is_hidden(element)):
        return ""
    return "".join(_text(child, apart) for child in element)


def _words(element: Element) -> list[str]:
    return _text(element, []).split()


def _is_hidden(run: Element) -> bool:
    vanish = run.find("{*}rPr/{*}vanish")
    return vanish is not None and attribute(vanish, "val") not in _OFF


def _unwrapped(parent: Element, name: str) -> Iterable[Element]:
    """Rows or cells, also those inside content controls and tracked insertions."""
    for child in parent:
        if name_of(child) == name:
            yield child
        elif name_of(child) not in _LEFT_OUT:
            yield from _unwrapped(child, name)
