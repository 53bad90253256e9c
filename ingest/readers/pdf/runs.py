"""What the characters of one text object of a page have in common, asked of PDFium once for each object.

Knows nothing of where a single character stands.
"""

import ctypes
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from hebrew.normalise import clean
from ingest.readers.pdf.character import UNKNOWN
from ingest.readers.pdf.frame import Frame

PRIVATE = "\ue000"
"""The text of a code that only its font knows. It is a bullet when it stands alone, as in Symbol and Wingdings."""

BLANKS = frozenset(code for code in range(0x20, 0x3001) if chr(code).isspace())
"""Codes of blanks. Those that PDFium adds may belong to a text object, and have no place in it."""

_QUARTER = math.pi / 2
_LEAN = 0.2
"""Radians that a baseline may lean and be text of the page, as that of an OCR layer over a crooked scan does."""
_LEVEL = 0.001
_FIRST_LETTER = 0x20
"""What has a control code and is drawn all the same is a glyph without a name."""
_FIRST_HEBREW = 0x591
"""Lower codes are asked for each time: that of a glyph without a letter may also be that of another one's letter."""
_BOLD_NAME, _LONGEST_NAME = re.compile(rb"bold|black|heavy", re.IGNORECASE), 128
_BOLD_WEIGHT = 700
_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
"""A soft hyphen that is drawn is a hyphen; the others are what PDFium makes of one at the end of a line."""


@dataclass(frozen=True, slots=True)
class Run:
    """A text object. `letters` are the texts of codes in its font that are letters, as far as they were asked for.

    `frame` is the one in which the text stands upright, None when it is slanted; when it is not `level`, each of its
    characters has a baseline of its own. `size` is the em. `bold` text has a bold font, or its letters are outlined.
    """

    letters: dict[int, str]
    frame: Frame | None
    level: bool
    baseline: float
    size: float
    invisible: bool
    bold: bool


class Runs:
    """The text objects of one page."""

    def __init__(self, text_page: pdfium.PdfTextPage, frames: Sequence[Frame]) -> None:
        self._handle = text_page.raw
        self._frames = frames
        self._runs: dict[int, Run] = {}
        self._fonts: dict[int, dict[int, str]] = {}
        self._bold: dict[int, bool] = {}
        self._matrix = pdfium_c.FS_MATRIX()

    def run(self, address: int, index: int) -> Run:
        """The text object at an address, to which a character belongs that is no blank."""
        if address not in self._runs:
            self._runs[address] = self._asked(index)
        return self._runs[address]

    def learn(self, index: int, code: int, run: Run) -> str:
        """The text of a code that is not among the letters of its run.

        It is "" for what nobody sees, " " for line ends, PRIVATE, or UNKNOWN.
        """
        text = _readable(code)
        if code < _FIRST_LETTER and text != "-" and self._has_ink(index):
            text = UNKNOWN
        if pdfium_c.FPDFText_HasUnicodeMapError(self._handle, index) == 1:
            text = UNKNOWN
        if code >= _FIRST_HEBREW and text not in {"", " ", PRIVATE, UNKNOWN}:
            run.letters[code] = text
        return text

    def baseline(self, index: int, frame: Frame) -> float:
        """The baseline of one character, in points from the top of a frame."""
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDFText_GetCharOrigin(self._handle, index, x, y)
        return frame.place(x.value, y.value)[1]

    def _has_ink(self, index: int) -> bool:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium_c.FPDFText_GetCharBox(self._handle, index, left, right, bottom, top)
        return left.value < right.value and bottom.value < top.value

    def _asked(self, index: int) -> Run:
        text_object = pdfium_c.FPDFText_GetTextObject(self._handle, index)
        font_object = pdfium_c.FPDFTextObj_GetFont(text_object)
        font = ctypes.cast(font_object, ctypes.c_void_p).value or 0
        if font not in self._bold:
            self._bold[font] = _is_bold(font_object)
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(text_object)
        matrix = self._matrix
        pdfium_c.FPDFText_GetMatrix(self._handle, index, matrix)
        direction = math.atan2(matrix.b, matrix.a)
        quarters = round(direction / _QUARTER)
        lean = abs(direction - quarters * _QUARTER)
        frame = self._frames[quarters % 4]
        return Run(
            letters=self._fonts.setdefault(font, {}),
            frame=frame if lean < _LEAN else None,
            level=lean < _LEVEL,
            baseline=frame.place(matrix.e, matrix.f)[1],
            size=pdfium_c.FPDFText_GetFontSize(self._handle, index) * math.hypot(matrix.c, matrix.d),
            invisible=mode == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE,
            bold=self._bold[font] or mode == pdfium_c.FPDF_TEXTRENDERMODE_FILL_STROKE,
        )


def _is_bold(font: "ctypes._Pointer[ctypes.Structure]") -> bool:
    """Whether a font is bold by its name or by the weight that the file gives it."""
    name = ctypes.create_string_buffer(_LONGEST_NAME)
    pdfium_c.FPDFFont_GetBaseFontName(font, name, _LONGEST_NAME)
    return _BOLD_NAME.search(name.value) is not None or pdfium_c.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT


@lru_cache(maxsize=4096)
def _readable(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    category = unicodedata.category(chr(code))
    if category in {"Co", "Cs", "Cn"}:
        return PRIVATE if category == "Co" else UNKNOWN
    text = clean(chr(code))
    return " " if text.isspace() else text
