import httpx
import pytest

from indexes.endpoint import Endpoint, Patience, is_address
from indexes.errors import EmbedderUnavailable

QUICK = Patience(pauses=(0, 0))


class Server:
    """Answers what it is told to, one answer after the other, and remembers what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def __call__(self, request):
        request.read()
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, content = answer
        return (
            httpx.Response(status, json=content)
            if not isinstance(content, str)
            else httpx.Response(status, text=content)
        )


def endpoint(server, address="http://host:8000/v1#tiny", key=""):
    return Endpoint(address, key, EmbedderUnavailable, httpx.MockTransport(server))


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("http://host:8000", "http://host:8000/v1/rerank"),
        ("http://host:8000/", "http://host:8000/v1/rerank"),
        ("http://host:8000/v1/#tiny", "http://host:8000/v1/rerank"),
        ("https://api.cohere.com/v2#rerank-v3.5", "https://api.cohere.com/v2/rerank"),
        ("https://gateway/vllm/small#tiny", "https://gateway/vllm/small/v1/rerank"),
    ],
)
def test_an_address_may_leave_out_what_is_usual(address, url):
    """Without a version, `/v1` is asked; a path before it stays."""
    server = Server(*[(200, {"data": [{"id": "first"}]})] * 2)
    endpoint(server, address).post("/rerank", {}, QUICK)
    assert str(server.asked[-1].url) == url


def test_without_a_name_the_first_model_is_asked():
    """The server is asked once which models it has."""
    server = Server((200, {"data": [{"id": "first"}, {"id": "second"}]}), (200, {}), (200, {}))
    opened = endpoint(server, "http://host")
    opened.post("/embeddings", {}, QUICK)
    opened.post("/embeddings", {}, QUICK)
    assert [request.url.path for request in server.asked] == ["/v1/models", "/v1/embeddings", "/v1/embeddings"]
    assert b'"model":"first"' in server.asked[1].content


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_busy_server_is_asked_again(status):
    """Twice busy and then an answer is an answer."""
    server = Server((status, "busy"), httpx.ConnectError("gone"), (200, {"well": 1}))
    assert endpoint(server).post("/embeddings", {}, QUICK) == {"well": 1}


def test_a_server_that_stays_busy_is_given_up():
    """After the last pause, the message says what the server said."""
    server = Server(*[(429, {"error": {"message": "too many requests"}})] * 3)
    with pytest.raises(EmbedderUnavailable, match="http://host:8000/v1 answered 429: too many requests"):
        endpoint(server).post("/embeddings", {}, QUICK)
    assert len(server.asked) == 3


def test_a_server_that_is_away_is_named():
    """The message has the address and the reason."""
    server = Server(*[httpx.ConnectError("refused")] * 3)
    with pytest.raises(EmbedderUnavailable, match="http://host:8000/v1 does not answer"):
        endpoint(server).post("/embeddings", {}, QUICK)


def test_after_giving_up_nobody_waits_again_for_a_while():
    """Right after a server was given up, questions are told so at once instead of waiting for it again."""
    server = Server(*[httpx.ConnectError("refused")] * 3)
    opened = endpoint(server)
    for _ in range(3):
        with pytest.raises(EmbedderUnavailable, match="does not answer"):
            opened.post("/embeddings", {}, QUICK)
    assert len(server.asked) == 3
    server.answers = [(200, {"well": 1})]
    assert opened.post("/embeddings", {}, Patience(hopeful=True)) == {"well": 1}


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_not_tried_again(status):
    """A wrong key stays wrong."""
    server = Server((status, {"error": "Unauthorized"}))
    with pytest.raises(EmbedderUnavailable, match="check the API key"):
        endpoint(server, key="secret").post("/embeddings", {}, QUICK)
    assert server.asked[0].headers["Authorization"] == "Bearer secret"


def test_long_texts_are_cut_where_the_server_can_do_so():
    """VLLM is asked to cut; a server that does not know the fields is asked without them from then on."""
    server = Server((422, {"detail": "extra fields"}), (200, {"well": 1}), (200, {"well": 2}))
    opened = endpoint(server)
    assert opened.post("/embeddings", {"input": ["x"]}, QUICK) == {"well": 1}
    assert opened.post("/embeddings", {"input": ["x"]}, QUICK) == {"well": 2}
    assert [b"truncate_prompt_tokens" in request.content for request in server.asked] == [True, False, False]


@pytest.mark.parametrize("answer", [(200, "<html>"), (200, []), (404, {"error": {"message": "no such model"}})])
def test_what_is_no_answer_is_refused(answer):
    """A page, a list or an error is not taken for an answer."""
    with pytest.raises(EmbedderUnavailable):
        endpoint(Server(answer)).post("/embeddings", {}, QUICK)


@pytest.mark.parametrize("answer", [{"data": []}, {"data": "x"}, {}, {"data": [{"name": "x"}]}])
def test_a_server_without_models_is_refused(answer):
    """The message says how to name one."""
    with pytest.raises(EmbedderUnavailable, match="#name"):
        endpoint(Server((200, answer)), "http://host").post("/embeddings", {}, QUICK)


def test_an_address_is_told_from_a_name():
    """Only what begins like an address is one."""
    assert is_address("http://host")
    assert is_address("https://host/v1#model")
    assert not is_address("intfloat/multilingual-e5-base")
    assert not is_address("/models/http")
