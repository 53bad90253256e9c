"""Whoever leaves an answer stops the real vLLM, at whatever moment, as its own metrics say."""

import asyncio
import logging
import random
import time
from contextlib import aclosing, suppress

import pytest

from answers.conversation import answer
from answers.means import Means
from tests.fake_library import NoLibrary
from tests.vllm.forced import QUESTION, Noisy, Passages, Vllm

pytestmark = [pytest.mark.vllm, pytest.mark.anyio]

_log = logging.getLogger(__name__)

ROUNDS = 100
SECONDS = 1.0
CALM = 0.25


async def close_after(model: Noisy, texts: int) -> None:
    """Reads so many values with text and closes the stream of the answer."""
    async with aclosing(answer(QUESTION, (), ["k"], Means(Passages(), NoLibrary(), model))) as parts:
        async for part in parts:
            texts -= bool(part.text)
            if texts == 0:
                return


async def cancel_after(model: Noisy, texts: int, seconds: float) -> None:
    """Reads so many values with text, or for so many seconds before any, and cancels the task that reads."""
    enough = asyncio.Event()

    async def read() -> None:
        seen = 0
        async for part in answer(QUESTION, (), ["k"], Means(Passages(), NoLibrary(), model)):
            seen += bool(part.text)
            if texts and seen == texts:
                enough.set()

    task = asyncio.create_task(read())
    if texts:
        await enough.wait()
    else:
        await asyncio.sleep(seconds)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def seconds_to_stop(vllm: Vllm) -> float:
    """How long after leaving vLLM has nothing to do any more, and then writes nothing more; infinite where it does."""
    left = time.monotonic()
    while await asyncio.to_thread(vllm.running):
        if time.monotonic() - left > SECONDS:
            return float("inf")
    stopped, written = time.monotonic() - left, await asyncio.to_thread(vllm.written)
    await asyncio.sleep(CALM)
    calm = await asyncio.to_thread(lambda: not vllm.running() and vllm.written() == written)
    return stopped if calm else float("inf")


@pytest.mark.timeout(300)
async def test_generation_stops_within_a_second_of_every_hundred_answers_left(vllm: Vllm, model: Noisy) -> None:
    """Before the first token, early, late; by closing and by cancelling: in 100 of 100, vLLM is idle within 1 s."""
    chance, took, before = random.Random(5), [], vllm.written()
    for number in range(ROUNDS):
        texts = (0, chance.randint(1, 5), chance.randint(50, 600))[number % 3]
        if texts and number % 2:
            await close_after(model, texts)
        else:
            await cancel_after(model, texts, chance.uniform(0, 0.08))
        took.append(await seconds_to_stop(vllm))
    _log.info("idle after %.3f s in the middle, %.3f s at most", sorted(took)[ROUNDS // 2], max(took))
    assert [seconds for seconds in took if seconds > SECONDS] == []
    assert 0 < vllm.written() - before < ROUNDS / 2 * model.noise
