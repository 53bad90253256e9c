"""Gradio's page made ours: Hebrew and right to left from the first byte, our scripts and styles, nothing from outside.

Scripts run only from our own address or with the nonce of this answer. Seen in Chromium with Gradio 6.31: the page
needs neither `unsafe-inline` nor `unsafe-eval` for them, as long as it uses no `gr.HTML` templates and no `js=`
parameters. Styles stay open to inline rules on this one page, because Gradio's components are placed by them; what
such a rule could fetch is held back by `img-src` and `font-src`.
"""

import re
import secrets
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webui.security import content_policy

HEAD = """<link rel="icon" href="/static/icon.svg">
<link rel="stylesheet" href="/static/screen.css">
<link rel="stylesheet" href="/static/pages.css">
<script type="module" src="/static/screen.js"></script>
"""

_HTML = re.compile(r"<html\s+lang=\"\w+\"")
_HEAD = re.compile(r"<head>")
_OUTSIDE = re.compile(
    r"<meta\s+(?:property=\"og:|name=\"twitter:)[^>]*>|<link\b[^>]*\bhref=\"https?://[^>]*>|"
    r"<script\b[^>]*\bsrc=\"https?://[^>]*>\s*</script>"
)
_RESIZER = re.compile(r"<script>(?:(?!</script>).)*iframeResizer\.contentWindow(?:(?!</script>).)*</script>", re.DOTALL)
_SCRIPT = re.compile(r"<script\b")
_BODY = re.compile(r"<body\b[^>]*>(.*)</body>", re.DOTALL)

Surrounding = Callable[[str], str]
"""Gradio's own element -> the body of the page, with that element in its place."""


def rewritten(page: str, nonce: str, surrounded: Surrounding) -> str:
    """Gradio's HTML inside our body, with our language, direction, styles and scripts.

    Metas and scripts that name other hosts go.
    """
    page = _RESIZER.sub("", _OUTSIDE.sub("", page))  # the resizer is for pages inside frames, which we forbid
    page = _HTML.sub('<html lang="he" dir="rtl"', page, count=1)
    page = _HEAD.sub("<head>" + HEAD, page, count=1)
    page = _BODY.sub(lambda body: f"<body>{surrounded(body[1])}</body>", page, count=1)
    return _SCRIPT.sub(f'<script nonce="{nonce}"', page)


async def serve_page(app: ASGIApp, surrounded: Surrounding, scope: Scope, receive: Receive, send: Send) -> None:
    """Asks Gradio for its page, plain and without parameters, and sends it rewritten."""
    kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    start: Message = {}
    pieces: list[bytes] = []

    async def collect(event: Message) -> None:
        if event["type"] == "http.response.start":
            start.update(event)
            return
        if event["type"] == "http.response.body":
            pieces.append(event.get("body", b""))
        if event["type"] != "http.response.body" or event.get("more_body"):
            return
        nonce = secrets.token_urlsafe(16)
        body = rewritten(b"".join(pieces).decode(), nonce, surrounded).encode()
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["content-length"] = str(len(body))
        headers["cache-control"] = "no-store"
        headers["content-security-policy"] = content_policy(f"'self' 'nonce-{nonce}'", "'self' 'unsafe-inline'")
        await send({**start, "headers": headers.raw})
        await send({"type": "http.response.body", "body": body})

    await app({**scope, "headers": kept, "query_string": b""}, receive, collect)
