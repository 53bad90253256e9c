"""Several addresses of the real vLLM, each through a cable that can be cut: who answers when one of them is gone."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager, suppress

import pytest

from answers.errors import ModelDropped, ModelUnavailable
from answers.serving.connection import Timeouts
from answers.serving.model import Piece, ServerState, Waiting
from answers.serving.model_server import ModelServer
from answers.serving.pool import ModelPool
from tests.vllm.forced import Vllm, until

pytestmark = [pytest.mark.vllm, pytest.mark.anyio]

ASKED = [{"role": "user", "content": "כמה ימי חופשה מגיעים לעובד?"}]
NOISE = {"ignore_eos": True}
LONG = 4000


class Cable:
    """A connection to vLLM that can be cut and joined again. `answers` is how many chats went through it."""

    def __init__(self, vllm: Vllm) -> None:
        self.host, self.port = vllm.url.removeprefix("http://").split(":")
        self.url = ""
        self.answers = 0
        self.whole = True
        self.cut_at_next = False
        self._writers: set[asyncio.StreamWriter] = set()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        with suppress(ConnectionError):
            if self.whole:
                away, back = await asyncio.open_connection(self.host, int(self.port))
                self._writers.add(back)
                await asyncio.gather(self._pump(reader, back), self._pump(away, writer))
        writer.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                if b"POST /v1/chat" in data:
                    self.answers += 1
                    if self.cut_at_next:
                        self.cut()
                writer.write(data)
                await writer.drain()
        writer.close()

    def cut(self) -> None:
        """Ends what goes through it in the middle, and lets nothing through any more."""
        self.whole = False
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()


@asynccontextmanager
async def cable(vllm: Vllm) -> AsyncGenerator[Cable]:
    one = Cable(vllm)
    server = await asyncio.start_server(one.carry, "127.0.0.1", 0)
    one.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield one
    finally:
        server.close()
        one.cut()


@asynccontextmanager
async def two_servers(vllm: Vllm, parallel: int = 4) -> AsyncGenerator[tuple[ModelPool, list[Cable]]]:
    async with cable(vllm) as one, cable(vllm) as two:
        servers = [ModelServer(each.url, api_key=vllm.key, timeouts=Timeouts(5, 60, 30)) for each in (one, two)]
        pool = ModelPool(servers, parallel, look_again=0.2)
        try:
            yield pool, [one, two]
        finally:
            await pool.close()


async def said(pool: ModelPool, text: str) -> list[Piece]:
    return [piece async for piece in pool.stream(ASKED, 500, {"structured_outputs": {"choice": [text]}})]


def text_of(pieces: list[Piece]) -> str:
    return "".join(piece for piece in pieces if isinstance(piece, str))


async def test_two_servers_share_the_work(vllm: Vllm) -> None:
    """Thirty questions at once are answered by both in equal parts, each with its own text; who has to wait is told."""
    async with two_servers(vllm) as (pool, cables):
        texts = [f"תשובה {number} מתוך שלושים [1]." for number in range(30)]
        answers = await asyncio.gather(*(said(pool, text) for text in texts))
        assert [text_of(pieces) for pieces in answers] == texts
        assert sum(isinstance(pieces[0], Waiting) for pieces in answers) == 30 - 2 * 4
        assert all(10 <= one.answers <= 20 for one in cables)
        assert await pool.states() == tuple(ServerState(one.url) for one in cables)


async def test_a_server_lost_before_the_first_token_costs_nobody_an_answer(vllm: Vllm) -> None:
    """Questions on their way to a server that goes are answered by the other one; it is used again when it is back."""
    async with two_servers(vllm) as (pool, cables):
        cables[0].cut_at_next = True
        texts = [f"תשובה {number} [1]." for number in range(8)]
        answers = await asyncio.gather(*(said(pool, text) for text in texts))
        assert [text_of(pieces) for pieces in answers] == texts
        assert not cables[0].whole
        assert [state.problem for state in await pool.states()] == ["model_unavailable", None]
        cables[0].whole, cables[0].cut_at_next = True, False
        assert await until(lambda: not pool._line.left_out)
        answered = cables[0].answers
        await said(pool, "שוב.")
        await said(pool, "ושוב.")
        assert cables[0].answers == answered + 1


async def test_a_server_lost_in_mid_stream_keeps_the_text_and_the_others_go_on(vllm: Vllm) -> None:
    """The answer it was writing ends as dropped with its text; the one beside it does not notice."""
    async with two_servers(vllm) as (pool, cables):
        texts, streams = ["", ""], [pool.stream(ASKED, LONG, NOISE) for _ in cables]
        for index, stream in enumerate(streams):
            texts[index] = str(await anext(stream))
        assert [one.answers for one in cables] == [1, 1]
        cables[0].cut()
        with pytest.raises(ModelDropped):
            [piece async for piece in streams[0]]
        for _ in range(50):
            texts[1] += str(await anext(streams[1]))
        assert all(texts)
        await streams[1].aclose()
        assert await until(lambda: vllm.running() == 0)


async def test_no_server_left_is_unavailable(vllm: Vllm) -> None:
    """With both cut, the question ends with a code within seconds, whichever part of it asks."""
    async with two_servers(vllm) as (pool, cables):
        for one in cables:
            one.cut()
        async with asyncio.timeout(20):
            with pytest.raises(ModelUnavailable):
                await said(pool, "כן")
            with pytest.raises(ModelUnavailable):
                await pool.model()
            assert await pool.count_tokens(ASKED) is None


@pytest.mark.parametrize("leave", ["close", "cancel"])
async def test_leaving_at_any_place_stops_vllm_and_frees_the_place(vllm: Vllm, leave: str) -> None:
    """Whether in the line, before or after the first token: nothing runs afterwards, and every place is free."""
    async with two_servers(vllm, parallel=1) as (pool, _):

        async def read(pieces: int) -> None:
            async with aclosing(pool.stream(ASKED, LONG, NOISE)) as stream:
                while pieces:
                    await anext(stream)
                    pieces -= 1
                await asyncio.sleep(60 if leave == "cancel" else 0)

        for round_number in range(5):
            counts = [1 + round_number * 3, 2, 1, 1, 1]
            tasks = [asyncio.create_task(read(count)) for count in counts]
            await asyncio.sleep(0.05 * round_number)
            if leave == "cancel":
                for task in reversed(tasks):
                    task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            assert await until(lambda: vllm.running() == 0)
            assert [pool.waiting, *(state.busy for state in await pool.states())] == [0, 0, 0]
