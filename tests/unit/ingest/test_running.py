"""Lines that repeat from page to page."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from indexes.page import Word
from ingest.readers.line import TextLine
from ingest.readers.running import running_lines

BODY = ["הסעיף הראשון עוסק בחופשה", "הסעיף השני עוסק בשכר", "הסעיף השלישי עוסק במחלה", "הסעיף הרביעי עוסק בפנסיה"]


def page(texts: Sequence[str], tables: Sequence[int] = ()) -> list[TextLine]:
    """Lines fifteen points apart."""
    return [
        TextLine(text, (Word(0, len(text), (100.0, 15.0 * row, 200.0, 15.0 * row + 10)),), table=table)
        for row, (text, table) in enumerate(zip(texts, [*tables, *[0] * len(texts)], strict=False))
    ]


def test_headers_and_footers_that_repeat_are_found() -> None:
    """A line at the same edge of most pages is running, whatever its numbers; text between is not."""
    pages = [
        page(["המועצה האזורית", body, "עוד שורה " + body, f"עמוד {number} מתוך 4"])
        for number, body in enumerate(BODY, 1)
    ]
    assert running_lines(pages) == [{0, 3}] * 4


def test_headers_of_left_and_right_pages_are_found() -> None:
    """In a book the header of even pages differs from that of odd ones."""
    pages = [
        page(["שם הספר" if number % 2 else "שם הפרק", BODY[number % 4] + str(number), "טקסט", "סוף"])
        for number in range(6)
    ]
    assert all(0 in marked for marked in running_lines(pages))


def test_lone_page_numbers_go_and_other_numbers_stay() -> None:
    """A number alone on the first or last line is the page's; one inside the page is not."""
    pages = [page([body, "40", "סוף " + body, str(number)]) for number, body in enumerate(BODY, 1)]
    assert running_lines(pages) == [{3}] * 4


def test_a_header_of_many_lines_goes_as_a_whole() -> None:
    """After running lines the next ones are looked at, as those of a header that is a table."""
    header = ["נוהל עבודה", "מספר 5", "מהדורה 2", "אגף משאבי אנוש"]
    pages = [page([*header, body, "א " + body, "ב " + body, "ג"], [1, 1, 1, 1]) for body in BODY]
    assert all(marked >= {0, 1, 2, 3} and 4 not in marked for marked in running_lines(pages))


def test_the_header_row_of_a_table_over_several_pages_stays() -> None:
    """A table row that repeats on each page is no running line, because the rows below it do not."""
    pages = [page(["שם | סכום", f"{body} | 5", f"{body} | 6", "סוף " + body], [1, 1, 1]) for body in BODY]
    assert running_lines(pages) == [set()] * 4


def test_of_two_pages_only_what_stands_in_the_same_place_is_running() -> None:
    """What two pages share may be chance; the same line at the same height with the same or the next number is not."""
    first = page(["לשכת היועץ המשפטי", "הסעיף הראשון", "סעיף 3", "עמוד 1 מתוך 2"])
    second = page(["לשכת היועץ המשפטי", "הסעיף השני", "סעיף 7", "עמוד 2 מתוך 2"])
    assert running_lines([first, second]) == [{0, 3}, {0, 3}]
    assert running_lines([first, second[1:]])[0] == {3}
    notes = [page([body, "סוף " + body, f"{number} ראו סעיף {10 * number}"]) for number, body in enumerate(BODY[:2], 1)]
    assert running_lines(notes) == [set(), set()]


@given(st.lists(st.lists(st.sampled_from(["א", "ב", "1", "ג 2", ""]), max_size=5), max_size=6))
def test_only_lines_that_exist_are_marked(pages: list[list[str]]) -> None:
    """Every page gets a set of indexes of its own lines."""
    found = running_lines([page(texts) for texts in pages])
    assert len(found) == len(pages)
    assert all(0 <= index < len(lines) for lines, marked in zip(pages, found, strict=True) for index in marked)
