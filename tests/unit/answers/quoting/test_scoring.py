from collections.abc import Callable
from dataclasses import replace

import pytest

from answers.quoting.asked import understood
from answers.quoting.features import features, read
from answers.quoting.scoring import candidates
from answers.quoting.weights import score, shipped
from hebrew.terms import question_terms
from indexes.chunk import Hit

QUESTION = "מתי נפתחה הספרייה?"
TEXT = "הספרייה שוכנת במרכז היישוב. היא נפתחה בשנת 1987. יש בה אלפי ספרים."


def test_probabilities_sum_to_one_and_the_best_is_first(hit: Callable[..., Hit]) -> None:
    """Over all sentences of all hits."""
    rated = candidates(understood(QUESTION), [hit(TEXT), hit("הבריכה סגורה בחורף.", name="2")], shipped().sentences)
    assert sum(each.probability for each in rated) == pytest.approx(1)
    assert [each.probability for each in rated] == sorted((each.probability for each in rated), reverse=True)
    assert "1987" in rated[0].sentence.text


def test_the_features_are_what_they_say(hit: Callable[..., Hit]) -> None:
    """Shares of the question in a sentence, before it and after it."""
    asked, hits = understood(QUESTION), [hit(TEXT)]
    first, second, third = features(asked, hits, read(asked, hits))
    assert 0 < first["covered"] < 1
    assert first["covered"] + first["after"] == pytest.approx(1)
    assert second["before"] == pytest.approx(first["covered"])
    assert (third["nothing"], third["before"]) == (1, second["covered"])
    assert second["date: year"] == 1
    assert (first["first"], third["last"]) == (1, 1)
    assert first["passage covered"] == pytest.approx(1)


def test_words_over_a_sentence_count_as_over_it(hit: Callable[..., Hit]) -> None:
    """A heading of the passage says what its sentences are about."""
    asked = understood(QUESTION)
    plain, under = ([hit("היא נפתחה בשנת 1987.", headings=headings)] for headings in ((), ("הספרייה",)))
    (without,), (under_it,) = (list(features(asked, hits, read(asked, hits))) for hits in (plain, under))
    assert without["over"] == 0 < under_it["over"]


def test_what_stands_for_a_word_counts_as_the_word(hit: Callable[..., Hit]) -> None:
    """An acronym or an entry of the glossary, by the terms of the hit."""
    question = "מתי אפשר לצאת לחופשה ללא תשלום?"
    made = replace(hit('לחל"ת יוצאים החל בחודש מאי.'), terms=question_terms(question))
    (found,) = read(understood(question), [made])[0]
    assert sum(found.found) >= 3


def test_what_has_no_weight_counts_for_nothing() -> None:
    """So that weights of another version never fail."""
    assert score({"known": 2.0}, {"known": 3.0, "unknown": 100.0}) == 6


def test_no_hits_no_candidates() -> None:
    """An empty collection has no sentence."""
    assert candidates(understood(QUESTION), [], shipped().sentences) == []
