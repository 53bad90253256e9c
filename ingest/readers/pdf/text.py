"""The text of a page in reading order: rows become lines, screen order becomes logical order, words keep their places.

Knows nothing of PDFium or of how rows were found.
"""

from collections.abc import Sequence

from hebrew.bidi import direction_of
from hebrew.brackets import balance_brackets, mostly_outward
from hebrew.letters import count_hebrew
from hebrew.mojibake import is_mojibake, repair_mojibake
from indexes.page import Box
from ingest.readers.line import TextLine, words_of
from ingest.readers.pdf.characters import PageCharacters
from ingest.readers.pdf.columns import Row, reading_order
from ingest.readers.pdf.frame import Frame
from ingest.readers.pdf.grid import grids_of
from ingest.readers.pdf.lines import Segment, lines_of
from ingest.readers.pdf.loose_tables import with_loose_tables
from ingest.readers.pdf.paragraphs import paragraph_starts
from ingest.readers.pdf.row_text import RowReading, shown_in
from ingest.readers.pdf.rulings import rulings_of
from ingest.readers.pdf.tables import TableRow, with_ruled_tables

_FEWEST_STRANGE_WORDS = 10


def page_lines(
    characters: PageCharacters, frames: Sequence[Frame], turns: int, drawn: Sequence[Box] = ()
) -> list[TextLine]:
    """The lines of a page shown after `turns` quarter turns, upright text first, then text that stands on its side.

    `drawn` are the lines that the page draws, see `rulings.py`; those that form a grid make a table of what is in it.
    """
    lines: list[TextLine] = []
    for each in sorted(characters.by_turns, key=lambda each: (each - turns) % 4):
        rows, rtl = _rows(characters, frames[each], drawn)
        reading = RowReading(rtl, characters.brackets_told, _foreign_tables(rows))
        lines += _text_lines(rows, reading, frames[each], frames[turns])
    return lines


def _rows(characters: PageCharacters, frame: Frame, drawn: Sequence[Box]) -> tuple[list[Row], bool]:
    """The rows of the text that stands upright in a frame, in reading order, and whether it is read from the right."""
    upright = characters.by_turns[frame.turns]
    lines = lines_of(upright)
    shown = _on_screen(lines)
    if is_mojibake(shown, _FEWEST_STRANGE_WORDS):
        lines = lines_of([each._replace(text=repair_mojibake(each.text)) for each in upright])
        shown = _on_screen(lines)
    rtl = direction_of(shown) == "rtl"
    framed = with_ruled_tables(lines, grids_of(rulings_of(drawn, frame)))
    return with_loose_tables(reading_order(framed, rtl), rtl), rtl


def _text_lines(rows: Sequence[Row], reading: RowReading, frame: Frame, page_frame: Frame) -> list[TextLine]:
    glyphs = [reading.glyphs(row) for row in rows]
    outward = mostly_outward([shown_in(each) for row in rows for each in row.segments])
    texts = balance_brackets(["".join([glyph.text for glyph in row]) for row in glyphs], outward, reading.brackets_told)
    if frame != page_frame:
        glyphs = [
            [glyph._replace(box=glyph.box and frame.to(page_frame, glyph.box)) for glyph in row] for row in glyphs
        ]
    return [
        TextLine(text, words_of(each), row.size, opens, *_table(row), row.is_bold)
        for text, each, row, opens in zip(texts, glyphs, rows, paragraph_starts(rows, texts, reading.rtl), strict=True)
    ]


def _foreign_tables(rows: Sequence[Row]) -> frozenset[int]:
    """The numbers of tables that no lines frame, with letters but none of them Hebrew, such as columns of a program."""
    texts: dict[int, str] = {}
    for row in rows:
        number, _ = _table(row)
        if number < 0:
            texts[number] = texts.get(number, "") + shown_in(row.segments[0])
    return frozenset(number for number, text in texts.items() if any(map(str.isalpha, text)) and not count_hebrew(text))


def _table(row: Row) -> tuple[int, bool]:
    first = row.segments[0]
    return (first.table, first.is_header) if isinstance(first, TableRow) else (0, False)


def _on_screen(lines: Sequence[Sequence[Segment]]) -> str:
    return "\n".join(shown_in(segment) for line in lines for segment in line)
