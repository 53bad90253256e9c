"""Makes the sample collection in `ingest/samples/` from the sources in `scripts/samples/`.

The documents are original, about an invented regional council; every name, number and address in them is made up.
Needs a Chromium on the PATH and the Noto Hebrew fonts (Debian: chromium, fonts-noto-core). Run: `python
-m scripts.make_samples`. What it makes is committed; run it again after changing a source, and look at the pages.
"""

import tempfile
from pathlib import Path

from scripts.samples.paper import print_pdf, scan
from scripts.samples.word import write_docx

SOURCES = Path(__file__).parent / "samples"
TARGET = Path(__file__).parent.parent / "ingest" / "samples"

PRINTED = {
    "leave.html": "נוהל חופשה ללא תשלום.pdf",
    "tender.html": "מכרז 07-2026 שירותי גינון.pdf",
    "fees.html": "חוזר אגרות 2026.pdf",
}
WORD = {
    "privacy.html": "נוהל הגנת הפרטיות.docx",
    "minutes.html": "פרוטוקול מליאה 41.docx",
}
UTF_8 = {
    "faq.html": "שאלות ותשובות לתושבים.html",
    "newcomer.md": "מדריך לעובד החדש.md",
}
WINDOWS_1255 = {
    "library.html": "הספרייה האזורית.html",
    "emergency.txt": "הנחיות לשעת חירום.txt",
}
PERMIT = "היתר לפסטיבל לילות שקמה.pdf"


def make_samples(target: Path) -> None:
    """Writes every sample into the folder `target`."""
    for source, name in PRINTED.items():
        print_pdf(_paper(_source(source)), target / name)
    for source, name in WORD.items():
        write_docx(_source(source), target / name)
    for source, name in UTF_8.items():
        (target / name).write_text(_source(source), encoding="utf-8")
    for source, name in WINDOWS_1255.items():
        # Old Windows files: line ends of that system, and no byte that says which encoding this is.
        (target / name).write_text(_source(source), encoding="windows-1255", newline="\r\n")
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder, "scan.jpg")
        scan(_paper(_source("event_scan.html")), picture)
        print_pdf(_paper(_source("event_letter.html") + _scanned_sheet(picture)), target / PERMIT)


def _source(name: str) -> str:
    return (SOURCES / name).read_text(encoding="utf-8")


def _paper(body: str) -> str:
    """A source as a whole page in the office style; `office.css` comes first, so that a source may overrule it."""
    style = _source("office.css")
    return f'<!DOCTYPE html><html lang="he" dir="rtl"><meta charset="utf-8"><style>{style}</style>{body}</html>'


def _scanned_sheet(picture: Path) -> str:
    """A sheet without margins or text, filled by `picture`."""
    return f'<div class="scan"><img src="{picture.as_uri()}" alt=""></div>'


if __name__ == "__main__":
    make_samples(TARGET)
    for sample in sorted(TARGET.glob("*.*")):
        print(f"{sample.stat().st_size / 1024:7.1f} KB  {sample.name}")
