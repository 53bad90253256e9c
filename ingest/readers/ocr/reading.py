"""The story of reading a picture: Hebrew, then numbers and Latin words again; all of it turned if that is better."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from PIL import Image

from indexes.page import Box
from ingest.quality import quality
from ingest.readers.draft import CELL_BREAK
from ingest.readers.leaf import Leaf, text_of
from ingest.readers.line import Glyph, TextLine, words_of
from ingest.readers.ocr.dashes import with_range_in_order
from ingest.readers.ocr.mending import mended
from ingest.readers.ocr.rows import Row, rows_of
from ingest.readers.ocr.second import read_again
from ingest.readers.ocr.slant import on_crooked, slant_of, straightened
from ingest.readers.ocr.tesseract import Seen, quarter_turns, see
from ingest.readers.page_image import turned

_POINTS_PER_INCH = 72
_CROOKED = 2.0
"""Degrees of slant from which tesseract loses lines, and does not know it."""
_NONSENSE = 20.0
"""Confidence below which a word that is not known is a speck or a part of a drawing."""
_LONG_WORD = 3
"""Letters of a word that is not known by accident, and is wider than high."""
_POOR = 0.7
"""Worth of a page that may be lying on its side; upright scans of print have more (docs/log.md)."""


def recognise(tesseract: str, picture: Image.Image, dots_per_point: float) -> Leaf:
    """A page from its picture, turned upright; it has no lines when nothing can be read."""
    grey = picture.convert("L")
    leaf = _read(tesseract, grey, dots_per_point)
    if leaf.worth > _POOR and not _stands_on_end(leaf):
        return leaf
    turns = quarter_turns(tesseract, grey)
    if not turns:
        return leaf
    second = replace(_read(tesseract, turned(grey, turns), dots_per_point), turns=turns)
    return second if second.worth > leaf.worth or _stands_on_end(leaf) else leaf


def _read(tesseract: str, picture: Image.Image, dots_per_point: float) -> Leaf:
    slant = slant_of(picture)
    slant = slant if abs(slant) > _CROOKED else 0.0
    straight = straightened(picture, slant)
    dpi = _POINTS_PER_INCH * dots_per_point
    again = read_again(tesseract, straight, mended(see(tesseract, straight, "heb", "3", dpi)), dpi)
    words = [with_range_in_order(word, straight) for word in again.words]
    letters = sum(len(word.text) for word in words)
    sure = sum(len(word.text) * max(word.confidence, 0.0) for word in words)

    def place(box: Box) -> Box:
        left, top, right, bottom = on_crooked(box, slant, straight, picture)
        return left / dots_per_point, top / dots_per_point, right / dots_per_point, bottom / dots_per_point

    lines = [_line(row, place) for row in rows_of([word for word in words if _is_text(word)], again.found)]
    return Leaf(
        lines,
        picture.width / dots_per_point,
        picture.height / dots_per_point,
        real=quality(text_of(lines)),
        came_from_ocr=True,
        confidence=sure / letters / 100 if letters else 0.0,
    )


def _is_text(word: Seen) -> bool:
    """Whether a word is more than a speck or a part of a drawing."""
    return word.confidence >= _NONSENSE or (len(word.text) >= _LONG_WORD and quality(word.text) == 1)


def _stands_on_end(leaf: Leaf) -> bool:
    """Whether long words are higher than wide: tesseract reads one of the two ways a page can lie on its side."""
    boxes = [word.box for line in leaf.lines for word in line.words if word.end - word.start >= _LONG_WORD]
    return sum(bottom - top > right - left for left, top, right, bottom in boxes) > len(boxes) / 2


def _line(row: Row, place: Callable[[Box], Box]) -> TextLine:
    glyphs: list[Glyph] = []
    for cell in row.cells:
        glyphs += [Glyph(CELL_BREAK if row.table else " ", None)] * bool(glyphs)
        for index, word in enumerate(_in_reading_order(cell)):
            glyphs += [Glyph(" ", None)] * (index > 0) + [Glyph(word.text, place(word.box))]
    text = "".join(glyph.text for glyph in glyphs)
    return TextLine(text, words_of(glyphs), 0.0, row.opens, row.table, row.is_header)


def _in_reading_order(cell: Sequence[Seen]) -> Iterator[Seen]:
    """Words from right to left as tesseract gives them, Latin ones among them from left to right."""
    for is_latin, run in groupby(cell, key=lambda word: word.is_latin):
        words = list(run)
        yield from sorted(words, key=lambda word: word.box[0]) if is_latin else words
