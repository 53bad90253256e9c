"""Citation marks in what the real vLLM streams, in all forms that models write: never half of one, never an unknown."""

import asyncio
import random
import re

import pytest

from answers.answer import Answer
from evals.forced import Forced
from tests.vllm.forced import PASSAGES, Noisy, ask

pytestmark = [pytest.mark.vllm, pytest.mark.anyio]

STREAMS = 80
AT_ONCE = 8
MARKS = (
    "[1]", "[2]", "[1][2]", "[2] [1]", "[1, 2]", "[1,2]", "[2;1]", "[1-2]", "[1\u20132]", "[ 2 ]", "[מקור 1]",
    "[מקורות 1, 2]", "\uff3b1\uff3d", "\u30102\u3011", "[9]", "[0]", "[17][2]", "[1, 9]", "[7-12]", "[1]\u200f",
    "[[1]]",
)  # fmt: skip
HARMLESS = ("[ראו נספח]", "[סעיף 4(א)]", "(1)", "2]", "1.", "[...]")
WORDS = [word for passage in PASSAGES for word in passage.split()]
HALF = re.compile(r"[\[\uff3b\u3010]\s*(?:מקור(?:ות)?\s*)?\d[\d\s,;\u2013-]*$")
FOREIGN = re.compile(r"[\uff3b\u3010]\s*\d|\[\s*מקור(?:ות)?\s*\d|\[\s*\d+\s*[,;\u2013-]|\[\s+\d|\[\d+\s+\]")
OURS = re.compile(r"\[(\d+)\]")


def text_with_marks(chance: random.Random) -> str:
    """Sentences of the words of the sources, each with a mark or something like it; every other text ends anywhere."""
    sentences = []
    for _ in range(chance.randint(2, 6)):
        words = " ".join(chance.choices(WORDS, k=chance.randint(2, 9))).strip(".")
        sentences.append(words + chance.choice(("", " ")) + chance.choice(MARKS * 2 + HARMLESS) + chance.choice(".!, "))
    text = " ".join(sentences).strip()
    return text[: chance.choice((len(text), chance.randint(len(text) // 2, len(text))))].strip()


def faults(part: Answer) -> list[str]:
    """What is wrong with the marks of an answer: half ones, foreign ones, and numbers without a citation."""
    known = {citation.number for citation in part.citations}
    unknown = [number for number in OURS.findall(part.text) if int(number) not in known]
    return [*HALF.findall(part.text), *FOREIGN.findall(part.text), *unknown]


@pytest.mark.timeout(180)
async def test_no_value_has_half_a_mark_and_no_answer_an_unknown_number(model: Noisy) -> None:
    """Of every forced stream every value is clean, and in the finished answer numbers and citations are the same."""
    chance, turn = random.Random(11), asyncio.Semaphore(AT_ONCE)
    texts = [text_with_marks(chance) for _ in range(STREAMS)]

    async def forced(text: str) -> list[Answer]:
        async with turn:
            return await ask(Forced(model.real, text))

    values = 0
    for text, parts in zip(texts, await asyncio.gather(*map(forced, texts)), strict=True):
        last, values = parts[-1], values + len(parts)
        assert (last.finished, last.problem) == (True, None)
        assert [(text, part.text, found) for part in parts if (found := faults(part))] == []
        assert {int(number) for number in OURS.findall(last.text)} == {each.number for each in last.citations}
        assert len(last.text) > len(text) / 2
    assert values > 10 * STREAMS


async def test_thoughts_in_the_text_are_told_apart(model: Noisy) -> None:
    """What stands between the tags is never shown as answer, and a mark among the thoughts cites nothing."""
    model.says = "<think>נראה ש[1] ו-[9] עוסקים בזה, אבל </b> לא.</think>\n\nבשנה הראשונה מגיעים 14 ימים [2]."
    parts = await ask(model)
    last = parts[-1]
    assert last.text == "בשנה הראשונה מגיעים 14 ימים [1]."
    assert [each.document_id for each in last.citations] == ["d2"]
    assert last.thoughts.strip() == "נראה ש[1] ו-[9] עוסקים בזה, אבל </b> לא."
    assert all(last.text.startswith(part.text) for part in parts)
    assert any(part.thoughts and not part.text for part in parts)


async def test_an_answer_that_is_all_thoughts_says_so(model: Noisy) -> None:
    """An answer that never leaves its thoughts has the problem that says it, and the thoughts."""
    model.says = "<think>אני חושב על זה ועוד לא סיימתי"
    last = (await ask(model))[-1]
    assert (last.text, last.finished, last.problem) == ("", True, "thoughts_only")
    assert last.thoughts == "אני חושב על זה ועוד לא סיימתי"
