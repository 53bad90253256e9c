"""Whatever moment a question is given up at, nothing of it stays: no place, no connection, nobody in the line."""

import asyncio
import random
import socket
from contextlib import ExitStack, aclosing, suppress

import anyio
import pytest

from answers.errors import ModelError
from answers.serving.connection import Timeouts
from answers.serving.model import Waiting
from answers.serving.model_server import ModelServer
from answers.serving.pool import ModelPool
from tests.fake_model_server import FakeModelServer, Script, Send, fake_model_server, hang_up, reply, stream, words

pytestmark = pytest.mark.anyio

ASKED = [{"role": "user", "content": "מה?"}]
PARALLEL = 4


def moody(dice: random.Random) -> Script:
    """Answers at once, late, slowly, not to the end, or not at all."""

    async def script(send: Send) -> None:
        await asyncio.sleep(dice.choice([0, 0, 0.02, 0.1]))
        pieces = words(*"אבגדהוזח")
        kind = dice.randrange(8)
        if kind == 0:
            await hang_up(send)
        elif kind == 1:
            await reply("503 Service Unavailable", {"error": "busy"})(send)
        elif kind == 2:
            await stream(*pieces[: dice.randrange(6)], pause=0.01, drops=True)(send)
        else:
            await stream(*pieces, pause=dice.choice([0, 0, 0.01, 0.03]))(send)

    return script


async def read(pool: ModelPool, most: int = 1000) -> None:
    """Reads pieces, and closes the stream after `most` of them."""
    async with aclosing(pool.stream(ASKED, 50, {})) as pieces:
        async for _ in pieces:
            most -= 1
            if not most:
                break


async def given_up(pool: ModelPool, dice: random.Random) -> None:
    """A question that is given up in one of the ways in which a web server gives up."""
    await asyncio.sleep(dice.random() * 0.3)
    seconds = dice.choice([0, 0.001, 0.01, 0.05, 0.2]) * dice.random()
    way = dice.randrange(6)
    with suppress(ModelError, TimeoutError, asyncio.CancelledError):
        if way == 0:
            await read(pool)
        elif way == 1:
            await read(pool, dice.randrange(1, 8))
        elif way == 2:
            await asyncio.wait_for(read(pool), seconds)
        elif way == 3:
            with anyio.move_on_after(seconds):
                await read(pool)
        else:
            task = asyncio.create_task(read(pool))
            for _ in range(way - 3):
                await asyncio.sleep(seconds)
                task.cancel()
            await task


@pytest.mark.parametrize("seed", range(3))
async def test_nothing_stays_of_questions_given_up(seed: int) -> None:
    """Hundreds of questions given up at random moments: all places are free afterwards, all connections closed."""
    dice = random.Random(seed)
    async with fake_model_server() as one, fake_model_server() as two:
        for server in (one, two):
            server.will(moody(dice))
            server.keeps_alive = dice.random() < 0.5
        servers = [ModelServer(server.url, timeouts=Timeouts(2, 2, 2)) for server in (one, two)]
        pool = ModelPool(servers, PARALLEL, 1000, look_again=0.05)
        await asyncio.gather(*(given_up(pool, dice) for _ in range(200)))
        assert pool.waiting == 0
        assert [state.busy for state in await pool.states()] == [0, 0]
        for server in (one, two):
            server.will(stream(*words("כן")))
        async with asyncio.timeout(20):
            await asyncio.gather(*(read(pool) for _ in range(4 * PARALLEL)))
        for check in (checks := list(pool._checks.values())):
            check.cancel()
        await asyncio.gather(*checks, return_exceptions=True)
        for model in servers:
            await asyncio.gather(*model._connections._closing)
            assert not model._connections._used
        idle = sum(len(model._connections._idle) for model in servers)
        async with asyncio.timeout(20):
            while len(one.open) + len(two.open) > idle:
                await asyncio.sleep(0.01)
        await pool.close()
        async with asyncio.timeout(20):
            while one.open or two.open:
                await asyncio.sleep(0.01)


@pytest.mark.parametrize("moment", ["in the line", "connecting", "before the first token", "in mid-stream"])
async def test_giving_up_is_noticed_at_once(moment: str, server: FakeModelServer) -> None:
    """In every state a cancelled question frees its place before anything else happens."""

    async def begins(send: Send) -> None:
        if moment != "before the first token":
            await stream(*words("א")[:2], drops=True)(send)
        await asyncio.sleep(60)

    server.will(begins)
    with ExitStack() as sockets:
        url = deaf(sockets) if moment == "connecting" else server.url
        await given_up_at(moment, server, ModelPool([ModelServer(url, timeouts=Timeouts(30, 60, 60))], parallel=1))


def deaf(sockets: ExitStack) -> str:
    """An address at which a connection is neither taken nor refused: nobody accepts, and the backlog is full."""
    listening = sockets.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
    for _ in range(3):
        filling = sockets.enter_context(socket.socket())
        filling.setblocking(False)
        filling.connect_ex(listening.getsockname())
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


async def given_up_at(moment: str, server: FakeModelServer, pool: ModelPool) -> None:
    first = asyncio.create_task(read(pool))
    await asyncio.sleep(0.3)
    task = asyncio.create_task(read(pool)) if moment == "in the line" else first
    await asyncio.sleep(0.1)
    assert [pool.waiting, (await pool.states())[0].busy] == [int(moment == "in the line"), 1]
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [pool.waiting, (await pool.states())[0].busy] == [0, int(moment == "in the line")]
    if moment != "in the line":
        async with asyncio.timeout(5):
            while server.open:
                await asyncio.sleep(0.01)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    await pool.close()


async def test_a_place_given_to_who_just_left_is_given_on(server: FakeModelServer) -> None:
    """A question cancelled in the very moment in which its turn comes passes the turn on."""
    server.will(stream(*words("א")[:2], drops=True), stream(*words("כן")))
    pool = ModelPool([ModelServer(server.url, timeouts=Timeouts(2, 10, 10))], parallel=1)
    first = pool.stream(ASKED, 50, {})
    await anext(first)
    waiting = [pool.stream(ASKED, 50, {}) for _ in range(2)]
    assert [await anext(one) for one in waiting] == [Waiting(1), Waiting(2)]
    tasks = [asyncio.create_task(anext(one)) for one in waiting]
    await asyncio.sleep(0)
    closing = asyncio.create_task(first.aclose())
    while pool.waiting == 2:
        await asyncio.sleep(0)
    tasks[0].cancel()
    await closing
    assert await tasks[1] in (Waiting(1), "כן")
    for one in waiting:
        await one.aclose()
    assert [pool.waiting, (await pool.states())[0].busy] == [0, 0]
    await pool.close()
