"""The text of a page as it is checked."""

from hypothesis import given
from hypothesis import strategies as st

from indexes.page import Page, Word
from webui.pages.check import _lines, _next

WORDS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8)


@given(st.text(max_size=40), WORDS)
def test_the_pieces_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    """Whatever words a page has, also ones that overlap or end behind it, its pieces together are its text."""
    words = tuple(Word(start, end, (1.0, 1.0, 2.0, 2.0)) for start, end in spans if end <= len(text))
    page = Page(1, text, words=words, width=10.0, height=10.0)
    for with_boxes in (True, False):
        lines = list(_lines(page, with_boxes))
        assert "\n".join("".join(piece.text for piece in line.pieces) for line in lines) == text
    assert all(piece.box is None for line in lines for piece in line.pieces)


def test_a_word_carries_its_box() -> None:
    """A word is a piece of its own with its place in percent; what stands between words has none."""
    page = Page(
        1, "אב, גד", words=(Word(0, 2, (5.0, 0.0, 8.0, 2.0)), Word(4, 6, (1.0, 0.0, 4.0, 2.0))), width=10, height=20
    )
    (line,) = _lines(page, with_boxes=True)
    assert [(piece.text, piece.box is not None) for piece in line.pieces] == [("אב", True), (", ", False), ("גד", True)]


def test_a_line_without_letters_follows_the_page() -> None:
    """A date on a line of its own stands where the Hebrew around it begins; an English line has its own direction."""
    lines = _lines(Page(1, "לכבוד הנהלת העיר\n3.5.2026\nDear Sir,"), with_boxes=False)
    assert [line.direction for line in lines] == ["rtl", "rtl", "ltr"]


def test_after_the_last_doubtful_page_comes_the_first() -> None:
    """The link goes round, and leads nowhere when there is no other such page."""
    assert [_next([2, 5], page) for page in (1, 2, 5, 9)] == [2, 5, 2, 2]
    assert _next([2], 2) == 0
    assert _next([], 1) == 0
