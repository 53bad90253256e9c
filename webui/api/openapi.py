"""The API as a whole: its routes, and its OpenAPI document at `/api/openapi.json`."""

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from indexes.version import VERSION
from webui.api import ask, collections, completions, conversations, documents, mcp, opinions, search, uploads
from webui.services import Services

DESCRIPTION = """\
Answers from a team's own documents, with citations that can be checked.

Send `Authorization: Bearer darash_...`, an API key that you make on the page `/keys`. Its scope `read` is enough for
every GET and for `POST /api/search`; `ask` is for `POST /api/ask`, `POST /v1/chat/completions` and `/mcp`; `write` is
for all others. A key may do what its person may; what that person may not see is a 404, like what does not exist.
Times are seconds since 1970.
"""


def _operation(route: APIRoute) -> str:
    return route.name


OPTIONS: dict[str, Any] = {
    "title": "Darash",
    "version": VERSION,
    "description": DESCRIPTION,
    "openapi_url": "/api/openapi.json",
    "docs_url": None,
    "redoc_url": None,
    "generate_unique_id_function": _operation,
}
"""How the app is made; pages that explain the document would load scripts from other hosts."""


def add_routes(app: FastAPI, services: Services) -> None:
    """Every route that programs may use with a key."""
    for room in (collections, documents, uploads, search, ask, conversations, opinions, completions):
        app.include_router(room.routes(services))
    app.router.routes.append(mcp.route(services))
