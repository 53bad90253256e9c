"""The list of conversations at the side of the screen: a part of it, fetched whenever it may have changed."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from webui.accounts.gate import account_of
from webui.screen import drawing
from webui.services import Services


def routes(services: Services) -> APIRouter:
    """`GET /conversations/list`, where `c` is the id of the open one."""
    router = APIRouter()

    @router.get("/conversations/list")
    def listed(request: Request, c: str = "") -> Response:
        return HTMLResponse(drawing.conversation_list(services.conversations.list(account_of(request)), c))

    return router
