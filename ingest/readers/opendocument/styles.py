"""The styles of an OpenDocument file: what they say about a paragraph, a list or a table. Knows nothing of text."""

import re
from collections.abc import Iterator

from ingest.readers.grid import is_foreign
from ingest.readers.opendocument.package import OdfPackage, attribute, count, name_of, qualified
from ingest.readers.xml import Element

_TITLE = "Title"
_HEADING = re.compile("Heading(?:_20_)?([1-9])$")
"""The styles that every program has; their names do not depend on the language of its user."""


_RIGHT_TO_LEFT, _LEFT_TO_RIGHT = {"rl-tb", "rl"}, {"lr-tb", "lr"}


class OdfStyles:
    """Styles by family and name; each inherits from its parent, all from the default of their family."""

    def __init__(self, package: OdfPackage) -> None:
        roots = [root for root in (package.styles, package.content) if root is not None]
        self._styles: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, Element] = {}
        self.outline: Element | None = None
        """The numbering of headings, `text:outline-style`."""
        for element in (element for root in roots for element in root.iter()):
            match name_of(element):
                case "style:style" | "style:default-style":
                    self._styles[attribute(element, "style:family"), attribute(element, "style:name")] = element
                case "text:list-style":
                    self._lists[attribute(element, "style:name")] = element
                case "text:outline-style":
                    self.outline = element

    def list_style(self, name: str) -> Element | None:
        """The `text:list-style` of that name."""
        return self._lists.get(name)

    def is_title(self, paragraph: Element) -> bool:
        """Whether the paragraph is the title of the document."""
        return _TITLE in self._names(paragraph)

    def heading_level(self, paragraph: Element) -> int | None:
        """1 outermost; None for what is no heading: neither marked as one, nor in the style of one."""
        if name_of(paragraph) == "text:h":
            return count(paragraph, "text:outline-level")
        matches = map(_HEADING.match, self._names(paragraph))
        return next((int(match[1]) for match in matches if match), None)

    def is_numbered_heading(self, heading: Element) -> bool:
        """Whether the numbering of headings is meant for this one: its style may take another list, or none."""
        for style in self._chain("paragraph", attribute(heading, "text:style-name")):
            if style.get(qualified("style:list-style-name")) is not None:
                return False
        return True

    def is_hidden(self, element: Element, family: str) -> bool:
        """Whether a paragraph or a span is not displayed."""
        return self.of_text(element, family, "text:display") == "none"

    def is_bold(self, element: Element, family: str) -> bool | None:
        """Whether a paragraph or a span is bold; None where its style does not say. Hebrew is "complex" text."""
        complex_weight = self.of_text(element, family, "style:font-weight-complex")
        weight = complex_weight or self.of_text(element, family, "fo:font-weight")
        return weight in {"bold", "600", "700", "800", "900"} if weight else None

    def of_text(self, element: Element, family: str, name: str) -> str:
        """An attribute of `style:text-properties`, "" where no style says it."""
        return self._property(family, attribute(element, "text:style-name"), "style:text-properties", name)

    def is_turned(self, table: Element) -> bool:
        """Whether a table is read from its last column: right-to-left paragraphs from the right, or the reverse.

        Cells are stored from the first column on; the writing mode of the table says at which side that stands.
        """
        mode = self._direction("table", table, "table:style-name")
        if mode in _RIGHT_TO_LEFT:
            return is_foreign("".join(table.itertext()))
        paragraphs = [each for each in table.iter(qualified("text:p")) if "".join(each.itertext()).strip()]
        right = [self._direction("paragraph", each, "text:style-name") in _RIGHT_TO_LEFT for each in paragraphs]
        return mode in _LEFT_TO_RIGHT and sum(right) * 2 > len(right)

    def _direction(self, family: str, element: Element, style: str) -> str:
        return self._property(family, attribute(element, style), f"style:{family}-properties", "style:writing-mode")

    def _names(self, paragraph: Element) -> list[str]:
        styles = self._chain("paragraph", attribute(paragraph, "text:style-name"))
        return [attribute(style, "style:name") for style in styles]

    def _property(self, family: str, style_name: str, group: str, name: str) -> str:
        for style in self._chain(family, style_name):
            found = attribute(style.find(qualified(group)), name)
            if found:
                return found
        return ""

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        seen: set[str] = set()
        while (family, name) in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[family, name]
            name = attribute(self._styles[family, name], "style:parent-style-name")  # "" is the default of the family
