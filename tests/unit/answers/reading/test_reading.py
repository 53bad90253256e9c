from collections.abc import Callable
from contextlib import aclosing

import pytest

from answers.errors import ModelCut, ModelDropped
from answers.reading.reading import MOST_PARTS, packed, read
from answers.serving.model import Waiting
from answers.writing import Capacity, capacity_of
from indexes.chunk import Hit
from tests.scripted_model import ScriptedModel

pytestmark = pytest.mark.anyio

TASK = "סכם."


@pytest.fixture
def document(hit: Callable[..., Hit]) -> list[Hit]:
    return [
        hit(f"בפרק {at} נאמר שהאגרה היא {100 + at} שקלים. " + "ועוד דברים. " * 40, name=str(at)) for at in range(1, 9)
    ]


async def capacity(model: ScriptedModel) -> Capacity:
    return await capacity_of(model, 0)


async def test_sources_are_packed_in_order_and_none_is_cut(document: list[Hit]) -> None:
    """Every source is in one part, whole, under the number of its place; no part is more than the model holds."""
    room = await capacity(ScriptedModel(context=4096))
    reading = packed(TASK, document, room)
    numbers = [number for part in reading.parts for number, _ in part]
    assert numbers == list(range(1, 9))
    assert 1 < len(reading.parts) < 8
    assert all(
        hit.chunk.text.strip() in text
        for part in reading.parts
        for (number, text) in part
        for hit in [document[number - 1]]
    )
    assert all(room.profile.tokens("".join(text for _, text in part)) <= room.prompt for part in reading.parts)


async def test_a_long_document_is_bounded(document: list[Hit]) -> None:
    """What is over the greatest number of parts is left out, and that can be told."""
    reading = packed(TASK, document * 40, await capacity(ScriptedModel(context=4096)))
    assert len(reading.parts) == MOST_PARTS
    assert reading.read < len(reading.sources) == 320


async def test_a_short_document_is_read_at_once(document: list[Hit]) -> None:
    """One request, no progress."""
    model = ScriptedModel(whole_instructions="האגרה היא 102 שקלים [2].", context=32768)
    room = await capacity(model)
    parts = [part async for part in read(packed(TASK, document, room), model, room)]
    assert [name for name, _ in model.asked] == ["whole_instructions"]
    assert all(part.progress is None for part in parts)
    assert parts[-1].citations[0].chunk_id == "c2"


async def test_parts_leave_notes_and_the_answer_cites_the_passages(document: list[Hit]) -> None:
    """Progress goes from nothing to all; the mark of a passage is the same in the part, the notes and the answer."""
    model = ScriptedModel(
        whole_part=[["האגרה היא 102 שקלים [2]."], ["האגרה היא 108 שקלים [8] [99]."]],
        whole_notes="האגרה עלתה מ-102 שקלים [2] ל-108 שקלים [8].",
        context=4096,
    )
    room = await capacity(model)
    reading = packed(TASK, document, room)
    parts = [part async for part in read(reading, model, room)]
    total = len(reading.parts)
    assert [part.progress for part in parts if part.progress] == [(done, total) for done in range(total + 1)]
    notes = model.asked[-1][1]
    assert "102 שקלים [2]" in notes
    assert "[99]" not in notes
    assert parts[-1].finished
    assert [citation.chunk_id for citation in parts[-1].citations] == ["c2", "c8"]
    assert all(citation.quote.startswith("בפרק") for citation in parts[-1].citations)


async def test_notes_that_were_cut_are_used_and_a_failure_is_raised(document: list[Hit]) -> None:
    """A part may have more to say than there is room for; a model that is gone ends the reading."""
    cut = ["האגרה היא 101 שקלים [1]. ו", ModelCut("length")]
    model = ScriptedModel(whole_part=[cut], whole_notes="101 שקלים [1].", context=4096)
    room = await capacity(model)
    parts = [part async for part in read(packed(TASK, document, room), model, room)]
    assert parts[-1].text == "101 שקלים [1]."
    model.says["whole_part"] = [[ModelDropped("gone")]]
    with pytest.raises(ModelDropped):
        [part async for part in read(packed(TASK, document, room), model, room)]


async def test_the_place_in_line_is_told_while_reading(document: list[Hit]) -> None:
    """With how far the reading is."""
    model = ScriptedModel(whole_part=[[Waiting(2), "אין"]], whole_notes="אין.", context=4096)
    room = await capacity(model)
    parts = [part async for part in read(packed(TASK, document, room), model, room)]
    assert [(part.place_in_line, part.progress) for part in parts[:2]] == [
        (0, parts[0].progress),
        (2, parts[0].progress),
    ]


async def test_closing_stops_the_model_at_once(document: list[Hit]) -> None:
    """In the middle of a part, the stream of the model is closed and no further request is made."""
    model = ScriptedModel(whole_part=[[Waiting(1), "מילה", "מילה"]], context=4096)
    room = await capacity(model)
    async with aclosing(read(packed(TASK, document, room), model, room)) as parts:
        async for part in parts:
            if part.place_in_line:
                break
    assert [name for name, _ in model.asked] == ["whole_part"]
    assert model.closed == 1
