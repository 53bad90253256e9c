"""One's own account: names, password, and signing out on all devices."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.exc import IntegrityError

from webui.accounts.account import LOCAL_NAME, Account, shown_name, sign_in_name
from webui.accounts.gate import account_of, address_of
from webui.accounts.throttle import seconds
from webui.accounts.weakness import SHORTEST
from webui.pages.chosen import names_problem, password_problem
from webui.pages.form import Form
from webui.pages.render import render
from webui.pages.sign_in import change_password, provider_name, wait_text
from webui.services import Services
from webui.texts import account_texts


def routes(services: Services) -> APIRouter:
    """`GET /account`; `POST` to `/account/names`, `/account/password` and `/account/sign-out-everywhere`."""
    router = APIRouter(prefix="/account")

    @router.get("")
    def show(request: Request, done: str = "") -> Response:
        return _page(services, request, notice=account_texts.DONE.get(done, ""))

    @router.post("/names")
    def names(request: Request, form: Form) -> Response:
        problem = names_problem(form)
        if problem:
            return _page(services, request, 422, problem, form)
        try:
            services.accounts.rename(account_of(request), sign_in_name(form["name"]), shown_name(form["shown_name"]))
        except IntegrityError:
            return _page(services, request, 422, account_texts.NAME_TAKEN, form)
        services.audit.record(account_of(request), "names_changed", account_of(request), address_of(request))
        return RedirectResponse("/account?done=names", 303)

    @router.post("/password")
    async def password(request: Request, form: Form) -> Response:
        refusal = await _refused(services, request, form)
        if refusal is not None:
            return refusal
        hashed = await services.passwords.hashed(form["password"])
        await run_in_threadpool(change_password, services, request, account_of(request), hashed)
        return RedirectResponse("/account?done=password", 303)

    @router.post("/sign-out-everywhere")
    def sign_out_everywhere(request: Request) -> Response:
        services.audit.record(account_of(request), "signed_out", address=address_of(request), detail={"of": "all"})
        services.sessions.end_all(account_of(request))
        services.links.end_all(account_of(request))
        response = RedirectResponse("/sign-in", 303)
        services.sessions.sign_out(response, request.scope)
        return response

    return router


async def _refused(services: Services, request: Request, form: Mapping[str, str]) -> Response | None:
    """Why a password may not be changed so, as an answer; None if it may be.

    Whoever sits down at somebody's open browser does not know the old one, and may not try it out either.
    """
    account: Account = request.state.account
    if account.subject or account.name == LOCAL_NAME:
        return await run_in_threadpool(_page, services, request, 422, account_texts.NAME_FIRST)
    problem = password_problem(form, account.name, account.shown_name)
    if problem or not await run_in_threadpool(services.passwords.has_one, account.id):
        return await run_in_threadpool(_page, services, request, 422, problem) if problem else None
    begun = await run_in_threadpool(services.throttle.begin, account.name, address_of(request))
    if begun.wait:
        response = await run_in_threadpool(_page, services, request, 429, wait_text(begun.wait))
        response.headers["retry-after"] = str(seconds(begun.wait))
        return response
    if not await services.passwords.is_right(account.id, form.get("old", "")):
        return await run_in_threadpool(_page, services, request, 422, account_texts.PASSWORD_WRONG)
    await run_in_threadpool(services.throttle.succeeded, begun)
    return None


def _page(
    services: Services,
    request: Request,
    status: int = 200,
    problem: str = "",
    form: Mapping[str, str] | None = None,
    notice: str = "",
) -> Response:
    """The page as things stand, or with what was filled in."""
    account = services.accounts.get(account_of(request))
    nameless = account.name == LOCAL_NAME
    page = render(
        "account.html",
        problem=problem,
        notice=notice,
        name=form.get("name", "") if form else "" if nameless else account.name,
        shown_name=form.get("shown_name", "") if form else account.shown_name,
        nameless=nameless,
        provider=(provider_name(services) or account_texts.PROVIDER) if account.subject else "",
        has_password=services.passwords.has_one(account.id),
        shortest=SHORTEST,
    )
    return HTMLResponse(page, status)
