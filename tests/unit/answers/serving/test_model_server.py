import asyncio
from contextlib import aclosing

import pytest

from answers.errors import ModelDropped, ModelError, ModelRefused, ModelSlow, ModelUnavailable, TooLong
from answers.serving.model import ServedModel
from answers.serving.model_server import ModelServer, Probe, Timeouts, find_model_server, open_model_server
from answers.settings import AnswerSettings
from tests.fake_model_server import (
    FakeModelServer,
    Send,
    delta,
    event,
    hang_up,
    reply,
    silence,
    stream,
    words,
)  # fmt: skip

pytestmark = pytest.mark.anyio

QUICK = Timeouts(connect=2, first=0.3, following=0.3)
PATIENT = Timeouts(connect=2, first=20, following=20)
NOWHERE = "http://127.0.0.1:9"
ASKED = [{"role": "user", "content": "מה?"}]


async def read(url: str, timeouts: Timeouts = PATIENT, key: str = "") -> list[str]:
    pieces: list[str] = []
    async with ModelServer(url, api_key=key, timeouts=timeouts) as model:
        async for piece in model.stream(ASKED, 50, {"temperature": 0.2}):
            pieces.append(piece)
    return pieces


async def read_until_error(url: str, timeouts: Timeouts = PATIENT) -> tuple[str, Exception]:
    text = ""
    async with ModelServer(url, timeouts=timeouts) as model:
        try:
            async for piece in model.stream(ASKED, 50, {}):
                text += piece
        except (ModelError, TooLong) as error:
            return text, error
    raise AssertionError("no error")


async def test_a_request_says_what_it_should(server: FakeModelServer) -> None:
    """Model, messages, limits, extras and key are sent, to an address given with or without /v1."""
    server.will(stream(*words("שלום", " עולם")))
    assert await read(f"{server.url}/v1/", key="secret") == ["שלום", " עולם"]
    assert server.chats == [{"model": "tiny", "messages": ASKED, "max_tokens": 50, "stream": True, "temperature": 0.2}]
    assert all("Authorization: Bearer secret" in head for _, head, _ in server.requests)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        ("401 Unauthorized", {"error": "Unauthorized"}, ModelRefused),
        ("400 Bad Request", {"error": {"message": "This model's maximum context length is 9 tokens."}}, TooLong),
        ("404 Not Found", {"error": {"message": "The model does not exist"}}, ModelError),
        ("500 Internal Server Error", None, ModelError),
        ("302 Found", None, ModelError),
    ],
)
async def test_replies_other_than_200_are_errors(
    server: FakeModelServer, status: str, body: object, kind: type[Exception]
) -> None:
    """Each becomes its kind of error, is not asked again, and a redirection is not followed."""
    server.will(reply(status, body))
    text, error = await read_until_error(server.url)
    assert (text, type(error)) == ("", kind)
    assert len(server.chats) == 1


async def test_an_error_in_mid_stream_comes_after_the_text(server: FakeModelServer) -> None:
    """What was streamed before an error object is passed on first."""
    server.will(stream(delta(content="תחי"), delta(content="לה"), event({"error": {"message": "engine", "code": 500}})))
    text, error = await read_until_error(server.url)
    assert (text, type(error)) == ("תחילה", ModelError)


async def test_a_connection_lost_in_mid_stream_is_dropped(server: FakeModelServer) -> None:
    """Both ways of losing it count: without the end of the transfer, and with an orderly end but no finish reason."""
    for drops in (True, False):
        server.will(stream(delta(content="תחילה"), drops=drops))
        text, error = await read_until_error(server.url)
        assert (text, type(error)) == ("תחילה", ModelDropped)
    assert len(server.chats) == 2


async def test_waits_are_bounded(server: FakeModelServer) -> None:
    """No first token, and no next token, are `model_slow`; a slow but steady stream longer than both waits is not."""
    server.will(silence)
    assert type((await read_until_error(server.url, QUICK))[1]) is ModelSlow

    async def begins_and_hangs(send: Send) -> None:
        await stream(delta(content="א"), drops=True)(send)
        await silence(send)

    server.will(begins_and_hangs)
    text, error = await read_until_error(server.url, QUICK)
    assert (text, type(error)) == ("א", ModelSlow)
    server.will(stream(*words("א", "ב", "ג"), pause=0.15))
    assert await read(server.url, QUICK) == ["א", "ב", "ג"]


async def test_a_busy_server_and_a_lost_first_connection_are_tried_once_more(server: FakeModelServer) -> None:
    """Before the first token a second attempt loses nothing; there is no third."""
    for first in (hang_up, reply("503 Service Unavailable", {"error": "overloaded"})):
        server.requests.clear()
        server.will(first, stream(*words("הנה")))
        assert await read(server.url) == ["הנה"]
        server.requests.clear()
        server.will(first)
        await read_until_error(server.url)
        assert len(server.chats) == 2


async def test_nobody_at_the_address_is_unavailable() -> None:
    """A refused connection is `model_unavailable`."""
    with pytest.raises(ModelUnavailable):
        await read(NOWHERE)


async def test_closing_the_stream_closes_the_connection(server: FakeModelServer) -> None:
    """The server sees the client go as soon as the generator is closed."""
    server.will(stream(*[delta(content="א")] * 1000, pause=0.02))
    async with ModelServer(server.url, timeouts=PATIENT) as model:
        async with aclosing(model.stream(ASKED, 50, {})) as pieces:
            await anext(pieces)
        await asyncio.wait_for(server.client_left.wait(), 10)


async def test_tokens_are_counted_where_the_server_can(server: FakeModelServer) -> None:
    """VLLM's /tokenize gives the count; a server without it is asked once, and a failure there is not an error."""
    async with ModelServer(server.url) as model:
        assert await model.count_tokens(ASKED) is None
        assert await model.count_tokens(ASKED) is None
    assert [path for path, _, _ in server.requests] == ["/v1/models", "/tokenize"]
    server.will(reply("200 OK", {"count": 7, "max_model_len": 4096, "tokens": [1] * 7}), path="/tokenize")
    async with ModelServer(server.url) as model:
        assert await model.count_tokens(ASKED) == 7
    assert server.requests[-1][2] == {"model": "tiny", "messages": ASKED}


async def test_the_model_is_the_named_one_or_the_first(server: FakeModelServer) -> None:
    """The context length comes from the list of models; a name that is not in it is asked for all the same."""
    odd = {"id": "x", "max_model_len": "no number"}
    listed = {"data": [{"id": "one"}, {"id": "two", "max_model_len": 99}, odd, "junk", {}]}
    server.will(reply("200 OK", listed), path="/v1/models")
    for name, expected in {"": ServedModel("one"), "two": ServedModel("two", 99), "x": ServedModel("x")}.items():
        async with ModelServer(server.url, name) as model:
            assert await model.model() == expected


@pytest.mark.parametrize("body", [None, [], {"data": 5}, {"data": []}, {"object": "list"}])
async def test_a_server_without_models_is_an_error(server: FakeModelServer, body: object) -> None:
    """Something else that listens at the address does not raise anything unexpected."""
    server.will(reply("200 OK", body), path="/v1/models")
    with pytest.raises(ModelError):
        await read(server.url)


async def test_after_an_error_the_model_is_looked_up_again(server: FakeModelServer) -> None:
    """A server that was started anew with another model is used with that one."""
    server.will(reply("404 Not Found", {"error": {"message": "no such model"}}), stream(*words("כן")))
    one, two = (reply("200 OK", {"data": [{"id": name}]}) for name in ("one", "two"))
    server.will(one, two, path="/v1/models")
    async with ModelServer(server.url) as model:
        with pytest.raises(ModelError):
            await anext(model.stream(ASKED, 50, {}))
        assert await anext(model.stream(ASKED, 50, {})) == "כן"
    assert [chat["model"] for chat in server.chats] == ["one", "two"]


async def test_looking_for_servers_says_what_is_there(server: FakeModelServer) -> None:
    """Every address gets a probe: with models, or with the reason why there are none."""
    port = int(server.url.rsplit(":", 1)[1])
    found, missing = await find_model_server(ports={"vLLM": port, "Ollama": 9})
    assert found == Probe("vLLM", server.url, ("tiny",))
    assert (missing.name, missing.models) == ("Ollama", ())
    assert "nothing answers" in missing.reason
    assert [probe.models for probe in await find_model_server(server.url)] == [("tiny",)]


async def test_proxy_variables_are_not_read(server: FakeModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy in the environment never sees a question."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, NOWHERE)
    server.will(stream(*words("כן")))
    assert await read(server.url) == ["כן"]


async def test_many_questions_share_one_client(server: FakeModelServer) -> None:
    """Streams that run at the same time do not mix."""
    server.will(stream(*words(*"אבגד"), pause=0.01))
    async with ModelServer(server.url) as model:

        async def ask() -> str:
            return "".join([piece async for piece in model.stream(ASKED, 50, {})])

        assert await asyncio.gather(*(ask() for _ in range(20))) == ["אבגד"] * 20


def test_without_an_address_there_is_no_model_server() -> None:
    """An empty DARASH_MODEL_URL means that answers are quoted; a wrong one is refused at start."""
    assert open_model_server(AnswerSettings(_env_file=None, model_url="")) is None
    opened = open_model_server(AnswerSettings(_env_file=None, model_url="http://10.0.0.5:8000/v1"))
    assert opened is not None
    assert opened.url == "http://10.0.0.5:8000"
    with pytest.raises(ValueError, match="model_url"):
        AnswerSettings(_env_file=None, model_url="10.0.0.5:8000")
