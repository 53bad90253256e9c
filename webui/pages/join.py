"""Joining by an invitation: somebody new chooses a name and a password, and is in."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.exc import IntegrityError

from webui.accounts.account import shown_name, sign_in_name
from webui.accounts.gate import account_of, address_of
from webui.accounts.weakness import SHORTEST
from webui.pages.chosen import names_problem, password_problem
from webui.pages.form import Form
from webui.pages.message import message
from webui.pages.render import render
from webui.pages.sign_in import entered
from webui.services import Services
from webui.texts import account_texts


def routes(services: Services) -> APIRouter:
    """`GET /join?token=`, `POST /join`."""
    router = APIRouter()

    @router.get("/join")
    @router.head("/join")
    def show(request: Request, token: str = "") -> Response:
        invitation = services.invitations.is_good(token)
        if invitation is None:
            return message(request.scope, 410, account_texts.JOIN_USED)
        if account_of(request):
            return message(request.scope, 200, account_texts.JOIN_SIGNED_IN)
        return _page({"token": token, "shown_name": invitation.shown_name})

    @router.post("/join")
    async def join(request: Request, form: Form) -> Response:
        if await run_in_threadpool(services.invitations.is_good, form.get("token", "")) is None:
            return message(request.scope, 410, account_texts.JOIN_USED)
        problem = names_problem(form) or password_problem(form, form.get("name", ""), form.get("shown_name", ""))
        if problem:
            return _page(form, 422, problem)
        hashed = await services.passwords.hashed(form["password"])
        return await run_in_threadpool(_joined, services, request, form, hashed)

    return router


def _joined(services: Services, request: Request, form: Mapping[str, str], hashed: str) -> Response:
    name, shown = sign_in_name(form["name"]), shown_name(form["shown_name"])
    try:
        account = services.invitations.use(form["token"], name, shown, hashed)
    except IntegrityError:
        return _page(form, 422, account_texts.NAME_TAKEN)
    if account is None:
        return message(request.scope, 410, account_texts.JOIN_USED)
    services.audit.record(account.id, "joined", account.id, address_of(request), {"role": account.role})
    return entered(services, request, account.id, "invitation")


def _page(form: Mapping[str, str], status: int = 200, problem: str = "") -> Response:
    """The form, with what was filled in except for passwords."""
    kept = {name: form.get(name, "") for name in ("token", "name", "shown_name")}
    return HTMLResponse(render("join.html", **kept, problem=problem, shortest=SHORTEST), status)
