from collections.abc import Callable

import pytest

from answers.answer import Answer
from answers.errors import ModelCut, ModelDropped
from answers.prompt import Prompt, build, words
from answers.serving.model import Waiting
from answers.writing import capacity_of, written
from indexes.chunk import Hit
from tests.scripted_model import ScriptedModel

pytestmark = pytest.mark.anyio


async def parts_of(model: ScriptedModel, hit: Callable[..., Hit]) -> list[Answer]:
    capacity = await capacity_of(model, 0)
    sources = [hit("המשרד סגור בשישי. עובד חדש זכאי לחופשה של 14 ימים.")]
    prompt = build("כמה ימי חופשה?", (), sources, capacity.profile, capacity.prompt)
    return [part async for part in written(prompt, model, capacity)]


async def test_the_place_in_line_is_told_until_the_first_text(hit: Callable[..., Hit]) -> None:
    """And is zero from then on."""
    parts = await parts_of(ScriptedModel([Waiting(2), Waiting(1), "14 ימים [1]."]), hit)  # type: ignore[arg-type]
    assert [part.place_in_line for part in parts] == [2, 1, 0, 0]
    assert parts[-1].text == "14 ימים [1]."


async def test_thoughts_grow_beside_the_answer(hit: Callable[..., Hit]) -> None:
    """They are no part of its text, and stay when it is finished."""
    model = ScriptedModel(["<think>", "נספור ", "ימים", "</think>", "14 ימים [1]."])  # type: ignore[arg-type]
    parts = await parts_of(model, hit)
    assert [part.thoughts for part in parts] == ["נספור", "נספור ימים", "נספור ימים", "נספור ימים"]
    assert {part.text for part in parts[:2]} == {""}
    assert parts[-1].text == "14 ימים [1]."


@pytest.mark.parametrize("ending", [[], [ModelCut("length")]])
async def test_an_answer_that_is_all_thoughts_says_so(hit: Callable[..., Hit], ending: list[Exception]) -> None:
    """Whether the model ended or was cut."""
    last = (await parts_of(ScriptedModel(["<think>", "נספור", *ending]), hit))[-1]  # type: ignore[arg-type]
    assert (last.text, last.problem, last.thoughts) == ("", "thoughts_only", "נספור")


async def test_a_mark_that_is_no_source_is_counted(hit: Callable[..., Hit]) -> None:
    """It is removed from the text."""
    last = (await parts_of(ScriptedModel("14 ימים [1] [7]."), hit))[-1]
    assert (last.text, last.dropped) == ("14 ימים [1].", 1)


async def test_a_finished_answer_is_verified(hit: Callable[..., Hit]) -> None:
    """A number that its source does not have is a doubt; the share of verified sentences is kept."""
    last = (
        await parts_of(ScriptedModel("עובד חדש זכאי לחופשה של 14 ימים [1]. עובד חדש זכאי לחופשה של 21 ימים [1]."), hit)
    )[-1]
    assert last.verified == 0.5
    assert [doubt.missing for doubt in last.doubts] == [("21",)]


async def test_a_stream_that_breaks_keeps_its_text(hit: Callable[..., Hit]) -> None:
    """Without half a mark at its end."""
    last = (await parts_of(ScriptedModel(["14 ימים [", ModelDropped("gone")]), hit))[-1]  # type: ignore[arg-type]
    assert (last.text, last.problem, last.finished) == ("14 ימים", "model_dropped", True)


async def test_the_capacity_leaves_room_for_the_answer() -> None:
    """What is set goes before what the server says; prompt and answer together are less than the model holds."""
    for context in (0, 2048):
        capacity = await capacity_of(ScriptedModel(context=8192), context)
        assert capacity.prompt + capacity.answer < (context or 8192)


async def test_an_answer_without_end_is_cut() -> None:
    """A server that ignores the greatest length does not run on."""
    model = ScriptedModel(["א" * 5000] * 50)  # type: ignore[arg-type]
    capacity = await capacity_of(model, 0)
    last = [
        part
        async for part in written(Prompt(({"role": "user", "content": words("instructions")},), ()), model, capacity)
    ][-1]
    assert last.problem == "model_cut"
    assert len(last.text) == capacity.answer * 16
