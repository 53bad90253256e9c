"""Whether Darash works: a bare yes for a health check, and more for somebody who is signed in."""

from dataclasses import asdict

import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from webui.accounts.gate import account_of
from webui.services import Services
from webui.work import work_on


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
    readable = services.permissions.readable(account_id)
    work = work_on([record for each in readable for record in services.catalogue.documents(each.id)])
    return {"state": work.state, "queued": work.queued}


async def _model(services: Services) -> dict[str, object]:
    """`servers` with the code of what is wrong with each, asked now; `waiting` is how many questions are in line."""
    if services.model is None:
        return {"mode": "quoted"}
    servers = [asdict(state) for state in await services.model.states()]
    return {"mode": "model", "servers": servers, "waiting": services.model.waiting}
