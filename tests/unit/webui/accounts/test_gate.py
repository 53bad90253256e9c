"""The gate: who gets through with what, and how a stream ends when its right does."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

from indexes.database import now
from webui.accounts.account import Account, Accounts, accounts
from webui.accounts.api_key import ApiKeys, Scope
from webui.accounts.gate import Gate, needed
from webui.accounts.sessions import COOKIE, Sessions
from webui.audit import Audit


class World:
    """A gate in front of an app that is told what to do, with one member."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.sessions, self.keys, self.accounts = Sessions(engine, 60), ApiKeys(engine, Audit(engine)), Accounts(engine)
        self.account: Account = self.accounts.create("dana", "", "member")
        self.cookie = self.sessions.start(self.account.id)
        self.state: dict[str, Any] = {}

    def key(self, *scopes: Scope) -> str:
        return self.keys.new(self.account.id, "k", scopes, 60)[1]

    def suspend(self) -> None:
        with self.engine.begin() as connection:
            connection.execute(accounts.update().values(suspended_at=now()))

    async def ask(
        self, method: str, path: str, headers: dict[str, str], app: Callable[..., Any] | None = None, every: float = 0.0
    ) -> list[dict[str, Any]]:
        """What a request is answered; its body comes in two pieces."""

        async def plain(scope, receive, send):
            self.state = dict(scope["state"])
            await Response("in")(scope, receive, send)

        scope = {
            "type": "http", "method": method, "path": path, "query_string": b"", "client": ("10.0.0.1", 1),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }  # fmt: skip
        pieces = [{"type": "http.request", "body": b"x", "more_body": more} for more in (False, True)]
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            if pieces:
                return pieces.pop()
            await asyncio.sleep(3600)
            raise AssertionError

        async def send(event: dict[str, Any]) -> None:
            sent.append(event)

        gate = Gate(app or plain, self.sessions, self.keys, self.accounts, every)
        await asyncio.wait_for(gate(scope, receive, send), 20)
        return sent

    def status(self, method: str, path: str, **headers: str) -> int:
        return int(asyncio.run(self.ask(method, path, headers))[0]["status"])


@pytest.fixture
def world(engine: sa.Engine) -> World:
    """A gate and somebody signed in."""
    return World(engine)


def bearer(secret: str) -> str:
    return f"Bearer {secret}"


def test_a_session_opens_everything_and_says_whose_it_is(world):
    """A cookie leads to the account behind it, without scopes."""
    assert world.status("GET", "/anything", cookie=f"{COOKIE}={world.cookie}") == 200
    assert world.state["account"] == world.account
    assert (world.state["account_id"], world.state["scopes"]) == (world.account.id, None)


@pytest.mark.parametrize(
    "path", ["/sign-in", "/join", "/health", "/oidc/start", "/oidc/back", "/static/x", "/shared/x"]
)
def test_what_is_open_is_open_to_nobody_in_particular(world, path):
    """Open paths are reached without a session, and then nobody is asking."""
    assert world.status("GET", path) == 200
    assert (world.state["account"], world.state["account_id"], world.state["session"]) == (None, "", "")


@pytest.mark.parametrize(
    "path", ["/", "/sign-in/", "/sign-inx", "/shared", "/sharedx/y", "/join/x", "/health/", "/staticx", "/oidc", "//"]
)
def test_what_only_looks_open_is_closed(world, path):
    """Paths beside the open ones are closed."""
    assert world.status("GET", path) == 401


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/api/collections", "read"),
        ("HEAD", "/v1/models", "read"),
        ("GET", "/mcp", "read"),
        ("POST", "/api/ask", "ask"),
        ("POST", "/v1/chat/completions", "ask"),
        ("POST", "/mcp", "ask"),
        ("POST", "/api/documents", "write"),
        ("POST", "/api/ask/x", "write"),
        ("DELETE", "/api/documents/x", "write"),
        ("PUT", "/api/ask", "write"),
        ("DELETE", "/mcp", "write"),
    ],
)
def test_a_key_opens_what_its_scopes_name(world, method, path, scope):
    """Method and path say which scope is needed; a key with all the others is refused with 403."""
    assert needed(method, path) == scope
    assert world.status(method, path, authorization=bearer(world.key(scope))) == 200
    assert world.state["scopes"] == {scope}
    others = {"read", "ask", "write"} - {scope}
    assert world.status(method, path, authorization=bearer(world.key(*others))) == 403


@pytest.mark.parametrize("path", ["/", "/team", "/apix", "/source/x/1", "/gradio_api/queue/join", "/v10", "/mcpx"])
def test_a_key_opens_nothing_but_the_api(world, path):
    """With a key alone, pages and Gradio are closed."""
    assert world.status("GET", path, authorization=bearer(world.key("read", "ask", "write"))) == 401


def test_a_bad_key_is_not_helped_by_a_cookie(world):
    """Who sends a key acts with that key alone; a key in another header, or of another kind, is none."""
    cookie = f"{COOKIE}={world.cookie}"
    assert world.status("GET", "/api/x", cookie=cookie) == 200
    assert world.status("GET", "/api/x", cookie=cookie, authorization=bearer("darash_x")) == 401
    assert world.status("POST", "/api/x", cookie=cookie, authorization=bearer(world.key("read"))) == 403
    assert world.status("GET", "/api/x", authorization=f"Basic {world.key('read')}") == 401
    assert world.status("GET", "/api/x", cookie=f"{COOKIE}={world.key('read')}") == 401
    assert world.status("GET", "/api/x", authorization=bearer(world.cookie)) == 401


def test_whoever_is_suspended_has_nothing(world):
    """Neither cookie nor key of a suspended account opens anything."""
    key = world.key("read")
    world.suspend()
    assert world.status("GET", "/api/x", cookie=f"{COOKIE}={world.cookie}") == 401
    assert world.status("GET", "/api/x", authorization=bearer(key)) == 401


def endings(world: World) -> dict[str, Callable[[], None]]:
    return {
        "suspended": world.suspend,
        "signed out": lambda: world.sessions.end(world.cookie),
        "signed out everywhere": lambda: world.sessions.end_all(world.account.id),
    }


@pytest.mark.parametrize("ending", ["suspended", "signed out", "signed out everywhere"])
def test_a_stream_ends_with_its_right(world, ending):
    """Nothing is sent after the session ended, the work behind it is cancelled, and the answer ends in good order."""
    cancelled = False

    async def app(scope, receive, send):
        async def words():
            nonlocal cancelled
            try:
                yield "before"
                await asyncio.to_thread(endings(world)[ending])
                for _ in range(1000):
                    yield "after"
                    await asyncio.sleep(0)
            except asyncio.CancelledError:
                cancelled = True
                raise

        await StreamingResponse(words())(scope, receive, send)

    sent = asyncio.run(world.ask("GET", "/stream", {"cookie": f"{COOKIE}={world.cookie}"}, app))
    assert [event.get("body") for event in sent] == [None, b"before", b""]
    assert sent[-1]["more_body"] is False
    assert cancelled


def test_a_stream_ends_with_its_key(world):
    """A key that is revoked is heard at the next piece of what it asked for."""
    secret = world.key("ask")

    async def app(scope, receive, send):
        async def words():
            yield "before"
            await asyncio.to_thread(world.keys.revoke, world.account.id, world.keys.of(world.account.id)[0].id)
            yield "after"

        await StreamingResponse(words())(scope, receive, send)

    sent = asyncio.run(world.ask("POST", "/api/ask", {"authorization": bearer(secret)}, app))
    assert [event.get("body") for event in sent] == [None, b"before", b""]


def test_an_upload_ends_with_its_right(world):
    """What somebody goes on sending after being suspended is not taken, and answered with 401."""
    taken: list[bytes] = []

    async def app(scope, receive, send):
        request = Request(scope, receive)
        async for piece in request.stream():
            taken.append(piece)
            await asyncio.to_thread(world.suspend)
        await Response("taken")(scope, receive, send)

    sent = asyncio.run(world.ask("POST", "/api/documents", {"cookie": f"{COOKIE}={world.cookie}"}, app))
    assert taken == [b"x"]
    assert sent[0]["status"] == 401


def test_streams_are_looked_up_seldom(world, monkeypatch):
    """However much is streamed, who it is for is looked up once at the start and then once in so many seconds."""
    looks = 0
    holder = world.sessions.holder

    def counted(token: str) -> Account | None:
        nonlocal looks
        looks += 1
        return holder(token)

    async def app(scope, receive, send):
        async def words():
            for _ in range(500):
                yield "x"

        await StreamingResponse(words())(scope, receive, send)

    monkeypatch.setattr(world.sessions, "holder", counted)
    asyncio.run(world.ask("GET", "/stream", {"cookie": f"{COOKIE}={world.cookie}"}, app, every=3600.0))
    assert looks == 1


def test_a_browser_that_goes_away_is_no_loss_of_rights(world):
    """A connection that breaks off is told as such to the layers outside."""

    async def app(scope, receive, send):
        raise ClientDisconnect

    with pytest.raises(ClientDisconnect):
        asyncio.run(world.ask("GET", "/x", {"cookie": f"{COOKIE}={world.cookie}"}, app))
