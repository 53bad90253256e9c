"""The web app: routes, layers and errors put together. Everything it works with comes in as `Services`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Mount

from indexes.errors import NotFound
from webui.accounts.gate import Gate
from webui.api import documents as documents_api
from webui.api import health, uploads
from webui.edge import Edge
from webui.gradio_guard import GradioGuard
from webui.pages import check, documents, glossary, sign_in, source
from webui.pages.message import message
from webui.screen import page, texts
from webui.security import Security
from webui.services import Services

STATIC = Path(__file__).parent / "screen" / "static"


def create_app(services: Services) -> FastAPI:
    """The whole app. From the outside in: hosts, origins and headers; errors; the gate; routes; at last the screen."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        services.accounts.owner()
        services.conversations.close_interrupted()
        yield
        if services.model is not None:
            await services.model.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    for room in (sign_in, health, uploads, documents_api, documents, check, glossary, source):
        app.include_router(room.routes(services))
    app.mount("/static", StaticFiles(directory=STATIC))
    page.mount(app, services)
    _guard_gradio(app)
    app.add_exception_handler(NotFound, _not_found)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_middleware(Gate, sessions=services.sessions)
    app.add_middleware(Edge)
    app.add_middleware(Security, settings=services.settings)
    return app


def _guard_gradio(app: FastAPI) -> None:
    """Puts the guard before everything that no route of ours answers."""
    for route in app.routes:
        if isinstance(route, Mount) and route.path == "":
            route.app = GradioGuard(route.app)
            return
    raise RuntimeError("Gradio is not mounted at /: nothing would guard it")


async def _not_found(request: Request, _: Exception) -> Response:
    return message(request.scope, 404, texts.NOT_FOUND)


async def _not_valid(request: Request, _: Exception) -> Response:
    return message(request.scope, 422, texts.BAD_REQUEST)


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return message(request.scope, status, texts.NOT_FOUND if status in (404, 405) else texts.BAD_REQUEST)
