"""Choosing light or dark for one's own screen."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from webui.accounts.gate import account_of
from webui.pages.form import Form
from webui.pages.message import wants_page
from webui.services import Services

THEMES = ("", "light", "dark")
"""What may be chosen; "" is whatever the machine is set to."""


def routes(services: Services) -> APIRouter:
    """`POST /theme` with `theme`: back to the account for a form, 204 for the script of the menu."""
    router = APIRouter()

    @router.post("/theme")
    def choose(request: Request, form: Form) -> Response:
        if form.get("theme", "") not in THEMES:
            raise HTTPException(422)
        services.accounts.prefer(account_of(request), theme=form.get("theme", ""))
        return RedirectResponse("/account#theme", 303) if wants_page(request.scope) else Response(status_code=204)

    return router
