from indexes.page import Place
from ingest.document import Heading, Table
from ingest.readers.draft import Draft

ROWS = [["שירות", "מחיר"], ["בריכה", "50"], ["", ""], ["ספרייה", ""]]


def test_a_table_is_rows_under_a_header() -> None:
    """One line a row, an empty line around the table, its place and its header row recorded."""
    draft = Draft()
    draft.line("להלן התעריפים")
    draft.table(ROWS)
    draft.line("בתוקף מינואר")
    document = draft.document("")
    text = document.pages[0].text
    assert text == "להלן התעריפים\n\nשירות | מחיר\nבריכה | 50\nספרייה | \n\nבתוקף מינואר"
    (table,) = document.tables
    assert text[table.start : table.end] == "שירות | מחיר\nבריכה | 50\nספרייה | "
    assert table == Table(1, 15, 48, "שירות | מחיר")


def test_line_ends_in_a_cell_are_blanks() -> None:
    """A row is one line, whatever is in its cells."""
    draft = Draft()
    draft.table([["א\nב", "ג\u2028ד"], ["ה", "ו"]])
    assert draft.document("").pages[0].text == "א ב | ג ד\nה | ו"


def test_one_column_is_paragraphs() -> None:
    """A table of one column is no table but a frame around text."""
    draft = Draft()
    draft.table([["פסקה ראשונה"], ["פסקה\nשנייה"]])
    document = draft.document("")
    assert document.pages[0].text == "פסקה ראשונה\n\nפסקה\nשנייה"
    assert document.tables == ()


def test_a_header_needs_rows_under_it() -> None:
    """A table of one row, and one that says it has no header, have none; two header rows are both kept."""
    draft = Draft()
    draft.table([["א", "ב"]])
    draft.table(ROWS, header_rows=0)
    draft.table(ROWS, header_rows=2)
    assert [table.header for table in draft.document("").tables] == ["", "", "שירות | מחיר\nבריכה | 50"]


def test_an_empty_table_is_nothing() -> None:
    """Rows of empty cells leave no trace."""
    draft = Draft()
    draft.table([])
    draft.table([["", " "], ["\n", ""]])
    assert draft.document("").pages[0].text == ""
    assert draft.document("").tables == ()


def test_pages_begin_where_the_reader_says() -> None:
    """Headings and tables know their page; a page on which nothing is stays, so that later ones keep their number."""
    draft = Draft()
    draft.page(Place("slide"))
    draft.page(Place("slide"))
    draft.heading(1, "כותרת")
    draft.table(ROWS)
    draft.page(Place("slide"))
    draft.paragraph("סוף")
    document = draft.document("")
    assert [(page.number, page.place) for page in document.pages] == [(n, Place("slide")) for n in (1, 2, 3)]
    assert [page.text[:5] for page in document.pages] == ["", "כותרת", "סוף"]
    assert document.headings == (Heading(2, 0, 1, "כותרת"),)
    assert [(table.page, table.start) for table in document.tables] == [(2, 7)]
    assert document.title == ""


def test_without_pages_all_is_one_text() -> None:
    """A document without pages is one page of kind text, called by its first heading."""
    draft = Draft()
    draft.heading(2, "נוהל\nחופשה")
    document = draft.document(" ")
    assert (document.title, document.pages[0].place) == ("נוהל חופשה", Place("text"))


def test_the_order_of_the_screen_is_put_right() -> None:
    """Hebrew stored backwards is turned, in texts, headings and headers alike, and everything keeps its place."""
    draft, right = Draft(), Draft()
    for each, turn in ((draft, True), (right, False)):
        texts = ["זכויות העובדים והעובדות של המועצה", "שירותים", "ימים", "חופשה של העובדים", "12"]
        texts = [text[::-1] if turn and not text.isdigit() else text for text in texts]
        each.heading(1, texts[0])
        each.table([[texts[2], texts[1]], [texts[4], texts[3]]] if turn else [texts[1:3], texts[3:]])
    assert draft.document("") == right.document("")
