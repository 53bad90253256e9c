"""Characters with places become lines, columns and paragraphs: drawn by hand, ten points a letter."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.pdf.character import UNKNOWN, Character
from ingest.readers.pdf.characters import PageCharacters
from ingest.readers.pdf.columns import reading_order
from ingest.readers.pdf.frame import Frame
from ingest.readers.pdf.lines import Segment, lines_of
from ingest.readers.pdf.text import page_lines

SIZE = 10.0
WIDTH = 5.0


def drawn(shown: str, x: float, baseline: float, size: float = SIZE) -> list[Character]:
    """The characters of a text as it stands on the screen, from left to right; blanks leave room."""
    width = WIDTH * size / SIZE
    return [
        Character(
            letter, x + index * width, x + (index + 1) * width, baseline - 0.7 * size, baseline + 0.2 * size, baseline,
            size, word=shown[:index].count(" "),
        )
        for index, letter in enumerate(shown)
        if letter != " "
    ]  # fmt: skip


def shown(lines: list[list[Segment]]) -> list[str]:
    """Lines as they stand on the screen, segments parted by a bar."""
    return ["|".join("".join(c.text if c else " " for c in segment.characters) for segment in line) for line in lines]


def shown_whole(lines: list[list[Segment]]) -> str:
    """A single line as it stands on the screen, letters with their points."""
    return "".join(c.text if c else " " for line in lines for segment in line for c in segment.characters)


def read(characters: list[Character]) -> list[str]:
    """The texts of the lines of a page, in reading order."""
    frames = [Frame(0, 0, 600, 800, turns) for turns in range(4)]
    return [line.text for line in page_lines(PageCharacters({0: characters}, 0.0), frames, 0)]


def test_order_in_the_file_does_not_matter() -> None:
    """Lines are found by place, from top to bottom, words parted by the gap between them."""
    characters = drawn("םלוע םולש", 100, 50) + drawn("בוט םוי", 100, 30)
    assert shown(lines_of(list(reversed(characters)))) == ["בוט םוי", "םלוע םולש"]


def test_letters_drawn_twice_count_once() -> None:
    """Artificial bold draws each letter again a little to the side."""
    line = drawn("םולש", 100, 50)
    doubled = line + [each._replace(x0=each.x0 + 0.4, x1=each.x1 + 0.4) for each in line]
    assert shown(lines_of(doubled)) == ["םולש"]


def test_the_three_points_of_one_glyph_stay_three() -> None:
    """An ellipsis drawn by one glyph comes as three points in the same place, which is not artificial bold."""
    line = drawn(".םולש", 100, 50)
    assert shown(lines_of([line[0], line[0], *line])) == ["...םולש"]


def test_the_letters_of_a_ligature_stay_two() -> None:
    """A font may draw "tt" by one glyph; both letters have its box, which is wider than one of them."""
    line = drawn("http", 100, 50)
    wide = [each._replace(x0=105.0, x1=115.0) if each.text == "t" else each for each in line]
    assert shown(lines_of(wide)) == ["http"]


def test_superscripts_join_their_line_and_numbers_stay_apart() -> None:
    """The number of a footnote follows its word, and is not part of a number before it."""
    characters = drawn("1999", 100, 50) + drawn("12", 120, 46, size=6)
    assert shown(lines_of(characters)) == ["1999 12"]
    assert shown(lines_of(drawn("םלוע", 106, 50) + drawn("3", 102.5, 46, size=6))) == ["3 םלוע"]


def test_points_join_the_letter_below_them() -> None:
    """A point drawn by itself belongs to the nearest letter of its line."""
    point = drawn("א", 105, 52)[0]._replace(text="\u05b8", x0=107.0, x1=108.0)
    assert shown(lines_of([*drawn("םולש", 100, 50), point])) == ["םו\u05b8לש"]


def test_each_point_joins_the_letter_that_it_has_its_place_on() -> None:
    """A holam stands over the left edge of its letter, the dots of shin over its edges, all others in the middle."""
    line = drawn("םולש", 100, 50)  # from left to right: mem, vav, lamed, shin

    def pointed(mark: str, x: float) -> str:
        return shown_whole(lines_of([*line, line[0]._replace(text=mark, x0=x - 0.5, x1=x + 0.5)]))

    assert pointed("\u05b9", 110.2) == "םול\u05b9ש"
    assert pointed("\u05b8", 113.0) == "םול\u05b8ש"
    assert pointed("\u05c1", 119.8) == "םולש\u05c1"
    assert pointed("\u05c1", 102.0) == "םולש"  # only a shin has one


def test_a_point_named_after_its_letter_stays_a_point() -> None:
    """Some files name the point of a glyph after the letter that it first stood with, and leave that letter unnamed."""
    line = drawn("רבד", 100, 50)
    named = line[0]._replace(text="ש\u05b6", x0=106.5, x1=108.0)
    assert shown_whole(lines_of([*line, named])) == "רב\u05b6ד"
    unnamed = [line[0], line[1]._replace(text=UNKNOWN), line[2]]
    assert shown_whole(lines_of([*unnamed, named])) == "רש\u05b6ד"


def test_a_point_without_a_name_is_left_out() -> None:
    """What lies within a letter and has no name is a point, and no letter of the word."""
    line = drawn("רבד", 100, 50)
    assert shown_whole(lines_of([*line, line[0]._replace(text=UNKNOWN, x0=106.5, x1=108.0)])) == "רבד"


def test_blanks_near_points_are_told_by_room_or_by_the_file() -> None:
    """PDFium sees blanks inside pointed words; only room, or a blank that is drawn, parts words there."""
    left, right = drawn("ב", 100, 50)[0]._replace(text="ב\u05b8"), drawn("א", 106.5, 50)[0]
    assert shown_whole(lines_of([left, right._replace(word=1)])) == "ב\u05b8א"
    assert shown_whole(lines_of([left, right._replace(word=1, written=1)])) == "ב\u05b8 א"
    assert shown_whole(lines_of([left, right._replace(x0=107.5)])) == "ב\u05b8 א"


def test_cells_of_a_row_are_read_from_the_right() -> None:
    """A wide gap parts the cells of a table; a row stays a row, a bar between its cells."""
    page: list[Character] = []
    for row in range(8):
        page += drawn("1,250.50", 100, 50 + 15 * row) + drawn("הנונרא", 300, 50 + 15 * row)
    assert read(page) == ["ארנונה | 1,250.50"] * 8


def test_the_right_column_is_read_before_the_left_one() -> None:
    """Two columns of prose below a heading over both: heading, right column, left column, footer."""
    left, right = "ילאמשה רוטב תופסונ תורוש", "ינמיה רוטב תונושאר םילימ"
    page = drawn("םירוטה ינש לעמ תדמועש הבר תרתוכ לש הכורא הרוש הנה", 100, 20)
    for row in range(8):
        page += drawn(left, 60, 80 + 14 * row) + drawn(right, 260, 80 + 14 * row)
    page += drawn("ףדה תיתחת", 260, 300)
    texts = read(page)
    assert texts[1:] == ["מילים ראשונות בטור הימני"] * 8 + ["שורות נוספות בטור השמאלי"] * 8 + ["תחתית הדף"]
    assert [len(row.segments) for row in reading_order(lines_of(page), True)] == [1] * 18


def test_a_page_of_mojibake_is_read_as_hebrew() -> None:
    """Old fonts name their Hebrew letters as accented Latin ones."""
    words = "התושבים מוזמנים לאסיפה שתתקיים במועצה ביום ראשון בערב בבית העם הישן"
    strange = words.encode("cp1255").decode("cp1252")
    assert read(drawn(strange[::-1], 50, 50)) == [words]


def test_a_line_of_code_keeps_its_direction() -> None:
    """On a Hebrew page, a line without Hebrew is read from the left; a full stop on its left ends it."""
    page = drawn("};", 50, 90) + drawn(".ISO 8859-8", 200, 110)
    for row in range(3):
        page += drawn("הנושארה הרושה תא תומידקמו ףומעה לכ תא תואלממש םילימ הברה הנה", 50, 20 + 14 * row)
    assert read(page)[3:] == ["};", "ISO 8859-8."]


def test_paragraphs_begin_after_a_gap_or_a_short_line() -> None:
    """A wider distance begins a paragraph, and so does what follows a short line that ends a sentence."""
    full = "הנושארה הרושה תא תואלממש םילימ הברה הנה"
    page = drawn(full, 100, 20) + drawn(".ףוס", 100 + WIDTH * (len(full) - 4), 34) + drawn(full, 100, 48)
    page += drawn(full, 100, 62) + drawn(full, 100, 76) + drawn(full, 100, 110)
    frames = [Frame(0, 0, 600, 800, turns) for turns in range(4)]
    lines = page_lines(PageCharacters({0: page}, 0.0), frames, 0)
    assert [line.opens for line in lines] == [True, False, True, False, False, True]


@given(
    st.integers(0, 3),
    st.integers(0, 3),
    st.tuples(st.floats(0, 500), st.floats(0, 500), st.floats(1, 99), st.floats(1, 99)),
)
def test_frames_lead_back(turns: int, other: int, place: tuple[float, float, float, float]) -> None:
    """A box moved to another frame and back is the same box."""
    first, second = (Frame(10, 20, 610, 820, each) for each in (turns, other))
    box = (place[0], place[1], place[0] + place[2], place[1] + place[3])
    back = second.to(first, first.to(second, box))
    assert all(abs(a - b) < 1e-6 for a, b in zip(back, box, strict=True))
