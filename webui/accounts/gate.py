"""The gate: finds out who is asking, and lets nobody in who is not signed in, whatever the path.

A path is closed unless it stands in `OPEN`, so a new route is never open by accident. A browser has a session and sees
everything of its person; a program has an API key, which opens the API and there only what its scopes name.
"""

import asyncio
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webui.accounts.account import Account, Accounts
from webui.accounts.api_key import ApiKeys
from webui.accounts.api_key import Scope as KeyScope
from webui.accounts.present import asking
from webui.accounts.sessions import Sessions
from webui.accounts.token import digest
from webui.accounts.watch import Watch
from webui.pages.message import message, wants_page
from webui.texts import account_texts, texts

OPEN = ("/sign-in", "/join", "/language", "/health", "/oidc/start", "/oidc/back")
OPEN_FOLDERS = ("/static/", "/shared/")
STATIC = "/static/"

API = ("/api", "/v1", "/mcp")
"""Where API keys count: these paths and what is below them."""

SEARCHING = "/api/search"
"""It only reads, and is a POST because a question does not belong into an address."""

ASKING = ("/api/ask", "/v1/chat/completions", "/mcp")
SAFE = ("GET", "HEAD", "OPTIONS")

CHECK_SECONDS = 1.0
"""How long somebody who has lost access may still be sent, or send, what was begun before."""


def account_of(request: HTTPConnection) -> str:
    """The id of the account that is asking; empty on an open path when nobody is signed in."""
    return str(request.state.account_id)


def address_of(request: HTTPConnection) -> str:
    """Where a request came from, for the audit log and for counting tries; "" where that is not known."""
    return request.client.host if request.client else ""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is asking: `session` tells browsers apart; `scopes` are those of an API key, None for a browser."""

    account: Account | None = None
    session: str = ""
    scopes: frozenset[KeyScope] | None = None


NOBODY = Visitor()


class Gate:
    """ASGI middleware. Leaves `account`, `account_id`, `session` and `scopes` in the state of the request.

    And `signed_in`, which looks up whether who asked still is: for what goes on after the request.
    """

    def __init__(
        self, app: ASGIApp, sessions: Sessions, keys: ApiKeys, accounts: Accounts, every: float = CHECK_SECONDS
    ) -> None:
        self.app = app
        self.every = every
        self.sessions = sessions
        self.keys = keys
        self.accounts = accounts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers it: 303 to the sign-in page for a person, 401 for a script, 403 for a key."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if scope["type"] != "http":
            return  # there are no websockets here
        visitor = NOBODY if path.startswith(STATIC) else await asyncio.to_thread(self._visitor, scope)
        scope.setdefault("state", {}).update(
            account=visitor.account,
            account_id=visitor.account.id if visitor.account else "",
            session=visitor.session,
            scopes=visitor.scopes,
            signed_in=lambda: self._visitor(scope).account is not None,
        )
        with asking(visitor.account):
            await self._judged(visitor, scope, receive, send)

    async def _judged(self, visitor: Visitor, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if visitor.account is None and (path in OPEN or path.startswith(OPEN_FOLDERS)):
            await self.app(scope, receive, send)
        elif visitor.account is None:
            await _turned_away(scope)(scope, receive, send)
        elif visitor.scopes is not None and needed(scope["method"], path) not in visitor.scopes:
            await message(scope, 403, account_texts.KEY_MAY_NOT)(scope, receive, send)
        else:
            await self._watched(scope, receive, send)

    def _visitor(self, scope: Scope) -> Visitor:
        """Who is asking. On the paths of the API a key counts alone, good or not: no cookie helps a bad one."""
        secret = _bearer(scope)
        if secret and in_api(scope["path"]):
            key = self.keys.holder(secret, scope["client"][0] if scope.get("client") else "")
            account = self.accounts.active(key.account_id) if key else None
            return Visitor(account, digest(secret), key.scopes) if key and account else NOBODY
        token = self.sessions.token(scope)
        account = self.sessions.holder(token) if token else None
        return Visitor(account, digest(token)) if account else NOBODY

    async def _watched(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, and ends it when its session, key or account does.

        Whoever sends or is sent something is looked up again when the last look is a second old. So a stream of which
        nothing comes costs nothing, and nothing comes that was not looked up.
        """
        watch = Watch(scope["state"]["signed_in"], self.every)

        async def receive_watched() -> Message:
            event = await receive()
            if event["type"] == "http.request" and not await watch.good():
                return {"type": "http.disconnect"}
            return event

        async def send_watched(event: Message) -> None:
            if watch.ended or not await watch.good():
                return
            watch.note(event)
            await send(event)

        try:
            with watch.work:
                await self.app(scope, receive_watched, send_watched)
        except ClientDisconnect:
            if not watch.ended:
                raise
        if watch.ended and not watch.started:
            await _turned_away(scope)(scope, receive, send)
        elif watch.ended and watch.open_ended:
            await send({"type": "http.response.body", "body": b"", "more_body": False})


def in_api(path: str) -> bool:
    """Whether API keys count on a path."""
    return any(path == root or path.startswith(f"{root}/") for root in API)


def needed(method: str, path: str) -> KeyScope:
    """The scope that a key needs for a request."""
    if method in SAFE or (method == "POST" and path == SEARCHING):
        return "read"
    return "ask" if method == "POST" and path in ASKING else "write"


def _bearer(scope: Scope) -> str:
    """The secret in the Authorization header (RFC 6750, 2.1), or nothing."""
    kind, _, secret = Headers(scope=scope).get("authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""


def _turned_away(scope: Scope) -> ASGIApp:
    if wants_page(scope):
        return RedirectResponse("/sign-in", 303)
    answer = message(scope, 401, texts.NOT_SIGNED_IN)
    if in_api(scope["path"]):
        answer.headers["www-authenticate"] = "Bearer"
    return answer
