"""Days, moments and numbers in the forms of each language."""

from datetime import datetime

import pytest

from webui.amount import number_text
from webui.moment import day_text, moment_text
from webui.texts.language import Language, speaking

MOMENT = datetime(2026, 11, 5, 9, 4).timestamp()


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [("he", "5.11.2026", "5.11.2026 09:04"), ("en", "5 November 2026", "5 November 2026, 09:04")],
)
def test_a_moment_is_written_as_people_of_the_language_do(language: Language, day: str, moment: str) -> None:
    """Day, month and year with dots in Israel; the month by its name in English, where digits would be doubtful."""
    with speaking(language):
        assert (day_text(MOMENT), moment_text(MOMENT)) == (day, moment)


def test_thousands_are_told_apart() -> None:
    """With a comma, and a point before the fraction."""
    assert [number_text(one) for one in (7, 1250, 0.5, 12345.5)] == ["7", "1,250", "0.5", "12,345.5"]
