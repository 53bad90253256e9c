"""The outermost layer: which host names and origins are served, and the security headers of every answer.

Knows nothing of accounts. Gradio's page brings a content-security policy of its own, see `webui/gradio_page.py`.
"""

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webui.pages.message import message
from webui.screen import texts
from webui.settings import WebSettings

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def content_policy(script: str = "'self'") -> str:
    """A content-security policy that names no host but our own. `script` is what may run.

    Styles stay open to inline rules: the boxes over a page and Gradio's components are placed by style attributes, and
    what such a rule could fetch is held back by `img-src` and `font-src`.
    """
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {script}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "frame-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


HEADERS = {
    "content-security-policy": content_policy(),
    "x-content-type-options": "nosniff",
    # Not `no-referrer`: with it browsers send `Origin: null` from our own forms.
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # Pages of a conversation or a document must not come out of a cache after signing out.
    "cache-control": "private, no-cache",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Security:
    """ASGI middleware: refuses unknown hosts and requests that other sites make, and sets the headers."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self.app = app
        self.public = urlsplit(settings.public_url)
        self.hosts = {"localhost", settings.host, self.public.hostname}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on with a `send` that adds the headers, or refuses it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})  # nothing of ours speaks websocket
            return

        async def send_with_headers(event: Message) -> None:
            if event["type"] == "http.response.start":
                _set_headers(MutableHeaders(scope=event))
            await send(event)

        headers = Headers(scope=scope)
        if not self._is_known_host(headers.get("host", "")):
            await message(scope, 421, texts.WRONG_HOST)(scope, receive, send_with_headers)
        elif scope["method"] not in SAFE_METHODS and not self._is_same_site(headers):
            await message(scope, 403, texts.CROSS_SITE)(scope, receive, send_with_headers)
        else:
            await self.app(scope, receive, send_with_headers)

    def _is_known_host(self, host: str) -> bool:
        """Whether the Host header is an address of ours.

        A page elsewhere can point a name of its own at this machine (DNS rebinding) and would then count as the same
        site; it cannot do so with `localhost`, with a name we were told, or with a bare IP address.
        """
        name = _hostname(host)
        return bool(name) and (name in self.hosts or _is_address(name))

    def _is_same_site(self, headers: Headers) -> bool:
        """Whether a request that changes something comes from a page of ours, or from no page at all (a script)."""
        origin = headers.get("origin")
        if origin is not None:
            return _netloc(origin) in {headers["host"], self.public.netloc} - {""}
        return headers.get("sec-fetch-site", "none") in ("same-origin", "none")


def _set_headers(headers: MutableHeaders) -> None:
    for name in [name for name in headers if name.startswith("access-control-")]:
        del headers[name]  # Gradio would let other origins read its answers
    for name, value in HEADERS.items():
        headers.setdefault(name, value)


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _netloc(origin: str) -> str:
    """Host and port of an origin; nothing for `null`, `file://`, and what is no origin at all."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
