"""The answering path against a real vLLM, through our own client."""

from itertools import pairwise

import httpx
import pytest

from answers.answer import Turn
from answers.errors import ModelRefused, TooLong
from answers.profiles.profile import profile_for
from answers.prompt import build
from answers.serving.model_server import ModelServer
from answers.serving.probe import find_model_server
from tests.vllm.forced import PASSAGES, QUESTION, Noisy, Passages, Vllm, ask

pytestmark = [pytest.mark.vllm, pytest.mark.anyio]


async def test_hebrew_streams_and_marks_become_citations(model: Noisy) -> None:
    """Forced Hebrew text arrives in pieces, letter for letter, and its marks point at the sentences it came from."""
    model.says = "בשנה הראשונה מגיעים 14 ימים [2]. ביום שישי המשרדים סגורים [1][9]."
    parts = await ask(model)
    last = parts[-1]
    assert last.text == "בשנה הראשונה מגיעים 14 ימים [1]. ביום שישי המשרדים סגורים [2]."
    assert last.finished
    assert last.problem is None
    assert [(citation.document_id, citation.page, citation.quote) for citation in last.citations] == [
        ("d2", 2, "עובד זכאי לחופשה של 14 ימים בשנה הראשונה."),
        ("d1", 1, "ביום שישי המשרדים סגורים לקהל."),
    ]
    assert len(parts) > 5
    assert all(after.text.startswith(before.text) for before, after in pairwise(parts))


async def test_a_refusal_is_told_apart(model: Noisy) -> None:
    """The sentence that the prompt asks for when nothing was found becomes a refusal that offers what is nearest."""
    model.says = "לא נמצא במסמכים."
    last = (await ask(model))[-1]
    assert (last.refusal, last.finished, last.problem) == (True, True, None)
    assert last.citations
    assert all(citation.quote in last.text for citation in last.citations)


async def test_an_endless_answer_is_cut_and_says_so(model: Noisy) -> None:
    """An answer that reaches its greatest length keeps its text and has the problem `model_cut`."""
    model.noise = 100
    last = (await ask(model))[-1]
    assert last.text
    assert last.problem == "model_cut"


async def test_count_tokens_is_what_the_server_counts(vllm: Vllm, model: Noisy) -> None:
    """The count of a prompt equals the prompt tokens that vLLM bills for it."""
    model.says = "כן"
    prompt = build(QUESTION, (), Passages().hits, profile_for("generic"), 3000)
    counted = await model.count_tokens(prompt.messages)
    reply = httpx.post(
        f"{model.url}/v1/chat/completions",
        json={"model": "tiny-hebrew", "messages": list(prompt.messages), "max_tokens": 1},
        headers={"Authorization": f"Bearer {vllm.key}"},
        trust_env=False,
    ).json()
    assert counted == reply["usage"]["prompt_tokens"]


async def test_long_documents_and_conversations_are_trimmed_to_fit(model: Noisy) -> None:
    """Sources and turns far over the context of the model are cut down, not refused."""
    model.says = "14 ימים [1]."
    turns = [Turn("user", "שאלה קודמת " * 50), Turn("assistant", "תשובה קודמת " * 50)] * 10
    last = (await ask(model, turns, Passages(*(" ".join([text] * 300) for text in PASSAGES))))[-1]
    assert last.problem is None
    assert len(last.citations) == 1


async def test_a_prompt_over_the_context_is_too_long(model: Noisy) -> None:
    """Where a prompt is over the context nevertheless, the server's refusal becomes `TooLong`, also in a stream."""
    with pytest.raises(TooLong, match="maximum context length"):
        async for _ in model.stream([{"role": "user", "content": "ירושלים " * 20_000}], 10, {}):
            pass


async def test_a_wrong_key_is_refused(vllm: Vllm) -> None:
    """A wrong or missing key is `model_refused`, for the stream, for the list of models and for a whole answer."""
    for key in ("", "wrong"):
        async with ModelServer(vllm.url, "tiny-hebrew", key) as stranger:
            with pytest.raises(ModelRefused):
                await stranger.models()
            last = (await ask(stranger))[-1]
            assert (last.text, last.problem, last.finished) == ("", "model_refused", True)


async def test_the_server_is_found_with_its_model_and_context(vllm: Vllm, model: Noisy) -> None:
    """Looking for model servers finds this one, and asking it for its model gives name and context."""
    found = await find_model_server(f"{vllm.url}/v1", vllm.key)
    assert [probe.models for probe in found] == [("tiny-hebrew",)]
    served = await model.model()
    assert (served.name, served.context) == ("tiny-hebrew", 8192)


async def test_an_unknown_model_is_an_error(vllm: Vllm) -> None:
    """A model that the server does not offer is `model_error`, with the server's reason in the log."""
    async with ModelServer(vllm.url, "no-such-model", vllm.key) as server:
        assert (await ask(server))[-1].problem == "model_error"
