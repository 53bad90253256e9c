"""Where a citation points: a page of a document with the cited passage marked, as a fragment and as a page of its own.

A citation is named by its turn and number, so only who may read the conversation and the document gets there.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from answers.answer import Citation
from indexes.errors import NotFound
from indexes.page import Page
from webui.accounts.gate import account_of
from webui.pages.boxes import PageBox, boxes_of
from webui.pages.render import render
from webui.screen import texts
from webui.services import Services

LARGEST_NUMBER = 2**31 - 1
"""Of a page; more does not fit into a column of the database."""

PageNumber = Annotated[int | None, Query(ge=1, le=LARGEST_NUMBER)]


@dataclass(frozen=True, slots=True)
class SourceView:
    """What the template draws. `before`, `marked` and `after` together are the text, for a page without image.

    `width` and `height` are points; `previous` and `next` are 0 where there is no such page.
    """

    title: str
    page: int
    cited_page: int
    page_text: str
    quote: str
    notes: tuple[str, ...]
    image: str
    width: int
    height: int
    boxes: list[PageBox]
    before: str
    marked: str
    after: str
    previous: int
    next: int
    address: str
    original: str


def routes(services: Services) -> APIRouter:
    """`GET /source/{turn}/{number}` for the panel of the chat, `GET /view/{turn}/{number}` for a window of its own."""
    router = APIRouter()

    @router.get("/source/{turn_id}/{number}")
    def source(request: Request, turn_id: str, number: int, page: PageNumber = None) -> HTMLResponse:
        return HTMLResponse(render("source.html", view=_view(services, account_of(request), turn_id, number, page)))

    @router.get("/view/{turn_id}/{number}")
    def view(request: Request, turn_id: str, number: int, page: PageNumber = None) -> HTMLResponse:
        return HTMLResponse(render("view.html", view=_view(services, account_of(request), turn_id, number, page)))

    return router


def _view(services: Services, account_id: str, turn_id: str, number: int, asked_page: int | None) -> SourceView:
    turn = services.conversations.turn(account_id, turn_id)
    citation = next((citation for citation in turn.citations if citation.number == number), None)
    if citation is None:
        raise NotFound(f"no citation {number} in turn {turn_id!r}")
    document_id = services.permissions.document_to_read(account_id, citation.document_id).id
    page = services.passages.page(document_id, asked_page or citation.page)
    start, end = _cited(page, citation)
    has_image = page.width > 0 and services.files.page_image(document_id, page.number).is_file()
    return SourceView(
        title=citation.title,
        page=page.number,
        cited_page=citation.page,
        page_text=texts.PAGE.format(label=page.label or page.number),
        quote=citation.quote,
        notes=tuple(texts.PAGE_NOTES[code] for code in page.warnings if code in texts.PAGE_NOTES),
        image=f"/api/documents/{document_id}/pages/{page.number}.webp" if has_image else "",
        width=round(page.width),
        height=round(page.height),
        boxes=boxes_of(page, start, end),
        before=page.text[:start],
        marked=page.text[start:end],
        after=page.text[end:],
        previous=page.number - 1,
        next=page.number + 1 if page.number < services.passages.page_count(document_id) else 0,
        address=f"/view/{turn_id}/{number}",
        original=f"/api/documents/{document_id}/original",
    )


def _cited(page: Page, citation: Citation) -> tuple[int, int]:
    """The characters of the page that are cited; none on another page, or where a new reading lost the passage."""
    if page.number != citation.page:
        return 0, 0
    if page.text[citation.start : citation.end] == citation.quote:
        return citation.start, citation.end
    found = page.text.find(citation.quote)
    return (found, found + len(citation.quote)) if found >= 0 and citation.quote else (0, 0)
