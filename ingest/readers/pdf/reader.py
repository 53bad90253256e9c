"""The story of reading a PDF: characters, else OCR, become lines; running lines go; structure is put on top."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.document import Document
from ingest.errors import Encrypted, NoText, UnreadableFile
from ingest.quality import quality
from ingest.readers.leaf import Leaf, text_of, without_running_lines
from ingest.readers.line import assemble
from ingest.readers.ocr import find_tesseract, recognise
from ingest.readers.page_image import save_page_image, turned
from ingest.readers.pdf.characters import page_characters, page_frames
from ingest.readers.pdf.document_tables import tables_of
from ingest.readers.pdf.headings import headings_of, title_of
from ingest.readers.pdf.picture import has_ink, is_one_picture, picture_of, shown_picture
from ingest.readers.pdf.rulings import lines_drawn
from ingest.readers.pdf.structure import read_structure
from ingest.readers.pdf.text import page_lines
from ingest.readers.pdf.triage import Verdict, is_better, is_nothing, is_worth_keeping, verdict

_OCR_DPI = 300
_OCR_LONGEST = 5000
_UNREADABLE = Leaf([], warnings=("unreadable_page",))


def read_pdf(path: Path, images: Path | None, on_page: Callable[[int, int], None]) -> Document:
    """The text of a PDF with the place of every word.

    Pages without usable text are recognised from their picture where tesseract is installed. Pictures of all pages go
    to `images/<number>.webp` unless it is None. `on_page(done, total)` is called after each page. Raises Encrypted,
    UnreadableFile or NoText.
    """
    if images is not None:
        images.mkdir(parents=True, exist_ok=True)
    structure = read_structure(path)
    with _opened(path) as pdf:
        total = len(pdf)
        leaves = []
        for number in range(1, total + 1):
            leaves.append(_read_page(pdf, number, images))
            on_page(number, total)
    kept = without_running_lines(leaves)
    assembled = [assemble(lines) for lines in kept]
    if not any(page.text for page in assembled):
        raise NoText(
            f"{path.name}: none of its {total} pages has text that can be read; scans need tesseract with Hebrew"
        )
    headings = headings_of(structure.outline, kept, assembled)
    labels = structure.labels or ("",) * total
    pages = tuple(map(Leaf.page, leaves, range(1, total + 1), assembled, labels))
    title = structure.title or title_of(structure.outline, headings)
    return Document(title, pages, headings, tables_of(kept, assembled))


@contextmanager
def _opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    try:
        pdf = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise Encrypted(f"{path.name} needs a password") from error
        raise UnreadableFile(f"{path.name} is not a PDF that can be read: {error}") from error
    try:
        yield pdf
    finally:
        pdf.close()


def _read_page(pdf: pdfium.PdfDocument, number: int, images: Path | None) -> Leaf:
    """One page; a broken one does not spoil the others."""
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        return _UNREADABLE
    try:
        leaf = _leaf(page)
        if images is not None:
            save_page_image(turned(shown_picture(page), leaf.turns), images / f"{number}.webp")
    except pdfium.PdfiumError:
        return _UNREADABLE
    else:
        return leaf
    finally:
        page.close()


def _leaf(page: pdfium.PdfPage) -> Leaf:
    """The page's own text, or what OCR makes of its picture where that is better."""
    characters = page_characters(page)
    lines = page_lines(characters, page_frames(page), page.get_rotation() // 90, lines_drawn(page))
    text = text_of(lines)
    width, height = page.get_size()
    own = Leaf(lines, width, height, quality(text), unmapped=characters.unmapped)
    is_picture = is_one_picture(page) or (not lines and has_ink(page))
    found = verdict(text, own.real, characters.unmapped, characters.invisible, is_picture=is_picture)
    own = replace(own, came_from_ocr=is_picture and characters.invisible > 0)
    if found is Verdict.GOOD:
        return own
    ours = _recognised(page)
    if ours is not None and is_better(text_of(ours.lines), text, found):
        return ours
    if found is Verdict.UNKNOWN:
        kept = lines if is_worth_keeping(characters.unmapped) else []
        return replace(own, lines=kept, warnings=("unmapped_characters",))
    return replace(own, warnings=("scanned_without_text",)) if is_picture and is_nothing(text) else own


def _recognised(page: pdfium.PdfPage) -> Leaf | None:
    """What OCR makes of the picture of the page; None without tesseract."""
    tesseract = find_tesseract()
    if tesseract is None:
        return None
    picture = picture_of(page, _OCR_DPI, _OCR_LONGEST)
    return recognise(tesseract, picture, picture.width / page.get_width())
