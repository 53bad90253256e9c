"""What a slide of PowerPoint takes from its layout and master: where placeholders stand, which paragraphs are in lists.

Section numbers are those of ECMA-376 part 1.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.readers.ooxml import OoxmlPackage, integer, name_of
from ingest.readers.slides.slide import Box
from ingest.readers.xml import Element

_MARKS = {"buNone", "buChar", "buAutoNum", "buBlip"}
_TITLES = {"title", "ctrTitle"}


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What a shape stands for (19.3.1.36); both are "" for a shape that stands for nothing."""

    kind: str = ""
    index: str = ""


def placeholder_of(shape: Element) -> Placeholder:
    """The placeholder that a shape is; without a kind it holds any content (19.7.10)."""
    element = shape.find("./*/{*}nvPr/{*}ph")
    return Placeholder() if element is None else Placeholder(element.get("type", "obj"), element.get("idx", "0"))


class Layout:
    """The placeholders of a layout and of its master, and the list styles of the master."""

    def __init__(self, layout: Element | None, master: Element | None) -> None:
        self._layout = list(_placeholders(layout))
        self._master = list(_placeholders(master))
        self._styles = None if master is None else master.find("{*}txStyles")

    def box(self, shape: Element) -> Box:
        """Where a shape stands, in EMU; of a placeholder that does not say, where it stands on the layout."""
        for each in (shape, *self._above(placeholder_of(shape))):
            frame = next((each.find(path) for path in _FRAMES if each.find(path) is not None), None)
            if frame is not None:
                return _box(frame)
        return 0.0, 0.0, 0.0, 0.0

    def mark(self, shape: Element, paragraph: Element) -> tuple[int, Element | None]:
        """The level of a paragraph, and the element that says which mark it has in a list (21.1.2.4), if it has one."""
        own = paragraph.find("{*}pPr")
        level = 0 if own is None else integer(own.get("lvl"))
        placeholder = placeholder_of(shape)
        above = (each.find("{*}txBody/{*}lstStyle") for each in (shape, *self._above(placeholder)))
        master = "otherStyle" if not placeholder.kind else "titleStyle" if placeholder.kind in _TITLES else "bodyStyle"
        styles = [*above, None if self._styles is None else self._styles.find(f"{{*}}{master}")]
        levels = [own, *(None if style is None else style.find(f"{{*}}lvl{level + 1}pPr") for style in styles)]
        marks = (mark for each in levels if each is not None for mark in each if name_of(mark) in _MARKS)
        found = next(marks, None)
        return level, None if found is None or name_of(found) == "buNone" else found

    def _above(self, placeholder: Placeholder) -> Iterator[Element]:
        """The same placeholder on the layout, and on the master, which has one of each kind."""
        if not placeholder.kind:
            return
        kind = placeholder.kind
        for each, shape in self._layout:
            if each.index == placeholder.index:
                kind = each.kind
                yield shape
                break
        kinds = _TITLES if kind in _TITLES else {kind} if kind in {"dt", "ftr", "sldNum"} else {"body"}
        yield from (shape for each, shape in self._master if each.kind in kinds)


_FRAMES = ("{*}spPr/{*}xfrm", "{*}grpSpPr/{*}xfrm", "{*}xfrm")


def layout_of(package: OoxmlPackage, part: str) -> Layout:
    """The layout in that part, with its master."""
    return Layout(package.parsed(part), package.parsed(package.one_related(part, "slideMaster")))


def _placeholders(root: Element | None) -> Iterator[tuple[Placeholder, Element]]:
    for shape in () if root is None else root.iterfind("{*}cSld/{*}spTree/{*}sp"):
        placeholder = placeholder_of(shape)
        if placeholder.kind:
            yield placeholder, shape


def _box(frame: Element) -> Box:
    offset, extent = frame.find("{*}off"), frame.find("{*}ext")
    left, top = (0, 0) if offset is None else (integer(offset.get("x")), integer(offset.get("y")))
    width, height = (0, 0) if extent is None else (integer(extent.get("cx")), integer(extent.get("cy")))
    return float(left), float(top), float(left + width), float(top + height)
