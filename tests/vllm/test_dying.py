"""What is left of an answer when the engine of the real vLLM dies. Runs last: nothing answers afterwards."""

import asyncio
import os
import signal
import time

import pytest

from answers.answer import Answer
from answers.conversation import answer
from answers.means import Means
from tests.fake_library import NoLibrary
from tests.vllm.forced import QUESTION, Noisy, Passages, Vllm, ask

pytestmark = [pytest.mark.vllm, pytest.mark.anyio]


async def test_an_engine_that_dies_leaves_what_was_streamed(vllm: Vllm, model: Noisy) -> None:
    """When the engine is killed in mid-stream the text stays, the problem has a code, and the next question too."""
    engine = vllm.engine()
    parts: list[Answer] = []
    async for part in answer(QUESTION, (), ["k"], Means(Passages(), NoLibrary(), model)):
        parts.append(part)
        if len(parts) == 4:
            os.kill(engine, signal.SIGKILL)
    assert parts[-1].finished
    assert parts[-1].text.startswith(parts[3].text.rstrip())
    assert parts[-1].text
    assert parts[-1].problem in ("model_error", "model_dropped")
    started = time.monotonic()
    last = (await ask(model))[-1]
    while last.problem != "model_unavailable" and time.monotonic() - started < 60:
        await asyncio.sleep(0.5)
        last = (await ask(model))[-1]
    assert (last.text, last.problem) == ("", "model_unavailable")
