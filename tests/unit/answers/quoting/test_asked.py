import pytest

from answers.quoting.asked import forms, rarity, understood


def test_telling_words_in_order_each_once() -> None:
    """Question words are left out; a word that comes twice counts once."""
    asked = understood("כמה ימי חופשה וימי מחלה, או ימי חופשה?")
    assert asked.typed == ("ימי", "חופשה", "מחלה")
    assert asked.kind == "number"
    assert sum(asked.weights) == pytest.approx(1)
    assert "כמה" in asked.said


def test_rare_words_weigh_more() -> None:
    """A word that stands nearly everywhere says least."""
    assert rarity("של") < rarity("בית") < rarity("דציבלימ")


def test_forms_are_the_stems_a_word_may_have() -> None:
    """Also without a first letter that may be a prefix."""
    assert forms("חופשה") & forms("והחופשה")


def test_nothing_asked() -> None:
    """No words, no weights."""
    assert understood("?").words == ()


def test_of_questions_in_a_row_the_last_one_is_answered() -> None:
    """Those before it say what it is about, and what kind of thing is asked for where it does not say so itself."""
    asked = understood("מה שעות הפסטיבל? וכמה אמבולנסים?")
    weights = dict(zip(asked.typed, asked.weights, strict=True))
    assert weights["אמבולנסימ"] > 2 * weights["הפסטיבל"] > 0
    assert asked.kind == "number"
    assert understood("כמה עולה צהרון? ובגן?").kind == "number"
    assert understood("כמה דציבלים נמדדו? מתי?").kind == "date"


def test_a_price_is_asked_for() -> None:
    """A sum of money, and not any number."""
    assert understood("כמה עולה להדפיס?").price
    assert not understood("כמה תלמידים יש?").price


def test_a_literal_question_has_to_be_met_by_its_words() -> None:
    """One that is answered by yes or no, or has no Hebrew word."""
    assert understood("האם מותר להכניס כלבים?").literal
    assert understood("When is the library open?").literal
    assert not understood("איבדתי את הלפטופ, למי מדווחים?").literal
