"""Whether Darash works: a bare yes for a health check, and more for somebody who is signed in."""

from dataclasses import asdict

import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from indexes.database import now
from webui.accounts.gate import account_of
from webui.services import Services

STALLED_SECONDS = 60.0
"""How long a document may wait, with nobody at work, before we say that no worker is running."""


def routes(services: Services) -> APIRouter:
    """`GET /health`."""
    router = APIRouter()

    @router.get("/health")
    async def health(request: Request) -> JSONResponse:
        await run_in_threadpool(_ask_database, services)
        account_id = account_of(request)
        if not account_id:
            return JSONResponse({"ok": True})
        worker = await run_in_threadpool(_worker, services, account_id)
        return JSONResponse({"ok": True, "worker": worker, "model": await _model(services)})

    return router


def _ask_database(services: Services) -> None:
    with services.engine.connect() as connection:
        connection.execute(sa.select(1))


def _worker(services: Services, account_id: str) -> dict[str, object]:
    """`state` is `working`, `idle`, or `stalled`: documents wait and nobody takes them."""
    readable = services.permissions.readable(account_id)
    records = [record for collection in readable for record in services.catalogue.documents(collection.id)]
    begun = [record for record in records if record.state in ("reading", "indexing")]
    queued = [record for record in records if record.state == "queued"]
    recently = now() - STALLED_SECONDS
    working = any(record.updated_at >= recently for record in begun)  # whoever works says so every few seconds
    stalled = not working and any(record.updated_at < recently for record in (*begun, *queued))
    return {"state": "working" if working else "stalled" if stalled else "idle", "queued": len(queued)}


async def _model(services: Services) -> dict[str, object]:
    """`servers` with the code of what is wrong with each, asked now; `waiting` is how many questions are in line."""
    if services.model is None:
        return {"mode": "quoted"}
    servers = [asdict(state) for state in await services.model.states()]
    return {"mode": "model", "servers": servers, "waiting": services.model.waiting}
