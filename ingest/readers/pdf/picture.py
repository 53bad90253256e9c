"""A page as a picture, for people and for OCR. Knows nothing of text."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from ingest.readers.page_image import SHOWN_DPI, SHOWN_LONGEST

_POINTS_PER_INCH = 72
_LONGEST = 10_000
_GLANCE_DPI = 30
_DARK = 128
_INK = 0.002
"""Share of dark dots from which a page has something on it."""
_DEEPEST = 3
"""Drawings within drawings in which an image is looked for."""
_MOST_OF_PAGE = 0.6


def picture_of(page: pdfium.PdfPage, dpi: float, longest: int) -> Image.Image:
    """The page as it is shown, in grey or colour; less than `dpi` when a side would have more than `longest` dots."""
    scale = min(dpi / _POINTS_PER_INCH, longest / max(*page.get_size(), 1.0))
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        picture: Image.Image = bitmap.to_pil()
        return picture.convert("RGB")
    finally:
        bitmap.close()


def pictures_of(path: Path, dpi: float) -> Iterator[Image.Image]:
    """All pages of a file as they are shown."""
    pdf = pdfium.PdfDocument(path)
    try:
        for page in pdf:
            yield picture_of(page, dpi, _LONGEST)
    finally:
        pdf.close()


def shown_picture(page: pdfium.PdfPage) -> Image.Image:
    """The page as people see it beside its text."""
    return picture_of(page, SHOWN_DPI, SHOWN_LONGEST)


def has_ink(page: pdfium.PdfPage) -> bool:
    """Whether anything is drawn on the page: a scan, a photograph, letters as outlines."""
    glance = picture_of(page, _GLANCE_DPI, SHOWN_LONGEST).convert("L")
    dark = sum(glance.histogram()[:_DARK])
    return dark > _INK * glance.width * glance.height


def is_one_picture(page: pdfium.PdfPage) -> bool:
    """Whether one image takes up most of the page, as in scans."""
    width, height = page.get_size()
    for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > _MOST_OF_PAGE * width * height:
            return True
    return False
