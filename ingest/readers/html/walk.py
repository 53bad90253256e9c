"""One pass through a parsed HTML page: headings, paragraphs, lists and tables are written into a draft."""

import re

from lxml import etree

from hebrew.bidi import visual_to_logical
from ingest.readers.draft import Draft
from ingest.readers.grid import Cell, header_rows, laid_out
from ingest.readers.html.table import HtmlTable
from ingest.readers.list_numbers import BULLET
from ingest.readers.xml import Element

_NAMES_LEFT_OUT = """
script style noscript template nav head title svg math canvas object embed iframe audio video map
button select datalist textarea input rt rp del
"""
_NAMES_OF_BLOCKS = """
html body p div section article aside main header footer blockquote figure figcaption caption address details summary
fieldset legend form center pre dl dt dd ul ol li menu table thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6 hr
"""
_LEFT_OUT = frozenset(_NAMES_LEFT_OUT.split())
_ROLES_LEFT_OUT = {"navigation", "banner", "contentinfo", "search", "menu", "menubar", "alertdialog"}
_BLOCKS = frozenset(_NAMES_OF_BLOCKS.split())
_LINES = {"li", "dd", "dt", "figcaption"}
_LISTS = {"ol", "ul", "menu"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_WHOLE_PAGE = {"html", "body", "div", "form", "center"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class HtmlWalk:
    """Writes without recursion: pages may be nested deeper than Python's stack.

    In a visual page (ISO 8859-8 before browsers knew bidi) letters stand from left to right as they look; lines and
    table rows are turned into the order of reading before anything is put in front of them.
    """

    def __init__(self, draft: Draft, *, is_visual: bool) -> None:
        self._draft = draft
        self._is_visual = is_visual
        self._waiting: list[str] = []
        self._tables: list[HtmlTable] = []
        self._cells: list[Cell] | None = None
        self._rows: list[list[Cell]] = []
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
            if event != "start" and element is not root:
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
            self._enter_item()
        elif name == "table":
            self._end_rows()
            self._tables.append(HtmlTable(element))
        elif name == "tr":
            self._enter_row(element)
        self._write(element.text)

    def _enter_item(self) -> None:
        mark = BULLET
        if self._counts and self._counts[-1] is not None:
            self._counts[-1] += 1
            mark = f"{self._counts[-1]}."
        if self._cells is None:
            self._mark = mark
        else:
            self._waiting.append(mark + " ")

    def _enter_row(self, row: Element) -> None:
        if self._cells is not None:
            return  # a row in a row is no HTML
        if self._tables and self._tables[-1].is_data(row):
            self._cells = []
        else:
            self._end_rows()

    def _leave(self, element: Element) -> None:
        name = str(element.tag)
        if name == "pre":
            self._preformatted -= 1
        elif name in _LISTS:
            self._counts.pop()
        if self._cells is not None:
            self._leave_in_row(element, name)
        elif name in _BLOCKS:
            self._flush(name)
        if name == "table":
            self._end_rows()
            self._tables.pop()

    def _leave_in_row(self, element: Element, name: str) -> None:
        assert self._cells is not None  # noqa: S101  # asked only inside a row
        if name in {"td", "th"}:
            self._cells.append(Cell(self._taken(), *HtmlTable.span_of(element)))
        elif name == "tr":
            self._rows.append(self._cells[::-1] if self._is_visual else self._cells)
            self._cells = None
            self._waiting = []
        elif name in _BLOCKS:
            self._waiting.append("\n")

    def _end_rows(self) -> None:
        if self._rows:
            rows = laid_out(self._rows)
            self._draft.table(rows, header_rows(rows, self._tables[-1].marked_rows if self._tables else 0))
            self._rows = []

    def _write(self, text: str | None) -> None:
        if text:
            self._waiting.append(text if self._preformatted else re.sub(r"[ \t\r\n\f]+", " ", text))

    def _taken(self) -> str:
        """The text that waits, which begins anew."""
        text = "".join(self._waiting)
        self._waiting = []
        return "\n".join(map(visual_to_logical, text.split("\n"))) if self._is_visual else text

    def _flush(self, name: str) -> None:
        text = self._taken()
        if not text.strip():
            return
        self._end_rows()
        if name in _HEADINGS:
            self._draft.heading(_HEADINGS[name], text)
        elif self._mark or name in _LINES:
            self._draft.line(f"{self._mark} {text.strip()}")
        else:
            self._draft.paragraph(text)
        self._mark = ""


def _is_left_out(element: Element) -> bool:
    return (
        element.tag in _LEFT_OUT
        or element.get("role") in _ROLES_LEFT_OUT
        or "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style", "")))
        or (element.tag == "footer" and all(each.tag in _WHOLE_PAGE for each in element.iterancestors()))
    )
