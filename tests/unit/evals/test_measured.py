import numpy as np
import pytest

from evals.measured import DEPTH, MEASURES, measure
from evals.questions import Passage, Question, Wanted

PASSAGES = [Passage(name, "", f"טקסט {name}") for name in "abcd"]


def test_every_question_is_measured_by_what_was_found_for_it():
    """Found second, and two of three relevant: the means are of both questions, in percent."""
    found = {"one": PASSAGES[:2], "two": PASSAGES}
    questions = [Question("one", {"b": 1.0}), Question("two", {"a": 1.0, "d": 1.0, "x": 1.0})]
    measured = measure("way", questions, lambda question: found[question])
    means = measured.means
    assert tuple(means) == MEASURES
    assert means["recall@1"] == pytest.approx(100 * (0 + 1 / 3) / 2)
    assert means["recall@5"] == pytest.approx(100 * (1 + 2 / 3) / 2)
    assert means["success@1"] == 50
    assert means["mrr@10"] == 75
    assert measured.ranks == [2, 1]
    assert (len(measured.milliseconds), measured.median_milliseconds <= measured.slow_milliseconds) == (2, True)


def test_the_curve_is_the_share_of_questions_answered_by_then():
    """Ranks 2 and 1 and never."""
    questions = [Question(name, {name: 1.0}) for name in "bax"]
    curve = measure("way", questions, lambda question: PASSAGES[:2]).curve
    assert len(curve) == DEPTH
    assert curve[:3] == pytest.approx([100 / 3, 200 / 3, 200 / 3])


def test_some_of_the_questions_are_a_measurement_of_their_own():
    """The same as when only they had been asked."""
    questions = [Question(name, {name: 1.0}) for name in "bax"]
    chosen = np.array([True, False, True])
    some = measure("way", questions, lambda question: PASSAGES[:2]).of(chosen)
    again = measure("way", [questions[0], questions[2]], lambda question: PASSAGES[:2])
    assert (some.means, some.ranks, some.found) == (again.means, again.ranks, again.found)


def test_a_wanted_text_counts_once():
    """Everything was found when the first right passage was."""
    question = Question("q", wanted=Wanted("", "טקסט"))
    means = measure("way", [question], lambda question: PASSAGES).means
    assert means["recall@1"] == means["ndcg@10"] == means["mrr@10"] == 100


def test_without_questions_all_is_zero():
    """Not an error."""
    measured = measure("way", [], lambda question: PASSAGES)
    assert set(measured.means.values()) == {0}
    assert measured.median_milliseconds == measured.slow_milliseconds == 0
    assert measured.curve == [0] * DEPTH
