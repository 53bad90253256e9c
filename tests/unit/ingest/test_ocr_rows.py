"""Rows of tables out of what tesseract saw, which takes their columns for columns of text."""

import numpy as np
from PIL import Image, ImageDraw

from ingest.readers.ocr.rows import Row, rows_of
from ingest.readers.ocr.sheet import has_ink, without_words
from ingest.readers.ocr.tesseract import Seen


def line(text: str, right: float, y: float, block: int, number: int, slant: float = 0.0) -> list[Seen]:
    """A line of words from right to left, ten dots a letter and thirty high, that sinks by `slant` to the right."""
    words = []
    for word in text.split():
        left = right - 10 * len(word)
        top = y + slant * (left + right) / 2
        words.append(Seen(word, (left, top, right, top + 30), 90, (block, 1, number)))
        right = left - 10
    return words


def shown(rows: list[Row]) -> list[list[str]]:
    return [[" ".join(word.text for word in cell) for cell in row.cells] for row in rows]


NAMES = ["רישיון עסק לבית קפה", "אגרת בנייה", "היתר לאירוע", "תו חניה"]
FEES = ["1,250", "34.50", "780", "120"]


def columns(slant: float = 0.0) -> list[Seen]:
    words = line("לוח תעריפים", 1000, 0, 1, 1, slant)
    for number, name in enumerate(NAMES):
        words += line(name, 1000, 100 + 60 * number, 2, number, slant)
    for number, fee in enumerate(FEES):
        words += line(fee, 300, 100 + 60 * number, 3, number, slant)
    return words


def test_a_fee_stands_beside_its_name() -> None:
    """Columns of short lines that are level become the rows of a table, also on a crooked page."""
    for slant in (0.0, 0.02, -0.02):
        rows = rows_of(columns(slant))
        assert shown(rows) == [["לוח תעריפים"], *([name, fee] for name, fee in zip(NAMES, FEES, strict=True))]
        assert [row.table for row in rows] == [0, 1, 1, 1, 1]
        assert [row.opens for row in rows] == [True, True, False, False, False]


def test_columns_of_text_stay_columns() -> None:
    """Lines of running text that are level are not a table."""
    text = "משפט ארוך של טקסט רץ בטור"
    words = [word for number in range(5) for word in line(text, 1000, 60 * number, 1, number)]
    words += [word for number in range(5) for word in line(text, 450, 60 * number, 2, number)]
    assert shown(rows_of(words)) == [[text]] * 10


def test_what_was_found_apart_stands_in_its_row() -> None:
    """Numbers that were passed over join the row they are level with; others get a row of their own."""
    words = [word for number, name in enumerate(NAMES) for word in line(name, 1000, 60 * number, 1, number)]
    found = [word for number, fee in enumerate([*FEES, "33"]) for word in line(fee, 300, 60 * number, 9, number)]
    expected = [*([name, fee] for name, fee in zip(NAMES, FEES, strict=True)), ["33"]]
    assert shown(rows_of(words, found)) == expected


def test_wide_gaps_part_the_cells_of_a_table() -> None:
    """Lines in a row that tesseract kept whole are cut where nothing stands; the first names the columns."""
    texts = [["שירות", "מחיר"], ["ארנונה", "1,250"], ["סה״כ"], ["חניה", "30"]]
    words = []
    for number, cells in enumerate(texts):
        for cell, right in zip(cells, (1000, 500), strict=False):
            words += line(cell, right, 60 * number, 1, number)
    rows = rows_of(words)
    assert shown(rows) == texts
    assert [row.table for row in rows] == [1] * 4
    assert [row.is_header for row in rows] == [True, False, False, False]


def test_a_sheet_shows_what_was_not_read() -> None:
    """Words are taken off, what is kept is there, and the grain of the paper is gone."""
    random = np.random.default_rng(1)
    picture = Image.fromarray(random.normal(240, 6, (400, 400)).clip(0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((50, 50, 150, 90), fill=20)
    draw.rectangle((50, 200, 150, 240), fill=20)
    read, unread = (50.0, 50.0, 151.0, 91.0), (50.0, 200.0, 151.0, 241.0)
    sheet = without_words(picture, [read], [])
    assert sheet.getpixel((100, 70)) == 255
    assert sheet.getpixel((100, 220)) == 20
    assert sheet.getpixel((300, 300)) == 255
    assert has_ink(sheet)
    assert not has_ink(without_words(picture, [read, unread], []))
    assert has_ink(without_words(picture, [read, unread], [read]))
