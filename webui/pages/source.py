"""Where a citation points: a page of a document with the cited passage marked, as a fragment and as a page of its own.

A citation is named by its turn and number, so only who may read the conversation and the document gets there.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from answers.answer import Citation
from hebrew.bidi import Direction, direction_of
from indexes.errors import NotFound
from indexes.page import Page
from webui.accounts.gate import account_of
from webui.filename import visible
from webui.pages.boxes import PageBox, boxes_of
from webui.pages.render import render
from webui.pages.why import Why, why_found
from webui.place import place_text
from webui.quality import notes
from webui.services import Services
from webui.texts import texts

LARGEST_NUMBER = 2**31 - 1
"""Of a page; more does not fit into a column of the database."""

PageNumber = Annotated[int | None, Query(ge=1, le=LARGEST_NUMBER)]


@dataclass(frozen=True, slots=True)
class SourceView:
    """What the template draws. `before`, `marked` and `after` together are the text, for a page without image.

    `width` and `height` are points; `previous` and `next` are 0 where there is no such page.
    """

    template: ClassVar = "source.html"
    title: str
    page: int
    cited_page: int
    page_text: str
    quote: str
    why: Why | None
    direction: Direction
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
    check: str


@dataclass(frozen=True, slots=True)
class GoneView:
    """What is left of a citation whose page is not there any more, or closed: a `sentence`, and the rest or "".

    `new_version` is the id of a document.
    """

    template: ClassVar = "gone.html"
    title: str
    page_text: str
    quote: str
    sentence: str
    new_version: str = ""


def routes(services: Services) -> APIRouter:
    """`GET /source/{turn}/{number}` for the panel of the chat, `GET /view/{turn}/{number}` for a window of its own."""
    router = APIRouter()

    @router.get("/source/{turn_id}/{number}")
    def source(request: Request, turn_id: str, number: int, page: PageNumber = None) -> HTMLResponse:
        shown = _view(services, account_of(request), turn_id, number, page)
        return HTMLResponse(render(shown.template, view=shown))

    @router.get("/view/{turn_id}/{number}")
    def view(request: Request, turn_id: str, number: int, page: PageNumber = None) -> HTMLResponse:
        return HTMLResponse(render("view.html", view=_view(services, account_of(request), turn_id, number, page)))

    return router


def _view(
    services: Services, account_id: str, turn_id: str, number: int, asked_page: int | None
) -> SourceView | GoneView:
    turn = services.conversations.turn(account_id, turn_id)
    citation = next((citation for citation in turn.said.citations if citation.number == number), None)
    if citation is None:
        raise NotFound(f"no citation {number} in turn {turn_id!r}")
    try:
        document_id = services.permissions.document_to_read(account_id, citation.document_id).id
    except NotFound:
        return _gone(services, account_id, citation)
    try:
        page = services.passages.page(document_id, asked_page or citation.page)
    except NotFound:
        if asked_page:
            raise
        return _left_of(citation, texts.SOURCE_MOVED)
    why = why_found(services, account_id, turn, citation) if page.number == citation.page else None
    return _shown(services, citation, page, why, f"/view/{turn_id}/{number}")


def _gone(services: Services, account_id: str, citation: Citation) -> GoneView:
    """A citation of a document that was deleted, or replaced by another one; of one that is closed to the account.

    Of what a person may no longer read, the answer that it was given stays in its conversation, with the names of the
    sources; the sources themselves close, and say neither what is in them nor what became of them.
    """
    try:
        services.permissions.collection_to_read(account_id, citation.collection_id)
    except NotFound:
        return GoneView(texts.SOURCE, "", "", texts.SOURCE_CLOSED)
    records = services.catalogue.documents(citation.collection_id)
    version = next((record.id for record in records if record.replaces == citation.document_id), "")
    return _left_of(citation, texts.SOURCE_REPLACED if version else texts.SOURCE_GONE, version)


def _left_of(citation: Citation, sentence: str, new_version: str = "") -> GoneView:
    place = place_text(citation.place, citation.page, citation.quote)
    return GoneView(visible(citation.title), place, citation.quote, sentence, new_version)


def _shown(services: Services, citation: Citation, page: Page, why: Why | None, address: str) -> SourceView:
    document_id = citation.document_id
    start, end = _cited(page, citation)
    has_image = page.width > 0 and services.files.page_image(document_id, page.number).is_file()
    return SourceView(
        title=visible(citation.title),
        direction=direction_of(page.text),
        page=page.number,
        cited_page=citation.page,
        page_text=place_text(citation.place, page.number, citation.quote)
        if page.number == citation.page
        else place_text(page.place, page.number),
        quote=citation.quote,
        why=why,
        notes=notes(page.warnings),
        image=f"/api/documents/{document_id}/pages/{page.number}.webp" if has_image else "",
        width=round(page.width),
        height=round(page.height),
        boxes=boxes_of(page, start, end),
        before=page.text[:start],
        marked=page.text[start:end],
        after=page.text[end:],
        previous=page.number - 1,
        next=page.number + 1 if page.number < services.passages.page_count(document_id) else 0,
        address=address,
        original=f"/api/documents/{document_id}/original",
        check=f"/documents/{document_id}/check?page={page.number}",
    )


def _cited(page: Page, citation: Citation) -> tuple[int, int]:
    """The characters of the page that are cited; none on another page, or where a new reading lost the passage."""
    if page.number != citation.page:
        return 0, 0
    if page.text[citation.start : citation.end] == citation.quote:
        return citation.start, citation.end
    found = page.text.find(citation.quote)
    return (found, found + len(citation.quote)) if found >= 0 and citation.quote else (0, 0)
