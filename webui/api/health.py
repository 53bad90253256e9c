"""Whether Darash works: a bare yes for a health check, and more for somebody who is signed in."""

import sqlalchemy as sa
from fastapi import APIRouter, Request
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
    def health(request: Request) -> JSONResponse:
        with services.engine.connect() as connection:
            connection.execute(sa.select(1))
        account_id = account_of(request)
        more = {"worker": _worker(services, account_id), "model": _model(services)} if account_id else {}
        return JSONResponse({"ok": True, **more})

    return router


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


def _model(services: Services) -> dict[str, object]:
    return {"mode": "model", "url": services.model.url} if services.model else {"mode": "quoted"}
