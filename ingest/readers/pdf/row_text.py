"""A row of a page in reading order: which way its parts are read, and the glyphs of the line that they make.

Works on one row at a time; knows nothing of PDFium or of how rows were found.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeVar

from hebrew.bidi import logical_glyphs
from hebrew.brackets import pair_on_screen
from hebrew.letters import count_hebrew, is_hebrew
from ingest.readers.draft import CELL_BREAK
from ingest.readers.line import Glyph
from ingest.readers.pdf.columns import Row
from ingest.readers.pdf.lines import Segment
from ingest.readers.pdf.tables import TableRow

_CELL_BREAK = Glyph(CELL_BREAK, None)
_GAP = Glyph("  ", None)
"""Between parts of a line that stand far apart, and are no cells of a table."""
_BLANK = Glyph(" ", None)
_NEXT_LINE = 0.5
"""Ems below a line of a cell from which another one begins."""
_FOREIGN = 3
"""Other letters for each Hebrew one from which a line may be foreign."""
_RAGGED = 0.15
"""Share of the column that a line from left to right leaves empty on the right."""
_LONGEST_NUMBER = 3
_ENDS_ON_THE_LEFT = re.compile(r"[.,:;!?]")
_ENDS_ON_THE_RIGHT = re.compile(r"[.,:;!?](?= |$)")
_MISPLACED = re.compile(r"(?:^|(?<= ))(?:[,:;!?](?=\w)|\.(?=[\u05d0-\u05ea]))")

_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class RowReading:
    """How the rows of a page are read.

    `rtl` says from the right; `brackets_told` that brackets face the way they are drawn; `foreign_tables` are the
    numbers of those that are read from the left on any page.
    """

    rtl: bool
    brackets_told: bool
    foreign_tables: frozenset[int] = frozenset()

    def glyphs(self, row: Row) -> list[Glyph]:
        """The glyphs of a row in reading order; a table row has its cells one after the other."""
        first = row.segments[0]
        if isinstance(first, TableRow):
            rtl = self.rtl and first.table not in self.foreign_tables
            return _joined([self._cell(cell, rtl) for cell in _in_order(first.cells, rtl)], _CELL_BREAK)
        rtl = self.rtl and not (len(row.segments) > 1 and all(map(_is_foreign, row.segments)))
        return _note_apart(_joined([self._segment(each, row) for each in _in_order(row.segments, rtl)], _GAP))

    def _cell(self, cell: Sequence[Segment], rtl: bool) -> list[Glyph]:
        lines: list[list[Segment]] = []
        for segment in cell:
            if not lines or segment.baseline - lines[-1][0].baseline > _NEXT_LINE * segment.size:
                lines.append([])
            lines[-1].append(segment)
        ordered = [segment for line in lines for segment in _in_order(line, rtl)]
        return _joined([self._segment(each, None) for each in ordered], _BLANK)

    def _segment(self, segment: Segment, row: Row | None) -> list[Glyph]:
        shown = shown_in(segment)
        texts = list(pair_on_screen(shown, self.brackets_told))
        from_right = self._reads_from_right(segment, shown, row)
        if from_right and self.rtl and _may_begin_on_the_left(segment, shown, row):
            from_right = _misplaced(texts, base_rtl=True) <= _misplaced(texts, base_rtl=False)
        for index, character in enumerate(segment.characters):
            if character and len(character.text) > 1:
                texts[index] += character.text[1:]
        glyphs = []
        for index, text in logical_glyphs(texts, from_right):
            character = segment.characters[index]
            box = (character.x0, character.top, character.x1, character.bottom) if character else None
            glyphs.append(Glyph(text, box) if box else _BLANK)
        return glyphs

    def _reads_from_right(self, segment: Segment, shown: str, row: Row | None) -> bool:
        """The base direction of a segment, in a row of text or (None) in a cell.

        On a page in Hebrew, a line without Hebrew is foreign unless it ends on the left. One that has little of it, or
        no letters at all, is foreign when it stands at the left edge, as lines of program code do.
        """
        hebrew = count_hebrew(shown)
        others = sum(map(str.isalpha, shown)) - hebrew
        if not self.rtl:
            return hebrew > others
        ends_on_the_left = _ENDS_ON_THE_LEFT.match(shown) is not None
        if others >= _FOREIGN * hebrew and row and _is_at_left(segment, row, _RAGGED * (row.right - row.left)):
            return others == 0 and ends_on_the_left
        return hebrew > 0 or others == 0 or ends_on_the_left


def shown_in(segment: Segment) -> str:
    """The characters of a segment as they stand on the page, one for each glyph."""
    return "".join([character.text[0] if character else " " for character in segment.characters])


def _is_foreign(segment: Segment) -> bool:
    """Whether a segment has letters, none of them Hebrew."""
    shown = shown_in(segment)
    return not count_hebrew(shown) and any(map(str.isalpha, shown))


def _joined(parts: Sequence[list[Glyph]], separator: Glyph) -> list[Glyph]:
    joined = list(parts[0]) if parts else []
    for part in parts[1:]:
        joined += [separator, *part]
    return joined


def _note_apart(glyphs: list[Glyph]) -> list[Glyph]:
    """A line with a blank after the number of a footnote that it begins with: it is drawn close to the first word."""
    digits = sum(1 for _ in takewhile(lambda glyph: glyph.text.isdecimal(), glyphs))
    word = glyphs[digits : digits + 2]
    if 0 < digits <= _LONGEST_NUMBER and len(word) > 1 and all(is_hebrew(glyph.text) for glyph in word):
        return [*glyphs[:digits], _BLANK, *glyphs[digits:]]
    return glyphs


def _in_order(parts: Sequence[_Part], rtl: bool) -> Sequence[_Part]:
    return parts[::-1] if rtl else parts


def _is_at_left(segment: Segment, row: Row, room: float) -> bool:
    """Whether a segment begins at the left edge of its column and leaves that much room on the right."""
    return len(row.segments) == 1 and segment.x0 - row.left < row.size and row.right - segment.x1 > room


def _may_begin_on_the_left(segment: Segment, shown: str, row: Row | None) -> bool:
    at_left = row is None or _is_at_left(segment, row, segment.size)
    return at_left and _ENDS_ON_THE_RIGHT.search(shown) is not None


def _misplaced(glyphs: Sequence[str], base_rtl: bool) -> int:
    """How many signs stand before a word that should stand after one, if a line is read in this direction."""
    return len(_MISPLACED.findall("".join(text for _, text in logical_glyphs(glyphs, base_rtl))))
