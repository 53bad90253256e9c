"""A page of a document as people see it: a picture with boxes, the rows of a sheet, or text with a stretch marked.

Knows documents and pages, and nothing of citations or of questions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hebrew.bidi import Direction
from indexes.page import Page
from webui.pages.boxes import PageBox, boxes_of
from webui.place import place_text
from webui.quality import notes
from webui.screen.isolation import direction
from webui.services import Services

CELL_BREAK = " | "
"""What stands between the cells of a row in the text of a page (`ingest.readers.draft`)."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a sheet, with the number it has there."""

    number: int
    cells: tuple[str, ...]
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """What `leaf.html` draws: `image` with `boxes`, or `rows`, or else `before`, `marked` and `after`: the text.

    `width` and `height` are points; `previous` and `next` are 0 where there is no such page.
    """

    number: int
    place: str
    notes: tuple[str, ...]
    image: str
    width: int
    height: int
    boxes: tuple[PageBox, ...]
    rows: tuple[TableRow, ...]
    direction: Direction
    before: str
    marked: str
    after: str
    previous: int
    next: int


def leaf_of(services: Services, document_id: str, page: Page, start: int = 0, end: int = 0) -> Leaf:
    """A page with its characters `start` to `end` marked."""
    total = services.passages.page_count(document_id)
    is_sheet = page.place.kind == "sheet"
    image = image_of(services, document_id, page)
    return Leaf(
        number=page.number,
        place=place_text(replace(page.place, row=0), page.number),
        notes=notes(page.warnings),
        image=image,
        width=round(page.width),
        height=round(page.height),
        boxes=tuple(boxes_of(page, start, end)) if image else (),
        rows=tuple(rows_of(page, start, end)) if is_sheet else (),
        direction=direction(page.text),
        before=page.text[:start],
        marked=page.text[start:end],
        after=page.text[end:],
        previous=page.number - 1,
        next=page.number + 1 if page.number < total else 0,
    )


def image_of(services: Services, document_id: str, page: Page) -> str:
    """The address of the picture of a page, "" where it has none."""
    has_image = page.width > 0 and services.files.page_image(document_id, page.number).is_file()
    return f"/api/documents/{document_id}/pages/{page.number}.webp" if has_image else ""


def rows_of(page: Page, start: int = 0, end: int = 0) -> Iterator[TableRow]:
    """The rows of a sheet that are not empty; those that characters `start` to `end` reach into are marked."""
    at = 0
    for number, line in enumerate(page.text.split("\n"), start=page.place.row or 1):
        if line.strip():
            yield TableRow(number, tuple(line.split(CELL_BREAK)), max(at, start) < min(at + len(line), end))
        at += len(line) + 1
