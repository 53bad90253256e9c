import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hebrew.calendar import other_ways
from hebrew.dates import CivilDate, date_of
from hebrew.tokens import written_words


def ways(text: str) -> set[tuple[str, ...]]:
    return {way.tokens for way in other_ways(written_words(text))}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("13.4", CivilDate(13, 4)),
        ("13/04/26", CivilDate(13, 4, 2026)),
        ("13.04.2026", CivilDate(13, 4, 2026)),
        ("2026-04-13", CivilDate(13, 4, 2026)),
        ("1.1.99", CivilDate(1, 1, 1999)),
        ("13.13", None),
        ("32.1.2020", None),
        ("1.1/2020", None),
        ("3.14159", None),
        ("10:30", None),
    ],
)
def test_dates_in_digits(text: str, date: CivilDate | None) -> None:
    """Every common order and separator; what cannot be a day and a month is no date."""
    assert date_of(text) == date


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("13.4", ("13", "אפריל")),
        ("13.4.2026", ("13", "אפריל", "2026")),
        ("ב-13 באפריל 2026", ("13.4.2026",)),
        ("13 לאפריל", ("13.4",)),
        ('כ"ט בנובמבר', ("29.11",)),
        ('ט"ו בשבט תשפ"ד', ("25.1.2024",)),
        ("15 בשבט ה'תשפ\"ד", ("25.1.2024",)),
        ("25.1.2024", ("15", "שבט", "5784")),
        ("5 במרס 2020", ("5.3.2020",)),
        ('שנת תשפ"ד', ("2023",)),
        ('שנת תשפ"ד', ("2024",)),
        ("5784", ("תשפד",)),
        ("בשנת 1948", ("5708",)),
        ("בשנת 1948", ("5709",)),
    ],
)
def test_a_date_is_written_in_other_ways(text: str, other: tuple[str, ...]) -> None:
    """In words and in digits, in the civil and in the Hebrew calendar; a year meets two of the other calendar."""
    assert other in ways(text)


@pytest.mark.parametrize("text", ["", "13", "מאי", 'ט"ו בשבט', "שלום 13 שלום", 'עו"ד 5'])
def test_what_says_no_day_has_no_other_way(text: str) -> None:
    """A day alone, a month alone, a Hebrew day of no year."""
    assert not ways(text)


@pytest.mark.parametrize("text", ["31.2.2024", "ל' באדר תשפ\"ג", "31 בפברואר 2024"])
def test_a_day_that_does_not_exist_is_not_converted(text: str) -> None:
    """Other ways within its own calendar stay."""
    months = {"ינואר", "מרס", "מרץ", "שבט", "אדר"}
    assert not any(months & set(way) for way in ways(text))


@given(st.dates(datetime.date(1750, 1, 1), datetime.date(2130, 12, 31)))
def test_every_day_of_the_hebrew_calendar_leads_back(day: datetime.date) -> None:
    """A civil date's Hebrew way, read again, has the civil date among its ways; Adar may be either of two."""
    hebrew = next(way for way in ways(f"{day.day}.{day.month}.{day.year}") if int(way[-1]) > 5000)
    if hebrew[1] != "אדר":
        assert (f"{day.day}.{day.month}.{day.year}",) in ways(" ".join(hebrew))


def test_a_year_weighs_less_than_a_day() -> None:
    """A Hebrew year only shares some months with a civil one."""
    (year, _), (day, *_) = other_ways(written_words("2024")), other_ways(written_words("1.2.2024"))
    assert year.worth < day.worth == 1


@given(st.text("אבטוכשפדת 0123456789.-/\"'", max_size=40))
def test_no_text_raises(text: str) -> None:
    """Ways point at words that are there, and each has tokens."""
    words = written_words(text)
    for way in other_ways(words):
        assert 0 <= way.start < way.end <= len(words)
        assert all(way.tokens)
