"""Running lines and the worth of a page."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import quality, running_lines

BODY = ["הסעיף הראשון עוסק בחופשה", "הסעיף השני עוסק בשכר", "הסעיף השלישי עוסק במחלה", "הסעיף הרביעי עוסק בפנסיה"]


def test_headers_and_footers_that_repeat_are_found() -> None:
    """A line at the same edge of most pages is running, whatever its numbers; text between is not."""
    pages = [
        ["המועצה האזורית", body, "עוד שורה " + body, f"עמוד {number} מתוך 4"] for number, body in enumerate(BODY, 1)
    ]
    assert running_lines(pages) == [{0, 3}] * 4


def test_headers_of_left_and_right_pages_are_found() -> None:
    """In a book the header of even pages differs from that of odd ones."""
    pages = [
        ["שם הספר" if number % 2 else "שם הפרק", BODY[number % 4] + str(number), "טקסט", "סוף"] for number in range(6)
    ]
    found = running_lines(pages)
    assert all(0 in marked for marked in found)


def test_lone_page_numbers_go_and_other_numbers_stay() -> None:
    """A number alone on the first or last line is the page's; one inside the page is not."""
    pages = [[body, "40", "סוף " + body, str(number)] for number, body in enumerate(BODY, 1)]
    assert running_lines(pages) == [{3}] * 4


def test_two_pages_are_too_few_to_tell() -> None:
    """What two pages share may be chance."""
    assert running_lines([["כותרת", "א"], ["כותרת", "ב"]]) == [set(), set()]


@given(st.lists(st.lists(st.sampled_from(["א", "ב", "1", "ג 2", ""]), max_size=5), max_size=6))
def test_only_lines_that_exist_are_marked(pages: list[list[str]]) -> None:
    """Every page gets a set of indexes of its own lines."""
    found = running_lines(pages)
    assert len(found) == len(pages)
    assert all(0 <= index < len(lines) for lines, marked in zip(pages, found, strict=True) for index in marked)


def test_quality_tells_words_from_noise() -> None:
    """Hebrew, English and numbers are worth everything, scrambled letters and signs little, no words nothing lost."""
    assert quality("הוועדה החליטה לאשר את הבקשה של GPT-4 בסך 1,250.50") == 1
    assert quality("קצפגט שדזסבח טןםלךגק") < 0.2
    assert quality("#$%& *&^%$ @#$%^") == 0
    assert quality("") == 1
