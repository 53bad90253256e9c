"""What stands in place of a conversation before its first question: a part of the screen, fetched when it is empty."""

from itertools import chain, zip_longest

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from webui.accounts.gate import account_of
from webui.pages.render import render
from webui.services import Services

MOST_SUGGESTED = 4


def routes(services: Services) -> APIRouter:
    """`GET /talk/begin`."""
    router = APIRouter()

    @router.get("/talk/begin")
    def begin(request: Request) -> Response:
        account_id = account_of(request)
        readable = services.permissions.readable(account_id)
        page = render("beginning.html", readable=readable, suggestions=suggested(services, account_id))
        return HTMLResponse(page, headers={"cache-control": "no-store"})

    return router


def suggested(services: Services, account_id: str) -> tuple[str, ...]:
    """Questions to begin with, of the collections that the account may read: from each the first, then the others."""
    ids = [collection.id for collection in services.permissions.readable(account_id)]
    each = zip_longest(*reversed(services.catalogue.suggestions(ids).values()))  # the newest collection first
    return tuple(filter(None, chain.from_iterable(each)))[:MOST_SUGGESTED]
