"""Paper from HTML: printing with a headless Chromium, and a page that looks as if it came out of an office scanner.

Knows the browser, PDF and pictures; knows nothing of what the documents say.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from lxml import html as lxml_html
from PIL import Image, ImageFilter
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
PRINTED_ON = "D:20260101000000Z"
POINTS_PER_INCH = 72
SCAN_DPI = 300
SCAN_SLANT = 0.8
"""Degrees by which the sheet lay crooked on the glass."""


class NoBrowserError(RuntimeError):
    """No Chromium was found, so nothing can be printed."""


def print_pdf(html: str, target: Path) -> None:
    """Prints a whole HTML page to `target`, with an outline made of its headings and without the time of printing."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        raise NoBrowserError(f"no Chromium on the PATH (looked for {', '.join(BROWSERS)}); install one and run again")
    with tempfile.TemporaryDirectory() as folder:
        page, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, encoding="utf-8")
        subprocess.run(
            [
                browser,
                *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
                *("--no-pdf-header-footer", "--generate-pdf-document-outline"),
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={printed}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        _finish(PdfWriter(clone_from=printed), html, target)


def _finish(writer: PdfWriter, html: str, target: Path) -> None:
    """Writes the PDF with one fixed date, and with its outline as it should read.

    Chromium stores the titles of the outline in visual order by runs: ")חל״ת(נוהל חופשה" for "נוהל חופשה (חל״ת)".
    """
    outline = writer.root_object.get("/Outlines")
    items = _outline_items(outline.get_object()) if outline else []
    headings = lxml_html.document_fromstring(html).xpath("//h1 | //h2 | //h3")
    for item, heading in zip(items, headings, strict=True):
        item[NameObject("/Title")] = TextStringObject(heading.text_content())
    writer.add_metadata(dict.fromkeys(("/CreationDate", "/ModDate"), PRINTED_ON))
    writer.write(target)


def _outline_items(parent: DictionaryObject) -> list[DictionaryObject]:
    """The entries below `parent` in reading order."""
    items = []
    link = parent.get("/First")
    while link is not None:
        item = link.get_object()
        items += [item, *_outline_items(item)]
        link = item.get("/Next")
    return items


def scan(html: str, target: Path) -> None:
    """Makes a grey JPEG of the first page of `html`: slanted, slightly blurred, with paper noise and a dark edge."""
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder, "page.pdf")
        print_pdf(html, printed)
        with pdfium.PdfDocument(printed) as document:
            clean = document[0].render(scale=SCAN_DPI / POINTS_PER_INCH).to_pil().convert("L")
    crooked = clean.rotate(SCAN_SLANT, Image.Resampling.BICUBIC, fillcolor=250)
    soft = np.asarray(crooked.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float32)
    random = np.random.default_rng(1948)
    coarse = random.normal(0, 6, (soft.shape[0] // 2 + 1, soft.shape[1] // 2 + 1)).repeat(2, 0).repeat(2, 1)
    sheet = soft * 0.9 + 18 + coarse[: soft.shape[0], : soft.shape[1]]
    sheet[:, :14] -= np.linspace(70, 0, 14)
    Image.fromarray(sheet.clip(0, 255).astype(np.uint8)).save(target, quality=40, dpi=(SCAN_DPI, SCAN_DPI))
