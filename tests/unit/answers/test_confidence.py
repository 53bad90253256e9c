import json
import math

import pytest

from answers import confidence as module
from answers.confidence import COVERED_BADLY, MODEL_REFUSAL, QUOTED_REFUSAL, confidence, features
from hebrew.terms import question_terms
from indexes.chunk import Chunk, Hit, Span

QUESTION = "כמה ימי חופשה מגיעים לעובד ותיק?"
ANSWER = "לעובד ותיק מגיעים שלושים ימי חופשה בשנה."
OTHER = "הממונה על הבטיחות בודק את המטפים פעם בחודש."


def hit(text, document="1", score=0.9, title="נוהל", joined=(), **parts):
    """A hit of a document, whose score is made of the words alone."""
    chunk = Chunk(f"{document}-{text[:9]}", document, "c", title, (), (Span(1, 0, len(text)),), text)
    return Hit(chunk, score, {"rerank": score, **parts}, terms=question_terms(QUESTION), joined=joined)


def test_without_hits_nothing_holds_an_answer():
    """Not even a little."""
    assert confidence(QUESTION, []) == 0.0


def test_a_passage_that_says_what_was_asked_is_surer_than_one_that_does_not():
    """Far above every threshold, and far below."""
    sure = confidence(QUESTION, [hit(ANSWER, near12=1.0), hit(OTHER, "2", 0.2)])
    unsure = confidence(QUESTION, [hit(OTHER, "2", 0.25), hit(OTHER, "3", 0.2)])
    assert 0 <= unsure < MODEL_REFUSAL < QUOTED_REFUSAL < COVERED_BADLY < sure <= 1


def test_words_of_one_sentence_count_for_more_than_words_here_and_there():
    """The same words, in one sentence or in four."""
    spread = "לעובד יש שולחן. הוא ותיק. אורחים מגיעים. אלה ימי קיץ. עוד חופשה תבוא."
    one, many = (features(QUESTION, [hit(text)]) for text in (ANSWER, spread))
    assert one["held"] == pytest.approx(many["held"], abs=0.01)
    assert one["said"] > many["said"]


def test_merged_passages_are_weighed_one_by_one():
    """Half of the question in each of two neighbours is not all of it."""
    first, second = "לעובד ותיק יש ותק. ", "ימי החופשה מגיעים בקיץ."
    apart = features(QUESTION, [hit(first + second, joined=(len(first),))])
    assert apart["held"] < features(QUESTION, [hit(first + second)])["held"] == pytest.approx(1.0)


def test_other_documents_that_come_near_make_it_less_sure():
    """Passages of the same document do not; with no other document there is nothing to compare."""
    first = hit(ANSWER)
    near, far = [first, hit(OTHER, "2", 0.85)], [first, hit(OTHER, "2", 0.1)]
    assert confidence(QUESTION, near) < confidence(QUESTION, far)
    assert features(QUESTION, [first, hit(OTHER, "1", 0.85)])["ahead"] == features(QUESTION, [first])["ahead"]
    assert features(QUESTION, [*far, hit(OTHER, "1", 0.85)])["ahead"] == features(QUESTION, far)["ahead"]


def test_the_score_of_a_cross_encoder_changes_nothing():
    """It orders hits; how far apart its scores are says nothing."""
    plain = [hit(ANSWER), hit(OTHER, "2", 0.3)]
    read = [Hit(each.chunk, 1.99, {**each.parts, "cross": 0.5}, terms=each.terms) for each in plain]
    assert confidence(QUESTION, plain) == confidence(QUESTION, read)


@pytest.mark.parametrize("question", ["", "מה?", "מה זה של מי", "?" * 50, "שלום " * 700])
def test_any_question_has_a_probability(question):
    """Also one without a telling word, and hits that say nothing of how they were found."""
    chunk = hit(ANSWER).chunk
    assert 0 <= confidence(question, [Hit(chunk, 0.0)]) <= 1


def test_the_probability_is_the_logistic_function_of_the_weighted_features():
    """As in the file beside the module, which has a weight for each feature and no other."""
    weights = json.loads(module.FILE.read_text("utf-8"))
    hits = [hit(ANSWER, near12=0.8), hit(OTHER, "2", 0.3)]
    found = features(QUESTION, hits)
    assert weights.keys() == {"constant", *found}
    total = weights["constant"] + sum(weights[name] * value for name, value in found.items())
    assert confidence(QUESTION, hits) == pytest.approx(1 / (1 + math.exp(-total)))
