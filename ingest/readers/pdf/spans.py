"""Replacement text: how far the glyphs reach for which a PDF gives a text of its own (`/ActualText`, ISO 32000 14.9.4).

PDFium puts the whole text of such a span on one text object in it, so that a letter may stand in the box of its point,
and now and then on every one. Knows nothing of what the text says.
"""

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from indexes.page import Box


@dataclass(frozen=True, slots=True)
class Span:
    """A number of its own, and left, bottom, right and top of all that is drawn in it."""

    number: int
    box: Box


def spans_of(page: pdfium.PdfPage) -> dict[int, Span]:
    """For the text objects of a page, by address, the span that they share with others.

    Only what is drawn on the page itself; what stands in forms has no span.
    """
    spans: dict[int, list[tuple[int, Box]]] = {}
    for number in range(pdfium_c.FPDFPage_CountObjects(page.raw)):
        drawn = pdfium_c.FPDFPage_GetObject(page.raw, number)
        mark = _mark_of(drawn) if pdfium_c.FPDFPageObj_GetType(drawn) == pdfium_c.FPDF_PAGEOBJ_TEXT else 0
        if mark:
            spans.setdefault(mark, []).append((_address(drawn), _bounds(drawn)))
    found: dict[int, Span] = {}
    for mark, parts in spans.items():
        left, bottom, right, top = zip(*(box for _, box in parts), strict=True)
        span = Span(mark, (min(left), min(bottom), max(right), max(top)))
        found |= {address: span for address, _ in parts if len(parts) > 1}
    return found


def _mark_of(drawn: "ctypes._Pointer[ctypes.Structure]") -> int:
    """The address of the innermost mark with replacement text around an object, 0 without one."""
    length = ctypes.c_ulong()
    for number in reversed(range(pdfium_c.FPDFPageObj_CountMarks(drawn))):
        mark = pdfium_c.FPDFPageObj_GetMark(drawn, number)
        if pdfium_c.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, length):
            return _address(mark)
    return 0


def _bounds(drawn: "ctypes._Pointer[ctypes.Structure]") -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetBounds(drawn, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _address(pointer: "ctypes._Pointer[ctypes.Structure]") -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0
