import pytest

from answers.answer import Turn
from answers.asking.followup import search_text

FIRST = "כמה ימי חופשה מגיעים לעובד במועצה?"
TURNS = [Turn("user", FIRST), Turn("assistant", "14 ימים [1].")]


@pytest.mark.parametrize(
    "question", ["ומה לגבי עובדים חדשים?", "ולמה?", "ובשנה השנייה?", "למי פונים?", "כמה זה עולה לו?"]
)
def test_a_question_that_leans_on_the_one_before_is_searched_with_it(question: str) -> None:
    """With few telling words of its own, a question brings those of the previous one along."""
    assert search_text(question, TURNS) == f"{FIRST} {question}"


def test_a_question_that_stands_alone_is_searched_alone() -> None:
    """A full question in the same conversation may be about something else."""
    question = "מהו המועד האחרון להגשת הצעות במכרז לפינוי אשפה?"
    assert search_text(question, TURNS) == question


@pytest.mark.parametrize("question", ["מה האגרה למוסך?", "מה קוד השער?", "מי אחראי על העיקולים?"])
def test_a_short_question_about_something_else_is_searched_alone(question: str) -> None:
    """Most questions are short; one that neither goes on nor points back has nothing to do with the one before."""
    assert search_text(question, TURNS) == question


def test_the_first_question_is_searched_as_it_is() -> None:
    """There is nothing to lean on."""
    assert search_text("ולמה?", []) == "ולמה?"
