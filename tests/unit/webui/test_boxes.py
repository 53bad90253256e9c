"""Boxes over the cited words of a page."""

from hypothesis import given
from hypothesis import strategies as st

from indexes.page import Page, Word
from webui.pages.boxes import boxes_of


def page(*words: tuple[int, int, tuple[float, float, float, float]]) -> Page:
    return Page(1, "x" * 100, words=tuple(Word(*word) for word in words), width=200.0, height=400.0)


def test_words_of_a_line_share_a_box():
    """Two words of one line, right to left, get one box in percent of the page."""
    (box,) = boxes_of(page((0, 3, (150.0, 100.0, 180.0, 112.0)), (4, 6, (101.5, 101.0, 140.0, 111.5))), 0, 6)
    assert (box.left, box.top) == (50.0, 24.62)
    assert (box.width, box.height) == (40.75, 3.75)


def test_each_line_has_its_own_box():
    """A passage over two lines gets two boxes, in order."""
    boxes = boxes_of(page((0, 3, (20.0, 100.0, 60.0, 112.0)), (4, 6, (150.0, 116.0, 190.0, 128.0))), 0, 6)
    assert len(boxes) == 2
    assert boxes[0].top < boxes[1].top


def test_columns_have_their_own_boxes():
    """Words at one height in two columns, or in cells far apart, are boxed apart."""
    right, left = (120.0, 100.0, 190.0, 112.0), (10.0, 100.0, 80.0, 112.0)
    assert len(boxes_of(page((0, 3, right), (4, 6, left)), 0, 6)) == 2


def test_only_words_inside_the_passage_count():
    """A word before or after the cited characters is not boxed; one cut by them is."""
    words = [(at, at + 3, (10.0, 10.0 + 20 * at, 20.0, 20.0 + 20 * at)) for at in (0, 4, 8)]
    assert len(boxes_of(page(*words), 3, 8)) == 1
    assert len(boxes_of(page(*words), 2, 9)) == 3
    assert boxes_of(page(*words), 5, 5) == []


def test_a_page_without_paper_has_no_boxes():
    """Text formats have no paper, so nothing is boxed."""
    assert boxes_of(Page(1, "abc", words=(Word(0, 3, (0.0, 0.0, 1.0, 1.0)),)), 0, 3) == []


SIDES = st.tuples(st.floats(-50, 250), st.floats(-50, 450), st.floats(0, 60), st.floats(0, 30))


@given(st.lists(SIDES, max_size=12))
def test_boxes_stay_on_the_page_and_cover_the_words(sides):
    """Every box lies on the page, and the middle of every word on the page lies in a box."""
    boxes = [(left, top, left + width, top + height) for left, top, width, height in sides]
    drawn = boxes_of(page(*((at, at + 1, box) for at, box in enumerate(boxes))), 0, 100)
    for box in drawn:
        assert 0 <= box.left <= 130
        assert box.width >= 0
        assert box.height >= 0
    for left, top, right, bottom in boxes:
        x, y = (left + right) / 4, (top + bottom) / 8  # percent of 200 and 400 points
        if 0 <= x <= 100 and 0 <= y <= 100:
            assert any(
                box.left - 0.02 <= x <= box.left + box.width + 0.02
                and box.top - 0.02 <= y <= box.top + box.height + 0.02
                for box in drawn
            )
