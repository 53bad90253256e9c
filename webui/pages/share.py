"""Sharing a conversation: by a secret link or with teammates, what is shared, and taking it back. Asks who may."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from webui.accounts.gate import account_of, address_of
from webui.accounts.naming import told_apart
from webui.conversations import Conversation
from webui.filename import visible
from webui.moment import day_text
from webui.pages.collections_view import GROUP, PERSON
from webui.pages.form import Form
from webui.pages.render import render
from webui.services import Services
from webui.sharing.share import DAYS, Share
from webui.sharing.snapshot import Snapshot, taken
from webui.texts import sharing_texts, texts

NO_STORE = {"cache-control": "no-store"}


def routes(services: Services) -> APIRouter:
    """`GET` and `POST /share/CONVERSATION`, `GET /shares`, `POST /shares/ID/revoke`."""
    router = APIRouter()

    @router.get("/share/{conversation_id}")
    def dialog(request: Request, conversation_id: str, revoked: bool = False) -> Response:
        conversation = services.conversations.get(account_of(request), conversation_id)
        notice = sharing_texts.REVOKED if revoked else ""
        return HTMLResponse(_dialog(services, conversation, notice=notice), headers=NO_STORE)

    @router.post("/share/{conversation_id}")
    def share(request: Request, conversation_id: str, form: Form) -> Response:
        account_id = account_of(request)
        conversation = services.conversations.get(account_id, conversation_id)
        if _is_guest(services, account_id):
            return HTMLResponse(_dialog(services, conversation, problem=sharing_texts.NOT_FOR_GUESTS), 403)
        return _share(services, conversation, form, address_of(request))

    @router.get("/shares")
    def shares(request: Request) -> Response:
        account_id = account_of(request)
        page = render(
            "shares.html",
            made=services.shares.made_by(account_id),
            opened=services.shares.opened_to(account_id),
            may_share=not _is_guest(services, account_id),
            day_text=day_text,
        )
        return HTMLResponse(page, headers=NO_STORE)

    @router.post("/shares/{share_id}/revoke")
    def revoke(request: Request, share_id: str) -> Response:
        taken_back = services.shares.revoke(account_of(request), share_id)
        services.audit.record(account_of(request), "share_revoked", taken_back.id, address_of(request))
        return RedirectResponse(f"/share/{taken_back.conversation_id}?revoked=true", 303)

    return router


def _is_guest(services: Services, account_id: str) -> bool:
    return services.accounts.get(account_id).role == "guest"


def _share(services: Services, conversation: Conversation, form: dict[str, str], address: str) -> Response:
    """Takes a snapshot, shares it as the form says, and shows the link, which nobody can be shown again."""
    days, with_passages = form.get("days", ""), "passages" in form
    snapshot = taken(services.conversations.turns(conversation.account_id, conversation.id), with_passages)
    if days not in map(str, DAYS) or not _has_answer(snapshot):
        return HTMLResponse(_dialog(services, conversation, problem=texts.BAD_REQUEST), 422)
    if form.get("how") == "link":
        share, token = services.shares.by_link(conversation, snapshot, with_passages, int(days))
        link = f"{services.settings.address}/shared/{token}"
        _record(services, share, "link", address)
        return HTMLResponse(_dialog(services, conversation, link=link), headers=NO_STORE)
    person_ids, group_ids = (
        {name.removeprefix(kind) for name in form if name.startswith(kind)} for kind in (PERSON, GROUP)
    )
    person_ids &= {person.id for person in services.people.all() if not person.suspended_at}
    group_ids &= {group.id for group in services.groups.all()}
    if not person_ids and not group_ids:
        return HTMLResponse(_dialog(services, conversation, problem=sharing_texts.CHOOSE_SOMEBODY), 422)
    share = services.shares.with_team(conversation, snapshot, with_passages, int(days), person_ids, group_ids)
    _record(services, share, "team", address)
    return RedirectResponse(f"/share/{conversation.id}#made", 303)


def _record(services: Services, share: Share, how: str, address: str) -> None:
    detail = {
        "how": how,
        "passages": str(share.with_passages).lower(),
        "until": date.fromtimestamp(share.expires_at).isoformat(),
    }
    services.audit.record(share.account_id, "shared", share.id, address, detail)


def _has_answer(snapshot: Snapshot) -> bool:
    return any(turn.role == "assistant" for turn in snapshot)


def _dialog(
    services: Services, conversation: Conversation, *, link: str = "", notice: str = "", problem: str = ""
) -> str:
    account_id = conversation.account_id
    people = [person for person in services.people.all() if person.id != account_id and not person.suspended_at]
    turns = services.conversations.turns(account_id, conversation.id)
    return render(
        "share.html",
        conversation_id=conversation.id,
        title=visible(conversation.title) or texts.UNTITLED,
        can_share=not _is_guest(services, account_id),
        is_empty=not _has_answer(taken(turns, True)),
        people=[(PERSON + person_id, name) for person_id, name in told_apart(people).items()],
        groups=[(GROUP + group.id, group.name) for group in services.groups.all()],
        days=DAYS,
        made=services.shares.made_by(account_id, conversation.id),
        day_text=day_text,
        link=link,
        notice=notice,
        problem=problem,
    )
