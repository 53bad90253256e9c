"""The story of reading a PDF: characters, else OCR, become lines; running lines go; structure is put on top."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from indexes.page import Page
from ingest.clean import quality, running_lines
from ingest.document import Document
from ingest.errors import Encrypted, NoText, UnreadableFile
from ingest.readers.line import Assembled, TextLine, assemble
from ingest.readers.ocr import find_tesseract, recognise
from ingest.readers.pdf.characters import page_characters, page_frames
from ingest.readers.pdf.headings import headings_of, title_of
from ingest.readers.pdf.picture import has_ink, picture_of, save_picture
from ingest.readers.pdf.structure import read_structure
from ingest.readers.pdf.text import page_lines

_FEWEST_CHARACTERS = 20
_MOST_UNMAPPED = 0.05
"""Share of characters that may be of an unknown letter; beyond it the page goes to OCR."""
_UNMAPPED_TO_DROP = 0.3
"""Share from which the text is worth nothing."""
_LOW_QUALITY = 0.6
_OCR_DPI = 300
_OCR_LONGEST = 5000


@dataclass(frozen=True, slots=True)
class _Draft:
    """A page as it was read, before its running lines are taken off."""

    lines: list[TextLine]
    width: float = 0.0
    height: float = 0.0
    came_from_ocr: bool = False
    warnings: tuple[str, ...] = ()


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
        drafts = []
        for number in range(1, total + 1):
            drafts.append(_read_page(pdf, number, images))
            on_page(number, total)
    kept = _without_running_lines(drafts)
    assembled = [assemble(lines) for lines in kept]
    if not any(page.text for page in assembled):
        raise NoText(
            f"{path.name}: none of its {total} pages has text that can be read; scans need tesseract with Hebrew"
        )
    headings = headings_of(structure.outline, kept, assembled)
    labels = structure.labels or ("",) * total
    pages = tuple(map(_page, range(1, total + 1), drafts, assembled, labels))
    return Document(structure.title or title_of(structure.outline, headings), pages, headings)


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


def _read_page(pdf: pdfium.PdfDocument, number: int, images: Path | None) -> _Draft:
    try:
        page = pdf[number - 1]
        try:
            if images is not None:
                save_picture(page, images / f"{number}.webp")
            return _draft(page)
        finally:
            page.close()
    except pdfium.PdfiumError:  # one broken page does not spoil the others
        return _Draft([], warnings=("unreadable_page",))


def _draft(page: pdfium.PdfPage) -> _Draft:
    """The page's own text, or what OCR makes of its picture where that is better."""
    characters = page_characters(page)
    lines = page_lines(characters, page_frames(page), page.get_rotation() // 90)
    worth = quality(_text(lines))
    unmapped = characters.unmapped > _MOST_UNMAPPED
    empty = len(_text(lines)) < _FEWEST_CHARACTERS and has_ink(page)
    draft = _Draft(lines, *page.get_size())
    if not (unmapped or empty or worth < _LOW_QUALITY):
        return draft
    recognised = _recognised(page)
    if recognised and (unmapped or empty or quality(_text(recognised)) > worth):
        return replace(draft, lines=recognised, came_from_ocr=True)
    if unmapped:
        kept = lines if characters.unmapped <= _UNMAPPED_TO_DROP else []
        return replace(draft, lines=kept, warnings=("unmapped_characters",))
    return replace(draft, warnings=("scanned_without_text",)) if empty else draft


def _recognised(page: pdfium.PdfPage) -> list[TextLine]:
    tesseract = find_tesseract()
    if tesseract is None:
        return []
    picture = picture_of(page, _OCR_DPI, _OCR_LONGEST)
    return recognise(tesseract, picture, picture.width / page.get_width())


def _text(lines: list[TextLine]) -> str:
    return "\n".join(line.text for line in lines)


def _without_running_lines(drafts: list[_Draft]) -> list[list[TextLine]]:
    running = running_lines([[line.text for line in draft.lines] for draft in drafts])
    return [
        [line for index, line in enumerate(draft.lines) if index not in marked]
        for draft, marked in zip(drafts, running, strict=True)
    ]


def _page(number: int, draft: _Draft, assembled: Assembled, label: str) -> Page:
    worth = quality(assembled.text)
    scanned = ("read_from_scan",) if draft.came_from_ocr else ()
    poor = ("low_quality",) if worth < _LOW_QUALITY else ()
    return Page(
        number=number,
        text=assembled.text,
        label=label,
        words=assembled.words,
        width=draft.width,
        height=draft.height,
        came_from_ocr=draft.came_from_ocr,
        quality=round(worth, 3),
        warnings=(*draft.warnings, *scanned, *poor),
    )
