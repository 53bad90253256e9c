import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from answers.answer import Turn
from answers.asking.followup import by_rules, standalone
from answers.errors import ModelDropped
from answers.serving.model import Waiting
from answers.writing import capacity_of
from tests.scripted_model import ScriptedModel

pytestmark = pytest.mark.anyio

FIRST = "כמה ימי חופשה מגיעים לעובד במשרה מלאה?"
TURNS = [Turn("user", FIRST), Turn("assistant", "14 ימים [1].")]
LEANING = "ומה לגבי עובדים חלקיים?"
BY_RULES = "כמה ימי חופשה מגיעים לעובדים חלקיים?"


async def understood(question: str, model: ScriptedModel | None, turns: Sequence[Turn] = TURNS) -> str:
    return await standalone(question, turns, model, await capacity_of(model, 0) if model else None)


@pytest.mark.parametrize(
    "question", ["ומה לגבי עובדים חדשים?", "ולמה?", "ובשנה השנייה?", "למי פונים?", "כמה זה עולה לו?"]
)
async def test_a_question_that_leans_on_the_one_before_is_made_whole(question: str) -> None:
    """It is no longer what was asked, and says what the one before it was about."""
    whole = await understood(question, None)
    assert whole != question
    assert whole.startswith("כמה ימי חופשה מגיעים")


async def test_a_question_that_stands_alone_is_searched_as_it_is_and_costs_nothing() -> None:
    """A full question in the same conversation may be about something else; no model is asked."""
    model = ScriptedModel(standalone="משהו אחר?")
    for question in ("מהו המועד האחרון להגשת הצעות במכרז לפינוי אשפה?", "מה האגרה למוסך?", "מה קוד השער?"):
        assert await understood(question, model) == question
    assert await understood("ולמה?", model, turns=[]) == "ולמה?"
    assert model.asked == []


async def test_the_model_says_what_a_leaning_question_means() -> None:
    """It reads the conversation, and what it writes is searched, on one line."""
    model = ScriptedModel(standalone="כמה ימי חופשה מגיעים לעובדים במשרה חלקית?\nהסבר: השאלה נשענת על קודמתה")
    assert await understood(LEANING, model) == "כמה ימי חופשה מגיעים לעובדים במשרה חלקית?"
    assert FIRST in model.asked[0][1]


@pytest.mark.parametrize(
    "written",
    [
        "", "מהי בירת צרפת ומה מזג האוויר שם היום?", "מילה " * 40,
        [ModelDropped("gone")], [Waiting(3), "כמה ימי חופשה מגיעים לעובדים חלקיים?"],
    ],
)  # fmt: skip
async def test_where_the_model_is_no_help_the_rules_are(written: object) -> None:
    """Nothing, something else, too much, an error, or a place in a line: the question is made whole all the same."""
    assert await understood(LEANING, ScriptedModel(standalone=written)) == BY_RULES


async def test_a_third_question_leans_on_the_second_which_leaned_on_the_first() -> None:
    """What a chain of questions is about is followed from its beginning."""
    turns = [*TURNS, Turn("user", LEANING), Turn("assistant", "7 ימים.")]
    assert await understood("ומי מאשר אותם?", None, turns) == f"{BY_RULES} ומי מאשר אותם?"
    assert await understood("ומה לגבי עובד זמני?", None, turns) == "כמה ימי חופשה מגיעים לעובד זמני?"


def test_a_new_subject_ends_the_chain() -> None:
    """The question before last is not looked at where the last one stood alone."""
    turns = [*TURNS, Turn("user", "מי מאשר בקשה לחופשה ללא תשלום במועצה?"), Turn("assistant", "המנהלת.")]
    assert by_rules("ומתי היא עונה?", turns) == "מי מאשר בקשה לחופשה ללא תשלום במועצה? ומתי היא עונה?"


@pytest.mark.parametrize("part", ["seen", "held_out"])
def test_the_dialogues_that_are_measured_are_well_formed(part: str) -> None:
    """Every question has the words of its answer, so that `evals` and people can look."""
    dialogues = json.loads((Path(__file__).parent / "dialogues.json").read_text(encoding="utf-8"))[part]
    assert all(len(turn) == 2 and turn[0] for dialogue in dialogues for turn in dialogue)
