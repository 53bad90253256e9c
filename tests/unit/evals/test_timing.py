import asyncio
import time
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from answers.answer import Answer
from evals.timing import Stopwatch, Timed, time_answer
from indexes.chunk import Hit

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def stream(*parts: Answer) -> AsyncGenerator[Answer]:
    for part in parts:
        await asyncio.sleep(0.001)
        yield part


async def test_first_text_last_text_and_end_are_told_apart() -> None:
    """A place in line is no text, and what is added to a finished text comes after it was written."""
    finished = Answer("שלום", finished=True)
    parts = (Answer(""), Answer("", place_in_line=2), Answer("של"), Answer("שלום"), finished)
    timed = await time_answer(stream(*parts))
    assert timed.answer is finished
    assert timed.first is not None
    assert 0 < timed.first < timed.written < timed.total


async def test_what_follows_a_finished_answer_takes_no_time_of_it() -> None:
    """The questions to ask next come later, and are part of the answer nevertheless."""
    finished = Answer("שלום", finished=True)
    parts = stream(finished, *[replace(finished, next_questions=("מה עוד?",))] * 30)
    started = time.perf_counter()
    timed = await time_answer(parts)
    assert timed.answer.next_questions == ("מה עוד?",)
    assert timed.total < (time.perf_counter() - started) / 2


async def test_an_answer_without_text_has_no_first_text() -> None:
    """What failed before its first word has no time to it, and no rate."""
    timed = await time_answer(stream(Answer("", finished=True, problem="model_error")))
    assert timed.first is None
    assert timed.rate(100) == 0


async def test_a_stream_without_an_end_is_an_error() -> None:
    """Every answer has one finished value at least."""
    with pytest.raises(ValueError, match="without a finished answer"):
        await time_answer(stream(Answer("של")))


def test_the_rate_counts_from_the_first_text_to_the_last() -> None:
    """What comes before and after does not slow the writing."""
    assert Timed(Answer("א"), first=1.0, written=3.0, total=9.0).rate(100) == 50


def test_a_stopwatch_adds_up_what_the_search_took() -> None:
    """It finds what the search finds, and its time grows with each question."""

    class Nothing:
        def search(self, *_: object) -> list[Hit]:
            return []

    search = Stopwatch(Nothing())
    assert search.search(["k"], "מה?", 8) == []
    once = search.seconds
    search.search(["k"], "מה?", 8)
    assert 0 < once < search.seconds
