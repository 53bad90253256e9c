"""The people of the team: who they are, inviting, and changing their standing. `removal.py` deletes them.

Members and guests find nothing here; what a manager may see but not do is refused with a sentence.
"""

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from indexes.database import now
from indexes.errors import NotFound
from webui.accounts.account import Account, shown_name
from webui.accounts.gate import account_of, address_of
from webui.accounts.people import LastOwner
from webui.accounts.roles import Deed, may
from webui.accounts.sign_in import LINK_SECONDS
from webui.api.field import Id
from webui.audit import Action
from webui.moment import moment_text
from webui.pages.form import Form
from webui.pages.message import message
from webui.pages.people_view import ORDER, NewLink, person_page, team_page
from webui.services import Services
from webui.texts import people_texts

DAY = 86400.0

Change = Literal["suspend", "restore", "role", "link"]
DEEDS: dict[Change, Deed] = {"suspend": "suspend", "restore": "restore", "role": "change_role", "link": "make_link"}
DONE: dict[Change, tuple[Action, str]] = {
    "suspend": ("suspended", "suspended"),
    "restore": ("restored", "restored"),
    "role": ("role_changed", "role"),
    "link": ("link_made", ""),
}
"""What the audit log calls a change, and which sentence says that it is done."""


def routes(services: Services) -> APIRouter:
    """`GET /team`, `GET /team/ID`, `POST /team/ID/CHANGE`, and to `/team/invite` and `/team/invitations/ID/revoke`."""
    router = APIRouter()

    @router.get("/team")
    def team(request: Request, done: str = "") -> Response:
        return HTMLResponse(team_page(services, acting(services, request, "see_team"), done=done))

    _add_invitations(router, services)
    _add_person(router, services)
    return router


def _add_invitations(router: APIRouter, services: Services) -> None:
    @router.post("/team/invite")
    def invite(request: Request, form: Form) -> Response:
        actor = acting(services, request, "see_team")
        name, role, days = shown_name(form.get("name", "")), form.get("role", ""), form.get("days", "")
        if role not in ORDER or days not in map(str, people_texts.DAYS):
            raise HTTPException(422)
        if not may(actor.role, "invite", role):
            return message(request.scope, 403, people_texts.NOT_ALLOWED)
        made, link = services.invitations.new(actor.id, role, name, services.settings.address, int(days) * DAY)
        services.audit.record(actor.id, "invited", made.id, address_of(request), {"role": role})
        how = people_texts.INVITED_HOW.format(name=name or people_texts.SOMEBODY, moment=moment_text(made.expires_at))
        new = NewLink(people_texts.INVITED, how, people_texts.INVITE_LINK, link)
        return HTMLResponse(team_page(services, actor, new=new))

    @router.post("/team/invitations/{invitation_id}/revoke")
    def revoke(request: Request, invitation_id: Id) -> Response:
        actor = acting(services, request, "see_team")
        found = [one for one in services.invitations.pending() if one.id == invitation_id]
        if not found:
            raise NotFound(f"no invitation {invitation_id!r}")
        if not may(actor.role, "revoke_invitation", found[0].role):
            return message(request.scope, 403, people_texts.NOT_ALLOWED)
        services.invitations.revoke(invitation_id)
        services.audit.record(actor.id, "invitation_revoked", invitation_id, address_of(request))
        return RedirectResponse("/team?done=revoked", 303)


def _add_person(router: APIRouter, services: Services) -> None:
    @router.get("/team/{account_id}")
    def person(request: Request, account_id: Id, done: str = "") -> Response:
        actor = acting(services, request, "see_team")
        return HTMLResponse(person_page(services, actor, services.accounts.get(account_id), done=done))

    @router.post("/team/{account_id}/{change}")
    def change(request: Request, account_id: Id, change: Change, form: Form) -> Response:
        actor = acting(services, request, "see_team")
        whom = services.accounts.get(account_id)
        if refusal := refused(services, request, actor, DEEDS[change], whom):
            return refusal
        try:
            link, detail = _do(services, change, whom, form.get("role", ""))
        except LastOwner:
            return message(request.scope, 403, people_texts.LAST_OWNER)
        action, done = DONE[change]
        services.audit.record(actor.id, action, whom.id, address_of(request), detail)
        if link:
            return HTMLResponse(person_page(services, actor, whom, new=link))
        return RedirectResponse(f"/team/{whom.id}?done={done}", 303)


def acting(services: Services, request: Request, deed: Deed) -> Account:
    """Who is asking, if their role lets them do that to anybody at all. Raises `NotFound`."""
    actor = services.accounts.get(account_of(request))
    if not may(actor.role, deed):
        raise NotFound(f"{actor.id} may not {deed}")
    return actor


def refused(services: Services, request: Request, actor: Account, deed: Deed, whom: Account) -> Response | None:
    """Why `actor` may not do that to `whom`, as an answer; None where they may."""
    last_owner = services.people.is_last_owner(whom.id)
    if may(actor.role, deed, whom.role, last_owner=last_owner):
        if deed == "make_link" and whom.suspended_at is not None:
            return message(request.scope, 409, people_texts.IS_SUSPENDED)
        return None
    is_last = last_owner and may(actor.role, deed, whom.role)
    return message(request.scope, 403, people_texts.LAST_OWNER if is_last else people_texts.NOT_ALLOWED)


def _do(services: Services, change: Change, whom: Account, role: str) -> tuple[NewLink | None, dict[str, str]]:
    """Makes the change. Returns the link, where one was made, and what the audit log is told beside who and what."""
    if change == "suspend":
        services.people.suspend(whom.id)
    elif change == "restore":
        services.people.restore(whom.id)
    elif change == "role":
        if role not in ORDER:
            raise HTTPException(422)
        services.people.give_role(whom.id, role)
        return None, {"role": role, "before": whom.role}
    else:
        link = services.links.new(whom.id, services.settings.address)
        how = people_texts.LINK_HOW.format(moment=moment_text(now() + LINK_SECONDS))
        return NewLink(people_texts.LINK_MADE, how, people_texts.LINK, link), {}
    return None, {}
