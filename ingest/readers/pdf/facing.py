"""Which way the brackets of a page face, told by their ink: their names in the file cannot be trusted.

A font has one glyph for "(" in Hebrew and ")" in English, and a PDF names a glyph once. PDFium then mirrors names in
what it takes for runs from right to left. But type is drawn with more room before the ink of an opening bracket than
after it, and a closing one is its mirror image. Knows nothing of lines.
"""

import ctypes
from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.readers.pdf.character import Character
from ingest.readers.pdf.frame import Frame

_PAIRS = {"(": "()", ")": "()", "[": "[]", "]": "[]"}
_SAME = 0.008
"""Ems by which two drawings of one glyph may differ, and the rooms on both sides of a glyph that does not face."""
_PAIR = 2
_APART = 0.015
"""Ems between the ink of two brackets from which it tells which is which, where nothing else is known."""


class _Bracket(NamedTuple):
    """A bracket: where it is in the list of characters, and the room before and after its ink, in ems.

    `after` is None where PDFium gives the ink for the whole, as it does where it mirrored the name.
    """

    position: int
    before: float
    after: float | None


def face_as_drawn(
    text_page: pdfium.PdfTextPage, indices: Sequence[int], characters: list[Character], frame: Frame
) -> bool:
    """Names each bracket after its shape where that tells, and returns whether it does for all of them.

    `indices` are the numbers that PDFium gives the characters.
    """
    told = True
    fonts: defaultdict[tuple[int, str], list[_Bracket]] = defaultdict(list)
    for position, character in enumerate(characters):
        pair = _PAIRS.get(character.text)
        if pair:
            index = indices[position]
            bracket = _bracket(text_page, index, position, character, frame)
            fonts[_font(text_page, index), pair].append(bracket)
    for (_, pair), brackets in fonts.items():
        glyphs = _glyphs(brackets)
        if not _are_mirrored(glyphs):
            told = False
            continue
        for glyph, text in zip(glyphs, reversed(pair), strict=True):  # less room before its ink: a closing bracket
            after = fmean([each.after for each in glyph if each.after is not None] or [0.0])
            for bracket in glyph:
                characters[bracket.position] = _named(characters[bracket.position], text, bracket, after)
    return told


def _named(character: Character, text: str, bracket: _Bracket, after: float) -> Character:
    """A bracket with its name, and with the room around its ink where PDFium left it out."""
    if bracket.after is not None:
        return character._replace(text=text)
    x0, x1 = character.x0 - bracket.before * character.size, character.x1 + after * character.size
    return character._replace(text=text, x0=x0, x1=x1)


def _glyphs(brackets: Sequence[_Bracket]) -> list[list[_Bracket]]:
    """Brackets parted by the glyph that draws them."""
    glyphs: list[list[_Bracket]] = []
    for bracket in sorted(brackets, key=lambda each: each.before):
        if not glyphs or bracket.before - glyphs[-1][0].before > _SAME:
            glyphs.append([])
        glyphs[-1].append(bracket)
    return glyphs


def _are_mirrored(glyphs: Sequence[Sequence[_Bracket]]) -> bool:
    """Whether these are two glyphs that face each other; where only the ink is known, two that are well apart."""
    rooms = [_room(glyph) for glyph in glyphs]
    if len(rooms) != _PAIR:
        return False
    apart = glyphs[1][0].before - glyphs[0][0].before
    return rooms[0] < 0 < rooms[1] or (rooms == [0, 0] and apart > _APART)


def _room(glyph: Sequence[_Bracket]) -> float:
    rooms = [each.before - each.after for each in glyph if each.after is not None]
    return fmean(rooms) if rooms else 0.0


def _bracket(text_page: pdfium.PdfTextPage, index: int, position: int, character: Character, frame: Frame) -> _Bracket:
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    pdfium_c.FPDFText_GetCharBox(text_page.raw, index, left, right, bottom, top)
    pdfium_c.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
    ink0, _, ink1, _ = frame.place_box(left.value, bottom.value, right.value, top.value)
    before, after = ink0 - frame.place(x.value, y.value)[0], character.x1 - ink1
    known = abs(after) > _SAME * character.size / 8 or abs(ink0 - character.x0) > _SAME * character.size / 8
    return _Bracket(position, before / character.size, after / character.size if known else None)


def _font(text_page: pdfium.PdfTextPage, index: int) -> int:
    font = pdfium_c.FPDFTextObj_GetFont(pdfium_c.FPDFText_GetTextObject(text_page.raw, index))
    return ctypes.cast(font, ctypes.c_void_p).value or 0
