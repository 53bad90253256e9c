"""The edge of a request: a defect becomes a numbered Hebrew sentence for the browser, and a traceback in the log."""

import logging
import secrets

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webui.pages.message import message
from webui.texts import texts

log = logging.getLogger(__name__)


class Edge:
    """ASGI middleware around everything that answers requests."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on and answers 500 if that fails before an answer began."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if "\0" in scope["path"] or b"%00" in scope.get("query_string", b""):  # names nothing; PostgreSQL fails on it
            await message(scope, 404, texts.NOT_FOUND)(scope, receive, send)
            return
        started = False

        async def send_noting(event: Message) -> None:
            nonlocal started
            started = True
            await send(event)

        try:
            await self.app(scope, receive, send_noting)
        except ClientDisconnect:
            log.info("the browser went away during %s %r", scope["method"], scope["path"])
        except Exception as error:
            if started and isinstance(error.__cause__, HTTPException):  # Gradio refuses in the middle of an answer
                log.info("%s %r ended: %s", scope["method"], scope["path"], error.__cause__.status_code)
                return
            request_id = secrets.token_hex(4)
            log.exception("request %s failed: %s %r", request_id, scope["method"], scope["path"])
            if not started:
                sentence = texts.SERVER_ERROR.format(request_id=request_id)
                await message(scope, 500, sentence)(scope, receive, send)
