"""What the PDF libraries themselves make of a file, for measuring against them (`python -m evals.extraction`)."""

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
