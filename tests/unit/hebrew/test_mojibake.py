"""Hebrew in windows-1255 that was shown as windows-1252."""

from hebrew.mojibake import is_mojibake, repair_mojibake

HEBREW = 'שלום לכולם, מע"מ (עם מספר 12).'
SHOWN = HEBREW.encode("cp1255").decode("cp1252")


def test_it_is_recognised_and_repaired() -> None:
    """What went wrong in one direction comes back in the other."""
    assert is_mojibake(SHOWN)
    assert repair_mojibake(SHOWN) == HEBREW


def test_other_texts_are_left_alone() -> None:
    """Hebrew, English and French with its accents are none, nor is anything that has a Hebrew letter."""
    assert not is_mojibake(HEBREW)
    assert not is_mojibake("An ordinary English sentence.")
    assert not is_mojibake("Voilà une école très agréable à visiter où l'on dîne")
    assert not is_mojibake(SHOWN + " א")


def test_a_few_words_are_not_enough_when_more_are_asked_for() -> None:
    """A page is judged by several words."""
    assert not is_mojibake(SHOWN, least=10)
