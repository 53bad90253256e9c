import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager

import pytest

from answers.errors import ModelBusy, ModelDropped, ModelError, ModelRefused, ModelSlow, ModelUnavailable, TooLong
from answers.serving.connection import Timeouts
from answers.serving.model import Piece, ServedModel, ServerState, Waiting
from answers.serving.model_server import ModelServer
from answers.serving.pool import ModelPool, open_model
from answers.settings import AnswerSettings
from tests.fake_model_server import (
    FakeModelServer,
    Script,
    Send,
    delta,
    event,
    fake_model_server,
    hang_up,
    reply,
    silence,
    stream,
    words,
)

pytestmark = pytest.mark.anyio

NOWHERE = "http://127.0.0.1:9"
ASKED = [{"role": "user", "content": "מה?"}]
WAITS = Timeouts(connect=2, first=20, following=20)


@asynccontextmanager
async def pool_of(
    *servers: FakeModelServer | str,
    parallel: int = 8,
    longest: int = 100,
    waits: Timeouts = WAITS,
    look_again: float = 60,
) -> AsyncGenerator[ModelPool]:
    urls = [server if isinstance(server, str) else server.url for server in servers]
    pool = ModelPool([ModelServer(url, timeouts=waits) for url in urls], parallel, longest, look_again)
    try:
        yield pool
    finally:
        await pool.close()


@pytest.fixture
async def other() -> AsyncGenerator[FakeModelServer]:
    async with fake_model_server() as fake:
        yield fake


def held(release: asyncio.Event, *texts: str) -> Script:
    """Sends the first text, and the others when it is told to."""

    async def script(send: Send) -> None:
        async def send_later(data: bytes) -> None:
            if b"stop" in data:
                await release.wait()
            await send(data)

        await stream(*words(*texts))(send_later)

    return script


async def pieces_of(pool: ModelPool) -> list[Piece]:
    return [piece async for piece in pool.stream(ASKED, 50, {})]


async def until(condition: object) -> None:
    async with asyncio.timeout(20):
        while not condition():  # type: ignore[operator]
            await asyncio.sleep(0.01)


async def test_one_server_with_a_free_place_just_answers(server: FakeModelServer) -> None:
    """Nobody waits, and what is passed on is what the server sends."""
    server.will(stream(*words("שלום", " עולם")))
    async with pool_of(server) as pool:
        assert await pool.model() == ServedModel("tiny", 4096)
        assert await pieces_of(pool) == ["שלום", " עולם"]
        assert await pool.states() == (ServerState(server.url),)


async def test_questions_go_where_the_fewest_are(server: FakeModelServer, other: FakeModelServer) -> None:
    """Ten questions at once over two servers are five each."""
    release = asyncio.Event()
    for one in (server, other):
        one.will(held(release, "כן"))
    async with pool_of(server, other) as pool:
        tasks = [asyncio.create_task(pieces_of(pool)) for _ in range(10)]
        await until(lambda: len(server.chats) == len(other.chats) == 5)
        assert [state.busy for state in await pool.states()] == [5, 5]
        release.set()
        assert await asyncio.gather(*tasks) == [["כן"]] * 10
        assert [state.busy for state in await pool.states()] == [0, 0]


async def test_the_place_in_line_is_said_whenever_it_changes(server: FakeModelServer) -> None:
    """Who waits hears the place, moves up when somebody ahead is served or leaves, and is answered in turn."""
    releases = [asyncio.Event() for _ in range(4)]
    server.will(*(held(release, str(number)) for number, release in enumerate(releases)))
    async with pool_of(server, parallel=1) as pool:
        heard: list[list[Piece]] = [[] for _ in range(4)]

        async def ask(number: int) -> None:
            async for piece in pool.stream(ASKED, 50, {}):
                heard[number].append(piece)

        tasks = []
        for number in range(4):
            tasks.append(asyncio.create_task(ask(number)))
            await until(lambda number=number: heard[number])
        assert heard == [["0"], [Waiting(1)], [Waiting(2)], [Waiting(3)]]
        tasks[1].cancel()
        await until(lambda: heard[3] == [Waiting(3), Waiting(2)])
        for release in releases:
            release.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert heard == [["0"], [Waiting(1)], [Waiting(2), Waiting(1), "1"], [Waiting(3), Waiting(2), Waiting(1), "2"]]
        assert (len(server.chats), pool.waiting) == (3, 0)


async def test_a_line_that_is_too_long_turns_away(server: FakeModelServer) -> None:
    """The question after the longest line is `model_busy` at once; none of those who wait is."""
    release = asyncio.Event()
    server.will(held(release, "כן"))
    async with pool_of(server, parallel=1, longest=1) as pool:
        tasks = [asyncio.create_task(pieces_of(pool)) for _ in range(2)]
        await until(lambda: pool.waiting == 1)
        with pytest.raises(ModelBusy):
            await pieces_of(pool)
        release.set()
        assert await asyncio.gather(*tasks) == [["כן"], [Waiting(1), "כן"]]


@pytest.mark.parametrize(
    "failure",
    [
        hang_up,
        reply("500 Internal Server Error", {"error": "engine"}),
        reply("503 Service Unavailable", {"error": "loading"}),
        reply("429 Too Many Requests\r\nRetry-After: 60", {"error": "busy"}),
        reply("404 Not Found", {"error": {"message": "no such model"}}),
        reply("401 Unauthorized", {"error": "Unauthorized"}),
        stream(delta(role="assistant", content=""), drops=True),
        stream(delta(role="assistant", content="")),
        stream(event({"error": {"message": "engine", "code": 500}})),
    ],
)
async def test_a_server_that_fails_before_the_first_token_is_replaced(
    failure: Script, server: FakeModelServer, other: FakeModelServer
) -> None:
    """The other server answers as if nothing had been; the one that failed is left out from then on."""
    server.will(failure)
    other.will(stream(*words("כן")))
    async with pool_of(server, other) as pool:
        assert await asyncio.gather(*(pieces_of(pool) for _ in range(4))) == [["כן"]] * 4
        seen = len(server.chats)
        assert await pieces_of(pool) == ["כן"]
        assert len(server.chats) == seen <= 2


async def test_nothing_is_asked_twice_after_the_first_token(server: FakeModelServer, other: FakeModelServer) -> None:
    """What was shown cannot be taken back: the error comes after the text, and the next question goes elsewhere."""
    for failure, kind in {
        stream(delta(content="תחי"), drops=True): ModelDropped,
        stream(delta(reasoning="הממ"), event({"error": "engine"})): ModelError,
    }.items():
        server.will(failure)
        other.requests.clear()
        other.will(stream(*words("כן")))
        async with pool_of(server, other) as pool:
            pieces = pool.stream(ASKED, 50, {})
            assert await anext(pieces) in ("תחי", "<think>")
            with pytest.raises(kind):
                [piece async for piece in pieces]
            assert other.chats == []
            assert await pieces_of(pool) == ["כן"]


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (reply("400 Bad Request", {"error": {"message": "maximum context length is 9 tokens"}}), TooLong),
        (reply("400 Bad Request", {"error": {"message": "conversation roles must alternate"}}), ModelError),
        (silence, ModelSlow),
    ],
)
async def test_what_another_server_would_not_do_better_is_not_tried(
    failure: Script, kind: type[Exception], server: FakeModelServer, other: FakeModelServer
) -> None:
    """What is wrong with a question is wrong everywhere, and nobody waits for the first token twice."""
    server.will(failure)
    async with pool_of(server, other, waits=Timeouts(2, 0.3, 0.3)) as pool:
        with pytest.raises(kind):
            await pieces_of(pool)
    assert other.chats == []


@pytest.mark.parametrize("failure", [hang_up, reply("503 Service Unavailable"), reply("429 Busy\r\nRetry-After: 0.2")])
async def test_a_server_alone_is_asked_once_more(failure: Script, server: FakeModelServer) -> None:
    """Without another server there is a second attempt after a pause, and no third."""
    server.will(failure, stream(*words("הנה")))
    async with pool_of(server) as pool:
        assert await pieces_of(pool) == ["הנה"]
    server.requests.clear()
    server.will(failure)
    async with pool_of(server) as pool:
        with pytest.raises(ModelError):
            await pieces_of(pool)
    assert len(server.chats) == 2


async def test_a_long_pause_is_not_waited_for(server: FakeModelServer) -> None:
    """A server alone that wants to be left alone for minutes is busy, and says so at once."""
    server.will(reply("429 Too Many Requests\r\nRetry-After: 300"))
    async with pool_of(server) as pool:
        with pytest.raises(ModelBusy):
            await pieces_of(pool)
    assert len(server.chats) == 1


async def test_all_servers_are_tried_before_giving_up(other: FakeModelServer) -> None:
    """With one of four servers alive the model is known and the question answered; with none it is unavailable."""
    other.will(stream(*words("כן")))
    async with pool_of(NOWHERE, NOWHERE + "/b", NOWHERE + "/c", other) as pool:
        assert await pool.model() == ServedModel("tiny", 4096)
        assert await pieces_of(pool) == ["כן"]
        states = await pool.states()
        assert [state.problem for state in states] == ["model_unavailable"] * 3 + [None]
    async with pool_of(NOWHERE, NOWHERE + "/b") as pool:
        with pytest.raises(ModelUnavailable):
            await pool.model()
        with pytest.raises(ModelUnavailable):
            await pieces_of(pool)
        assert await pool.count_tokens(ASKED) is None


async def test_a_server_that_answers_again_is_used_again(server: FakeModelServer, other: FakeModelServer) -> None:
    """It is looked at in the background, with no question as the victim, until it writes a token."""
    server.will(reply("500 Internal Server Error"))
    other.will(stream(*words("כן")))
    async with pool_of(server, other, look_again=0.05) as pool:
        assert await pieces_of(pool) == ["כן"]
        await until(lambda: len(server.chats) >= 3)
        assert server.chats[-1]["max_tokens"] == 1
        assert [piece for _ in range(3) for piece in await pieces_of(pool)] == ["כן"] * 3
        server.will(stream(*words("שוב")))
        await until(lambda: not pool._line.left_out)
        assert sorted([*(await pieces_of(pool)), *(await pieces_of(pool))]) == ["כן", "שוב"]


async def test_a_wrong_key_everywhere_is_refused(server: FakeModelServer, other: FakeModelServer) -> None:
    """The last error is the one that is told."""
    for one in (server, other):
        one.will(reply("401 Unauthorized", {"error": "Unauthorized"}), path="/v1/models")
    async with pool_of(server, other) as pool:
        with pytest.raises(ModelRefused):
            await pool.model()


async def test_many_questions_over_few_places_all_end(server: FakeModelServer, other: FakeModelServer) -> None:
    """Fifty at once on two servers with two places each: each gets the whole answer, and no server more than two."""
    most = 0

    async def counted(send: Send) -> None:
        nonlocal most
        most = max(most, len(server.open), len(other.open))
        await stream(*words(*"אבגד"))(send)

    async with AsyncExitStack() as stack:
        for one in (server, other):
            one.will(counted)
        pool = await stack.enter_async_context(pool_of(server, other, parallel=2))
        answers = await asyncio.gather(*(pieces_of(pool) for _ in range(50)))
    assert ["".join(piece for piece in pieces if isinstance(piece, str)) for pieces in answers] == ["אבגד"] * 50
    assert sum(isinstance(pieces[0], Waiting) for pieces in answers) == 46
    assert most <= 3  # a connection that just ended may still be counted


async def test_closing_while_waiting_gives_the_place_back(server: FakeModelServer) -> None:
    """Who leaves the line by closing the stream does not hold up those behind."""
    release = asyncio.Event()
    server.will(held(release, "כן"))
    async with pool_of(server, parallel=1) as pool:
        task = asyncio.create_task(pieces_of(pool))
        await until(lambda: server.chats)
        async with aclosing(pool.stream(ASKED, 50, {})) as pieces:
            assert await anext(pieces) == Waiting(1)
        assert pool.waiting == 0
        release.set()
        assert await task == ["כן"]


def test_the_pool_of_the_settings() -> None:
    """No address: answers are quoted. Several, with any blanks between, are as many servers; a wrong one is refused."""
    assert open_model(AnswerSettings(_env_file=None, model_url="")) is None
    assert open_model(AnswerSettings(_env_file=None, model_url=" ")) is None
    opened = open_model(AnswerSettings(_env_file=None, model_url=" http://10.0.0.5:8000/v1  https://b\n"))
    assert opened is not None
    assert opened.url == "http://10.0.0.5:8000 https://b"
    for wrong in ("10.0.0.5:8000", "http://a b"):
        with pytest.raises(ValueError, match="model_url"):
            AnswerSettings(_env_file=None, model_url=wrong)


async def test_the_speed_of_each_server_is_known_once_it_has_written(server: FakeModelServer) -> None:
    """Answers count for the server that gave them; one that failed has no speed."""
    server.will(stream(*words("אחת ", "שתיים ", "שלוש"), pause=0.01))
    async with pool_of(NOWHERE, server) as pool:
        assert [speed.answers for speed in pool.speeds()] == [0, 0]
        await pieces_of(pool)
        nowhere, there = pool.speeds()
        assert nowhere.answers == 0
        assert there.answers == 1
        assert there.first > 0
        assert there.rate > 0
