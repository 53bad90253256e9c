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
