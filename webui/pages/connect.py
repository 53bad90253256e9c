"""What quotation mode is, and how a model server is connected: a page for everybody, with what was found for owners."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from answers.serving.probe import find_model_server
from webui.accounts.gate import account_of
from webui.accounts.roles import may
from webui.pages.render import render
from webui.services import Services

VARIABLE = "DARASH_MODEL_URL"
USUAL = "http://127.0.0.1:11434"
"""Where Ollama listens unless told otherwise."""


def routes(services: Services) -> APIRouter:
    """`GET /connect`."""
    router = APIRouter()

    @router.get("/connect")
    async def connect(request: Request) -> Response:
        account = await run_in_threadpool(services.accounts.get, account_of(request))
        looks = services.model is None and may(account.role, "see_status")
        found = [probe for probe in await find_model_server() if probe.models] if looks else []
        lines = [f"{VARIABLE}={probe.url}" for probe in found] or [f"{VARIABLE}={USUAL}"]
        page = render(
            "connect.html",
            is_connected=services.model is not None,
            sees_status=may(account.role, "see_status"),
            found=[(probe.name, ", ".join(probe.models)) for probe in found],
            line=lines[0],
        )
        return HTMLResponse(page)

    return router
