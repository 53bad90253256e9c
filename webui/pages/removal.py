"""Deleting a person: a page that says what will go and what stays, and the deletion."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from webui.accounts.account import Account
from webui.accounts.gate import address_of
from webui.accounts.naming import told_apart
from webui.accounts.people import LastOwner
from webui.api.field import Id
from webui.leaving import Belongings
from webui.pages.form import Form
from webui.pages.message import message
from webui.pages.people import acting, refused
from webui.pages.render import render
from webui.services import Services
from webui.texts import people_texts


def routes(services: Services) -> APIRouter:
    """`GET` and `POST /team/ID/delete`.

    The form says what becomes of the collections that nobody else owns: `collections` is `hand` with a `successor`,
    `delete`, or `none` where there were none.
    """
    router = APIRouter()

    @router.get("/team/{account_id}/delete")
    def ask(request: Request, account_id: Id) -> Response:
        actor, whom = acting(services, request, "delete"), services.accounts.get(account_id)
        if refusal := refused(services, request, actor, "delete", whom):
            return refusal
        names = told_apart(services.people.all())
        successors = [(one.id, names[one.id]) for one in services.leaving.successors(whom.id)]
        belongings = services.leaving.belongings(whom.id)
        page = render(
            "removal.html",
            id=whom.id,
            name=names[whom.id],
            going=_going(belongings),
            has_collections=bool(belongings.collections),
            successors=successors,
        )
        return HTMLResponse(page)

    @router.post("/team/{account_id}/delete")
    def delete(request: Request, account_id: Id, form: Form) -> Response:
        actor, whom = acting(services, request, "delete"), services.accounts.get(account_id)
        if refusal := refused(services, request, actor, "delete", whom):
            return refusal
        choice, successor = form.get("collections", ""), form.get("successor", "")
        if choice not in ("hand", "delete", "none") or (choice == "hand" and not successor):
            raise HTTPException(422)
        if choice == "none" and services.leaving.belongings(whom.id).collections:
            return RedirectResponse(f"/team/{whom.id}/delete", 303)  # made since the page was shown
        successor = successor if choice == "hand" else ""
        try:
            gone = services.leaving.leave(whom.id, successor)
        except LastOwner:
            return message(request.scope, 403, people_texts.LAST_OWNER)
        _record(services, request, actor, whom, gone, successor)
        return RedirectResponse("/" if actor.id == whom.id else "/team?done=deleted", 303)

    return router


def _going(belongings: Belongings) -> list[str]:
    """What will go, a line each. Collections are only counted: they may be closed to whoever reads this."""

    def line(count: int, said: tuple[str, str], frame: str = "{what}") -> list[str]:
        what = said[0] if count == 1 else said[1].format(count=count)
        return [frame.format(what=what)] if count else []

    return [
        *line(belongings.conversations, people_texts.GOES_CONVERSATIONS),
        *line(belongings.shares, people_texts.GOES_SHARES),
        *line(belongings.keys, people_texts.GOES_KEYS),
        *line(len(belongings.collections), people_texts.GOES_COLLECTIONS, people_texts.UP_TO_YOU),
        *line(belongings.documents, people_texts.GOES_DOCUMENTS, people_texts.UP_TO_YOU),
    ]


def _record(
    services: Services, request: Request, actor: Account, whom: Account, gone: Belongings, successor: str
) -> None:
    address = address_of(request)
    services.audit.record(actor.id, "person_deleted", whom.id, address)
    for collection in gone.collections:
        if successor:
            detail = {"account": successor, "level": "owner"}
            services.audit.record(actor.id, "granted", collection.id, address, detail)
        else:
            services.audit.record(actor.id, "collection_deleted", collection.id, address)
