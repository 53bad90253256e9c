from fractions import Fraction

import pytest

from hebrew.letters import fold_finals
from hebrew.number_words import scaled, spelled, spelled_number

SPELLED = {
    "שלושה ימים": (3, 1), "בשלושה ימים": (3, 1), "עשרים וחמישה": (25, 2), "חמישה עשר": (15, 2), "אחת עשרה": (11, 2),
    "שנים עשר": (12, 2), "מאה עשרים ושלוש": (123, 3), "מאה ושלושה עשר": (113, 3), "מאה שלושה עשר": (113, 3),
    "אלף חמש מאות": (1500, 3), "אלף תשע מאות ארבעים ושמונה": (1948, 5), "אלפיים ועשרים": (2020, 2),
    "עשרת אלפים": (10_000, 2),
    "אלפיים עשרים וארבע": (2024, 3), "מאתיים אלף": (200_000, 2), "שני מיליון ושלוש מאות אלף": (2_300_000, 5),
    "מאתיים חמישים ושלושה אלף ארבע מאות": (253_400, 6), "מיליון וחצי": (1_500_000, 2),
    "שלוש וחצי": (Fraction(7, 2), 2),
    "שנתיים": (2, 1), "שלישי": (3, 1), "שלוש ארבע": (3, 1), "עשרים שלושים": (20, 1),
    "מיליארד ומאתיים מיליון": (1_200_000_000, 3),
}  # fmt: skip


@pytest.mark.parametrize("text", SPELLED)
def test_a_number_in_words_has_its_value(text: str) -> None:
    """Of any size, with a prefix before it; words that are not joined to it are another number."""
    spelled = spelled_number(fold_finals(text).split())
    assert spelled is not None
    assert (spelled.value, spelled.words) == SPELLED[text]
    assert not spelled.vague or text == "מיליון וחצי"


@pytest.mark.parametrize("text", ["אחת", "שני", "מאה", "אלף", "חצי", "ראשון", "אלפים"])
def test_words_that_often_say_something_else_are_vague(text: str) -> None:
    """One of two, the second, the century, thousands."""
    spelled = spelled_number([fold_finals(text)])
    assert spelled is not None
    assert spelled.vague


@pytest.mark.parametrize("text", ["", "מאות אנשים", "עובדים", "וגם", "ש", "משהו שלושה"])
def test_other_words_are_no_number(text: str) -> None:
    """Hundreds of people are no number, and a number has to come first."""
    assert spelled_number(fold_finals(text).split()) is None


def test_digits_are_multiplied_by_the_words_after_them() -> None:
    """A million and a half, two thousand."""
    assert scaled(Fraction("1.5"), ["מיליונ", "שקל"]) == (1_500_000, 1)
    assert scaled(Fraction(2), ["מיליונ", "וחצי"]) == (2_500_000, 2)
    assert scaled(Fraction(2), ["ימימ"]) == (2, 0)


def test_small_numbers_have_words() -> None:
    """Every word leads to digits that lead back to it."""
    assert spelled("3") == ("שלוש", "שלושה", "שלושת")
    assert all(word in spelled(digits) for word in spelled("7") for digits in spelled(word))
    assert spelled("50") == ("חמישימ",)
    assert spelled("ספר") == spelled("2") == ()


def test_a_number_may_be_the_last_word() -> None:
    """The sixties: nothing follows that could be joined to it."""
    assert spelled_number(fold_finals("השישים").split()) is not None
    assert scaled(Fraction(60), []) == (60, 0)
