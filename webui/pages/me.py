"""The menu of the person who is signed in, as a part of every page: who they are, and where they may go."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from webui.accounts.account import Account, Role
from webui.accounts.naming import name_of
from webui.pages.render import render
from webui.services import Services
from webui.texts import texts

EVERYBODY: tuple[Role, ...] = ("owner", "manager", "member", "guest")
LINKS: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("/account", texts.MY_ACCOUNT, EVERYBODY),
    ("/collections", texts.MY_COLLECTIONS, EVERYBODY),
    ("/shares", texts.MY_SHARES, EVERYBODY),
    ("/keys", texts.MY_KEYS, ("owner", "manager", "member")),
    ("/team", texts.TEAM, ("owner", "manager")),
    ("/groups", texts.GROUPS, ("owner", "manager")),
    ("/audit", texts.AUDIT, ("owner",)),
)
"""Address, name, and the roles to which a page is offered. Who may open it, the page itself decides."""


def routes(_: Services) -> APIRouter:
    """`GET /me`."""
    router = APIRouter()

    @router.get("/me")
    def me(request: Request) -> Response:
        account: Account = request.state.account
        links = [(address, label) for address, label, roles in LINKS if account.role in roles]
        return HTMLResponse(render("me.html", account=account, name=name_of(account), links=links))

    return router
