"""What PDFium says of each character of a page, asked for all of them in one go: the quick half of reading a page.

Knows nothing of what the codes mean.
"""

import ctypes
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

_object_at = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium_c.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
"""The text object of a character as a number, which is quicker to make and to compare than a pointer."""


@dataclass(frozen=True, slots=True)
class Codes:
    """For each character its Unicode code, the address of its text object (None: PDFium added it), and its box.

    `boxes` has a row for each: left, top, right and bottom in coordinates of the file, by the width its font gives it.
    """

    codes: Sequence[int]
    objects: Sequence[int | None]
    boxes: NDArray[np.float64]
    widths: Sequence[float]


def codes_of(text_page: pdfium.PdfTextPage) -> Codes:
    """The codes of a page, in the order in which PDFium has them."""
    handle, count = text_page.raw, text_page.count_chars()
    codes = _all_codes(handle, count) or list(map(pdfium_c.FPDFText_GetUnicode, repeat(handle), range(count)))
    number = ctypes.cast(handle, ctypes.c_void_p).value
    objects = list(map(_object_at, repeat(number), range(count)))
    boxes = (pdfium_c.FS_RECTF * count)()
    deque(map(pdfium_c.FPDFText_GetLooseCharBox, repeat(handle), range(count), boxes), maxlen=0)
    rows = np.frombuffer(boxes, dtype=np.float32).reshape(-1, 4).astype(np.float64)
    return Codes(codes, objects, rows, (rows[:, 2] - rows[:, 0]).tolist())


def _all_codes(handle: object, count: int) -> list[int]:
    text = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(handle, 0, count, text)
    return list(text[:count]) if written == count + 1 else []
