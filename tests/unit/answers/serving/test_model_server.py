import asyncio
from contextlib import aclosing

import pytest

from answers.errors import (
    ModelBusy,
    ModelDropped,
    ModelError,
    ModelRefused,
    ModelSlow,
    ModelUnavailable,
    TooLong,
)
from answers.serving.connection import Timeouts
from answers.serving.model import ServedModel, ServerState
from answers.serving.model_server import ModelServer
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
)

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
    server.will(stream(*words(*"אבגדהוזח"), pause=0.15))
    assert await read(server.url, Timeouts(connect=2, first=1, following=1)) == list("אבגדהוזח")


async def test_signs_of_life_are_no_tokens(server: FakeModelServer) -> None:
    """Comments that keep a connection open do not prolong the wait for the first token, nor the next."""
    server.will(stream(*[b": ping\n\n"] * 100, pause=0.05))
    text, error = await read_until_error(server.url, QUICK)
    assert (text, type(error)) == ("", ModelSlow)
    server.will(stream(delta(content="א"), *[b": ping\n\n"] * 100, pause=0.05))
    text, error = await read_until_error(server.url, QUICK)
    assert (text, type(error)) == ("א", ModelSlow)


async def test_a_reader_may_take_its_time(server: FakeModelServer) -> None:
    """The wait for the next token is the server's: how long the reader holds a piece does not count."""
    server.will(stream(*words("א", "ב")))
    async with ModelServer(server.url, timeouts=QUICK) as model:
        texts = []
        async for text in model.stream(ASKED, 50, {}):
            await asyncio.sleep(0.4)
            texts.append(text)
    assert texts == ["א", "ב"]


async def test_a_server_is_asked_once(server: FakeModelServer) -> None:
    """Asking again is for the pool: a busy server and a lost connection are errors here, with the pause asked for."""
    server.will(hang_up, reply("429 Too Many Requests\r\nRetry-After: 7", {"error": "busy"}))
    assert type((await read_until_error(server.url))[1]) is ModelUnavailable
    error = (await read_until_error(server.url))[1]
    assert isinstance(error, ModelBusy)
    assert error.pause == 7
    assert len(server.chats) == 2


async def test_fields_that_the_server_does_not_know_are_left_out_and_remembered(server: FakeModelServer) -> None:
    """A refusal by name leads to one more request without the field, and later ones are right at once."""
    refusal = reply("422 Unprocessable Entity", {"detail": "Unexpected fields in the request: {'stop', 'top_k'}"})
    newer = reply("400 Bad Request", {"error": {"message": "Unsupported parameter: 'max_tokens'"}})
    server.will(refusal, newer, stream(*words("כן")))
    async with ModelServer(server.url) as model:
        for _ in range(2):
            assert [text async for text in model.stream(ASKED, 50, {"stop": ["x"], "top_k": 1, "seed": 3})] == ["כן"]
    base = {"model": "tiny", "messages": ASKED, "stream": True, "seed": 3}
    assert server.chats[1:] == [base | {"max_tokens": 50}, *[base | {"max_completion_tokens": 50}] * 2]


async def test_a_field_is_not_forgotten_for_nothing(server: FakeModelServer) -> None:
    """When leaving the field out does not help, the error stands, and the field is sent again the next time."""
    server.will(reply("400 Bad Request", {"error": {"message": "stop: not supported"}}))
    async with ModelServer(server.url) as model:
        for _ in range(2):
            with pytest.raises(ModelError):
                await anext(model.stream(ASKED, 50, {"stop": ["x"]}))
    assert ["stop" in chat for chat in server.chats] == [True, False, True, False]


async def test_connections_are_kept_for_the_next_question(server: FakeModelServer) -> None:
    """Answers read to their end share one connection where the server keeps it open."""
    server.keeps_alive = True
    server.will(stream(*words("כן")))
    async with ModelServer(server.url) as model:
        for _ in range(3):
            assert [text async for text in model.stream(ASKED, 50, {})] == ["כן"]
    assert server.connections == 1


async def test_a_key_that_no_server_has_is_refused_by_the_server(server: FakeModelServer) -> None:
    """A key copied with a line end works; one with Hebrew letters or a direction mark in it reaches the server."""
    server.will(stream(*words("כן")))
    assert await read(server.url, key=" secret\n") == ["כן"]
    assert "Authorization: Bearer secret\r\n" in server.requests[0][1]
    assert await read(server.url, key="\u200fסוד") == ["כן"]
    assert "Authorization: Bearer \u200fסוד\r\n" in server.requests[-1][1]


async def test_an_answer_in_one_piece_is_read(server: FakeModelServer) -> None:
    """A server that does not stream is understood."""
    server.will(reply("200 OK", {"choices": [{"message": {"content": "כן"}, "finish_reason": "stop"}]}))
    assert await read(server.url) == ["כן"]


async def test_how_a_server_is(server: FakeModelServer) -> None:
    """Well, or the code of what is wrong."""
    async with ModelServer(server.url) as model:
        assert await model.states() == (ServerState(server.url),)
        for status, code in {"401 Unauthorized": "model_refused", "503 Loading": "model_unavailable"}.items():
            server.will(reply(status, {"error": "no"}), path="/v1/models")
            assert await model.states() == (ServerState(server.url, code),)
    async with ModelServer(NOWHERE) as model:
        assert await model.states() == (ServerState(NOWHERE, "model_unavailable"),)


@pytest.mark.parametrize("url", ["http://[::bad", "http://a:99999", "http://\u05d0..\u05d1"])
async def test_an_address_that_cannot_be_is_unavailable(url: str) -> None:
    """Nothing that stands in the setting raises anything unexpected."""
    with pytest.raises(ModelUnavailable):
        await read(url)


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
    server.requests.clear()
    server.will(reply("500 Internal Server Error"), reply("200 OK", {"count": 3}), path="/tokenize")
    async with ModelServer(server.url) as model:
        assert [await model.count_tokens(ASKED) for _ in range(2)] == [None, 3]
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


async def test_a_server_without_a_list_of_models_needs_a_name(server: FakeModelServer) -> None:
    """With a name in the settings the list is not missed; without one there is nothing to ask for."""
    server.will(reply("404 Not Found", {"detail": "Not Found"}), path="/v1/models")
    async with ModelServer(server.url, "mine") as model:
        assert await model.model() == ServedModel("mine")
        assert await model.states() == (ServerState(server.url),)
    async with ModelServer(server.url) as model:
        with pytest.raises(ModelError, match="404"):
            await model.model()


@pytest.mark.parametrize("body", [None, [], {"data": None}, {"data": 5}, {"data": []}, {"object": "list"}])
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
