"""The web app: routes, layers and errors put together. Everything it works with comes in as `Services`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from starlette.routing import Mount

from webui.accounts.gate import Gate
from webui.api import health, openapi
from webui.edge import Edge
from webui.errors import add_handlers
from webui.gradio_guard import GradioGuard
from webui.gradio_page import Surrounding
from webui.pages import (
    account,
    audit,
    beginning,
    cards,
    check,
    collections,
    connect,
    conversations,
    documents,
    export,
    glossary,
    groups,
    guide,
    join,
    keys,
    language,
    oidc,
    people,
    removal,
    share,
    shared,
    sign_in,
    source,
    static_files,
    status,
    theme,
    use,
)
from webui.screen import page
from webui.screen.shell import surrounded
from webui.security import Security
from webui.services import Services
from webui.speaking import Speaking


def create_app(services: Services) -> FastAPI:
    """The whole app. From the outside in: hosts, origins and headers; errors; the gate; routes; at last the screen."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        services.accounts.owner()
        services.conversations.close_interrupted()
        forgetting = asyncio.create_task(services.retention.keep_on())
        yield
        forgetting.cancel()
        await services.chat.close()
        if services.model is not None:
            await services.model.close()

    app = FastAPI(lifespan=lifespan, redirect_slashes=False, **openapi.OPTIONS)
    openapi.add_routes(app, services)
    for room in (
        sign_in,
        join,
        language,
        keys,
        oidc,
        account,
        health,
        documents,
        cards,
        guide,
        connect,
        collections,
        check,
        glossary,
        source,
        theme,
        beginning,
    ):
        app.include_router(room.routes(services), include_in_schema=False)
    for room in (conversations, removal, people, groups, audit, status, use):
        app.include_router(room.routes(services), include_in_schema=False)
    for room in (share, shared, export):
        app.include_router(room.routes(services), include_in_schema=False)
    app.mount("/static", static_files.serve)
    page.mount(app, services)
    _guard_gradio(app, partial(surrounded, quoting=services.model is None))
    add_handlers(app)
    app.add_middleware(Speaking)
    app.add_middleware(Gate, sessions=services.sessions, keys=services.keys, accounts=services.accounts)
    app.add_middleware(Edge)
    app.add_middleware(Security, settings=services.settings)
    app.add_middleware(Speaking)
    return app


def _guard_gradio(app: FastAPI, surrounding: Surrounding) -> None:
    """Puts the guard before everything that no route of ours answers."""
    for route in app.routes:
        if isinstance(route, Mount) and route.path == "":
            route.app = GradioGuard(route.app, surrounding)
            return
    raise RuntimeError("Gradio is not mounted at /: nothing would guard it")
