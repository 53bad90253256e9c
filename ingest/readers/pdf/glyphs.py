"""Glyphs that stand for several characters, put together again: a letter with its points, drawn in one piece.

PDFium gives each character of such a glyph an equal slice of its box, or the whole of it, and may part them in its
text. Knows nothing of lines. Asks PDFium more than `characters.py` does, and so is for pages with points only.
"""

import ctypes
from collections.abc import Iterable, Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from indexes.page import Box
from ingest.readers.pdf.character import UNKNOWN, Character
from ingest.readers.pdf.frame import Frame
from ingest.readers.pdf.spans import spans_of

_MOST_PARTS = 5
"""Characters that one glyph stands for, a letter with its points, and others that PDFium may have put between them."""


class Glyphs:
    """The glyphs of one page; `objects` are the addresses of the text objects of its characters."""

    def __init__(self, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, objects: Sequence[int | None]) -> None:
        self._handle = text_page.raw
        self._objects = objects
        self._spans = spans_of(page)
        self._edges = tuple(ctypes.c_double() for _ in range(4))
        self._point = (ctypes.c_double(), ctypes.c_double())

    def whole(self, indices: Sequence[int], characters: Sequence[Character], frame: Frame) -> list[Character]:
        """Characters that stand upright in a frame, each letter joined by the points drawn in one piece with it.

        `indices` are the numbers that PDFium gives them. The width of points that are drawn for themselves, and of
        glyphs without a letter, becomes that of their ink.
        """
        near = _near_points(indices, characters)
        apart = [character for index, character in zip(indices, characters, strict=True) if index not in near]
        speaking: dict[int, int] = {}
        glyphs: dict[tuple[float, ...], list[tuple[Character, Box]]] = {}
        for index, character in zip(indices, characters, strict=True):
            address = self._objects[index] or 0
            span = self._spans.get(address)
            repeated = span is not None and speaking.setdefault(span.number, address) != address
            if repeated or index not in near:
                continue
            ink = self._ink(index)
            # The slices of one glyph begin at one point and are equally high.
            key = (address, *self._origin(index), ink[1], ink[3])
            glyphs.setdefault(key, []).append((character, frame.place_box(*(span.box if span else ink))))
        return apart + [character for parts in glyphs.values() for character in _joined(parts)]

    def _ink(self, index: int) -> Box:
        """What a character really fills: left, bottom, right and top in coordinates of the file."""
        pdfium_c.FPDFText_GetCharBox(self._handle, index, *self._edges)
        left, right, bottom, top = self._edges
        return left.value, bottom.value, right.value, top.value

    def _origin(self, index: int) -> tuple[float, float]:
        """Where the pen stood when a character was drawn, in coordinates of the file."""
        x, y = self._point
        pdfium_c.FPDFText_GetCharOrigin(self._handle, index, x, y)
        return x.value, y.value


def _near_points(indices: Iterable[int], characters: Iterable[Character]) -> set[int]:
    """The numbers of marks and of the characters that may share a glyph with one."""
    marks = [index for index, character in zip(indices, characters, strict=True) if character.is_mark]
    return {near for mark in marks for near in range(mark - _MOST_PARTS, mark + _MOST_PARTS + 1)}


def _joined(parts: Sequence[tuple[Character, Box]]) -> Iterator[Character]:
    """The characters that a glyph stands for, with the boxes of their ink: one, if it is a letter with its points."""
    letters = [character for character, _ in parts if not character.is_mark]
    if len(letters) == 1 < len(parts):
        points = "".join(character.text for character, _ in parts if character.is_mark)
        left, right = min(box[0] for _, box in parts), max(box[2] for _, box in parts)
        yield letters[0]._replace(text=letters[0].text + points, x0=left, x1=right)
        return
    for character, box in parts:
        by_ink = character.is_mark or character.text == UNKNOWN
        yield character._replace(x0=box[0], x1=box[2]) if by_ink else character
