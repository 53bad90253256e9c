"""The page of a collection for whoever owns it: to whom it is open, its name, its end. HTML: `collections_view`.

Who may not own a collection finds no page of it. All that somebody may read are cards on the screen, see `cards.py`.
"""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from indexes.errors import NotFound
from webui.accounts.gate import account_of, address_of
from webui.api.problem import Refused
from webui.collecting import (
    close_collection,
    delete_collection,
    hand_over,
    open_collection,
    rename_collection,
    suggest_questions,
)
from webui.grants import LEVELS, Grant
from webui.pages.collections_view import GROUP, PERSON, TEAM, one_page
from webui.pages.form import Form
from webui.services import Services
from webui.texts import collection_texts

CARDS = "/#documents"


def routes(services: Services) -> APIRouter:
    """`GET /collections/ID`, `POST /collections/ID/CHANGE`; `GET /collections` leads to the cards.

    A change is `name`, `open`, `close`, `hand-over`, `suggest` or `delete`.
    """
    router = APIRouter()
    _add_pages(router, services)
    _add_changes(router, services)
    return router


def _add_pages(router: APIRouter, services: Services) -> None:
    @router.get("/collections")
    def collections() -> Response:
        return RedirectResponse(CARDS, 303)

    @router.get("/collections/{collection_id}")
    def collection(request: Request, collection_id: str, done: str = "") -> Response:
        found = services.permissions.collection_to_own(account_of(request), collection_id)
        return HTMLResponse(one_page(services, account_of(request), found, done=done))


def _add_changes(router: APIRouter, services: Services) -> None:
    @router.post("/collections/{collection_id}/{change}")
    def change(request: Request, collection_id: str, change: str, form: Form) -> Response:
        account_id = account_of(request)
        found = services.permissions.collection_to_own(account_id, collection_id)
        try:
            done = _do(services, request, found.id, change, form)
        except Refused as refusal:
            page = one_page(services, account_id, found, problem=refusal.sentence)
            return HTMLResponse(page, refusal.status)
        is_left = collection_id not in {one.id for one in services.permissions.owned(account_id)}
        return RedirectResponse(CARDS if is_left else f"/collections/{found.id}?done={done}", 303)


def _do(services: Services, request: Request, collection_id: str, change: str, form: dict[str, str]) -> str:
    """Makes the change; returns the name of the sentence that says so. Raises `Refused`, `NotFound`."""
    who = (services, account_of(request), address_of(request))
    match change:
        case "name":
            rename_collection(*who, collection_id, form.get("name", ""))
            return "renamed"
        case "open":
            open_collection(*who, _grant(collection_id, form))
            return "opened"
        case "close":
            close_collection(*who, _grant(collection_id, form))
            return "closed"
        case "hand-over":
            hand_over(*who, collection_id, form.get("whom", "").removeprefix(PERSON))
            return "handed"
        case "suggest":
            suggest_questions(*who, collection_id, form.get("questions", ""))
            return "suggested"
        case "delete":
            delete_collection(*who, collection_id)
            return "deleted"
    raise NotFound(f"no change {change!r} of a collection")


def _grant(collection_id: str, form: dict[str, str]) -> Grant:
    """What a form asks for: to whom, and how far. Raises `Refused`."""
    whom, wanted = form.get("whom", ""), form.get("level", "reader")
    level = next((each for each in LEVELS if each == wanted), None)
    if level is None or not whom.startswith((PERSON, GROUP, TEAM)):
        raise Refused(422, collection_texts.NOBODY_CHOSEN, "nobody_chosen")
    account_id = whom.removeprefix(PERSON) if whom.startswith(PERSON) else None
    group_id = whom.removeprefix(GROUP) if whom.startswith(GROUP) else None
    return Grant(collection_id, account_id, group_id, level)
