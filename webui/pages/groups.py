"""The groups of the team: making, naming, deleting them, and who is in them. Members and guests find nothing here."""

from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from indexes.errors import NotFound
from webui.accounts.account import Account
from webui.accounts.gate import address_of
from webui.accounts.group import LONGEST_NAME, Group, NameTaken
from webui.accounts.naming import told_apart
from webui.api.field import Id
from webui.audit import Action
from webui.filename import visible
from webui.pages.form import Form
from webui.pages.message import message
from webui.pages.people import acting
from webui.pages.render import render
from webui.services import Services
from webui.texts import people_texts

Change = Literal["rename", "add", "remove", "delete"]
DONE: dict[Change, tuple[Action, str]] = {
    "rename": ("group_renamed", "renamed"),
    "add": ("group_joined", "joined"),
    "remove": ("group_left", "left"),
    "delete": ("group_deleted", "deleted"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a group; `by_claim` where the OIDC provider says so."""

    id: str
    name: str
    suspended: bool
    by_claim: bool


def routes(services: Services) -> APIRouter:
    """`GET` and `POST /groups`, `GET /groups/ID`, `POST /groups/ID/CHANGE`."""
    router = APIRouter()

    @router.get("/groups")
    def groups(request: Request, done: str = "") -> Response:
        acting(services, request, "keep_groups")
        return HTMLResponse(_list(services, done))

    @router.post("/groups")
    def make(request: Request, form: Form) -> Response:
        actor = acting(services, request, "keep_groups")
        try:
            group = services.groups.create(visible(form.get("name", "")))
        except NameTaken:
            return HTMLResponse(_list(services, problem=_taken()), 422)
        services.audit.record(actor.id, "group_made", group.id, address_of(request))
        return RedirectResponse(f"/groups/{group.id}?done=made", 303)

    @router.get("/groups/{group_id}")
    def group(request: Request, group_id: Id, done: str = "") -> Response:
        actor = acting(services, request, "keep_groups")
        return HTMLResponse(_one(services, actor, services.groups.get(group_id), done))

    @router.post("/groups/{group_id}/{change}")
    def change(request: Request, group_id: Id, change: Change, form: Form) -> Response:
        actor, group = acting(services, request, "keep_groups"), services.groups.get(group_id)
        person = form.get("person", "")
        if change == "add" and not _may_add(actor, person):
            return message(request.scope, 403, people_texts.NOT_ONESELF)
        try:
            _do(services, group, change, person, form.get("name", ""))
        except NameTaken:
            return HTMLResponse(_one(services, actor, group, problem=_taken()), 422)
        action, done = DONE[change]
        detail = {"account": person} if change in ("add", "remove") else {}
        services.audit.record(actor.id, action, group.id, address_of(request), detail)
        there = "/groups" if change == "delete" else f"/groups/{group.id}"
        return RedirectResponse(f"{there}?done={done}", 303)

    return router


def _taken() -> str:
    return people_texts.GROUP_TAKEN.format(most=LONGEST_NAME)


def _do(services: Services, group: Group, change: Change, person: str, name: str) -> None:
    if change == "rename":
        services.groups.rename(group.id, visible(name))
    elif change == "delete":
        services.groups.delete(group.id)
    elif person not in {one.id for one in services.people.all()}:
        raise NotFound(f"no account {person!r}")
    else:
        (services.groups.add if change == "add" else services.groups.remove)(group.id, person)


def _list(services: Services, done: str = "", problem: str = "") -> str:
    counts = services.groups.counts()
    groups = [(group, counts.get(group.id, 0)) for group in services.groups.all()]
    notice = people_texts.GROUP_DONE.get(done, "")
    return render("groups.html", groups=groups, notice=notice, problem=problem, longest=LONGEST_NAME)


def _may_add(actor: Account, account_id: str) -> bool:
    """Whether somebody may put that person into groups: nobody himself, to read what was opened to one.

    Owners may: they could enter any account anyway.
    """
    return actor.role == "owner" or actor.id != account_id


def _one(services: Services, actor: Account, group: Group, done: str = "", problem: str = "") -> str:
    inside, claimed = services.groups.members(group.id), services.groups.claimed(group.id)
    everybody = services.people.all()
    names = told_apart(everybody)
    members = [Member(one.id, names[one.id], one.suspended_at is not None, one.id in claimed) for one in inside]
    known = {member.id for member in members}
    others = [(one.id, names[one.id]) for one in everybody if one.id not in known and _may_add(actor, one.id)]
    return render(
        "group.html",
        group=group,
        members=sorted(members, key=lambda member: member.name),
        others=sorted(others, key=lambda other: other[1]),
        notice=people_texts.GROUP_DONE.get(done, ""),
        problem=problem,
        has_provider=bool(services.settings.oidc_issuer),
        longest=LONGEST_NAME,
    )
