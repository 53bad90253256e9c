from pathlib import Path

import pytest

from evals.own_questions import is_own, own_questions
from evals.question_files import Unreadable
from evals.questions import Passage

MINE = Path("mine.jsonl")
POOL = (
    Passage("v1", "נוהל חופשות", "עובד רשאי לצאת לחופשה לאחר אישור הממונה. חופשה ארוכה טעונה אישור המנהל הכללי."),
    Passage("v2", "נוהל חופשות", "ימי חופשה שלא נוצלו נצברים."),
    Passage("f1", "אגרות", "אגרת הרישום היא 120 שקלים לשנה."),
)


def right(benchmark):
    return [[each.id for each in benchmark.passages if q.wanted.is_right(each)] for q in benchmark.questions]


def test_a_question_names_its_document_its_passage_or_both():
    """A document alone means any passage of it; a piece of text the passage it is from; an id exactly that passage."""
    entries = [
        {"question": "מי מאשר?", "document": "נוהל חופשות"},
        {"question": "מי מאשר?", "passage": "חופשה ארוכה טעונה אישור"},
        {"question": "כמה?", "document": "אגרות", "passage": "אגרת הרישום"},
        {"question": "כמה?", "passage": "f1"},
    ]
    benchmark = own_questions(MINE, entries, POOL)
    assert right(benchmark) == [["v1", "v2"], ["v1"], ["f1"], ["f1"]]
    assert benchmark.passages == POOL


def test_a_text_that_the_pool_has_not_is_added_to_it():
    """Once, however many questions are about it, under the title of its document."""
    entries = [{"question": q, "document": "בטיחות", "passage": "יש לחבוש קסדה."} for q in ("מה?", "איך?")]
    benchmark = own_questions(MINE, entries, POOL)
    assert [(each.title, each.text) for each in benchmark.passages[len(POOL) :]] == [("בטיחות", "יש לחבוש קסדה.")]
    alone = own_questions(MINE, [{"question": "מה?", "passage": "יש לחבוש קסדה."}], POOL)
    assert len(alone.passages) == len(POOL) + 1


def test_over_an_index_nothing_has_to_be_known_beforehand():
    """Whether a document is there shows when it is searched."""
    benchmark = own_questions(MINE, [{"question": "מה?", "document": "אין כזה"}], None)
    assert (len(benchmark.questions), benchmark.passages) == (1, ())


@pytest.mark.parametrize(
    "entry",
    [
        {"question": "מה?", "document": "אין כזה"},
        {"question": "מה?", "document": " ", "passage": "."},
        {"question": "מה?"},
        {"passage": "אגרת הרישום"},
    ],
)
def test_a_question_that_cannot_be_judged_is_said(entry):
    """With its number."""
    with pytest.raises(Unreadable, match=r"mine.jsonl, question 2"):
        own_questions(MINE, [{"question": "מה?", "document": "אגרות"}, entry], POOL)


def test_own_questions_are_told_by_their_keys():
    """A question, and a document or a passage."""
    assert is_own([{"question": "מה?", "document": "א"}, {"question": "מה?", "passage": "ב"}])
    assert not is_own([{"question": "מה?", "context": "א"}])
    assert not is_own([])
