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
