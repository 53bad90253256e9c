"""A real server that is not vLLM: `transformers serve`, with a tiny model that writes Hebrew (`make_weights.py`)."""

import os

import pytest

from answers.prompt import words
from answers.serving.pool import open_model
from answers.settings import AnswerSettings
from evals.conformance import check, find
from evals.raw_chat import RawServer
from tests.vllm.forced import ask

pytestmark = [pytest.mark.vllm, pytest.mark.anyio]

TIMED = "answers several at once"
"""On a machine that is busy, four answers may take hardly longer than one did."""
BORNE = {
    "lists its models",
    "says the context length",
    "the stream ends with [DONE]",
    "stops at stop strings",
    "counts tokens (/tokenize)",
    "refuses a wrong request",
    "passes over unknown fields",
}


@pytest.fixture
def address() -> tuple[str, str]:
    """Where it listens, and the name of its model: the folder."""
    if "DARASH_TEST_TRANSFORMERS" not in os.environ:
        pytest.skip("no transformers server was started; run `make test-vllm`")
    return os.environ["DARASH_TEST_TRANSFORMERS"], os.environ["DARASH_TEST_TRANSFORMERS_MODEL"]


@pytest.mark.timeout(180)
async def test_darash_bears_what_transformers_lacks(address: tuple[str, str]) -> None:
    """What it does otherwise than vLLM is known, and nothing of it is needed."""
    async with RawServer(address[0]) as server:
        assert await find(server, "", "") is None
        subject = await find(server, address[1], "")
        assert subject is not None
        found = {each.name: result for each, result in await check(subject)}
    assert {name for name, result in found.items() if result.holds is False} - {TIMED} == BORNE
    assert found["Hebrew letters stay whole"].holds
    assert found["answers end by themselves"].holds


async def test_it_answers_a_question(address: tuple[str, str]) -> None:
    """A whole answer comes out of it: streamed, ended, with its marks as citations."""
    model = open_model(AnswerSettings(model_url=address[0], model_name=address[1]))
    assert model is not None
    parts = await ask(model)
    await model.close()
    last = parts[-1]
    assert (last.finished, last.problem) == (True, None)
    assert last.text.startswith(words("instructions")[:8])
    assert len(parts) > 5
    assert {each.document_id for each in last.citations} <= {"d1", "d2"}
