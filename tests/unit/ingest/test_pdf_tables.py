"""Tables of PDFs, by drawn lines and by gaps: drawn by hand, five points a letter."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from indexes.page import Box
from ingest.document import Table
from ingest.readers.line import TextLine, assemble
from ingest.readers.pdf.character import Character
from ingest.readers.pdf.characters import PageCharacters
from ingest.readers.pdf.document_tables import tables_of
from ingest.readers.pdf.frame import Frame
from ingest.readers.pdf.grid import grids_of
from ingest.readers.pdf.reader import read_pdf
from ingest.readers.pdf.rulings import rulings_of
from ingest.readers.pdf.text import page_lines

FRAMES = [Frame(0, 0, 600, 800, turns) for turns in range(4)]
ROW = 20.0


def write(text: str, right: float, baseline: float) -> list[Character]:
    """Characters of a Hebrew text or of a number that ends at `right`."""
    shown = text if text[:1].isascii() else text[::-1]
    left = right - 5 * len(shown)
    return [
        Character(
            each, left + 5 * at, left + 5 * at + 5, baseline - 7, baseline + 2, baseline, 10.0, shown[:at].count(" ")
        )
        for at, each in enumerate(shown)
        if each != " "
    ]


def lines_at(places: Iterable[float], start: float, end: float, upright: bool) -> list[Box]:
    """Lines as a page draws them; y is measured from the bottom in a file."""
    if upright:
        return [(place, 800 - end, place + 0.5, 800 - start) for place in places]
    return [(start, 800 - place, end, 800 - place + 0.5) for place in places]


def read(characters: Sequence[Character], drawn: Sequence[Box] = ()) -> list[TextLine]:
    """The lines of a page."""
    return page_lines(PageCharacters({0: list(characters)}, 0.0), FRAMES, 0, drawn)


def test_cells_that_wrap_become_one_line_of_the_row() -> None:
    """In a grid of lines a row is one line, read from the right, whatever lines its cells take; words keep boxes."""
    grid = lines_at([100, 120, 160, 180], 100, 500, upright=False) + lines_at([100, 300, 500], 100, 180, upright=True)
    page = write("שירות", 490, 115) + write("אגרה", 290, 115)
    page += write("רישיון לעסק", 490, 132) + write("של מזון", 490, 146) + write("1,250.50", 290, 139)
    page += write("אישור", 490, 175)
    lines = read(page, grid)
    assert [line.text for line in lines] == ["שירות | אגרה", "רישיון לעסק של מזון | 1,250.50", "אישור | "]
    assert [(line.table, line.is_header, line.opens) for line in lines] == [
        (1, True, True),
        (1, False, False),
        (1, False, False),
    ]
    fee = lines[1].words[-1]
    assert lines[1].text[fee.start : fee.end] == "1,250.50"
    assert fee.box[0] == 250


def test_a_cell_over_two_rows_stands_in_the_first() -> None:
    """A line that does not cross the column of a cell does not part its row."""
    grid = lines_at([100, 140], 100, 500, upright=False) + lines_at([120], 100, 300, upright=False)
    grid += lines_at([100, 300, 500], 100, 140, upright=True)
    page = write("עסק גדול", 490, 130) + write("300", 290, 115) + write("450", 290, 135)
    assert [line.text for line in read(page, grid)] == ["עסק גדול | 300", " | 450"]


def test_a_frame_around_text_is_no_table() -> None:
    """A box has one column; lines under words and frames of pictures are none either."""
    box = [(100.0, 600.0, 500.0, 700.0), *lines_at([130], 440, 490, upright=False)]
    assert grids_of(rulings_of(box, FRAMES[0])) == []
    page = write("הודעה לתושבים", 490, 125) + write("בעניין המים", 490, 140)
    assert [line.table for line in read(page, box)] == [0, 0]


def test_pieces_of_lines_are_put_together() -> None:
    """Each cell may draw its own borders; rectangles that touch make a grid as well."""
    cells: list[Box] = [(x, y, x + 100, y + 20) for x in (100.0, 200.0, 300.0) for y in (600.0, 620.0)]
    (grid,) = grids_of(rulings_of(cells, FRAMES[0]))
    assert [round(line.place) for line in grid.upright] == [100, 200, 300, 400]
    assert [round(line.place) for line in grid.level] == [160, 180, 200]


def test_gaps_above_each_other_make_a_table() -> None:
    """Without lines, rows with gaps in the same places are a table; what stands above and below is not of it."""
    page = write("להלן האגרות לשנה הבאה כפי שנקבעו במועצה", 500, 80)
    rows = [("שירות", "מחיר"), ("העתק", "5"), ("אישור תושב", "25"), ("תיק בניין", "120")]
    for index, (name, price) in enumerate(rows):
        page += write(name, 500, 110 + 15 * index) + write(price, 300, 110 + 15 * index)
    page += write("האגרות צמודות למדד המחירים לצרכן של חודש ינואר", 500, 190)
    lines = read(page)
    assert [line.text for line in lines][1:-1] == ["שירות | מחיר", "העתק | 5", "אישור תושב | 25", "תיק בניין | 120"]
    assert [bool(line.table) for line in lines] == [False, True, True, True, True, False]
    assert lines[1].is_header


def test_lines_of_one_cell_are_joined_where_rows_are_set_apart() -> None:
    """A line that is closer than rows are, below cells that were full, goes on with them."""
    page: list[Character] = []
    for index in range(4):
        top = 100 + 40 * index
        page += write("זכאות לקצבה תלויה בתקופה", 500, top) + write("יש להגיש בקשה בסניף", 300, top)
        page += write("שנקבעה בחוק", 500, top + 13) + write("הקרוב למגורים", 300, top + 13)
    expected = "זכאות לקצבה תלויה בתקופה שנקבעה בחוק | יש להגיש בקשה בסניף הקרוב למגורים"
    assert [line.text for line in read(page)] == [expected] * 4


def test_the_numbers_of_a_list_are_no_column() -> None:
    """Items set off from their numbers by a tab stay lines of text."""
    page: list[Character] = []
    for index, text in enumerate(("הגשת בקשה", "תשלום אגרה", "קבלת אישור", "סיום")):
        page += write(".", 495, 100 + 15 * index) + write(str(index + 1), 500, 100 + 15 * index)
        page += write(text, 460, 100 + 15 * index)
    assert not any(line.table for line in read(page))


@pytest.mark.parametrize(
    ("numbers", "tables"), [(("2.8", "2.9", "2.9.1", "2.10", "3.1"), {0}), (("2.5", "4.1", "1.7", "2.5", "3.1"), {-1})]
)
def test_numbers_of_sections_are_no_column_and_values_are(numbers: tuple[str, ...], tables: set[int]) -> None:
    """Numbers that follow each other as those of sections do leave text a text; other decimals are a column."""
    page: list[Character] = []
    for index, number in enumerate(numbers):
        page += write(number, 490, 100 + 20 * index) + write("התמורה תוצמד למדד", 440, 100 + 20 * index)
    assert {line.table for line in read(page)} == tables


def rows(table: int, *texts: str, header: bool = False) -> list[TextLine]:
    """Rows of a table; the first one may be its header."""
    return [TextLine(text, (), table=table, is_header=header and not index) for index, text in enumerate(texts)]


def test_a_table_that_goes_on_keeps_its_header() -> None:
    """Tables are spans of the page's text; at the top of a page, with as many columns, the one before goes on."""
    text = TextLine("פסקה", (), opens=True)
    pages = [
        [text, *rows(1, "שם | סכום", "א | 1", header=True)],
        [*rows(1, "ב | 2", "ג | 3", header=True), text],
        rows(1, "ד | 4 | 5", "ה | 6 | 7"),
    ]
    assembled = [assemble(lines) for lines in pages]
    found = tables_of(pages, assembled)
    assert found == (Table(1, 5, 20, "שם | סכום"), Table(2, 0, 11, "שם | סכום"), Table(3, 0, 19, ""))
    assert assembled[1].text[found[1].start : found[1].end] == "ב | 2\nג | 3"


def test_a_part_of_a_table_beside_other_text_keeps_the_header() -> None:
    """Text beside a table may stand between its rows; what follows has the header of its beginning."""
    page = [*rows(1, "שם | סכום", "א | 1", header=True), TextLine("הערה", ()), *rows(1, "ב | 2")]
    assert [table.header for table in tables_of([page], [assemble(page)])] == ["שם | סכום"] * 2


@pytest.mark.data
@pytest.mark.parametrize("producer", ["chromium", "libreoffice", "rl_line"])
def test_tables_of_real_programs_are_found(data_folder: Path, producer: str) -> None:
    """With lines, without them, and with lines between rows only: prices stay in the row of their product."""
    document = read_pdf(data_folder / "extraction" / f"{producer}__tables.pdf", None, lambda done, total: None)
    assert [table.header for table in document.tables] == [
        "מוצר | כמות | מחיר (₪) | הערות", "שם העובד | תפקיד | תאריך תחילה | טלפון",
    ]  # fmt: skip
    assert 'מלפפונים | 7 | 6.50 | אריזה של ק"ג' in document.pages[0].text
