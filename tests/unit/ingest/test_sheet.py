import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexes.page import Place
from ingest.document import Document
from ingest.errors import TooExpanded
from ingest.readers.sheets import sheet
from ingest.readers.sheets.sheet import Sheet, sheets_document

TEXT = st.text("אבג12 |.\n", max_size=5)
ROWS = st.dictionaries(st.integers(1, 400), st.dictionaries(st.integers(1, 6), TEXT, max_size=4), max_size=40)


def of_rows(*rows: str, first: int = 1, name: str = "תעריפים") -> Document:
    """A sheet written as lines with `|` between the cells."""
    cells = {
        number: {column: text for column, text in enumerate(row.split("|"), 1) if text.strip()}
        for number, row in enumerate(rows, first)
    }
    return sheets_document("", [Sheet(name, cells)])


@given(st.lists(st.tuples(TEXT, ROWS), max_size=3))
def test_every_cell_is_on_the_line_of_its_row(given_sheets: list[tuple[str, dict[int, dict[int, str]]]]) -> None:
    """Line n of a page is row `row` + n - 1, and the cells of the row are on it in their order, all of them."""
    document = sheets_document("", [Sheet(f"{n} {name}", rows) for n, (name, rows) in enumerate(given_sheets)])
    found = {
        (page.place.label, page.place.row + n): line
        for page in document.pages
        for n, line in enumerate(page.text.split("\n"))
        if line
    }
    expected = {
        (f"{n} {name}", number): [text for text in (" ".join(cells[c].split()) for c in sorted(cells)) if text]
        for n, (name, rows) in enumerate(given_sheets)
        for number, cells in rows.items()
    }
    assert set(found) == {key for key, texts in expected.items() if texts}
    for key, line in found.items():
        assert line.replace("|", " ").split() == " ".join(expected[key]).replace("|", " ").split()


@given(st.lists(ROWS, max_size=3))
def test_tables_lie_on_whole_lines(given_rows: list[dict[int, dict[int, str]]]) -> None:
    """A table begins at the beginning of a line and ends at the end of one; tables do not overlap."""
    document = sheets_document("", [Sheet("", rows) for rows in given_rows])
    before = (0, -1)
    for table in document.tables:
        text = f"\n{document.pages[table.page - 1].text}\n"
        assert text[table.start] == text[table.end + 1] == "\n"
        assert before < (table.page, table.start)
        assert table.start < table.end
        before = (table.page, table.end)


def test_what_stands_above_a_table_is_not_its_header() -> None:
    """A title in one cell is a line; the header is the first row that is about as wide as the table."""
    document = of_rows("תעריפון 2026", "", "שירות|תושב|אורח", "בריכה|30|50", "ספרייה||20")
    (page,) = document.pages
    assert page.text == "תעריפון 2026\n\nשירות | תושב | אורח\nבריכה | 30 | 50\nספרייה |  | 20"
    assert page.place == Place("sheet", "תעריפים", 1)
    (table,) = document.tables
    assert (table.header, page.text[table.start :]) == ("שירות | תושב | אורח", page.text[14:])
    assert [(each.level, each.text, each.start) for each in document.headings] == [(1, "תעריפים", 0)]


def test_a_table_without_a_header_has_none() -> None:
    """A first row of numbers says nothing about its columns."""
    (table,) = of_rows("2024|100", "2025|120").tables
    assert table.header == ""


def test_a_table_goes_on_after_an_empty_row() -> None:
    """Rows in the same columns are still under the header, until a row of words stands over numbers."""
    document = of_rows("עיר|תושבים", "יבנה|50", "", "לוד|90", "", "רחוב|בתים", "הרצל|7")
    assert [table.header for table in document.tables] == ["עיר | תושבים", "עיר | תושבים", "רחוב | בתים"]


def test_empty_columns_have_no_place() -> None:
    """Columns in which the table has nothing are left out, so that a stray cell far away costs nothing."""
    (page,) = sheets_document("", [Sheet("", {1: {2: "א", 9000: "ב"}, 2: {2: "1", 9000: "2"}})]).pages
    assert page.text == "א | ב\n1 | 2"


def test_long_sheets_are_several_pages() -> None:
    """After 200 rows, or many empty ones, a page begins, with the number of its first row and the same header."""
    document = of_rows("שם|מספר", *(f"שורה|{n}" for n in range(2, 251)), *[""] * 50, "סוף|9")
    assert [page.place.row for page in document.pages] == [1, 201, 301]
    assert [table.header for table in document.tables] == ["שם | מספר"] * 3
    assert len(document.headings) == 1


def test_more_text_than_a_file_may_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is named a million times, or rows over thousands of columns, are not written out."""
    monkeypatch.setattr(sheet, "LARGEST_TEXT", 1000)
    with pytest.raises(TooExpanded):
        of_rows(*["מילה" * 10] * 30)
    with pytest.raises(TooExpanded):
        sheets_document("", [Sheet("", {row: {row: "א", row + 1: "ב"} for row in range(1, 100)})])
