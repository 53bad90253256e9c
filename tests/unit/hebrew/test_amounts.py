from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hebrew.amounts import amounts, said_in

SAME = [
    ("1,500", "1500"), ("1500", "אלף חמש מאות"), ("3.5%", "3.50 אחוזים"), ("0.5", "חצי"), ("20 ₪", "עשרים שקלים"),
    ("12/03/2024", "12 במרץ 2024"), ("12.3.24", "2024-03-12"), ("12.3", "12 במרץ"), ("12 במרס", "12/3/2024"),
    ("3.4.2025", "ה' בניסן תשפ\"ה"), ("8:30", "08.30"), ("16:00", "בשעה 16"), ("1.5 מיליון", "1,500,000"),
    ("03-1234567", "031234567"), ("כיתה ג'", "כיתה 3"), ("י\"ב", "12"), ("תש\"ח", "1948"), ("2024", "תשפ\"ד"),
    ("שנתיים", "2"),
    ("יום שלישי", "יום ג'"), ("סעיף 4.2.1", "4.2.1"), ("B12", "b12"), ("4 ו-5", "4-5"), ("2020-2021", "2020, 2021"),
    ("12 במרץ 2024", "ב-12 במרץ, בשנת 2024"), ("\u0665", "5"), ("1948", "ה-14.5.1948"),
]  # fmt: skip
OTHER = [
    ("1,500", "15,00"), ("15", "1.5"), ("12/03/2024", "12 באפריל 2024"), ("12.3.2024", "12.3.2023"), ("8:30", "9:30"),
    ("1.5 מיליון", "1.5 אלף"), ("1,500,000", "1.5"), ("03-1234567", "03-1234568"), ("כיתה ג'", "כיתה ד'"), ("B12",
    "B6"),
    ("שלושה", "ארבעה"), ("5", "15"), ("2024", "2025"), ("12", "B12"), ("30", "8:30"), ("12 במרץ 2024", "12 במרץ"),
]  # fmt: skip


def says(text: str, other: str) -> bool:
    """Whether the other text says all that the first one says."""
    said = said_in(other)
    return all(any(way <= said for way in each.ways) for each in amounts(text) if each.sure)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_amount_may_be_written_in_many_ways(one: str, other: str) -> None:
    """Thousands, words, letters, dates of both calendars, times, telephone numbers."""
    assert says(one, other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_amounts_are_other_amounts(one: str, other: str) -> None:
    """A digit, a month, a year, a scale: whatever differs."""
    assert not says(one, other)


@pytest.mark.parametrize("text", ["", "משרד", 'ש"ח', 'מ"ר', "ר' שמעון", "המאה", "אחד מהם", "ב-", "ה'"])
def test_what_is_no_amount_is_not_sure(text: str) -> None:
    """Acronyms, initials, and words that only may be numbers."""
    assert not any(each.sure for each in amounts(text))


@settings(deadline=None)  # the first example reads the acronyms
@given(st.text("אבגמש 0123456789.,:/-'\"%\n", max_size=40))
def test_amounts_are_slices_in_order_and_say_themselves(text: str) -> None:
    """They do not overlap, each has a way of being said, and a text says what it says."""
    found = amounts(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[each.start : each.end].strip() for each in found)
    assert says(text, text)
