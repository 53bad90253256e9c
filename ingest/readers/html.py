"""HTML pages: headings, paragraphs, lists and tables as text. Scripts, styles and navigation are left out."""

import re
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers.draft import Draft
from ingest.readers.text import decode

Element = etree._Element  # the only name that lxml has for the type of its elements

_NAMES_LEFT_OUT = """
script style noscript template nav head title svg math canvas object embed iframe audio video map
button select datalist textarea input rt rp del
"""
_NAMES_OF_BLOCKS = """
html body p div section article aside main header footer blockquote figure figcaption caption address details summary
fieldset legend form center pre dl dt dd ul ol li menu table thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6 hr
"""
_LEFT_OUT = frozenset(_NAMES_LEFT_OUT.split())
_BLOCKS = frozenset(_NAMES_OF_BLOCKS.split())
_LINES = {"li", "dd", "dt", "figcaption"}
_LISTS = {"ol", "ul", "menu"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOT_IN_A_ROW = ("table", "ul", "ol", *_HEADINGS)
_BULLET = "\u2022 "

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
_HEAD = 4096
"""Bytes in which a page says how it is encoded."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(path: Path) -> Document:
    """A page as one page of text. Raises `UnreadableFile`."""
    data = path.read_bytes()
    declared = _DECLARED.search(data[:_HEAD])
    text = decode(data, declared[1].decode("ascii") if declared else "").replace("\0", "")
    # The bytes are decoded by our rule, which believes the letters more than the page; the parser gets no say in it.
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", errors="replace"), parser)
    except etree.ParserError as error:
        raise UnreadableFile(f"not an HTML page: {error}") from error
    walk = _Walk()
    walk.through(root)
    return walk.draft.document(root.findtext(".//head/title") or root.findtext(".//title") or "")


class _Walk:
    """One pass through a page, without recursion: pages may be nested deeper than Python's stack."""

    def __init__(self) -> None:
        self.draft = Draft()
        self._waiting: list[str] = []
        self._cells: list[str] | None = None
        self._preformatted = 0
        self._counts: list[int | None] = []
        self._mark = ""

    def through(self, root: Element) -> None:
        """Reads everything below `root`."""
        events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in events:
            if event == "start":
                if _is_left_out(element):
                    events.skip_subtree()
                else:
                    self._enter(element)
            elif event == "end" and not _is_left_out(element):
                self._leave(element)
            if event != "start":
                self._write(element.tail)
        self._flush("p")

    def _enter(self, element: Element) -> None:
        name = str(element.tag)
        if name in _BLOCKS and self._cells is None:
            self._flush("p")
        elif name in _BLOCKS or name == "br":
            self._waiting.append("\n")
        if name == "pre":
            self._preformatted += 1
        elif name in _LISTS:
            start = element.get("start", "")
            first = int(start) if re.fullmatch("[0-9]{1,6}", start) else 1
            self._counts.append(first - 1 if name == "ol" else None)
        elif name == "li":
            self._mark = self._next_mark()
        if name == "tr" and _is_data(element):
            self._cells = []
        self._write(element.text)

    def _leave(self, element: Element) -> None:
        name = str(element.tag)
        if name == "pre":
            self._preformatted -= 1
        elif name in _LISTS:
            self._counts.pop()
        if self._cells is None:
            if name in _BLOCKS:
                self._flush(name)
        elif name in {"td", "th"}:
            self._cells.append("".join(self._waiting))
            self._waiting = []
        elif name == "tr":
            self.draft.row(self._cells)
            self._cells = None
            self._waiting = []
        elif name in _BLOCKS:
            self._waiting.append("\n")

    def _write(self, text: str | None) -> None:
        if text:
            self._waiting.append(text if self._preformatted else re.sub(r"[ \t\r\n\f]+", " ", text))

    def _next_mark(self) -> str:
        if not self._counts or self._counts[-1] is None:
            return _BULLET
        self._counts[-1] += 1
        return f"{self._counts[-1]}. "

    def _flush(self, name: str) -> None:
        text = "".join(self._waiting)
        self._waiting = []
        if not text.strip():
            return
        if name in _HEADINGS:
            self.draft.heading(_HEADINGS[name], text)
        elif self._mark or name in _LINES:
            self.draft.line(self._mark + text.strip())
        else:
            self.draft.paragraph(text)
        self._mark = ""


def _is_left_out(element: Element) -> bool:
    return (
        element.tag in _LEFT_OUT
        or "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style", "")))
    )


def _is_data(row: Element) -> bool:
    """Whether a row holds cells of data, and is not a frame that lays out a page."""
    cells = len(row.findall("td")) + len(row.findall("th"))
    return cells > 1 and next(row.iter(*_NOT_IN_A_ROW), None) is None
