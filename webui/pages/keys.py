"""The page of one's API keys: making one, which is shown once, the list, and revoking. Guests have none."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from indexes.errors import NotFound
from webui.accounts.account import Account
from webui.accounts.api_key import LONGEST_NAME, MOST_KEYS, SCOPES, ApiKey, Scope, TooManyKeys
from webui.accounts.gate import account_of, address_of
from webui.filename import visible
from webui.moment import day_text
from webui.pages.form import Form
from webui.pages.render import render
from webui.services import Services
from webui.texts import key_texts, texts

DAY = 86400.0
USUAL_DAYS = 90
USUAL_SCOPES: tuple[Scope, ...] = ("read", "ask")


@dataclass(frozen=True, slots=True)
class Row:
    """A key as the list shows it; `ended` is why it is not good any more, or ""."""

    id: str
    name: str
    scopes: str
    facts: tuple[str, ...]
    ended: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form."""

    name: str = ""
    scopes: tuple[Scope, ...] = USUAL_SCOPES
    days: int = USUAL_DAYS


def routes(services: Services) -> APIRouter:
    """`GET` and `POST /keys`, `POST /keys/ID/revoke`."""
    router = APIRouter()
    keys = services.keys

    @router.get("/keys")
    def listed(request: Request) -> Response:
        return HTMLResponse(_drawn(services, _holder(services, request)))

    @router.post("/keys")
    def make(request: Request, form: Form) -> Response:
        account, typed = _holder(services, request), _typed(form)
        try:
            key, secret = keys.new(account.id, typed.name, typed.scopes, typed.days * DAY)
        except (ValueError, TooManyKeys) as error:
            code = "too_many" if isinstance(error, TooManyKeys) else "not_valid"
            problem = key_texts.REFUSED[code].format(most=MOST_KEYS)
            return HTMLResponse(_drawn(services, account, typed, problem=problem), 422)
        services.audit.record(account.id, "key_made", key.id, address_of(request))
        page = _drawn(services, account, made=key.name, secret=secret)
        return HTMLResponse(page, headers={"cache-control": "no-store"})

    @router.post("/keys/{key_id}/revoke")
    def revoke(request: Request, key_id: str) -> Response:
        account = _holder(services, request)
        key = keys.revoke(account.id, key_id)
        services.audit.record(account.id, "key_revoked", key.id, address_of(request))
        return RedirectResponse("/keys", 303)

    return router


def _holder(services: Services, request: Request) -> Account:
    """Whoever asks, if keys are for them. Raises `NotFound` for a guest."""
    account = services.accounts.get(account_of(request))
    if account.role == "guest":
        raise NotFound("guests have no keys")
    return account


def _typed(form: dict[str, str]) -> Typed:
    days = form.get("days", "")
    return Typed(
        visible(form.get("name", "")),
        tuple(scope for scope in SCOPES if f"scope-{scope}" in form),
        int(days) if days in map(str, key_texts.LIFETIMES) else USUAL_DAYS,
    )


def _drawn(
    services: Services,
    account: Account,
    typed: Typed = Typed(),
    *,
    problem: str = "",
    made: str = "",
    secret: str = "",
) -> str:
    keys = sorted(services.keys.of(account.id), key=lambda key: not key.good)
    return render(
        "keys.html",
        rows=[_row(key) for key in keys],
        typed=typed,
        longest=LONGEST_NAME,
        problem=problem,
        made=made,
        secret=secret,
        address=f"{services.settings.address}/v1",
    )


def _row(key: ApiKey) -> Row:
    ended = "" if key.good else key_texts.ENDED if key.revoked_at is None else key_texts.REVOKED
    used = key_texts.USED_ON.format(day=day_text(key.used_at)) if key.used_at else key_texts.NEVER_USED
    until = () if ended else (key_texts.ENDS_ON.format(day=day_text(key.expires_at)),)
    scopes = texts.LIST_COMMA.join(key_texts.SCOPES_SHORT[scope] for scope in SCOPES if scope in key.scopes)
    return Row(key.id, key.name, scopes, (key_texts.MADE_ON.format(day=day_text(key.created_at)), *until, used), ended)
