"""Where a citation points: a page of a document with the cited passage marked, as a fragment and as a page of its own.

A citation is named by its turn and number, so only who may read the conversation and the document gets there.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from answers.answer import Citation
from hebrew.bidi import Direction
from indexes.errors import NotFound
from indexes.page import Page
from webui.accounts.gate import account_of
from webui.filename import visible
from webui.pages.cited import Stretch, cited_on, continued_on
from webui.pages.leaf import Leaf, leaf_of
from webui.pages.render import render
from webui.pages.why import Why, why_found
from webui.place import place_text
from webui.screen.isolation import direction
from webui.services import Services
from webui.texts import texts

LARGEST_NUMBER = 2**31 - 1
"""Of a page; more does not fit into a column of the database."""

PageNumber = Annotated[int | None, Query(ge=1, le=LARGEST_NUMBER)]


@dataclass(frozen=True, slots=True)
class SourceView:
    """What the template draws: what is cited and why it was found, and a page of the document.

    `continued` is the end of the quote that stands on the next page, or "".
    """

    template: ClassVar = "source.html"
    title: str
    cited_page: int
    page_text: str
    quote: str
    continued: str
    direction: Direction
    why: Why | None
    leaf: Leaf
    address: str
    original: str
    document: str


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
    """`GET /source/{turn}/{number}` for the panel of the chat, `GET /view/{turn}/{number}` for a window of its own.

    With `?page=`, the panel gets that page of the document alone, to put before or behind those that it has.
    """
    router = APIRouter()

    @router.get("/source/{turn_id}/{number}")
    def source(request: Request, turn_id: str, number: int, page: PageNumber = None) -> HTMLResponse:
        shown = _view(services, account_of(request), turn_id, number, page)
        if page and isinstance(shown, SourceView):
            return HTMLResponse(render("leaf.html", leaf=shown.leaf, document=shown.document))
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
    why = None if asked_page else why_found(services, account_id, turn, citation)
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
    version, moved = services.catalogue.following(citation.document_id), _is_kept(services, citation.document_id)
    if moved or (version and not services.permissions.may_still_read(account_id, [version.collection_id])):
        return GoneView(texts.SOURCE, "", "", texts.SOURCE_CLOSED)  # it was moved to where the account may not look
    return _left_of(citation, texts.SOURCE_REPLACED if version else texts.SOURCE_GONE, version.id if version else "")


def _is_kept(services: Services, document_id: str) -> bool:
    """Whether there is such a document, wherever it is."""
    try:
        return services.catalogue.document(document_id).state != "deleting"
    except NotFound:
        return False


def _left_of(citation: Citation, sentence: str, new_version: str = "") -> GoneView:
    place = place_text(citation.place, citation.page, citation.quote)
    return GoneView(visible(citation.title), place, citation.quote, sentence, new_version)


def _shown(services: Services, citation: Citation, page: Page, why: Why | None, address: str) -> SourceView:
    document_id = citation.document_id
    start, end = _stretch(services, citation, page)
    following = _page(services, document_id, page.number + 1) if page.number == citation.page else None
    goes_on = continued_on(page, end, following)[1] if following else 0
    return SourceView(
        title=visible(citation.title),
        cited_page=citation.page,
        page_text=place_text(citation.place, citation.page, citation.quote),
        quote=citation.quote,
        continued=following.text[:goes_on] if following else "",
        direction=direction(citation.quote),
        why=why,
        leaf=leaf_of(services, document_id, page, start, end),
        address=address,
        original=f"/api/documents/{document_id}/original",
        document=f"/documents/{document_id}/check",
    )


def _stretch(services: Services, citation: Citation, page: Page) -> Stretch:
    """What of the citation stands on a page: on its own, and the end of it on the next one."""
    if page.number == citation.page:
        return cited_on(page, citation)
    before = _page(services, citation.document_id, citation.page) if page.number == citation.page + 1 else None
    return continued_on(before, cited_on(before, citation)[1], page) if before else (0, 0)


def _page(services: Services, document_id: str, number: int) -> Page | None:
    try:
        return services.passages.page(document_id, number)
    except NotFound:
        return None
