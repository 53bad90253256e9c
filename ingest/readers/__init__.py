"""One reader per file format, and the choice of the right one.

Each file is read in a process of its own, which loads only the libraries of its format: every reader is imported when
it is needed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from hebrew.normalise import clean
from indexes.page import Page
from ingest.document import Document
from ingest.errors import NoText
from ingest.readers.kinds import kind_of

OnPage = Callable[[int, int], None]
"""Told how many pages are done and how many there are."""

_FILE_NAME = re.compile(
    r"_|\.\w{2,5}$|^Microsoft \w+ - |^(?:untitled|document|presentation|book)\W*\d*$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST_TITLE = 150


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and where what is made of it goes.

    `filename` is what it was called; `images` the folder for page images, `parts` the folder for the files inside it;
    neither is made where there is no folder.
    """

    path: Path
    filename: str
    images: Path | None
    parts: Path | None
    on_page: OnPage


def read(path: Path, filename: str, images: Path | None, on_page: OnPage, parts: Path | None = None) -> Document:
    """Reads a file of any format. `filename` is what it was called; the folders are those of `Source`.

    The document has a title (the one inside it where it is good, else its file name), and every page ends with a line
    end, so that pages can be put together. Raises the errors of `ingest.errors`.
    """
    document = _READERS[kind_of(path, filename)](Source(path, filename, images, parts, on_page))
    if not document.parts and not any(page.text.strip() for page in document.pages):
        raise NoText("there is no text in the file")
    on_page(len(document.pages), len(document.pages))
    title = document.title if is_good_title(document.title) else clean(Path(filename).stem)
    return replace(document, title=title, pages=tuple(map(_ended, document.pages)))


def is_good_title(title: str) -> bool:
    """Whether people would call a document by this; programs write file names and "Untitled" where titles belong."""
    return len(title) <= _LONGEST_TITLE and bool(_WORD.search(title)) and not _FILE_NAME.search(title)


def _ended(page: Page) -> Page:
    # Half characters, which broken fonts produce, cannot be stored; the mark in their place keeps all positions.
    text = page.text.rstrip().encode("utf-8", errors="replace").decode()
    return replace(page, text=text + "\n")


def _pdf(source: Source) -> Document:
    from ingest.readers.pdf import read_pdf  # noqa: PLC0415

    return read_pdf(source.path, source.images, source.on_page)


def _docx(source: Source) -> Document:
    from ingest.readers.docx.reader import read_docx  # noqa: PLC0415

    return read_docx(source.path)


def _pptx(source: Source) -> Document:
    from ingest.readers.slides.pptx import read_pptx  # noqa: PLC0415

    return read_pptx(source.path)


def _xlsx(source: Source) -> Document:
    from ingest.readers.sheets.xlsx import read_xlsx  # noqa: PLC0415

    return read_xlsx(source.path)


def _csv(source: Source) -> Document:
    from ingest.readers.sheets.csv import read_csv  # noqa: PLC0415

    return read_csv(source.path)


def _odt(source: Source) -> Document:
    from ingest.readers.opendocument.odt import read_odt  # noqa: PLC0415

    return read_odt(source.path)


def _odp(source: Source) -> Document:
    from ingest.readers.opendocument.odp import read_odp  # noqa: PLC0415

    return read_odp(source.path)


def _ods(source: Source) -> Document:
    from ingest.readers.opendocument.ods import read_ods  # noqa: PLC0415

    return read_ods(source.path)


def _epub(source: Source) -> Document:
    from ingest.readers.epub import read_epub  # noqa: PLC0415

    return read_epub(source.path)


def _old_office(kind: str) -> "Callable[[Source], Document]":
    def convert(source: Source) -> Document:
        from ingest.readers.libreoffice import converted  # noqa: PLC0415

        target = _CONVERTED[kind]
        with converted(source.path, kind, target) as path:
            return _READERS[target](replace(source, path=path))

    return convert


def _html(source: Source) -> Document:
    from ingest.readers.html.reader import read_html  # noqa: PLC0415

    return read_html(source.path)


def _text(source: Source) -> Document:
    from ingest.readers.text import read_text  # noqa: PLC0415

    return read_text(source.path)


def _markdown(source: Source) -> Document:
    from ingest.readers.markdown import read_markdown  # noqa: PLC0415

    return read_markdown(source.path)


def _eml(source: Source) -> Document:
    from ingest.readers.mail.eml import read_eml  # noqa: PLC0415

    return read_eml(source.path, source.parts)


def _msg(source: Source) -> Document:
    from ingest.readers.mail.msg import read_msg  # noqa: PLC0415

    return read_msg(source.path, source.parts)


def _image(source: Source) -> Document:
    from ingest.readers.image import read_image  # noqa: PLC0415

    return read_image(source.path, source.images, source.on_page)


def _zip(source: Source) -> Document:
    from ingest.readers.zip import read_zip  # noqa: PLC0415

    return read_zip(source.path, source.parts)


_CONVERTED = {"doc": "odt", "rtf": "odt", "ppt": "pptx", "xls": "xlsx"}
"""The old formats, and what LibreOffice makes of them."""

_READERS: dict[str, Callable[[Source], Document]] = {
    "pdf": _pdf,
    "docx": _docx,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "csv": _csv,
    "odt": _odt,
    "odp": _odp,
    "ods": _ods,
    "epub": _epub,
    "html": _html,
    "text": _text,
    "markdown": _markdown,
    "eml": _eml,
    "msg": _msg,
    "image": _image,
    "zip": _zip,
    **{kind: _old_office(kind) for kind in _CONVERTED},
}
