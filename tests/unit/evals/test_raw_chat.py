import httpx
import pytest

from evals.raw_chat import RawServer
from tests.fake_model_server import DONE, delta, event, fake_model_server, reply, stream, words

pytestmark = pytest.mark.anyio

HELLO = [{"role": "user", "content": "שלום"}]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_a_streamed_answer_is_told_with_its_pieces_and_its_end() -> None:
    """Text, pieces, reason of the end, usage and the closing mark are what the server sent, noise passed over."""
    usage = event({"choices": [], "usage": {"completion_tokens": 2}})
    async with fake_model_server() as fake, RawServer(f"{fake.url}/v1") as server:
        fake.will(
            stream(
                b": ping\n\n",
                b"data: nonsense\n\n",
                delta(content="של"),
                delta(content="ום"),
                delta("stop"),
                usage,
                DONE,
            )
        )
        told = await server.tell("tiny", HELLO, max_tokens=5)
        assert fake.chats == [{"model": "tiny", "messages": HELLO, "stream": True, "max_tokens": 5}]
    assert (told.text, told.pieces, told.finish, told.done) == ("שלום", 2, "stop", True)
    assert told.usage == {"completion_tokens": 2}
    assert told.first is not None
    assert 0 < told.first <= told.total


async def test_a_refusal_is_kept() -> None:
    """A status that is no success is told with its body, and with no text."""
    async with fake_model_server() as fake, RawServer(fake.url) as server:
        fake.will(reply("400 Bad Request", {"error": {"message": "no"}}))
        told = await server.tell("tiny", HELLO)
    assert told.refused is not None
    assert (told.refused.status, told.refused.body, told.text) == (400, {"error": {"message": "no"}}, "")


async def test_a_metric_is_summed_over_its_labels() -> None:
    """Only lines of that very name count; without the metric there is no number."""
    lines = 'tokens_total{model="a"} 2.0\ntokens_total{model="b"} 3\ntokens_total_created 9\n# tokens_total 7\n'

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, text=lines)

    async with RawServer("http://server", transport=httpx.MockTransport(answer)) as server:
        assert await server.metric("tokens_total") == 5
        assert await server.metric("requests") is None


async def test_leaving_a_stream_closes_its_connection() -> None:
    """The server notices that whoever asked has left."""
    async with fake_model_server() as fake, RawServer(fake.url) as server:
        fake.will(stream(*words("א", "ב", "ג"), pause=0.05))
        async with server.opened("tiny", HELLO) as response:
            assert response.status_code == 200
        await fake.client_left.wait()
