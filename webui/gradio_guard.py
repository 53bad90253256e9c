"""The guard in front of the mounted Gradio: an allow-list of what the page needs. Everything else does not exist.

Gradio serves uploads, cached files, a proxy, an API and sessions without asking whose they are, and copies any file of
the machine that a request names as a `FileData` path (see docs/decisions). Here only the routes in `PAGES`, `ASSETS`
and `ACTIONS` pass, and no request may name a path. The session hash that a page has chosen is replaced by one that
follows from it and from who is asking, so that nobody can name a session of somebody else, or of a browser that was
signed out; an event belongs to the browser whose question it is, and only a window that asked something is told more.
"""

import json
import logging
import re
from collections.abc import Mapping
from hashlib import blake2b
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webui.claims import Claims
from webui.gradio_page import Surrounding, serve_page
from webui.pages.message import message
from webui.pages.static_files import FOREVER
from webui.texts import texts

log = logging.getLogger(__name__)

PAGES = frozenset({"/theme.css", "/gradio_api/app_id"})  # the last is how a page that lost its server finds it again
ASSETS = "/assets/"
EVENTS = "/gradio_api/queue/data"
JOIN = "/gradio_api/queue/join"
CANCEL = "/gradio_api/cancel"
RESET = "/gradio_api/reset"
NOT_FOUND = 404
OK = 200
ACTIONS = frozenset({JOIN, CANCEL, RESET})

MOST_BODY = 256 * 1024
"""Bytes of a request to Gradio: a question and an id fit many times over, and uploads do not come here."""

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Refused(Exception):
    """The guard does not let a request through; `status` is the answer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class GradioGuard:
    """ASGI middleware around Gradio's app. The gate stands before it, so every request has a browser's session."""

    def __init__(self, app: ASGIApp, surrounded: Surrounding) -> None:
        self.app = app
        self.surrounded = surrounded
        self.claims, self.windows = Claims(), Claims()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on to Gradio or refuses it."""
        path = scope["path"]
        try:
            if scope["method"] == "POST" and path in ACTIONS:
                await self._act(scope, receive, send)
            elif scope["method"] == "GET" and path == "/":
                await serve_page(self.app, self.surrounded, scope, receive, send)
            elif scope["method"] == "GET" and path in PAGES:
                await self.app(scope, receive, send)
            elif scope["method"] == "GET" and path.startswith(ASSETS):
                await self.app(scope, receive, _kept(send))
            elif scope["method"] == "GET" and path == EVENTS:
                asked = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [])
                own = _own_hash(scope, asked[0] if len(asked) == 1 else None)
                if not self.windows.owns(_browser(scope), own):
                    raise Refused(NOT_FOUND, "nothing was asked in this window")
                await self.app({**scope, "query_string": f"session_hash={own}".encode()}, receive, send)
            else:
                raise Refused(NOT_FOUND, "not on the list")
        except Refused as refusal:
            log.info("%s for %s %r: %s", refusal.status, scope["method"], path, refusal)
            sentence = texts.NOT_FOUND if refusal.status == NOT_FOUND else texts.BAD_REQUEST
            await message(scope, refusal.status, sentence)(scope, receive, send)

    async def _act(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _json_body(Headers(scope=scope), receive)
        if names_a_file(body):
            raise Refused(403, "a request may not name a file")
        if scope["path"] != RESET:  # which Gradio asks with the event alone
            body = {**body, "session_hash": _own_hash(scope, body.get("session_hash"))}
        if scope["path"] == JOIN:
            self.windows.claim(_browser(scope), str(body["session_hash"]))
        elif not self.claims.owns(_browser(scope), str(body.get("event_id"))):
            raise Refused(403, "not an event of this browser")
        await self.app(*_with_body(scope, receive, body), self._noting_event(scope, send))

    def _noting_event(self, scope: Scope, send: Send) -> Send:
        """A `send` that notes whose event it is that Gradio answers a join with."""

        async def noting(event: Message) -> None:
            if event["type"] == "http.response.body" and scope["path"] == JOIN:
                found = re.search(rb'"event_id":\s*"(\w+)"', event.get("body", b""))
                if found:
                    self.claims.claim(_browser(scope), found[1].decode())
            await send(event)

        return noting


def _kept(send: Send) -> Send:
    """A `send` for a file of Gradio's, whose name changes with its content: a browser need not ask for it again."""

    async def keeping(event: Message) -> None:
        if event["type"] == "http.response.start" and event["status"] == OK:
            MutableHeaders(scope=event)["cache-control"] = FOREVER
        await send(event)

    return keeping


def names_a_file(value: object) -> bool:
    """Whether anything in a JSON value is what Gradio takes for a file: an object with a path or marked FileData."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            if "path" in item or "_type" in item:
                return True
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
    return False


def _browser(scope: Scope) -> str:
    """Who is asking: the account and the session of its browser, which ends with signing out."""
    return f"{scope['state']['account_id']} {scope['state']['session']}"


def _own_hash(scope: Scope, session_hash: object) -> str:
    if not isinstance(session_hash, str) or not _NAME.fullmatch(session_hash):
        raise Refused(400, "no session hash")
    return blake2b(f"{_browser(scope)} {session_hash}".encode(), digest_size=16).hexdigest()


async def _json_body(headers: Headers, receive: Receive) -> Mapping[str, object]:
    if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Refused(415, "JSON only")
    body, more = b"", True
    while more:
        event = await receive()
        body += event.get("body", b"")
        more = event.get("more_body", False)
        if len(body) > MOST_BODY:
            raise Refused(413, "too large")
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "not JSON") from error
    if not isinstance(value, dict):
        raise Refused(400, "not an object")
    return value


def _with_body(scope: Scope, receive: Receive, value: Mapping[str, object]) -> tuple[Scope, Receive]:
    """The request with the JSON that was checked, written anew, so that no reading of Gradio's can differ from ours."""
    body = json.dumps(value).encode()
    kept = [(name, text) for name, text in scope["headers"] if name not in (b"content-length", b"accept-encoding")]
    read = False

    async def replay() -> Message:
        nonlocal read
        if read:
            return await receive()
        read = True
        return {"type": "http.request", "body": body, "more_body": False}

    return {**scope, "headers": [*kept, (b"content-length", str(len(body)).encode())]}, replay
