"""A model that thinks, behind the reasoning parser of the real vLLM: thoughts and answer come in two fields."""

from itertools import pairwise

import pytest

from evals.raw_chat import RawServer
from tests.vllm.forced import Noisy, Vllm, ask

pytestmark = [pytest.mark.vllm, pytest.mark.anyio]


async def test_thoughts_are_kept_beside_the_answer(vllm: Vllm, model: Noisy) -> None:
    """Thoughts grow first, then the answer; neither has a tag in it, and both are what the server says in one piece."""
    parts = await ask(model.real)
    last = parts[-1]
    assert (last.finished, last.problem) == (True, None)
    assert any(part.thoughts and not part.text for part in parts)
    assert all(after.thoughts.startswith(before.thoughts) for before, after in pairwise(parts))
    assert not any("<" in part.thoughts or "think" in part.text for part in parts)
    async with RawServer(vllm.url, vllm.key) as server:
        reply = await server.chat("tiny-thinking", [{"role": "user", "content": "שלום"}])
    message = reply.body["choices"][0]["message"]
    assert last.thoughts.strip() == message["reasoning"].strip()
    assert last.text.startswith(message["content"].strip()[:20])


async def test_an_answer_cut_among_its_thoughts_says_so(model: Noisy) -> None:
    """Where the greatest length comes before the answer, the problem says that there are only thoughts."""
    model.noise = 10
    last = (await ask(model))[-1]
    assert (last.text, last.finished, last.problem) == ("", True, "thoughts_only")
    assert last.thoughts
