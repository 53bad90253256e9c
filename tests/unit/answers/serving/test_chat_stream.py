import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.errors import ModelCut, ModelDropped, ModelError, ModelRefused, TooLong
from answers.serving.chat_stream import ChatStream, error_of
from tests.fake_model_server import DONE, delta, event


def read(*pieces: bytes) -> str:
    stream = ChatStream()
    text = "".join(part for piece in pieces for part in stream.feed(piece))
    return text + "".join(stream.finish())


def test_a_usual_stream_gives_its_text() -> None:
    """A role without text, an empty last delta, a chunk with only usage and comments add nothing."""
    usage = event({"choices": [], "usage": {"completion_tokens": 2}})
    pieces = (delta(role="assistant", content=""), b": ping\n\n", delta(content="שלום"), delta(content=" עולם [1]"))
    assert read(*pieces, delta("stop"), usage, DONE) == "שלום עולם [1]"


@given(st.lists(st.text(st.characters(codec="utf-8")), max_size=5), st.lists(st.integers(0, 400), max_size=8))
def test_where_the_bytes_are_cut_does_not_matter(texts: list[str], cuts: list[int]) -> None:
    """Any text in any pieces comes out whole, characters that end lines elsewhere (U+2028, U+0085) included."""
    chunks = [{"choices": [{"delta": {"content": text}, "finish_reason": None}]} for text in texts]
    events = [b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\r\n\r\n" for chunk in chunks]
    whole = b"".join(events) + DONE
    ends = sorted({min(cut, len(whole)) for cut in cuts} | {0, len(whole)})
    pieces = [whole[start:end] for start, end in pairwise(ends)]
    assert read(*pieces) == "".join(texts)


def test_half_a_character_is_replaced() -> None:
    """A lone surrogate, which JSON can hold and UTF-8 cannot, becomes the mark for what is unreadable."""
    assert (
        read(b'data: {"choices": [{"delta": {"content": "\\ud83d\\ude00 a\\ud800b"}}]}\n\n', DONE)
        == "\U0001f600 a\ufffdb"
    )


def test_a_stream_without_done_is_whole_when_it_gave_a_reason_to_finish() -> None:
    """Some servers never send [DONE]; the finish reason is enough, also in a last line without a line end."""
    assert read(delta(content="כן"), delta("stop").rstrip()) == "כן"


def test_a_stream_that_just_ends_was_dropped() -> None:
    """Neither [DONE] nor a finish reason: the end is missing."""
    with pytest.raises(ModelDropped):
        read(delta(content="חצי תשו"))


def test_an_answer_at_its_greatest_length_is_cut() -> None:
    """The finish reason `length` is not an end."""
    with pytest.raises(ModelCut):
        read(delta(content="חצי תשו"), delta("length"), DONE)


def test_an_error_inside_the_stream_is_raised_after_the_text_before_it() -> None:
    """VLLM sends an error object in a stream of status 200; what came before in the same bytes is not lost."""
    error = event({"error": {"message": "EngineCore encountered an issue", "type": "InternalServerError", "code": 500}})
    seen = []
    with pytest.raises(ModelError, match="EngineCore") as raised:
        seen.extend(ChatStream().feed(delta(content="תחילה") + error + DONE))
    assert seen == ["תחילה"]
    assert raised.value.code == "model_error"


@pytest.mark.parametrize("field", ["reasoning", "reasoning_content"])
def test_thoughts_are_marked_but_not_passed_on(field: str) -> None:
    """What a server sends apart as reasoning becomes an empty pair of tags."""
    thoughts = [delta(**{field: "הממ"}), delta(**{field: " רגע"})]
    assert read(*thoughts, delta(content="תשובה"), delta("stop"), DONE) == "<think></think>תשובה"


@pytest.mark.parametrize(
    "line", [b"data: {broken\n", b"data: []\n", b'data: {"choices": 5}\n', b'data: {"choices": [5]}\n', b'data: "x"\n']
)
def test_what_is_no_completion_is_an_error(line: bytes) -> None:
    """Whatever a server sends instead of chunks is `model_error`, never an exception of another kind."""
    with pytest.raises(ModelError):
        read(line)


def test_a_line_without_an_end_is_an_error() -> None:
    """A server cannot fill the memory with one line."""
    with pytest.raises(ModelError):
        read(*[b"data: " + b"x" * 100_000] * 12)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, {"error": "Unauthorized"}, ModelRefused),
        (403, "no", ModelRefused),
        (400, {"error": {"message": "This model's maximum context length is 2048 tokens. However,"}}, TooLong),
        (400, {"error": {"message": "the request exceeds the available context size, try increasing it"}}, TooLong),
        (400, {"message": "max_tokens=5000 cannot be greater than max_model_len=2048"}, TooLong),
        (422, {"detail": [{"loc": ["body"], "msg": "field required"}]}, ModelError),
        (404, {"error": {"message": "The model `x` does not exist."}}, ModelError),
        (500, "Internal Server Error", ModelError),
        (502, {"error": None}, ModelError),
    ],
)
def test_replies_become_errors(status: int, body: object, kind: type[Exception]) -> None:
    """Errors come as text, as an object or as text in an object; the message keeps what the server said."""
    error = error_of(body, status)
    assert type(error) is kind
    assert str(status) in str(error)
