"""The text of a page in reading order: rows become lines, screen order becomes logical order, words keep their places.

Knows nothing of PDFium or of how rows were found.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from hebrew.bidi import direction_of, logical_glyphs
from hebrew.brackets import balance_brackets, mostly_outward, pair_on_screen
from hebrew.letters import is_hebrew
from hebrew.mojibake import is_mojibake, repair_mojibake
from ingest.readers.line import Glyph, TextLine, words_of
from ingest.readers.pdf.characters import Character, PageCharacters
from ingest.readers.pdf.columns import Row, reading_order
from ingest.readers.pdf.frame import Frame
from ingest.readers.pdf.lines import Segment, lines_of
from ingest.readers.pdf.paragraphs import paragraph_starts

_CELL_GAP = Glyph("  ", None)
"""Between the cells of a table row."""
_BLANK = Glyph(" ", None)
_FEWEST_STRANGE_WORDS = 10
_FOREIGN = 3
"""Other letters for each Hebrew one from which a line may be foreign."""
_RAGGED = 0.15
"""Share of the column that a line from left to right leaves empty on the right."""
_ENDS_ON_THE_LEFT = re.compile(r"[.,:;!?]")


def page_lines(characters: PageCharacters, frames: Sequence[Frame], turns: int) -> list[TextLine]:
    """The lines of a page shown after `turns` quarter turns, upright text first, then text that stands on its side."""
    upright_first = sorted(characters.by_turns, key=lambda each: (each - turns) % 4)
    return [
        line for each in upright_first for line in _frame_lines(characters.by_turns[each], frames[each], frames[turns])
    ]


def _frame_lines(characters: Sequence[Character], frame: Frame, page_frame: Frame) -> list[TextLine]:
    lines = lines_of(characters)
    if is_mojibake(_on_screen(lines), _FEWEST_STRANGE_WORDS):
        lines = lines_of([replace(each, text=repair_mojibake(each.text)) for each in characters])
    rtl = direction_of(_on_screen(lines)) == "rtl"
    rows = reading_order(lines, rtl)
    glyphs = [_row_glyphs(row, rtl) for row in rows]
    outward = mostly_outward([_shown(segment) for row in rows for segment in row.segments])
    texts = balance_brackets(["".join(glyph.text for glyph in row) for row in glyphs], outward)
    placed = [[replace(glyph, box=glyph.box and frame.to(page_frame, glyph.box)) for glyph in row] for row in glyphs]
    return [
        TextLine(text, words_of(each), row.size, opens)
        for text, each, row, opens in zip(texts, placed, rows, paragraph_starts(rows, texts, rtl), strict=True)
    ]


def _on_screen(lines: Sequence[Sequence[Segment]]) -> str:
    return "\n".join(_shown(segment) for line in lines for segment in line)


def _shown(segment: Segment) -> str:
    """The characters of a segment as they stand on the page, one for each glyph."""
    return "".join(character.text[0] if character else " " for character in segment.characters)


def _row_glyphs(row: Row, rtl: bool) -> list[Glyph]:
    glyphs: list[Glyph] = []
    for segment in reversed(row.segments) if rtl else row.segments:
        from_right = _reads_from_right(segment, row, rtl)
        glyphs += [*([_CELL_GAP] if glyphs else []), *_segment_glyphs(segment, from_right)]
    return glyphs


def _segment_glyphs(segment: Segment, from_right: bool) -> list[Glyph]:
    shown = pair_on_screen(_shown(segment))
    texts = [
        new + character.text[1:] if character else " " for new, character in zip(shown, segment.characters, strict=True)
    ]
    glyphs = []
    for index, text in logical_glyphs(texts, from_right):
        character = segment.characters[index]
        box = (character.x0, character.top, character.x1, character.bottom) if character else None
        glyphs.append(Glyph(text, box) if box else _BLANK)
    return glyphs


def _reads_from_right(segment: Segment, row: Row, rtl: bool) -> bool:
    """The base direction of a segment on a page that is read from right to left (`rtl`) or from left to right.

    On a page in Hebrew, a line without Hebrew is foreign unless it ends on the left. One that has little of it, or no
    letters at all, is foreign when it stands at the left edge, as lines of program code do.
    """
    shown = _shown(segment)
    hebrew = sum(map(is_hebrew, shown))
    others = sum(map(str.isalpha, shown)) - hebrew
    if not rtl:
        return hebrew > others
    ends_on_the_left = _ENDS_ON_THE_LEFT.match(shown) is not None
    if others >= _FOREIGN * hebrew and _is_at_left(segment, row):
        return others == 0 and ends_on_the_left
    return hebrew > 0 or others == 0 or ends_on_the_left


def _is_at_left(segment: Segment, row: Row) -> bool:
    alone = len(row.segments) == 1
    return alone and segment.x0 - row.left < row.size and row.right - segment.x1 > _RAGGED * (row.right - row.left)
