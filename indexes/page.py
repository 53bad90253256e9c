"""A page of a document as it is kept: its text, and where each word stands on the paper.

Knows nothing of how a page was read or how it is shown.
"""

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points (1/72 inch); the origin is the top left corner of the page, y grows downwards."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page: `page.text[start:end]`, and the box it fills on the paper."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One page in logical order. Formats without pages (HTML, text) are a single page without words.

    `number` counts from 1; `label` is the number printed on the page where the file gives one ("iv", "א"), else "".
    `quality` is the share (0..1) of words that look like real words; `warnings` are short codes such as
    `scanned_without_text`, `read_from_scan`, `low_quality`. `width` and `height` are points, 0 without paper.
    """

    number: int
    text: str
    label: str = ""
    words: tuple[Word, ...] = ()
    width: float = 0.0
    height: float = 0.0
    came_from_ocr: bool = False
    quality: float = 1.0
    warnings: tuple[str, ...] = ()
