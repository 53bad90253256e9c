"""Signing in, with a name and a password or with a one-time link, and signing out.

Opening the link shows a page with a button and uses nothing up, because mail programs, chat programs and browsers fetch
links ahead of their readers. Pressing the button sends the secret back and uses it up.
"""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from webui.accounts.account import Account, sign_in_name
from webui.accounts.gate import account_of, address_of
from webui.accounts.throttle import Try, seconds
from webui.accounts.weakness import SHORTEST
from webui.pages.chosen import password_problem
from webui.pages.form import Form
from webui.pages.message import message, wants_page
from webui.pages.render import render
from webui.services import Services
from webui.texts import account_texts, texts

COMMAND = "darash link"
MINUTE = 60


def routes(services: Services) -> APIRouter:
    """`GET /sign-in`, with `?token=` for a link; `POST /sign-in`, `POST /sign-out`."""
    router = APIRouter()

    @router.get("/sign-in")
    @router.head("/sign-in")
    def show(request: Request, token: str = "") -> Response:
        if account_of(request):
            return RedirectResponse("/", 303)
        if not token:
            return sign_in_page(services, request)
        return _link_page(services, request, token)

    @router.post("/sign-in")
    async def sign_in(request: Request, form: Form) -> Response:
        if "token" in form:
            return await _by_link(services, request, form)
        name = sign_in_name(form.get("name", ""))
        begun = await run_in_threadpool(services.throttle.begin, name, address_of(request))
        if begun.wait:
            return waiting(services, request, begun.wait)
        account = await services.passwords.holder(name, form.get("password", ""))
        return await run_in_threadpool(_judged, services, request, form, begun, account)

    @router.post("/sign-out")
    def sign_out(request: Request) -> Response:
        services.audit.record(account_of(request), "signed_out", address=address_of(request))
        response = RedirectResponse("/sign-in", 303)
        services.sessions.sign_out(response, request.scope)
        return response

    return router


def sign_in_page(
    services: Services, request: Request, status: int = 200, problem: str = "", name: str = ""
) -> Response:
    """The page with every way of signing in that there is; `problem` says why the last try failed."""
    with_password, provider = services.passwords.exist(), provider_name(services)
    if problem and not wants_page(request.scope):
        return message(request.scope, status, problem)
    if not with_password and not provider:
        return message(request.scope, status, texts.SIGN_IN_NEEDED, COMMAND)
    page = render(
        "sign_in.html", problem=problem, name=name, with_password=with_password, provider=provider, command=COMMAND
    )
    return HTMLResponse(page, status)


def provider_name(services: Services) -> str:
    """What the OIDC provider is called on the screen; "" where there is none."""
    return (services.settings.oidc_name or account_texts.PROVIDER) if services.oidc.offered else ""


def entered(services: Services, request: Request, account_id: str, how: str) -> Response:
    """Signs the browser of a request in, and sends it to the conversations. `how` is for the audit log."""
    services.audit.record(account_id, "signed_in", account_id, address_of(request), {"how": how})
    response = RedirectResponse("/", 303)
    services.sessions.sign_in(response, account_id, request.scope)
    return response


def wait_text(wait: float) -> str:
    """How long somebody has to wait, in words."""
    left = seconds(wait)
    if left <= MINUTE:
        return account_texts.WAIT_SECONDS.format(wait=left)
    return account_texts.WAIT_MINUTES.format(wait=-(-left // MINUTE))


def waiting(services: Services, request: Request, wait: float) -> Response:
    """The answer to a try that comes too soon."""
    response = sign_in_page(services, request, 429, wait_text(wait))
    response.headers["retry-after"] = str(seconds(wait))
    return response


def _link_page(services: Services, request: Request, token: str, problem: str = "") -> Response:
    """The button, and for somebody who has a password, fields for a new one: it may be why the link was asked for."""
    account_id = services.links.is_good(token)
    if account_id is None:
        return message(request.scope, 410, texts.SIGN_IN_USED, COMMAND)
    has_password = services.passwords.has_one(account_id)
    page = render("sign_in_link.html", token=token, has_password=has_password, problem=problem, shortest=SHORTEST)
    return HTMLResponse(page, 422 if problem else 200)


async def _by_link(services: Services, request: Request, form: Mapping[str, str]) -> Response:
    """Signs in with a link, and keeps the new password that came with it, if one did."""
    token, hashed = form["token"], ""
    account_id = await run_in_threadpool(services.links.is_good, token) or ""
    has_password = await run_in_threadpool(services.passwords.has_one, account_id)
    if has_password and form.get("password"):
        account = await run_in_threadpool(services.accounts.get, account_id)
        problem = password_problem(form, account.name, account.shown_name)
        if problem:
            return await run_in_threadpool(_link_page, services, request, token, problem)
        hashed = await services.passwords.hashed(form["password"])
    return await run_in_threadpool(_used, services, request, token, hashed)


def _used(services: Services, request: Request, token: str, hashed: str) -> Response:
    account_id = services.links.use(token)
    if account_id is None:
        return message(request.scope, 410, texts.SIGN_IN_USED, COMMAND)
    if hashed:
        change_password(services, request, account_id, hashed)
    return entered(services, request, account_id, "link")


def change_password(services: Services, request: Request, account_id: str, hashed: str) -> None:
    """Keeps another password and ends every other session and link: whoever knew the old one is out."""
    services.passwords.keep(account_id, hashed)
    services.links.end_all(account_id)
    services.sessions.end_all(account_id, but=request.state.session)
    services.audit.record(account_id, "password_changed", account_id, address_of(request))


def _judged(
    services: Services, request: Request, form: Mapping[str, str], begun: Try, account: Account | None
) -> Response:
    """What comes of a password; one that is wrong is told apart from a wrong name by nobody."""
    if account is not None:
        services.throttle.succeeded(begun)
        return entered(services, request, account.id, "password")
    meant = services.accounts.by_name(begun.name)
    services.audit.record("", "sign_in_failed", meant.id if meant else "", address_of(request))
    return sign_in_page(services, request, 401, account_texts.WRONG, form.get("name", ""))
