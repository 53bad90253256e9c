"""Lines with places, and pages made of them."""

from hypothesis import given
from hypothesis import strategies as st

from indexes.page import Word
from ingest.readers.line import Glyph, TextLine, assemble, words_of

glyphs = st.lists(
    st.one_of(
        st.just(Glyph(" ", None)),
        st.builds(Glyph, st.sampled_from(["א", "ש\u05c1", "fi", "1"]), st.tuples(*[st.floats(0, 500)] * 4)),
    ),
    max_size=12,
)


@given(glyphs)
def test_words_tile_what_is_not_blank(line: list[Glyph]) -> None:
    """Words are the runs between blanks, in order, and each box holds the boxes of its glyphs."""
    text = "".join(glyph.text for glyph in line)
    words = words_of(line)
    assert [text[word.start : word.end] for word in words] == text.split()
    boxes = [glyph.box for glyph in line if glyph.box]
    assert not boxes or min(box[0] for box in boxes) == min(word.box[0] for word in words)


def test_paragraphs_are_parted_by_an_empty_line() -> None:
    """Lines of a paragraph follow each other; words keep pointing at their letters."""
    box = (0.0, 0.0, 1.0, 1.0)
    line = TextLine("אב גד", (Word(0, 2, box), Word(3, 5, box)))
    page = assemble([line, line, TextLine("ה", (Word(0, 1, box),), opens=True)])
    assert page.text == "אב גד\nאב גד\n\nה"
    assert [page.text[word.start : word.end] for word in page.words] == ["אב", "גד", "אב", "גד", "ה"]
    assert [page.text[start] for start in page.starts] == ["א", "א", "ה"]


def test_no_lines_make_an_empty_page() -> None:
    """A page without lines has no text."""
    assert assemble([]).text == ""
