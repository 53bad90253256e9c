"""Fifty people ask the real vLLM at once: every one gets an answer of their own, and sees their place in line."""

import asyncio
import re
from collections.abc import Sequence
from itertools import groupby, pairwise

import pytest

from answers.answer import Answer
from answers.serving.model import Message
from evals.forced import Forced
from tests.vllm.forced import Noisy, Passages, Vllm, ask

pytestmark = [pytest.mark.vllm, pytest.mark.anyio]

PEOPLE = 50
PARALLEL = 8  # what a pool lets through to one server unless told otherwise


def own_text(number: int) -> str:
    """What the model says to one person: 40 sentences or so, whose marks are in an order of this person's own."""
    marks = [number % 2 + 1, 2 - number % 2]
    sentences = (f"לפונה {number} מגיעים {number + row} ימים [{marks[row % 2]}]." for row in range(10 + number % 5))
    return " ".join(sentences)


def for_whom(messages: Sequence[Message]) -> str:
    """The text of whoever asks."""
    asked = re.search(r"מה מגיע לפונה (\d+)\?", messages[-1]["content"])
    assert asked
    return own_text(int(asked[1]))


async def asked_by(number: int, model: Forced) -> list[Answer]:
    """One person's question, over passages that only this person has."""
    texts = (f"הוראות לפונה {number} ולבני ביתו.", f"הזכאות של פונה {number} נמדדת בימים.")
    return await ask(model, search=Passages(*texts, name=f"p{number}-"), question=f"מה מגיע לפונה {number}?")


@pytest.mark.timeout(180)
async def test_fifty_questions_at_once_all_end_and_none_are_mixed(vllm: Vllm, model: Noisy) -> None:
    """Each finished answer has exactly its own text, and citations into its own documents alone."""
    fifty = Forced(model.real, for_whom)
    streams = await asyncio.gather(*(asked_by(number, fifty) for number in range(PEOPLE)))
    for number, parts in enumerate(streams):
        last = parts[-1]
        assert last.finished
        assert last.problem is None
        assert re.sub(r"\[\d+\]", "[]", last.text) == re.sub(r"\[\d+\]", "[]", own_text(number))
        assert [each.document_id for each in last.citations] == [
            f"p{number}-d{mark}" for mark in (number % 2 + 1, 2 - number % 2)
        ]
        assert all(each.text in ("", last.text[: len(each.text)]) for each in parts)
    assert not await asyncio.to_thread(vllm.running)


@pytest.mark.timeout(180)
async def test_the_place_in_line_is_shown_and_only_gets_better(model: Noisy) -> None:
    """Who waits sees places that go down to the first; the one at the end of the line began far behind."""
    streams = await asyncio.gather(*(asked_by(number, Forced(model.real, for_whom)) for number in range(PEOPLE)))
    lines = [[place for place, _ in groupby(part.place_in_line for part in parts) if place] for parts in streams]
    waited = [places for places in lines if places]
    assert len(waited) >= PEOPLE - PARALLEL
    assert max(map(max, waited)) >= PEOPLE // 2
    assert all(before > after for places in waited for before, after in pairwise(places))
    assert all(not part.place_in_line for parts in streams for part in parts if part.text)
