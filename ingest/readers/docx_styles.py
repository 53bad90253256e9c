"""The styles of a Word file: which make a heading, a title or a list. Knows nothing of text."""

import re
from collections.abc import Iterator

from ingest.readers.docx_package import Element, attribute, children, integer

# Built-in styles keep their English names in every language; "\u05db\u05d5\u05ea\u05e8\u05ea" (heading) is what people
# call their own ones.
_HEADING = re.compile("(?:heading|\u05db\u05d5\u05ea\u05e8\u05ea) ?([1-9])$", re.IGNORECASE)
_TITLES = {"title", "\u05db\u05d5\u05ea\u05e8\u05ea \u05d8\u05e7\u05e1\u05d8"}
_BODY_LEVEL = 9


class Styles:
    """Paragraph styles by id, each inheriting from the one it is based on."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else children(root, "style")
        self._styles = {attribute(style, "styleId"): style for style in found}

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

    def _chain(self, paragraph: Element) -> Iterator[Element]:
        style_id = attribute(paragraph.find("{*}pPr/{*}pStyle"), "val")
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = attribute(self._styles[style_id].find("{*}basedOn"), "val")


def _name(source: Element) -> str:
    return attribute(source.find("{*}name"), "val").lower()
