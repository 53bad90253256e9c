"""What the PDF libraries themselves make of a file, and long files put together, for measuring Darash against them."""

from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

import pypdf
import pypdfium2 as pdfium


def pypdf_text(path: Path) -> str:
    """The text of all pages as pypdf extracts it."""
    with pypdf.PdfReader(path) as reader:
        return "\n".join(page.extract_text() for page in reader.pages)


def pdfium_text(path: Path) -> str:
    """The text of all pages as PDFium extracts it."""
    document = pdfium.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def page_count(path: Path) -> int:
    """How many pages a file has."""
    document = pdfium.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def write_joined(paths: Sequence[Path], pages: int, target: Path) -> None:
    """Writes a file of `pages` pages: those of `paths`, over and over."""
    whole = pdfium.PdfDocument.new()
    try:
        for path in cycle(paths):
            part = pdfium.PdfDocument(path)
            whole.import_pages(part, list(range(min(len(part), pages - len(whole)))))
            part.close()
            if len(whole) == pages:
                break
        whole.save(target)
    finally:
        whole.close()
