from answers.quoting.choice import Quote
from answers.quoting.layout import header_of, laid_out, place_of
from indexes.chunk import Chunk, Hit, Span


def test_wrapped_lines_become_one_and_items_do_not() -> None:
    """As they are read."""
    assert laid_out("שורה\nשנשברה:\n1. אחת\n2. שתיים\nעם המשך") == "שורה שנשברה:\n1. אחת\n2. שתיים עם המשך"


def test_a_footnote_mark_of_the_document_is_no_mark_of_ours() -> None:
    """It is shown in round brackets."""
    assert laid_out("כך נקבע [3].") == "כך נקבע (3)."


def test_a_row_has_the_header_of_the_table_in_whose_middle_the_passage_begins() -> None:
    """A table that begins in the passage has its own."""
    text = "צהרון | 900\nקייטנה | 1,200\n\nליווי | 300"
    chunk = Chunk("c", "d", "k", "", (), (Span(1, 0, len(text)),), text, "שירות | מחיר")
    hit = Hit(chunk, 1.0)
    assert header_of(Quote(hit, 12, 26)) == "שירות | מחיר"
    assert header_of(Quote(hit, 28, len(text))) == ""


def test_the_place_of_a_part_is_the_nearest_one() -> None:
    """Blanks and line ends are the same."""
    assert place_of("5\nימים", "עד 5 ימים, ולא 5 ימים", 20) == (15, 21)
    assert place_of("6 ימים", "עד 5 ימים", 0) is None
    assert place_of(" ", "עד 5 ימים", 0) is None


def test_a_row_of_a_table_that_begins_in_the_passage_has_its_first_row_for_a_header() -> None:
    """Where that one names columns, and the row has a number in one of them."""
    text = "התעריפים:\nשירות | יחידה | מחיר\nצהרון | לחודש | 900\nקייטנה | לילד | 1,200"
    hit = Hit(Chunk("c", "d", "k", "", (), (Span(1, 0, len(text)),), text), 1.0)
    at = text.index("קייטנה")
    assert header_of(Quote(hit, at, len(text))) == "שירות | יחידה | מחיר"
    assert header_of(Quote(hit, text.index("שירות"), at)) == ""
    assert header_of(Quote(hit, 0, 10)) == ""


def test_a_list_of_names_and_times_has_no_header() -> None:
    """Its first row is one of them."""
    text = "יום א' | 10:00\nיום ב' | 14:00"
    hit = Hit(Chunk("c", "d", "k", "", (), (Span(1, 0, len(text)),), text), 1.0)
    assert header_of(Quote(hit, text.index("יום ב'"), len(text))) == ""


def test_what_follows_a_table_stands_on_a_line_of_its_own() -> None:
    """It is no cell of the last row."""
    assert laid_out("ציוד | 10%\nהציון הוא 28.") == "ציוד | 10%\nהציון הוא 28."
