"""The guided start: from nothing to a first answer in three steps, as a part of the screen, until somebody ends it.

Which step is next follows from what is there: an empty collection waits for files, a document of one's own for a
question. Nothing else is kept of it than that it was ended.
"""

from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from indexes.database import now
from indexes.holdings import holdings
from indexes.record import documents
from webui.accounts.gate import account_of
from webui.collecting import LONGEST_NAME, may_make
from webui.pages.form import Form
from webui.pages.listing import BUSY
from webui.pages.render import render
from webui.services import Services
from webui.texts import guide_texts


@dataclass(frozen=True, slots=True)
class Step:
    """Where somebody is: 1 makes a collection, 2 adds files to it, 3 asks in it.

    `collection_id` is that collection, or ""; `done` of `total` documents that they added there are read.
    """

    number: int
    collection_id: str = ""
    done: int = 0
    total: int = 0


def routes(services: Services) -> APIRouter:
    """`GET /guide`, empty where it is not offered or was ended; `POST /guide` with `ended` ends it, else begins it."""
    router = APIRouter()

    @router.get("/guide")
    def guide(request: Request) -> Response:
        account = services.accounts.get(account_of(request))
        if account.guided_at is not None or not may_make(account):
            return HTMLResponse("")
        step = _step(services, account.id)
        progress = guide_texts.READING.format(done=step.done, total=step.total) if step.total else ""
        return HTMLResponse(render("guide.html", step=step, progress=progress, longest=LONGEST_NAME))

    @router.post("/guide")
    def change(request: Request, form: Form) -> Response:
        services.accounts.guide(account_of(request), now() if form.get("ended") else None)
        return Response(status_code=204)

    return router


def _step(services: Services, account_id: str) -> Step:
    writable = [collection.id for collection in services.permissions.writable(account_id)]
    of_mine = sa.and_(documents.c.added_by == account_id, documents.c.state != "deleting")
    query = sa.select(documents.c.collection_id, documents.c.state).where(of_mine).order_by(documents.c.created_at)
    with services.engine.connect() as connection:
        mine = [row for row in connection.execute(query) if row.collection_id in writable]
    if ready := [row.collection_id for row in mine if row.state == "ready"]:
        return Step(3, ready[-1])
    if mine:
        collection_id = mine[-1].collection_id
        states = Counter(row.state for row in mine if row.collection_id == collection_id)
        return Step(2, collection_id, states.total() - sum(states[state] for state in BUSY), states.total())
    held = holdings(services.engine, writable)
    empty = [collection_id for collection_id in writable if not held[collection_id].states]
    return Step(2, empty[-1]) if empty else Step(1)
