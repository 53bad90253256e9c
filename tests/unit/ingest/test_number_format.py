from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.sheets.number_format import general, shown

ACCOUNTING = '_-"₪"* #,##0_-;\\-"₪"* #,##0_-;_-"₪"* "-"_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (1234567, "#,##0", "1,234,567"),
        (1234567, "#,##0,", "1,235"),
        (1234567, '0.0,,"M"', "1.2M"),
        (0.155, "0%", "16%"),
        (0.155, "0.0%", "15.5%"),
        (-0.001, "0.00", "0.00"),
        (2.675, "0.00", "2.68"),
        (5, "0.##", "5"),
        (5.126, "0.##", "5.13"),
        (0, "#,##0", "0"),
        (0.5, "# ?/?", "0.5"),
        (1e-7, "0.00E+00", "1.00E-07"),
        (1e20, "0", "1e+20"),
    ],
)
def test_numbers(value: float, code: str, text: str) -> None:
    """Decimals, thousands, percents and scales are those of the format; halves are rounded away from zero."""
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (99.9, "[$₪-40D] #,##0.00", "₪ 99.90"),
        (1500, ACCOUNTING, "₪ 1,500"),
        (-1500, ACCOUNTING, "-₪ 1,500"),
        (0, ACCOUNTING, "₪ -"),
        (-1234, "#,##0.00;[Red](#,##0.00)", "(1,234.00)"),
        (-3, "0.0", "-3.0"),
        (-3, "[Red](0)", "-(3)"),
        (0.25, "@", "0.25"),
        (-5, "d/m/yyyy;@", "-5"),
        (5, ";;;", ""),
        (12, '0 "יח\'"', "12 יח'"),
        (3, '[<=5]0" ימים";"הרבה"', "3 ימים"),
        (9, '[<=5]0" ימים";"הרבה"', "הרבה"),
        (5, 'General" מטר"', "5 מטר"),
    ],
)
def test_texts_around_numbers(value: float, code: str, text: str) -> None:
    """Currencies, units and signs stand where the format puts them; each section has its numbers."""
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [(501234567, "000-0000000", "050-1234567"), (12345678, "000000000", "012345678"), (7, "000", "007")],
)
def test_numbers_that_are_names(value: float, code: str, text: str) -> None:
    """Phone and identity numbers, which are stored without their zeros, are shown with them."""
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (45000, "dd/mm/yyyy", "15/03/2023"),
        (45000, "d.m.yy", "15.3.23"),
        (45000.5, "[$-1010000]d/m/yyyy;@", "15/3/2023"),
        (45000, "mmm-yy", "מרץ-23"),
        (45000, "[$-409]mmmm yyyy", "March 2023"),
        (45000, "dddd, d mmmm yyyy", "יום רביעי, 15 מרץ 2023"),
        (45000.604166667, "dd/mm/yyyy hh:mm", "15/03/2023 14:30"),
        (0.604166667, "h:mm AM/PM", "2:30 PM"),
        (0.604166667, "h:mm:ss", "14:30:00"),
        (0.5, "mm:ss", "00:00"),
        (1.5, "[h]:mm:ss", "36:00:00"),
        (1, "d/m/yyyy", "1/1/1900"),
        (-5, "dd/mm/yyyy", "-5"),
        (1e9, "dd/mm/yyyy", "1000000000"),
    ],
)
def test_dates_and_times(value: float, code: str, text: str) -> None:
    """Days and hours as they are shown in Israel; what is no moment stays a number."""
    assert shown(value, code) == text


def test_days_of_old_macintosh_files() -> None:
    """Files that count from 1904 have day 0 there."""
    assert shown(0, "dd/mm/yyyy", from_1904=True) == "01/01/1904"


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_every_day_has_its_number(day: date) -> None:
    """The number of a day is how many days it is after 30 December 1899."""
    assert shown((day - date(1899, 12, 30)).days, "dd/mm/yyyy") == f"{day.day:02}/{day.month:02}/{day.year:04}"


@given(st.integers(-(10**14), 10**14), st.integers(0, 6))
def test_grouping_is_that_of_python(value: int, decimals: int) -> None:
    """The slow truth for whole numbers: Python's own format with commas."""
    code = "#,##0" + ("." + "0" * decimals if decimals else "")
    assert shown(value, code) == f"{value:,.{decimals}f}"


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12) | st.text('0#?.,%;"[]\\_*$dmyhsE+-/@ ', max_size=20),
)
def test_no_format_is_fatal(value: float, code: str) -> None:
    """Whatever a file calls a format, a number is shown somehow, on one line."""
    assert "\n" not in shown(value, code)


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_stay_whole(value: int) -> None:
    """Without a format a whole number has no point and no exponent."""
    assert general(float(value)) == str(value)
