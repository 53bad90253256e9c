"""Rows of a page in reading order: which way their parts are read."""

from ingest.readers.pdf.character import Character
from ingest.readers.pdf.columns import Row
from ingest.readers.pdf.lines import Segment, lines_of
from ingest.readers.pdf.row_text import RowReading

LEFT, RIGHT = 50.0, 550.0


def drawn(shown: str, x: float) -> list[Character]:
    """The characters of a text as it stands on the screen."""
    return [
        Character(each, x + 5 * at, x + 5 * at + 5, 43, 52, 50, 10.0, shown[:at].count(" "))
        for at, each in enumerate(shown)
        if each != " "
    ]


def segments(*parts: tuple[str, float]) -> tuple[Segment, ...]:
    """Parts of one line, each where it begins."""
    (line,) = lines_of([each for shown, x in parts for each in drawn(shown, x)])
    return tuple(line)


def read(*parts: tuple[str, float]) -> str:
    """The text of a row on a page in Hebrew."""
    row = Row(segments(*parts), LEFT, RIGHT)
    return "".join(glyph.text for glyph in RowReading(rtl=True, brackets_told=False).glyphs(row))


def test_parts_of_a_line_are_read_from_the_right_unless_all_are_foreign() -> None:
    """On a page in Hebrew a line goes from right to left; one of program code or formulas, parted by tabs, does not."""
    assert read(("050", 60), ("ןופלט", 300)) == "טלפון  050"
    assert read(("such that", 60), ("x + y = 1", 300)) == "such that  x + y = 1"


def test_a_line_of_code_with_a_remark_in_hebrew_begins_on_the_left() -> None:
    """A semicolon that would begin a word shows that the line was read from the wrong side."""
    assert read(("int d = (int) x; // םירפסמ תרמה", LEFT)) == "int d = (int) x; // המרת מספרים"
    assert read((".ןוכנה גוסהמ רטניופ", LEFT)) == "פוינטר מהסוג הנכון."


def test_left_aligned_hebrew_stays_hebrew() -> None:
    """A line at the left edge is read from the right while its signs stand where they should."""
    assert read((".Word תנכותב ,דרשמב", LEFT)) == "במשרד, בתוכנת Word."


def test_the_number_of_a_note_stands_apart_from_its_text() -> None:
    """The number before the text of a footnote is drawn close to its first word."""
    assert read((".קוחה תא ואר12", 400)) == "12 ראו את החוק."
    assert read(("ב3 התיכ", 400)) == "כיתה 3ב"
