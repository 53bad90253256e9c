"""The gate: finds out who is asking, and lets nobody in who is not signed in, whatever the path.

A path is closed unless it stands in `OPEN`, so a new route is never open by accident.
"""

import asyncio

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from webui.accounts.sessions import COOKIE, Sessions
from webui.accounts.token import digest
from webui.pages.message import message, wants_page
from webui.screen import texts

OPEN = ("/sign-in", "/health")
OPEN_FOLDER = "/static/"


def account_of(request: HTTPConnection) -> str:
    """The id of the account that is asking; empty on an open path when nobody is signed in."""
    return str(request.state.account_id)


def address_of(request: HTTPConnection) -> str:
    """Where a request came from, for the audit log and for counting tries; "" where that is not known."""
    return request.client.host if request.client else ""


class Gate:
    """ASGI middleware. Leaves `account_id` and `session` (which browser it is) in the state of the request."""

    def __init__(self, app: ASGIApp, sessions: Sessions) -> None:
        self.app = app
        self.sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers it: 303 to the sign-in page for a person, 401 for a script."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if scope["type"] != "http":
            return  # there are no websockets here
        token = "" if path.startswith(OPEN_FOLDER) else session_token(scope)
        account_id = await asyncio.to_thread(self.sessions.account_of, token) if token else None
        state = scope.setdefault("state", {})
        state["account_id"], state["session"] = account_id or "", digest(token) if account_id else ""
        if account_id or path in OPEN or path.startswith(OPEN_FOLDER):
            await self.app(scope, receive, send)
        elif wants_page(scope):
            await RedirectResponse("/sign-in", 303)(scope, receive, send)
        else:
            await message(scope, 401, texts.NOT_SIGNED_IN)(scope, receive, send)


def session_token(scope: Scope) -> str:
    """The secret in the request's cookie, or nothing."""
    for header in Headers(scope=scope).getlist("cookie"):
        for pair in header.split(";"):
            name, _, value = pair.strip().partition("=")
            if name == COOKIE:
                return value
    return ""
