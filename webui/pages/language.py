"""Choosing the language of the screen, for an account, and for the browser before anybody has signed in there."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from webui.accounts.gate import account_of
from webui.pages.form import Form
from webui.security import ONE_YEAR
from webui.services import Services
from webui.speaking import COOKIE, known


def routes(services: Services) -> APIRouter:
    """`POST /language` with `language`, its code, and `back`, the address on this server to return to."""
    router = APIRouter()

    @router.post("/language")
    def choose(request: Request, form: Form) -> Response:
        language = known(form.get("language", ""))
        if language is None:
            raise HTTPException(422)
        if account_of(request):
            services.accounts.prefer(account_of(request), language=language)
        response = RedirectResponse(_local(form.get("back", "")), 303)
        secure = services.settings.secure
        response.set_cookie(COOKIE, language, max_age=ONE_YEAR, httponly=True, samesite="lax", secure=secure)
        return response

    return router


def _local(address: str) -> str:
    """An address of this server; what could lead elsewhere leads to the first page (OWASP, unvalidated redirects)."""
    is_local = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_local else "/"
