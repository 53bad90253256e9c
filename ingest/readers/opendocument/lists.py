"""The numbers and bullets that OpenDocument programs print before list items and headings, and do not store.

Section numbers are those of OASIS OpenDocument 1.3, part 3. Knows nothing of the text of the items.
"""

import re

from ingest.readers.list_numbers import BULLET, write_number
from ingest.readers.opendocument.package import attribute, count, name_of
from ingest.readers.opendocument.styles import OdfStyles
from ingest.readers.xml import Element

_DEEPEST = 10
_FORMATS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none",
    "\u05d0, \u05d9, \u05e7, ...": "hebrew1", "\u05d0, \u05d1, \u05d2, ...": "hebrew2",
}  # fmt: skip
"""`style:num-format` (19.500; the Hebrew ones are LibreOffice's) in the names that `write_number` takes."""

_PATTERN = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"
"""How LibreOffice since 7.0 writes numbers that the standard cannot say: "%1%.%2%)"; it goes before the standard."""


class _Counted:
    """One list while it is read: its style, and how far each of its levels has counted."""

    def __init__(self, style: Element | None) -> None:
        self._levels = {count(level, "text:level"): level for level in (() if style is None else style)}
        self._numbers: list[int | None] = [None] * (_DEEPEST + 1)

    def next(self, level: int, start: int | None) -> str:
        """What stands before the next item of a level, 1 being the outermost: "3.2.", a bullet, or ""."""
        style = self._levels.get(level)
        if style is None or level > _DEEPEST:
            return ""
        if not name_of(style).endswith("-number") and name_of(style) != "text:outline-level-style":
            return BULLET
        now = self._numbers[level]
        self._numbers[level] = start if start is not None else self._start(level) if now is None else now + 1
        self._numbers[level + 1 :] = [None] * (_DEEPEST - level)
        return self._written(level)

    def _written(self, level: int) -> str:
        style = self._levels[level]
        if not attribute(style, "style:num-format"):
            return ""
        if pattern := style.get(_PATTERN):
            return re.sub("%([0-9]{1,2})%", lambda place: self._number(int(place[1])), pattern)
        first = max(1, level + 1 - count(style, "text:display-levels"))
        numbers = ".".join(filter(None, map(self._number, range(first, level + 1))))
        return f"{attribute(style, 'style:num-prefix')}{numbers}{attribute(style, 'style:num-suffix')}"

    def _number(self, level: int) -> str:
        style = self._levels.get(level)
        if style is None or level > _DEEPEST:
            return ""
        number = self._numbers[level]
        shape = _FORMATS.get(attribute(style, "style:num-format"), "decimal")
        return write_number(self._start(level) if number is None else number, shape)

    def _start(self, level: int) -> int:
        return count(self._levels[level], "text:start-value")


class OdfLists:
    """Counts the items of every list of one document, in the order they are read (5.3)."""

    def __init__(self, styles: OdfStyles) -> None:
        self._styles = styles
        self._open: list[_Counted] = []
        self._by_name: dict[str, _Counted] = {}
        self._by_id: dict[str, _Counted] = {}
        self._headings = _Counted(styles.outline)

    def enter(self, element: Element) -> None:
        """A `text:list` begins, perhaps in an item of another one."""
        name = attribute(element, "text:style-name")
        counted = self._open[-1] if self._open else None
        if counted is None or (name and self._by_name.get(name) is not counted):
            counted = self._continued(element, name) or _Counted(self._styles.list_style(name))
            self._by_name[name] = counted
        list_id = element.get("{http://www.w3.org/XML/1998/namespace}id")
        if list_id:
            self._by_id[list_id] = counted
        self._open.append(counted)

    def leave(self) -> None:
        """The list ends that began last."""
        self._open.pop()

    def item(self, element: Element) -> str:
        """What stands before a `text:list-item`; a `text:list-header` has nothing."""
        if name_of(element) == "text:list-header":
            return ""
        return self._open[-1].next(len(self._open), _start_of(element))

    def heading(self, element: Element, level: int) -> str:
        """The number of a heading that is in no list (19.880.7)."""
        if attribute(element, "text:is-list-header") == "true" or not self._styles.is_numbered_heading(element):
            return ""
        return self._headings.next(level, _start_of(element))

    def _continued(self, element: Element, name: str) -> _Counted | None:
        other = self._by_id.get(attribute(element, "text:continue-list"))
        if other is None and attribute(element, "text:continue-numbering") == "true":
            other = self._by_name.get(name)
        return other


def _start_of(element: Element) -> int | None:
    return count(element, "text:start-value") if attribute(element, "text:start-value") else None
