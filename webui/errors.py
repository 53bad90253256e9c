"""What becomes of the errors that our parts raise on purpose: a status and a sentence for whoever asked."""

import logging
import math
from typing import cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from indexes.errors import IndexesError, IndexMismatch, NotFound
from webui.api.problem import Refused
from webui.chat import NotKept
from webui.limits import TooMuch
from webui.pages.message import message
from webui.texts import texts

log = logging.getLogger(__name__)

_NOT_THERE = (404, 405)
_MOST_FAULTS = 5


def add_handlers(app: FastAPI) -> None:
    """Answers these errors wherever a route raises them; all others are defects, see `webui/edge.py`."""
    app.add_exception_handler(NotFound, _not_found)
    app.add_exception_handler(TooMuch, _too_much)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(NotKept, _not_kept)
    app.add_exception_handler(IndexesError, _not_searched)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _not_valid)


async def _not_found(request: Request, _: Exception) -> Response:
    return message(request.scope, 404, texts.NOT_FOUND)


async def _too_much(request: Request, error: Exception) -> Response:
    refusal = cast(TooMuch, error)
    answer = message(request.scope, 429, texts.TOO_MUCH[refusal.what], code=f"too_many_{refusal.what}")
    answer.headers["retry-after"] = str(math.ceil(refusal.seconds))
    return answer


async def _refused(request: Request, error: Exception) -> Response:
    refusal = cast(Refused, error)
    return message(request.scope, refusal.status, refusal.sentence, code=refusal.code, detail=refusal.detail)


async def _not_kept(request: Request, error: Exception) -> Response:
    log.warning("%s: %s", error, error.__cause__)
    return message(request.scope, 503, texts.NOT_KEPT, code="not_kept")


async def _not_searched(request: Request, error: Exception) -> Response:
    code = "index_renewing" if isinstance(error, IndexMismatch) else "search_failed"
    log.error("%s %r: %s", request.method, request.url.path, error)
    return message(request.scope, 503, texts.PROBLEMS[code], code=code)


async def _not_valid(request: Request, error: Exception) -> Response:
    """Says where the request is wrong and how, never what stands there."""
    faults = cast(RequestValidationError, error).errors()[:_MOST_FAULTS]
    detail = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults)
    return message(request.scope, 422, texts.BAD_REQUEST, detail=detail)


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return message(request.scope, status, texts.NOT_FOUND if status in _NOT_THERE else texts.BAD_REQUEST)
