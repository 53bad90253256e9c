"""A page as a picture, for people and for OCR. Knows nothing of text."""

from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

_POINTS_PER_INCH = 72
_SHOWN_DPI = 115
_SHOWN_LONGEST = 1600
_WEBP_QUALITY = 75
_GLANCE_DPI = 30
_DARK = 128
_INK = 0.002
"""Share of dark dots from which a page has something on it."""


def picture_of(page: pdfium.PdfPage, dpi: float, longest: int) -> Image.Image:
    """The page as it is shown, in grey or colour; less than `dpi` when a side would have more than `longest` dots."""
    scale = min(dpi / _POINTS_PER_INCH, longest / max(*page.get_size(), 1.0))
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        picture: Image.Image = bitmap.to_pil()
        return picture.convert("RGB")
    finally:
        bitmap.close()


def save_picture(page: pdfium.PdfPage, path: Path) -> None:
    """Writes the page as WebP for showing it beside its text."""
    picture_of(page, _SHOWN_DPI, _SHOWN_LONGEST).save(path, "WEBP", quality=_WEBP_QUALITY)


def has_ink(page: pdfium.PdfPage) -> bool:
    """Whether anything is drawn on the page: a scan, a photograph, letters as outlines."""
    glance = picture_of(page, _GLANCE_DPI, _SHOWN_LONGEST).convert("L")
    dark = sum(glance.histogram()[:_DARK])
    return dark > _INK * glance.width * glance.height
