import json
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.errors import ModelBusy, ModelCut, ModelDropped, ModelError, TooLong
from answers.serving.chat_stream import ChatStream
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
    assert read(*pieces) == "".join(texts).replace("\0", "\ufffd")


def test_half_a_character_is_replaced() -> None:
    """A lone surrogate, which UTF-8 cannot hold, and NUL, which PostgreSQL cannot, are marked as unreadable."""
    assert (
        read(b'data: {"choices": [{"delta": {"content": "\\ud83d\\ude00 a\\ud800b\\u0000c"}}]}\n\n', DONE)
        == "\U0001f600 a\ufffdb\ufffdc"
    )


def test_a_stream_without_done_is_whole_when_it_gave_a_reason_to_finish() -> None:
    """Some servers never send [DONE]; the finish reason is enough, also in a last line without a line end."""
    assert read(delta(content="כן"), delta("stop").rstrip()) == "כן"


def test_odd_lines_in_a_whole_answer_do_no_harm() -> None:
    """What is no part of an event stream is passed over where the answer comes to its end all the same."""
    assert read(b"hello\n\n", delta(content="כן"), b"what: ever\n\n", delta("stop"), DONE) == "כן"


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
def test_thoughts_are_passed_on_between_tags(field: str) -> None:
    """What a server sends apart as reasoning stands before the answer, also when both come in one chunk."""
    thoughts = [delta(**{field: "הממ"}), delta(content=None, **{field: " רגע"}), delta(**{field: "."}, content="תשו")]
    assert read(*thoughts, delta(content="בה"), delta("stop"), DONE) == "<think>הממ רגע.</think>תשובה"
    assert read(delta(**{field: "הממ"}), delta("stop"), DONE) == "<think>הממ"
    with pytest.raises(ModelCut):
        read(delta(**{field: "הממ"}), delta("length"), DONE)


def test_content_in_parts_is_text() -> None:
    """Mistral sends content as a list of parts, thoughts among them."""
    thought = {"type": "thinking", "thinking": [{"type": "text", "text": "הממ"}]}
    parts = [delta(content=[thought]), delta(content=[{"type": "text", "text": "תשו"}, {"type": "text", "text": "בה"}])]
    assert read(*parts, delta("stop"), DONE) == "<think>הממ</think>תשובה"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_events_are_read_as_the_standard_has_them(end: bytes) -> None:
    """A byte order mark, names other than data, data without a blank and over many lines, and every end of line."""
    one = {"choices": [{"delta": {"content": "שלום"}}]}
    many = json.dumps(one, ensure_ascii=False, indent=1).encode().split(b"\n")
    lines = [b"\xef\xbb\xbf: hello", b"retry: 5", b"event: message", b"id: 7", *(b"data:" + line for line in many), b""]
    lines += [b":", b"data:" + json.dumps(one).encode(), b"data: [DONE]", b""]
    whole = b"".join(line + end for line in lines)
    assert read(whole) == "שלוםשלום"
    assert read(*(whole[at : at + 1] for at in range(len(whole)))) == "שלוםשלום"


@pytest.mark.parametrize("indent", [None, 2])
def test_an_answer_that_is_not_streamed_is_read(indent: int | None) -> None:
    """A server that ignores `stream` and sends the whole completion is understood, its thoughts and its end as well."""
    whole = {"id": "1", "choices": [{"message": {"content": "תשובה", "reasoning": "הממ"}, "finish_reason": "stop"}]}
    data = json.dumps(whole, indent=indent).encode()
    assert read(data) == "<think>הממ</think>תשובה"
    assert read(data[:30], data[30:] + b"\n") == "<think>הממ</think>תשובה"
    with pytest.raises(ModelError, match="no chat completion"):
        read(data[:30])
    with pytest.raises(ModelError, match="overloaded"):
        read(b'{"error": {"message": "overloaded"}}')
    with pytest.raises(ModelCut):
        read(json.dumps({"choices": [{"message": {"content": None}, "finish_reason": "length"}]}).encode())


@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [
        (event({"error": {"message": "engine", "code": 503}}), ModelError, 503),
        (event({"error": "engine"}), ModelError, 500),
        (event({"object": "error", "message": "engine", "code": 400}), ModelError, 400),
        (b'event: error\ndata: {"message": "engine"}\n\n', ModelError, 500),
        (b'error: {"code": 500, "message": "engine"}\n\n', ModelError, 500),
        (event({"error": {"message": "engine: slow down", "code": 429}}), ModelBusy, 429),
        (b'{"error": {"message": "engine"}}\n', ModelError, 500),
    ],
)
def test_errors_come_in_many_shapes(sent: bytes, kind: type[ModelError], status: int) -> None:
    """An error in a stream is one however it is written, and keeps the status that the server gives it."""
    with pytest.raises(kind, match="engine") as raised:
        read(delta(content="א"), sent)
    assert raised.value.status == status


def test_a_prompt_found_too_long_in_mid_stream_is_too_long() -> None:
    """The words of an error decide over its number."""
    with pytest.raises(TooLong):
        read(event({"error": {"message": "the request exceeds the available context size", "code": 500}}))


@pytest.mark.parametrize("reason", ["abort", "error"])
def test_an_answer_that_the_server_gave_up_was_dropped(reason: str) -> None:
    """Some servers give as the reason to finish that they could not."""
    with pytest.raises(ModelDropped):
        read(delta(content="חצי"), delta(reason), DONE)


@pytest.mark.parametrize(
    "sent",
    [
        b"data: {broken\n",
        b"data: {broken\n\n",
        b"data: []\n",
        b'data: {"choices": 5}\n',
        b'data: {"choices": [5]}\n',
        b'data: {"choices": [{"delta": {"content": [5]}}]}\n',
        b'data: "x"\n',
        b"data: " + b"[" * 100_000 + b"\n\n",
        b"<!DOCTYPE html>\n<html>sign in</html>\n",
        b"{",
    ],
)
def test_what_is_no_completion_is_an_error(sent: bytes) -> None:
    """Whatever a server sends instead of chunks is `model_error`, never an exception of another kind."""
    with pytest.raises(ModelError, match="no chat completion") as raised:
        read(sent)
    assert raised.value.code == "model_error"


def test_a_line_without_an_end_is_an_error() -> None:
    """A server cannot fill the memory with one line."""
    with pytest.raises(ModelError):
        read(*[b"data: " + b"x" * 100_000] * 12)


@given(st.binary(max_size=200))
def test_noise_raises_nothing_else(noise: bytes) -> None:
    """No bytes make anything but text or an error of ours."""
    with suppress(ModelError, TooLong):
        read(b"data: " + noise)
    with suppress(ModelError, TooLong):
        read(noise)
