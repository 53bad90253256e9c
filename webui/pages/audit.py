"""The audit log: searching it by person, action and time, checking its seals, and taking it away. For owners only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, get_args

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from webui.accounts.gate import address_of
from webui.accounts.naming import told_apart
from webui.audit import Action, Checked, Wanted
from webui.audit_reading import Named, day_end, day_start, json_lines, named
from webui.filename import visible
from webui.moment import moment_text
from webui.pages.form import Form
from webui.pages.people import acting
from webui.pages.render import render
from webui.services import Services
from webui.texts import audit_texts, texts

SHOWN = 50
MOST_ROWS = 2**31 - 1

OF_THINGS_WITH_NAMES = {
    "suspended", "restored", "role_changed", "link_made",
    "group_made", "group_renamed", "group_deleted", "group_joined", "group_left",
    "collection_made", "collection_renamed", "suggestions_changed", "collection_deleted", "granted", "grant_revoked",
    "uploaded", "document_moved", "document_deleted", "downloaded", "glossary_changed",
}  # fmt: skip
"""Where a name is missing, it is said why; keys, shares and conversations are never named to others."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the page shows it."""

    number: int
    action: str
    subject: str
    facts: tuple[str, ...]


def routes(services: Services) -> APIRouter:
    """`GET /audit?person=&action=&since=&until=&first=&check=`, days as 2026-11-21; `POST /audit/download`."""
    router = APIRouter()

    @router.get("/audit")
    def audit(
        request: Request,
        first: Annotated[int, Query(ge=0, le=MOST_ROWS)] = 0,
        check: str = "",
    ) -> HTMLResponse:
        actor, asked = acting(services, request, "read_audit"), _asked(dict(request.query_params))
        wanted = _wanted(asked)
        entries = services.audit.entries(wanted, first, SHOWN)
        found = named(services.engine, entries, services.permissions.readable(actor.id))
        people = sorted((name, one) for one, name in told_apart(services.people.all()).items())
        page = render(
            "audit.html",
            rows=[_row(one) for one in found],
            total=services.audit.count(wanted),
            first=first,
            step=SHOWN,
            asked=asked,
            people=people,
            actions=sorted((audit_texts.ACTIONS[action], action) for action in get_args(Action)),
            checked=_told(services.audit.check()) if check else None,
        )
        return HTMLResponse(page)

    @router.post("/audit/download")
    def download(request: Request, form: Form) -> Response:
        actor = acting(services, request, "read_audit")
        services.audit.record(actor.id, "audit_exported", "", address_of(request))
        lines = json_lines(services.audit, _wanted(_asked(form)), services.permissions.readable(actor.id))
        headers = {"content-disposition": 'attachment; filename="darash-audit.jsonl"'}
        return StreamingResponse(lines, media_type="application/x-ndjson", headers=headers)

    return router


def _asked(said: Mapping[str, str]) -> dict[str, str]:
    """What is asked for, as the form holds it."""
    return {name: visible(said.get(name, "")) for name in ("person", "action", "since", "until")}


def _wanted(asked: Mapping[str, str]) -> Wanted:
    """The rows that are asked for; a date that is none asks for nothing."""
    return Wanted(asked["person"], asked["action"], day_start(asked["since"]), day_end(asked["until"]))


def _row(one: Named) -> Row:
    entry = one.entry
    actor = visible(one.actor) or (audit_texts.SOMEBODY if entry.actor_id else audit_texts.NOBODY)
    subject = visible(one.subject) if entry.subject != entry.actor_id else ""
    if entry.subject and not one.subject and entry.action in OF_THINGS_WITH_NAMES:
        subject = audit_texts.WITHOUT_NAME
    details = [_detail(key, entry.detail[key], one) for key in audit_texts.DETAILS if key in entry.detail]
    address = (audit_texts.FROM.format(address=entry.address),) if entry.address else ()
    action = audit_texts.ACTIONS.get(entry.action, entry.action)
    return Row(entry.number, action, subject, (actor, moment_text(entry.at), *details, *address))


def _detail(key: str, value: str, one: Named) -> str:
    """A detail in words: codes of roles and levels by what the screen calls them, an id by the person's name."""
    if key in ("account", "group", "collection"):
        value = visible(one.whom) or audit_texts.GONE
    else:
        codes = {"level": audit_texts.LEVELS, "how": audit_texts.WAYS}.get(key, texts.ROLES)
        value = codes.get(value, value)
    return audit_texts.DETAILS[key].format(value=value)


def _told(checked: Checked) -> tuple[bool, str, str]:
    """Whether the log is whole, the sentence that says so, and the last seal."""
    if checked.broken_at:
        return False, audit_texts.BROKEN.format(number=checked.broken_at), ""
    return True, audit_texts.WHOLE.format(rows=checked.rows), checked.last
