"""The styles of a Word file: which make a heading, a title or a list. Knows nothing of text."""

import re
from collections.abc import Iterator

from ingest.readers.docx.package import attribute, children, integer, is_on
from ingest.readers.xml import Element

# Built-in styles keep their English names in every language; "\u05db\u05d5\u05ea\u05e8\u05ea" (heading) is what people
# call their own ones.
_HEADING = re.compile("(?:heading|\u05db\u05d5\u05ea\u05e8\u05ea) ?([1-9])$", re.IGNORECASE)
_TITLES = {"title", "\u05db\u05d5\u05ea\u05e8\u05ea \u05d8\u05e7\u05e1\u05d8"}
_BODY_LEVEL = 9
_ON = {"1", "true", "on"}
_BITS = re.compile("[0-9A-Fa-f]{1,4}")
_FIRST_ROW = 0x0020
"""The bit of `w:tblLook` (ECMA-376, part 4, 14.4.11) that older programs write."""


class Styles:
    """Paragraph styles by id, each inheriting from the one it is based on."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else children(root, "style")
        self._styles = {attribute(style, "styleId"): style for style in found}
        self._default = next((each for each in self._styles.values() if _is_default(each)), None)
        self._all = None if root is None else root.find("{*}docDefaults")

    def is_title(self, paragraph: Element) -> bool:
        """Whether the paragraph is the title of the document."""
        return any(_name(style) in _TITLES for style in self._chain(paragraph))

    def is_contents(self, paragraph: Element) -> bool:
        """Whether the paragraph is a line of the table of contents, which only repeats the headings."""
        return any(_name(style).startswith("toc ") for style in self._chain(paragraph))

    def heading_level(self, paragraph: Element) -> int | None:
        """1 to 9 for a heading, 1 outermost; None for other paragraphs."""
        for source in (paragraph, *self._chain(paragraph)):
            level = attribute(source.find("{*}pPr/{*}outlineLvl"), "val")
            if level:
                outline = integer(level, _BODY_LEVEL)
                return outline + 1 if outline < _BODY_LEVEL else None
            match = _HEADING.match(_name(source))
            if match:
                return int(match[1])
        return None

    def numbering(self, paragraph: Element) -> tuple[str, int] | None:
        """The list that the paragraph belongs to and its level there, 0 outermost; None outside lists."""
        list_id, level = "", ""
        for source in (paragraph, *self._chain(paragraph)):
            list_id = list_id or attribute(source.find("{*}pPr/{*}numPr/{*}numId"), "val")
            level = level or attribute(source.find("{*}pPr/{*}numPr/{*}ilvl"), "val")
        return None if list_id in ("", "0") else (list_id, integer(level, 0))

    def is_bold(self, paragraph: Element) -> bool:
        """Whether all letters of a paragraph are bold. Hebrew is "complex" script, which has a switch of its own."""
        runs = [run for run in paragraph.iter("{*}r") if any((t.text or "").strip() for t in run.iter("{*}t"))]
        styles = list(self._chain(paragraph))
        return bool(runs) and all(_is_bold([run, *self._based(_run_style(run)), *styles]) for run in runs)

    def is_right_to_left(self, paragraph: Element) -> bool:
        """Whether a paragraph is set from right to left."""
        everywhere = None if self._all is None else self._all.find("{*}pPrDefault")
        for source in (paragraph, *self._chain(paragraph), everywhere):
            bidi = None if source is None else source.find("{*}pPr/{*}bidi")
            if bidi is not None:
                return is_on(bidi)
        return False

    def is_right_to_left_table(self, table: Element) -> bool:
        """Whether the style of a table puts its first column at the right."""
        styles = self._based(attribute(table.find("{*}tblPr/{*}tblStyle"), "val"))
        return any(is_on(style.find("{*}tblPr/{*}bidiVisual")) for style in styles)

    def has_header(self, table: Element) -> bool:
        """Whether the style of a table sets its first row apart, and the table wants that."""
        look = table.find("{*}tblPr/{*}tblLook")
        bits = attribute(look, "val")
        first_row = attribute(look, "firstRow") in _ON or bool(_BITS.fullmatch(bits) and int(bits, 16) & _FIRST_ROW)
        styles = self._based(attribute(table.find("{*}tblPr/{*}tblStyle"), "val"))
        parts = (part for style in styles for part in children(style, "tblStylePr"))
        return first_row and any(attribute(part, "type") == "firstRow" for part in parts)

    def _chain(self, paragraph: Element) -> Iterator[Element]:
        """The style of a paragraph and those it is based on, else the default one."""
        style_id = attribute(paragraph.find("{*}pPr/{*}pStyle"), "val")
        if not style_id and self._default is not None:
            style_id = attribute(self._default, "styleId")
        return self._based(style_id)

    def _based(self, style_id: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = attribute(self._styles[style_id].find("{*}basedOn"), "val")


def _is_bold(sources: list[Element]) -> bool:
    """The nearest source that says something; either of the two switches, since programs set one or the other."""
    for source in sources:
        switches = [source.find(f"{{*}}rPr/{{*}}{name}") for name in ("bCs", "b")]
        if any(switch is not None for switch in switches):
            return any(map(is_on, switches))
    return False


def _run_style(run: Element) -> str:
    return attribute(run.find("{*}rPr/{*}rStyle"), "val")


def _is_default(style: Element) -> bool:
    return attribute(style, "type") == "paragraph" and attribute(style, "default") in _ON


def _name(source: Element) -> str:
    return attribute(source.find("{*}name"), "val").lower()
