"""How Darash is doing: what needs care, the model servers and how fast they are, the embedder, and the room it takes.

For owners and managers; others find nothing here. What changes by itself is a fragment that the page asks for again.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from answers.errors import ModelError
from answers.serving.model import ServedModel, ServerState
from answers.serving.pool import ModelPool
from answers.serving.speed import Speed
from indexes.catalogue import Collection
from indexes.embedder import STATIC_NAME
from indexes.occupied import Room, rooms
from webui.accounts.gate import account_of
from webui.filename import visible
from webui.pages.checkup import Embedding, checkup, embedding
from webui.pages.people import acting
from webui.pages.render import render
from webui.services import Services
from webui.size import size_text
from webui.texts import status_texts, texts


@dataclass(frozen=True, slots=True)
class Server:
    """A model server as the page shows it: `problem` in words, "" where it answers; `facts` are names and amounts."""

    address: str
    problem: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of the storage table, sizes in words; `share` of all bytes is from 0 to 100."""

    name: str
    documents: int
    originals: str
    images: str
    index: str
    total: str
    share: float


def routes(services: Services) -> APIRouter:
    """`GET /status`, and `GET /status/now`, the part of it that changes by itself."""
    router = APIRouter()

    @router.get("/status")
    async def status(request: Request) -> Response:
        await run_in_threadpool(acting, services, request, "see_status")
        now = await _now(services, request)
        return HTMLResponse(await run_in_threadpool(_page, services, account_of(request), now))

    @router.get("/status/now")
    async def status_now(request: Request) -> Response:
        await run_in_threadpool(acting, services, request, "see_status")
        return HTMLResponse(render("status_now.html", **await _now(services, request)))

    return router


async def _now(services: Services, request: Request) -> dict[str, object]:
    """What `status_now.html` shows."""
    model = services.model
    values = await run_in_threadpool(_here, services, account_of(request))
    served = await _served(model) if model else None
    servers = list(map(_server, await model.states(), model.speeds())) if model else []
    measured = sum(speed.answers for speed in model.speeds()) if model else 0
    return {
        **values,
        "servers": servers,
        "served": served,
        "waiting": model.waiting if model else 0,
        "measured": status_texts.NOT_MEASURED if not measured else _counted(status_texts.MEASURED, measured),
    }


def _here(services: Services, account_id: str) -> dict[str, object]:
    """What this machine knows by itself, without asking a model server."""
    readable = services.permissions.readable(account_id)
    embedded = embedding(services)
    return {
        "findings": checkup(services, readable, embedded),
        "embedded": embedded,
        "embedder": _embedder(embedded),
        "ways": _ways(embedded, readable),
    }


def _page(services: Services, account_id: str, now: dict[str, object]) -> str:
    stored, total = _stored(services, services.permissions.readable(account_id))
    return render("status.html", stored=stored, total=total, **now)


async def _served(model: ModelPool) -> ServedModel | None:
    try:
        return await model.model()
    except ModelError:
        return None


def _server(state: ServerState, speed: Speed) -> Server:
    at = urlsplit(state.url)  # it may hold a name and a password
    facts = [(status_texts.BUSY, str(state.busy))]
    if speed.answers:
        facts.append((status_texts.FIRST_TOKEN, status_texts.SECONDS.format(count=f"{speed.first:.1f}")))
    if speed.rate:
        facts.append((status_texts.RATE, status_texts.TOKENS_A_SECOND.format(count=f"{speed.rate:.0f}")))
    problem = texts.PROBLEMS.get(state.problem, status_texts.MODEL_DOWN) if state.problem else ""
    return Server(at.netloc.rpartition("@")[2], problem, tuple(facts))


def _embedder(embedded: Embedding) -> str:
    if not embedded.name:
        return status_texts.EMBEDDER_MISSING
    shipped = embedded.name.startswith(STATIC_NAME)
    return (status_texts.EMBEDDER_SHIPPED if shipped else status_texts.EMBEDDER_NAME).format(name=embedded.name)


def _ways(embedded: Embedding, readable: list[Collection]) -> list[tuple[str, int, int]]:
    """Name, passages done, all passages: of the whole, then of each collection that may be read and is on its way."""
    if embedded.done == embedded.total:
        return []
    names = {collection.id: visible(collection.name) for collection in readable}
    going = [way for way in embedded.ways if way.done < way.total and way.collection_id in names]
    whole = (status_texts.ALL_COLLECTIONS, embedded.done, embedded.total)
    return [whole, *((names[way.collection_id], way.done, way.total) for way in going)]


def _stored(services: Services, readable: list[Collection]) -> tuple[list[Stored], Stored]:
    """A row for each collection that may be read, the largest first, one for all others together, and the sum."""
    found = rooms(services.engine, services.files, services.data)
    whole = sum(found.values(), Room())
    mine = sorted(((found.pop(one.id), one) for one in readable if one.id in found), key=lambda row: -row[0].bytes)
    rows = [_row(visible(one.name), room, whole) for room, one in mine]
    if found:
        others = _counted(status_texts.CLOSED_COLLECTIONS, len(found))
        rows.append(_row(others, sum(found.values(), Room()), whole))
    return rows, _row(status_texts.TOTAL, whole, whole)


def _row(name: str, room: Room, whole: Room) -> Stored:
    return Stored(
        name,
        room.documents,
        size_text(room.originals),
        size_text(room.images),
        size_text(room.index),
        size_text(room.bytes),
        round(100 * room.bytes / max(1, whole.bytes), 1),
    )


def _counted(sentences: tuple[str, str], count: int) -> str:
    return sentences[0] if count == 1 else sentences[1].format(count=count)
