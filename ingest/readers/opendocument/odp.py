"""OpenDocument presentations (ODP): each slide is a page. Hidden slides keep their number and are not read.

Knows what the elements of a slide mean, not in which order they are read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.document import Document
from ingest.readers.draft import Draft
from ingest.readers.opendocument.lists import OdfLists
from ingest.readers.opendocument.package import OdfPackage, attribute, count, name_of, qualified, text_of
from ingest.readers.opendocument.styles import OdfStyles
from ingest.readers.slides.slide import Block, Box, Slide, listed, write_slide
from ingest.readers.xml import Element

_LENGTH = re.compile(r"(-?[0-9.]+)(mm|cm|in|pt|pc|px)?")
_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}
_MOVED = re.compile(r"translate\s*\(([^ )]+)[ ,]+([^)]+)\)")
_NOT_ON_THE_SLIDE = {"presentation:notes", "office:forms", "anim:par", "office:event-listeners"}
_RUNNING = {"header", "footer", "date-time", "page-number"}
_MOST_COLUMNS = 1000


def read_odp(path: Path) -> Document:
    """The slides of a presentation as pages, called by the title of the first one: properties hold old or default ones.

    Raises `UnreadableFile`, `Encrypted` or `TooExpanded`.
    """
    package = OdfPackage(path)
    hidden = {
        attribute(style, "style:name")
        for style in package.content.iter(qualified("style:style"))
        if attribute(style.find(qualified("style:drawing-page-properties")), "presentation:visibility") == "hidden"
    }
    reader = _Reader(OdfLists(OdfStyles(package)))
    draft = Draft()
    for page in package.body().iterchildren(qualified("draw:page")):
        write_slide(draft, Slide() if attribute(page, "draw:style-name") in hidden else reader.slide(page))
    return draft.document("")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads slides, counting the items of lists on the way."""

    lists: OdfLists

    def slide(self, page: Element) -> Slide:
        title, blocks = "", list[Block]()
        for shape in page:
            if name_of(shape) in _NOT_ON_THE_SLIDE or attribute(shape, "presentation:class") in _RUNNING:
                continue
            block = self._block(shape)
            if not title and attribute(shape, "presentation:class") == "title":
                title = " ".join(block.lines)
            else:
                blocks.append(block)
        notes = page.find(qualified("presentation:notes"))
        frames = [] if notes is None else notes.iterchildren(qualified("draw:frame"))
        spoken = [each for frame in frames if _is_notes(frame) for each in self._lines(frame)]
        shapes = (shape for shape in page if shape is not notes)
        has_pictures = any(next(shape.iter(qualified("draw:image")), None) is not None for shape in shapes)
        return Slide(title, tuple(filter(_says, blocks)), tuple(spoken), has_pictures)

    def _block(self, shape: Element) -> Block:
        box = _box(shape)
        if name_of(shape) in {"draw:g", "draw:a"}:
            group = tuple(filter(_says, map(self._block, shape)))
            if group:
                left, top, right, bottom = zip(*(block.box for block in group), strict=True)
                box = min(left), min(top), max(right), max(bottom)
            return Block(box, group=group)
        table = shape.find(qualified("table:table"))
        if table is not None:
            header_rows = 1 if attribute(table, "table:use-first-row-styles") != "false" else 0
            rows = tuple(map(self._row, table.iter(qualified("table:table-row"))))
            return Block(box, rows=rows, header_rows=header_rows)
        return Block(box, tuple(self._lines(shape)))

    def _row(self, row: Element) -> tuple[str, ...]:
        cells: list[str] = []
        for cell in row:
            if name_of(cell) in {"table:table-cell", "table:covered-table-cell"}:
                text = " ".join(self._lines(cell))
                cells += [text] * min(count(cell, "table:number-columns-repeated"), _MOST_COLUMNS)
        return tuple(cells[:_MOST_COLUMNS])

    def _lines(self, element: Element) -> Iterator[str]:
        """The paragraphs inside, those of lists with their numbers and bullets."""
        for child in element:
            name = name_of(child)
            if name in {"text:p", "text:h"}:
                text = text_of(child, [])
                if text.strip():
                    yield text
            elif name == "text:list":
                self.lists.enter(child)
                for item in child:
                    yield from self._item(item)
                self.lists.leave()
            elif name == "draw:text-box":
                yield from self._lines(child)

    def _item(self, item: Element) -> Iterator[str]:
        is_counted = any(name_of(child) in {"text:p", "text:h"} for child in item)
        mark = self.lists.item(item) if is_counted else ""
        for index, text in enumerate(self._lines(item)):
            yield text if index else listed(mark, text)


def _is_notes(frame: Element) -> bool:
    return attribute(frame, "presentation:class") == "notes"


def _says(block: Block) -> bool:
    return bool(block.lines or block.rows or block.group)


def _box(shape: Element) -> Box:
    """In millimetres."""
    left, top, width, height = (_length(attribute(shape, f"svg:{side}")) for side in ("x", "y", "width", "height"))
    moved = _MOVED.search(attribute(shape, "draw:transform"))
    if moved:
        left, top = left + _length(moved[1]), top + _length(moved[2])
    return left, top, left + width, top + height


def _length(text: str) -> float:
    match = _LENGTH.match(text.strip())
    try:
        return float(match[1]) * _UNITS.get(match[2] or "mm", 1.0) if match else 0.0
    except ValueError:
        return 0.0
