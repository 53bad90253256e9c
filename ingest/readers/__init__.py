"""One reader per file format, and the choice of the right one.

The name of a file says what it should be; its first bytes decide what it is.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from hebrew.normalise import clean
from indexes.page import Page
from ingest.document import Document
from ingest.errors import EmptyFile, Encrypted, NoText, UnreadableFile, UnsupportedFormat

OnPage = Callable[[int, int], None]
"""Told how many pages are done and how many there are."""

_SUFFIXES = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
}
_TEXTS = {"html", "text", "markdown"}

_BEGINNING = 1024
_PDF = re.compile(rb"%PDF-\d")
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OLE = "EncryptedPackage".encode("utf-16-le")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_PACKED = (_OLE, b"PK", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_OTHERS = (*_IMAGES, *_PACKED, b"{\\rtf")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)

_FILE_NAME = re.compile(
    r"_|\.\w{2,5}$|^Microsoft \w+ - |^(?:untitled|document|presentation|book)\W*\d*$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST_TITLE = 150


def read(path: Path, filename: str, images: Path | None, on_page: OnPage) -> Document:
    """Reads a file of any format. `filename` is what it was called; `images` the folder for page images, if any.

    The document has a title (the one inside it where it is good, else its file name), and every page ends with a line
    end, so that pages can be put together. Raises the errors of `ingest.errors`.
    """
    document = _read(_kind(path, filename), path, images, on_page)
    if not any(page.text.strip() for page in document.pages):
        raise NoText("there is no text in the file")
    on_page(len(document.pages), len(document.pages))
    title = document.title if is_good_title(document.title) else clean(Path(filename).stem)
    return replace(document, title=title, pages=tuple(map(_ended, document.pages)))


def is_good_title(title: str) -> bool:
    """Whether people would call a document by this; programs write file names and "Untitled" where titles belong."""
    return len(title) <= _LONGEST_TITLE and bool(_WORD.search(title)) and not _FILE_NAME.search(title)


def _read(kind: str, path: Path, images: Path | None, on_page: OnPage) -> Document:
    # Each file is read in a process of its own, which loads only the libraries of its format.
    match kind:
        case "pdf":
            from ingest.readers.pdf import read_pdf  # noqa: PLC0415

            return read_pdf(path, images, on_page)
        case "docx":
            from ingest.readers.docx import read_docx  # noqa: PLC0415

            return read_docx(path)
        case "html":
            from ingest.readers.html import read_html  # noqa: PLC0415

            return read_html(path)
        case _:
            from ingest.readers.text import read_markdown, read_text  # noqa: PLC0415

            return read_markdown(path) if kind == "markdown" else read_text(path)


def _kind(path: Path, filename: str) -> str:
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    if not beginning:
        raise EmptyFile("the file is empty")
    named = _SUFFIXES.get(Path(filename).suffix.lower(), "")
    if _PDF.search(beginning) and named not in _TEXTS and not beginning.startswith(_ZIP):
        return "pdf"
    if beginning.startswith(_ZIP) and _is_word(path):
        return "docx"
    if beginning.startswith(_OTHERS):
        return _not_ours(path, named)
    if named in {"pdf", "docx"}:
        if _HTML.match(beginning):
            return "html"
        raise UnreadableFile(f"the file is called {Path(filename).suffix} and is something else")
    if not named:
        raise UnsupportedFormat(f"there is no reader for {Path(filename).suffix or 'a file without a suffix'}")
    return named


def _not_ours(path: Path, named: str) -> str:
    content = path.read_bytes()
    if content.startswith(_OLE) and _ENCRYPTED_OLE in content:
        raise Encrypted("the Office file is locked with a password")
    if named == "docx" and content.startswith(_ZIP):
        raise UnreadableFile("a damaged Word file, or a zip with something else inside")
    raise UnsupportedFormat("there is no reader for what is inside the file")


def _is_word(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            return any(name.startswith("word/document") and name.endswith(".xml") for name in archive.namelist())
    except (BadZipFile, OSError, NotImplementedError, ValueError):
        return False


def _ended(page: Page) -> Page:
    # Half characters, which broken fonts produce, cannot be stored; the mark in their place keeps all positions.
    text = page.text.rstrip().encode("utf-8", errors="replace").decode()
    return replace(page, text=text + "\n")
