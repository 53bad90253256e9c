"""The characters of a PDF page with the places they take, as PDFium gives them. The only caller of its text functions.

Knows nothing of lines, words or reading order.
"""

import ctypes
import math
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from hebrew.normalise import clean
from ingest.readers.pdf.frame import Frame

_UNKNOWN = "\ufffd"
_QUARTER = math.pi / 2
_LEAN = 0.5
"""Radians that an upright character may seem to lean: artificial italics do, and stay text of their line."""
_ASCENT, _DESCENT = 0.72, 0.22
"""What a line asks for above and below the baseline, in ems, when the font does not say more."""
_SMALLEST = 0.1
_SAME_EDGE = 0.3
"""Points between the edges of two slices of one box."""
_PRIVATE, _BULLET = "\ue000", "\u2022"
"""A code that only its font knows is a bullet when it stands alone, as those of Symbol and Wingdings do."""
_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
"""A soft hyphen that is drawn is a hyphen; the others are what PDFium makes of one at the end of a line."""


@dataclass(frozen=True, slots=True)
class Character:
    """What one glyph shows, such as a letter with its points, in points of the frame in which it stands upright.

    x0 to x1 is the width its font gives it, ink0 to ink1 what it really fills; top to bottom is the height of its line.
    `size` is the em. `word` is another number after every blank that PDFium saw, `written` after every one in the file.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float
    ink0: float
    ink1: float
    word: int = 0
    written: int = 0

    @property
    def is_mark(self) -> bool:
        """Whether this is a point or accent that belongs to another character."""
        return unicodedata.combining(self.text[0]) > 0


@dataclass(frozen=True, slots=True)
class PageCharacters:
    """The characters of a page by the quarter turns (clockwise, of the file's own coordinates) that set them upright.

    `unmapped` is the share (0..1) of characters for which the file does not say which letters they are.
    """

    by_turns: dict[int, list[Character]]
    unmapped: float


def page_characters(page: pdfium.PdfPage) -> PageCharacters:
    """All characters of a page except slanted ones, such as those of a watermark."""
    frames = page_frames(page)
    text_page = page.get_textpage()
    try:
        return _Reading(text_page, frames).characters()
    finally:
        text_page.close()


def page_frames(page: pdfium.PdfPage) -> list[Frame]:
    """The four frames of a page, by quarter turns."""
    left, bottom, right, top = page.get_bbox()
    return [Frame(left, bottom, right, top, turns) for turns in range(4)]


class _Reading:
    """One pass over the characters of a text page. Keeps the C variables that PDFium fills."""

    def __init__(self, text_page: pdfium.PdfTextPage, frames: list[Frame]) -> None:
        self.handle = text_page.raw
        self.count: int = text_page.count_chars()
        self.frames = frames
        self.loose = pdfium_c.FS_RECTF()
        self.matrix = pdfium_c.FS_MATRIX()
        self.ink = tuple(ctypes.c_double() for _ in range(4))
        self.origin = (ctypes.c_double(), ctypes.c_double())

    def characters(self) -> PageCharacters:
        by_turns: dict[int, list[Character]] = {}
        word = written = seen = unmapped = 0
        private_word = -1
        for index in range(self.count):
            text = _readable(pdfium_c.FPDFText_GetUnicode(self.handle, index))
            generated = pdfium_c.FPDFText_IsGenerated(self.handle, index) == 1
            word += text == " "
            written += text == " " and not generated
            if text == " " or generated:
                continue
            if text == _PRIVATE:
                text = _UNKNOWN if word == private_word else _BULLET
                private_word = word
            if text == _UNKNOWN or pdfium_c.FPDFText_HasUnicodeMapError(self.handle, index) == 1:
                unmapped += 1
                text = text or _UNKNOWN
            if not text:
                continue
            seen += 1
            turns = self._turns(index)
            if turns is None:
                continue
            character = self._place(index, text, self.frames[turns])
            if character:
                _append(by_turns.setdefault(turns, []), replace(character, word=word, written=written))
        return PageCharacters(by_turns, unmapped / seen if seen else 0.0)

    def _turns(self, index: int) -> int | None:
        """Clockwise quarter turns of the page that set the character upright; None for a slanted one."""
        angle = pdfium_c.FPDFText_GetCharAngle(self.handle, index)
        quarters = round(angle / _QUARTER)
        return -quarters % 4 if abs(angle - quarters * _QUARTER) < _LEAN else None

    def _place(self, index: int, text: str, frame: Frame) -> Character | None:
        if not pdfium_c.FPDFText_GetLooseCharBox(self.handle, index, self.loose):
            return None
        pdfium_c.FPDFText_GetCharOrigin(self.handle, index, *self.origin)
        pdfium_c.FPDFText_GetCharBox(self.handle, index, *self.ink)
        pdfium_c.FPDFText_GetMatrix(self.handle, index, self.matrix)
        _, baseline = frame.place(*(each.value for each in self.origin))
        x0, top, x1, bottom = frame.place_box(self.loose.left, self.loose.bottom, self.loose.right, self.loose.top)
        left, right, low, high = (each.value for each in self.ink)
        ink0, _, ink1, _ = frame.place_box(left, low, right, high)
        size = pdfium_c.FPDFText_GetFontSize(self.handle, index) * math.hypot(self.matrix.c, self.matrix.d)
        if bottom - top > 2 * size:  # fonts made of drawings have sizes that mean nothing
            size = bottom - top
        size = max(size, _SMALLEST)
        return Character(
            text=text,
            x0=x0,
            x1=x1,
            top=min(top, baseline - _ASCENT * size),
            bottom=max(bottom, baseline + _DESCENT * size),
            baseline=baseline,
            size=size,
            ink0=ink0,
            ink1=ink1,
        )


def _append(characters: list[Character], character: Character) -> None:
    """Adds a character; a mark that is a slice of the last one's box joins it.

    PDFium cuts the box of a glyph that stands for several characters into equal slices, one for each.
    """
    last = characters[-1] if characters else None
    if last and character.is_mark and character.ink0 < character.ink1 and _is_slice(last, character):
        characters[-1] = replace(
            last,
            text=last.text + character.text,
            x0=min(last.x0, character.x0),
            x1=max(last.x1, character.x1),
            ink0=min(last.ink0, character.ink0),
            ink1=max(last.ink1, character.ink1),
        )
    else:
        characters.append(character)


def _is_slice(last: Character, mark: Character) -> bool:
    touching = abs(last.ink0 - mark.ink1) < _SAME_EDGE or abs(last.ink1 - mark.ink0) < _SAME_EDGE
    return touching and abs(last.baseline - mark.baseline) < _SAME_EDGE


@lru_cache(maxsize=4096)
def _readable(code: int) -> str:
    """The text of a code: "" for what nobody sees, " " for blanks and line ends, _PRIVATE or _UNKNOWN for no letter."""
    if code in _HYPHENS:
        return "-"
    category = unicodedata.category(chr(code))
    if category in {"Co", "Cs", "Cn"}:
        return _PRIVATE if category == "Co" else _UNKNOWN
    text = clean(chr(code))
    return " " if text.isspace() else text
