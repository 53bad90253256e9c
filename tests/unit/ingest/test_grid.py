import pytest

from ingest.readers.grid import Cell, header_rows, is_foreign, laid_out


def test_cells_without_spans_stay_as_they_are() -> None:
    """Rows may be of different lengths."""
    rows = [[Cell("א"), Cell("ב")], [Cell("ג")], []]
    assert laid_out(rows) == [["א", "ב"], ["ג"], []]


def test_spans_in_both_directions() -> None:
    """A cell goes to the next column that is free; what fills several rows is said in each, in its column."""
    rows = [
        [Cell("א", rows=3), Cell("ב", columns=2, rows=2), Cell("ג")],
        [Cell("ד")],
        [Cell("ה"), Cell("ו"), Cell("ז")],
    ]
    assert laid_out(rows) == [["א", "ב", "", "ג"], ["א", "ב", "", "ד"], ["א", "ה", "ו", "ז"]]


def test_as_above() -> None:
    """A cell without a text takes that of the cell above it, again and again; without one above it is empty."""
    rows = [[Cell(None), Cell("א")], [Cell("ב"), Cell(None)], [Cell(None), Cell(None)]]
    assert laid_out(rows) == [["", "א"], ["ב", "א"], ["ב", "א"]]


def test_absurd_spans_are_bounded() -> None:
    """A span of a million columns or rows costs nothing."""
    grid = laid_out([[Cell("א", columns=10**6, rows=10**6)], [Cell("ב")]])
    assert [row[0] for row in grid] == ["א", "א"]
    assert max(map(len, grid)) < 300


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["שירות", "אגרה"], ["רישום", "120"]], 1),
        ([["", "אגרה"], ["רישום", "₪ 1,200"], ["ביטול", ""]], 1),
        ([["שירות", "מועד"], ["רישום", "1.9.2026"]], 1),
        ([["רישום", "120"], ["ביטול", "30"]], 0),
        ([["דנה", "יושבת ראש"], ["יוסי", "גזבר"]], 0),
        ([["שירות", ""], ["רישום", "120"]], 0),
        ([["שירות", "אגרה"]], 0),
        ([], 0),
    ],
)
def test_a_first_row_of_words_over_numbers_is_a_header(rows: list[list[str]], expected: int) -> None:
    """Unmarked, a header shows itself by words over numbers, dates or amounts."""
    assert header_rows(rows, 0) == expected
    assert header_rows(rows, 2) == 2


def test_foreign_tables() -> None:
    """Only letters tell: a table of numbers is of no language."""
    assert is_foreign("Fee 120")
    assert not is_foreign("Fee אגרה")
    assert not is_foreign("120")
