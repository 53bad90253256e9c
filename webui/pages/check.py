"""Checking what was read of a document: the text of a page beside its image, and which pages are worth a look."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from hebrew.bidi import Direction, direction_of
from indexes.catalogue import DocumentRecord
from indexes.page import Page, Word
from webui.accounts.gate import account_of
from webui.filename import visible
from webui.pages.boxes import PageBox, percent
from webui.pages.leaf import TableRow, image_of, rows_of
from webui.pages.message import message
from webui.pages.render import render
from webui.pages.source import PageNumber
from webui.place import place_text
from webui.quality import SCANNED, doubtful_pages, notes, verdict
from webui.services import Services
from webui.texts import document_texts

DOUBTFUL_NAMED = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a line: a word and its box, or what stands between words and has none."""

    text: str
    box: PageBox | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text. One without letters, such as a date, has the direction of the page."""

    direction: Direction
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class CheckView:
    """What the template draws. `rows` is the text of a sheet, else `lines` is the text; `image` may be "".

    `previous`, `next` and `next_doubtful` are 0 where there is no such page.
    """

    id: str
    collection_id: str
    filename: str
    place: str
    page: int
    total: int
    verdict: str
    is_scanned: bool
    notes: tuple[str, ...]
    image: str
    width: int
    height: int
    lines: tuple[Line, ...]
    rows: tuple[TableRow, ...]
    direction: Direction
    doubtful: tuple[int, ...]
    more_doubtful: bool
    previous: int
    next: int
    next_doubtful: int


def routes(services: Services) -> APIRouter:
    """`GET /documents/ID/check?page=NUMBER`."""
    router = APIRouter()

    @router.get("/documents/{document_id}/check")
    def check(request: Request, document_id: str, page: PageNumber = None) -> Response:
        record = services.permissions.document_to_read(account_of(request), document_id)
        total = services.passages.page_count(record.id) if record.state == "ready" else 0
        if not total:
            return message(request.scope, 200, document_texts.CHECK_NOT_READY)
        view = _view(services, record, services.passages.page(record.id, page or 1), total)
        return HTMLResponse(render("check.html", view=view))

    return router


def _view(services: Services, record: DocumentRecord, page: Page, total: int) -> CheckView:
    doubtful = doubtful_pages(services.passages.quality(record.id))
    image = image_of(services, record.id, page)
    is_sheet = page.place.kind == "sheet"
    return CheckView(
        id=record.id,
        collection_id=record.collection_id,
        filename=visible(record.filename),
        place=place_text(replace(page.place, row=0), page.number) or document_texts.CHECK_TEXT,
        page=page.number,
        total=total,
        verdict=verdict(page.warnings),
        is_scanned=SCANNED in page.warnings,
        notes=notes(page.warnings),
        image=image,
        width=round(page.width),
        height=round(page.height),
        lines=() if is_sheet or not page.text.strip() else tuple(_lines(page, with_boxes=bool(image))),
        rows=tuple(rows_of(page)) if is_sheet else (),
        direction=direction_of(page.text),
        doubtful=tuple(doubtful[:DOUBTFUL_NAMED]),
        more_doubtful=len(doubtful) > DOUBTFUL_NAMED,
        previous=page.number - 1,
        next=page.number + 1 if page.number < total else 0,
        next_doubtful=_next(doubtful, page.number),
    )


def _next(doubtful: list[int], page: int) -> int:
    """The next page worth a look; after the last one the first."""
    others = [number for number in doubtful if number != page]
    return next((number for number in others if number > page), others[0] if others else 0)


def _lines(page: Page, with_boxes: bool) -> Iterator[Line]:
    """The text of the page, cut into lines and at its words; together the pieces of the lines are the text."""
    words = sorted(page.words, key=lambda word: word.start) if with_boxes else []
    overall, start = direction_of(page.text), 0
    for text in page.text.split("\n"):
        end = start + len(text)
        inside = [word for word in words if start <= word.start < word.end <= end]
        direction = direction_of(text) if any(map(str.isalpha, text)) else overall
        yield Line(direction, tuple(_pieces(page, start, end, inside)))
        start = end + 1


def _pieces(page: Page, at: int, end: int, words: list[Word]) -> Iterator[Piece]:
    for word in words:
        if word.start < at:
            continue
        if word.start > at:
            yield Piece(page.text[at : word.start])
        yield Piece(page.text[word.start : word.end], percent(word.box, page.width, page.height))
        at = word.end
    if at < end:
        yield Piece(page.text[at:end])
