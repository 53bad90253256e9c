"""Signing in with a one-time link, and signing out.

Opening the link shows a page with a button and uses nothing up, because mail programs, chat programs and browsers fetch
links ahead of their readers. Pressing the button sends the secret back and uses it up.
"""

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from webui.accounts.gate import account_of, session_token
from webui.accounts.sessions import COOKIE
from webui.pages.message import message
from webui.pages.render import render
from webui.screen import texts
from webui.services import Services

COMMAND = "darash link"

MOST_FORM = 4096
"""Bytes of the form that signs in. Anybody may send one, and the usual parsers put what is in it on the disk."""


def routes(services: Services) -> APIRouter:
    """`GET /sign-in?token=`, `POST /sign-in`, `POST /sign-out`."""
    router = APIRouter()

    @router.get("/sign-in")
    @router.head("/sign-in")
    def show(request: Request, token: str = "") -> Response:
        if account_of(request):
            return RedirectResponse("/", 303)
        if not token:
            return message(request.scope, 200, texts.SIGN_IN_NEEDED, COMMAND)
        if not services.links.is_good(token):
            return message(request.scope, 410, texts.SIGN_IN_USED, COMMAND)
        return HTMLResponse(render("sign_in.html", token=token))

    @router.post("/sign-in")
    def sign_in(request: Request, token: Annotated[str, Depends(_sent_token)]) -> Response:
        account_id = services.links.use(token)
        if account_id is None:
            return message(request.scope, 410, texts.SIGN_IN_USED, COMMAND)
        response = RedirectResponse("/", 303)
        response.set_cookie(
            COOKIE,
            services.sessions.start(account_id),
            max_age=int(services.sessions.lifetime),
            httponly=True,
            samesite="lax",
            secure=services.settings.secure,
        )
        return response

    @router.post("/sign-out")
    def sign_out(request: Request) -> Response:
        services.sessions.end(session_token(request.scope))
        response = RedirectResponse("/sign-in", 303)
        response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=services.settings.secure)
        return response

    return router


async def _sent_token(request: Request) -> str:
    """The token in the form; a form that is too large is not read to its end."""
    form = b""
    async for piece in request.stream():
        form += piece
        if len(form) > MOST_FORM:
            raise HTTPException(413)
    return parse_qs(form.decode("latin-1")).get("token", [""])[-1]
