import pytest
from hypothesis import given
from hypothesis import strategies as st

from hebrew.numerals import numeral, value_of, year_of


@pytest.mark.parametrize(
    ("letters", "value"),
    [
        ("א", 1),
        ("יב", 12),
        ("טו", 15),
        ("טז", 16),
        ("כט", 29),
        ("קיא", 111),
        ("שסה", 365),
        ("תרכב", 622),
        ("תתקצט", 999),
    ],
)
def test_letters_are_numbers(letters: str, value: int) -> None:
    """And the numbers are these letters."""
    assert value_of(letters) == value
    assert numeral(value) == letters


@pytest.mark.parametrize("letters", ["", "יה", "יו", "בי", "מעמ", "צהל", "אא", "שתק", "x", "12"])
def test_what_is_not_written_as_a_number_is_none(letters: str) -> None:
    """Letters out of order, twice, or none."""
    assert value_of(letters) is None


@given(st.integers(1, 999))
def test_every_number_is_read_as_it_is_written(number: int) -> None:
    """From 1 to 999, and above and below there are no numerals."""
    assert value_of(numeral(number) or "") == number


@pytest.mark.parametrize(
    ("letters", "year"),
    [
        ("תשפד", 5784),
        ("התשפד", None),
        ("תשח", 5708),
        ("תרמב", 5642),
        ("תש", None),
        ("תקע", 5570),
        ("יב", None),
        ("תא", None),
    ],
)
def test_years_have_their_thousands(letters: str, year: int | None) -> None:
    """They are written without; two letters are too few for a year."""
    assert year_of(letters) == year


@pytest.mark.parametrize(("number", "letters"), [(5784, "תשפד"), (0, None), (1000, None), (-1, None)])
def test_a_year_is_written_without_its_thousands(number: int, letters: str | None) -> None:
    """Other numbers above 999 are not written in letters."""
    assert numeral(number) == letters
