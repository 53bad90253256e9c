"""The straight lines that a page draws: what frames the cells of tables. Knows nothing of text or tables."""

import ctypes
import math
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from indexes.page import Box
from ingest.readers.pdf.frame import Frame

_THIN, _LONG = 3.0, 4.0
"""Points: no line is drawn wider, and none is shorter once its pieces are put together."""
TOUCH = 3.0
"""Points between two lines that meet, or between two pieces of one."""
_CORNERS = 5
"""Most parts of the outline of a line or rectangle; what has more is a drawing."""
_MOST_OBJECTS, _MOST_PIECES, _MOST_CROSSINGS = 50_000, 10_000, 100_000
"""A page with more is a map or a chart."""


class Ruling(NamedTuple):
    """A line in points of a frame: at `place` (y of a level line, x of an upright one), reaching from start to end."""

    place: float
    start: float
    end: float


class Rulings(NamedTuple):
    """The level and the upright lines of a page, each in order of place."""

    level: tuple[Ruling, ...] = ()
    upright: tuple[Ruling, ...] = ()


def lines_drawn(page: pdfium.PdfPage) -> list[Box]:
    """Lines and frames that a page draws: left, bottom, right and top in coordinates of the file.

    Of what is filled only lines count: a coloured area has no frame.
    """
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    if count > _MOST_OBJECTS:
        return []
    found: list[Box] = []
    edges = tuple(ctypes.c_float() for _ in range(4))
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for number in range(count):
        drawn = pdfium_c.FPDFPage_GetObject(page.raw, number)
        is_path = pdfium_c.FPDFPageObj_GetType(drawn) == pdfium_c.FPDF_PAGEOBJ_PATH
        if not is_path or pdfium_c.FPDFPath_CountSegments(drawn) > _CORNERS:
            continue
        pdfium_c.FPDFPageObj_GetBounds(drawn, *edges)
        pdfium_c.FPDFPath_GetDrawMode(drawn, fill, stroke)
        left, bottom, right, top = (edge.value for edge in edges)
        if stroke.value or (fill.value and min(right - left, top - bottom) < _THIN):
            found.append((left, bottom, right, top))
    return found if len(found) <= _MOST_PIECES else []


def rulings_of(boxes: Iterable[Box], frame: Frame) -> Rulings:
    """The lines of a page in a frame; a rectangle is four lines."""
    level: list[Ruling] = []
    upright: list[Ruling] = []
    for box in boxes:
        x0, y0, x1, y1 = frame.place_box(*box)
        if y1 - y0 < _THIN:
            level.append(Ruling((y0 + y1) / 2, x0, x1))
        elif x1 - x0 < _THIN:
            upright.append(Ruling((x0 + x1) / 2, y0, y1))
        else:
            level += [Ruling(y0, x0, x1), Ruling(y1, x0, x1)]
            upright += [Ruling(x0, y0, y1), Ruling(x1, y0, y1)]
    rulings = Rulings(_joined(level), _joined(upright))
    return rulings if len(rulings.level) * len(rulings.upright) <= _MOST_CROSSINGS else Rulings()


def _joined(pieces: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """The pieces that continue each other as one line each: every cell of a table may draw its own."""
    bundles: list[list[Ruling]] = []
    for piece in sorted(pieces):
        if not bundles or piece.place - bundles[-1][0].place > _THIN:
            bundles.append([])
        bundles[-1].append(piece)
    lines: list[Ruling] = []
    for bundle in bundles:
        place, end = bundle[0].place, -math.inf
        for piece in sorted(bundle, key=attrgetter("start")):
            if piece.start - end <= TOUCH:
                end = max(end, piece.end)
                lines[-1] = Ruling(place, lines[-1].start, end)
            else:
                end = piece.end
                lines.append(Ruling(place, piece.start, end))
    return tuple(line for line in lines if line.end - line.start > _LONG)
