"""Gradio's page made ours: our language, direction, scripts and styles from the first byte, nothing from outside.

Scripts run only from our own address or with the nonce of this answer. Seen in Chromium with Gradio 6.31: the page
needs neither `unsafe-inline` nor `unsafe-eval` for them, as long as it uses no `gr.HTML` templates and no `js=`
parameters. Styles stay open to inline rules on this one page, because Gradio's components are placed by them; what
such a rule could fetch is held back by `img-src` and `font-src`.
"""

import gzip
import re
import secrets
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webui.security import content_policy

_THEIRS = re.compile(
    r"<meta\b[^>]*>|<base\b[^>]*>|<title>[^<]*</title>|<link\s+rel=\"manifest\"[^>]*>|"
    r"<style>(?:(?!</style>).)*--col-dark(?:(?!</style>).)*</style>",
    re.DOTALL,
)
"""What Gradio's head says that ours says otherwise. With its `base`, a link to a place on the page would leave it."""
_OUTSIDE = re.compile(
    r"<link\b[^>]*\bhref=\"https?://[^>]*>|<script\b[^>]*\bsrc=\"https?://[^>]*>\s*</script>|"
    r"<script>(?:(?!</script>).)*iframeResizer\.contentWindow(?:(?!</script>).)*</script>",
    re.DOTALL,
)
"""What would be fetched from elsewhere. The last is for pages inside frames, which we forbid."""
_TITLE = re.compile(r"\scontrol_page_title=\"\w+\"")
"""By this Gradio would put its own title, which knows one language, in place of ours."""
_SPACE = re.compile(r"\n\s+")
_SCRIPT = re.compile(r"<script\b")
_HEAD = re.compile(r"<head>(.*)</head>", re.DOTALL)
_BODY = re.compile(r"<body\b[^>]*>(.*)</body>", re.DOTALL)

Surrounding = Callable[[str, str], str]
"""What Gradio needs in the head, and its own element -> the whole page, with both in their places."""


def rewritten(page: str, nonce: str, surrounded: Surrounding) -> str:
    """Gradio's element and scripts inside our page. What names other hosts stays out."""
    head, body = _HEAD.search(page), _BODY.search(page)
    if head is None or body is None:
        raise ValueError("Gradio's page has no head or no body")
    kept = _OUTSIDE.sub("", _THEIRS.sub("", head[1]))
    return _SCRIPT.sub(f'<script nonce="{nonce}"', surrounded(_SPACE.sub("\n", kept), _TITLE.sub("", body[1])))


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
        if "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            body = gzip.compress(body, compresslevel=5)
            headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
        headers["cache-control"] = "no-store"
        headers["content-security-policy"] = content_policy(f"'self' 'nonce-{nonce}'", "'self' 'unsafe-inline'")
        await send({**start, "headers": headers.raw})
        await send({"type": "http.response.body", "body": body})

    await app({**scope, "headers": kept, "query_string": b""}, receive, collect)
