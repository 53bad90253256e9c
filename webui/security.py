"""The outermost layer: which hosts are served, whose requests may change something, how large they are, and headers.

Knows nothing of accounts. Gradio's page brings a content-security policy of its own, see `webui/gradio_page.py`.
"""

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webui.pages.message import message
from webui.settings import WebSettings
from webui.texts import texts

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

UPLOADS = "/api/documents"
"""Where bodies of any size may come in: what takes them there counts for itself."""

MOST_BODY = 2**20
"""Bytes of every other request: a thousand pages of questions."""

FILES_OF_OURS = ("/static/", "/assets/")
"""Where the scripts, styles and pictures of the screen lie. They are the same for everybody, and may be kept."""

NOT_PASSED_ON = (b"forwarded", b"x-forwarded-", b"x-original-", b"x-rewrite-")
"""Headers by which proxies say what a request was before. What may be believed of them, the server has already put
into the scope (`WebSettings.trusted_proxies`); Gradio would believe all of them."""


def content_policy(script: str = "'self'", style: str = "'self'") -> str:
    """A content-security policy that names no host but our own. `script` may run, `style` may say how things look."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {script}",
            f"style-src {style}",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


HEADERS = {
    "content-security-policy": content_policy(),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), display-capture=()",
}

KEPT_NOWHERE = "private, no-store"
"""Whoever uses the browser next must not find pages, answers or pictures of documents in it."""

ONE_YEAR = 365 * 24 * 3600


class Security:
    """ASGI middleware: refuses unknown hosts, requests that other sites make and bodies too large; sets the headers."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self.app = app
        self.secure = settings.secure
        self.public = urlsplit(settings.public_url)
        self.hosts = {"localhost", settings.host, self.public.hostname, *settings.further_hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on with a `send` that adds the headers, or refuses it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})  # nothing of ours speaks websocket
            return
        scope, headers = self._believed(scope), Headers(scope=scope)
        body = _Body(receive, MOST_BODY if scope["path"] != UPLOADS else None)

        async def send_with_headers(event: Message) -> None:
            if event["type"] == "http.response.start":
                self._set_headers(MutableHeaders(scope=event), headers, scope["path"])
                body.answered = True
            await send(event)

        async def send_unless_too_large(event: Message) -> None:
            if body.answered or not body.too_large:
                await send_with_headers(event)

        refusal = self._refusal(scope, headers)
        if not refusal:
            await self.app(scope, body.receive, send_unless_too_large)
            refusal = (413, texts.BAD_REQUEST) if body.too_large and not body.answered else None
        if refusal:
            await message(scope, *refusal)(scope, receive, send_with_headers)

    def _believed(self, scope: Scope) -> Scope:
        """The request without what strangers may say about it; what comes to our public address came as that says."""
        kept = [(name, value) for name, value in scope["headers"] if not name.startswith(NOT_PASSED_ON)]
        believed = {**scope, "headers": kept}
        if self.public.netloc and Headers(scope=believed).get("host") == self.public.netloc:
            believed["scheme"] = self.public.scheme
        return believed

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        if not self._is_known_host(headers.getlist("host")):
            return 421, texts.WRONG_HOST
        if scope["method"] not in SAFE_METHODS and not self._is_ours(scope, headers):
            return 403, texts.CROSS_SITE
        length = headers.get("content-length", "0")
        if not length.isdecimal() or (int(length) > MOST_BODY and scope["path"] != UPLOADS):
            return 413, texts.BAD_REQUEST
        return None

    def _is_known_host(self, hosts: Sequence[str]) -> bool:
        """Whether the Host header is an address of ours.

        A page elsewhere can point a name of its own at this machine (DNS rebinding) and would then count as the same
        site; it cannot do so with `localhost`, with a name we were told, or with a bare IP address.
        """
        name = _hostname(hosts[0]) if len(hosts) == 1 else ""
        return bool(name) and (name in self.hosts or _is_address(name))

    def _is_ours(self, scope: Scope, headers: Headers) -> bool:
        """Whether a request that changes something comes from a page of ours, or from a program (OWASP, CSRF).

        Browsers say where a request comes from and let no page say otherwise: in `Origin`, which is `null` for a form
        of a page without referrer, or in `Sec-Fetch-Site`. Who says neither is no browser: a program, which has no
        cookie that somebody could make it send. The same holds for a key without a cookie, whatever sends it; a name
        and password (`Basic`) in an address are sent by browsers for other sites too.
        """
        cookie, origin, site = "cookie" in headers, headers.get("origin"), headers.get("sec-fetch-site")
        if headers.get("authorization", "").lower().startswith("bearer ") and not cookie:
            return True
        if origin not in (None, "null"):
            return origin in (f"{scope['scheme']}://{headers['host']}", f"{self.public.scheme}://{self.public.netloc}")
        if site is not None:
            return site == "same-origin" or (site == "none" and origin is None)
        return origin is None and not cookie

    def _set_headers(self, answer: MutableHeaders, request: Headers, path: str) -> None:
        for name in [name for name in answer if name.startswith("access-control-")]:
            del answer[name]  # Gradio would let other origins read its answers
        for name, value in HEADERS.items():
            answer.setdefault(name, value)
        # Addresses may hold secrets. But without `Sec-Fetch-Site` (plain http) the origin of a form has to be told.
        answer.setdefault("referrer-policy", "no-referrer" if "sec-fetch-site" in request else "same-origin")
        answer.setdefault("cache-control", "private, no-cache" if path.startswith(FILES_OF_OURS) else KEPT_NOWHERE)
        if self.secure:
            answer["strict-transport-security"] = f"max-age={ONE_YEAR}"


class _Body:
    """The body of a request as it comes in: over `most` bytes, whatever its headers said, nothing more of it comes."""

    def __init__(self, receive: Receive, most: int | None) -> None:
        self._receive = receive
        self._left = most
        self.too_large = False
        self.answered = False

    async def receive(self) -> Message:
        """What comes next; somebody who sent too much has gone away, as far as the app is told."""
        event = await self._receive()
        if self._left is not None:
            self._left -= len(event.get("body", b""))
            self.too_large = self._left < 0
        return {"type": "http.disconnect"} if self.too_large else event


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
