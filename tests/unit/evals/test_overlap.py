import pytest

from evals.overlap import least_overlapping, overlap
from evals.questions import Passage, Question, Wanted


def test_overlap_is_the_share_of_stems_that_the_text_has():
    """In whatever form; question words do not count, and a word that is asked twice counts once."""
    assert overlap("מי אישר את החופשה של העובד?", "העובדים יוצאים לחופשות.") == pytest.approx(2 / 3)
    assert overlap("החופשה והחופשות", "חופשה") == 1
    assert overlap("?", "חופשה") == 0


def test_a_fifth_of_the_questions_overlaps_least():
    """Of ten questions two; of several right passages the nearest counts."""
    passages = [Passage("a", "", "חופשה ארוכה"), Passage("b", "", "אגרה")]
    questions = [Question("חופשה ארוכה", {"a": 1.0})] * 7
    questions += [Question("מנוחה ארוכה", {"a": 1.0}), Question("תשלום", {"a": 1.0, "b": 1.0})]
    questions += [Question("אגרה", {"a": 1.0, "b": 1.0})]
    assert list(least_overlapping(questions, passages)) == [False] * 7 + [True, True, False]


def test_questions_that_are_judged_by_text_have_no_passage_to_overlap_with():
    """Then none are chosen."""
    assert not least_overlapping([Question("מה?", wanted=Wanted("א", ""))] * 9, []).any()
