"""The numbers that Word prints before list items and numbered headings, and does not store in the text.

People cite a clause by its number, so it belongs to what can be found. Knows nothing of the text of the items.
"""

import re
from collections import defaultdict

from ingest.readers.docx.package import attribute, children, integer, is_on
from ingest.readers.list_numbers import BULLET, write_number
from ingest.readers.xml import Element

_DEEPEST = 9
_PLACE = re.compile(r"%([1-9])")


class Numbering:
    """Counts the items of every list of one document, in the order it is asked about them.

    Lists of one family (`w:abstractNum`) go on counting from each other; each may have levels of its own.
    """

    def __init__(self, root: Element | None) -> None:
        parts = [] if root is None else list(root)
        self._abstract = {attribute(part, "abstractNumId"): part for part in parts if attribute(part, "abstractNumId")}
        self._linked = {attribute(part.find("{*}styleLink"), "val"): name for name, part in self._abstract.items()}
        self._lists = {attribute(part, "numId"): part for part in parts if attribute(part, "numId")}
        self._families = {list_id: self._family(part) for list_id, part in self._lists.items()}
        self._levels = {list_id: self._levels_of(list_id) for list_id in self._lists}
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * _DEEPEST)
        self._restarted: set[tuple[str, int]] = set()

    def next(self, list_id: str, level: int) -> str:
        """What stands before the next item of a list at a level (0 outermost): "3.2.", a bullet, or ""."""
        style = self._levels.get(list_id, {}).get(level)
        if style is None or level >= _DEEPEST:
            return ""
        self._count(list_id, level)
        if _format(style) == "bullet":
            return BULLET
        is_legal = is_on(style.find("{*}isLgl"))
        pattern = attribute(style.find("{*}lvlText"), "val")
        return _PLACE.sub(lambda place: self._written(list_id, int(place[1]) - 1, is_legal), pattern)

    def _family(self, part: Element) -> str:
        """The `w:abstractNum` of a list; one that only names a style stands for the one that defines it (17.9.21)."""
        name = attribute(part.find("{*}abstractNumId"), "val")
        link = attribute(self._abstract[name].find("{*}numStyleLink"), "val") if name in self._abstract else ""
        return self._linked.get(link, name) if link else name

    def _levels_of(self, list_id: str) -> dict[int, Element]:
        abstract = self._abstract.get(self._families[list_id])
        found = [] if abstract is None else list(children(abstract, "lvl"))
        for override in children(self._lists[list_id], "lvlOverride"):
            found += children(override, "lvl")
        return {integer(attribute(level, "ilvl"), 0): level for level in found}

    def _count(self, list_id: str, level: int) -> None:
        counts = self._counts[self._families[list_id]]
        override = self._override(list_id, level)
        now = counts[level]
        if override is not None and (list_id, level) not in self._restarted:
            counts[level] = override
            self._restarted.add((list_id, level))
        else:
            counts[level] = self._start(list_id, level) if now is None else now + 1
        for deeper, style in self._levels[list_id].items():
            # A level begins anew after every item above it, or after those of the level it names (17.9.10).
            after = integer(attribute(style.find("{*}lvlRestart"), "val"), deeper)
            if level < min(deeper, after) and deeper < _DEEPEST:
                counts[deeper] = None

    def _written(self, list_id: str, level: int, is_legal: bool) -> str:
        counted = self._counts[self._families[list_id]][level]
        number = self._start(list_id, level) if counted is None else counted
        style = self._levels[list_id].get(level)
        return write_number(number, "decimal" if style is None or is_legal else _format(style))

    def _start(self, list_id: str, level: int) -> int:
        style = self._levels[list_id].get(level)
        return 1 if style is None else integer(attribute(style.find("{*}start"), "val"), 1)

    def _override(self, list_id: str, level: int) -> int | None:
        for override in children(self._lists[list_id], "lvlOverride"):
            start = attribute(override.find("{*}startOverride"), "val")
            if start and integer(attribute(override, "ilvl"), 0) == level:
                return integer(start, 1)
        return None


def _format(level: Element) -> str:
    return attribute(level.find("{*}numFmt"), "val") or "decimal"
