"""Signing in with a one-time link, and signing out.

Opening the link shows a page with a button and uses nothing up, because mail programs, chat programs and browsers fetch
links ahead of their readers. Pressing the button sends the secret back and uses it up.
"""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from webui.accounts.gate import account_of, session_token
from webui.accounts.sessions import COOKIE
from webui.pages.form import Form
from webui.pages.message import message
from webui.pages.render import render
from webui.screen import texts
from webui.services import Services

COMMAND = "darash link"


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
    def sign_in(request: Request, form: Form) -> Response:
        account_id = services.links.use(form.get("token", ""))
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
