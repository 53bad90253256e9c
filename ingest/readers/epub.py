"""EPUB books: their chapters in reading order, each a page of its own. Knows the package; chapters are HTML pages.

A page carries the title of its chapter as its label, since that is how people name a place in a book without paper.
Standard: EPUB 3.3, https://www.w3.org/TR/epub-33/
"""

import posixpath
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

from indexes.page import Place
from ingest.document import Document
from ingest.errors import Encrypted, UnreadableFile
from ingest.readers.archive import open_package, read_member
from ingest.readers.draft import Draft
from ingest.readers.html.reader import decode_html, write_html
from ingest.readers.xml import LARGEST_XML, Element, parse_xml

_CHAPTERS = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}
_NOT_TEXT = {"nav", "cover-image"}
_CLOSED = re.compile(r"<(?!(?:area|base|br|col|hr|img|input|link|meta|wbr)\b)([a-zA-Z][\w:.-]*)((?:\s[^<>]*?)?)/>")
"""An element without contents as XML writes it, which HTML takes for one that was only begun."""


def read_epub(path: Path) -> Document:
    """A book, one page for each chapter with text. Raises `UnreadableFile`, `Encrypted` or `TooExpanded`."""
    with open_package(path) as archive:
        names = set(archive.namelist())
        opf = _package_name(archive)
        package = parse_xml(read_member(archive, opf, LARGEST_XML), opf)
        chapters = [name for name in dict.fromkeys(_spine(package, opf)) if name in names]  # each once (5.7.2)
        _refuse_locked(archive, chapters)
        titles = _titles(archive, package, opf)
        draft = Draft()
        for name in chapters:
            draft.page(Place("text", titles.get(name, "")))
            write_html(_CLOSED.sub(r"<\1\2></\1>", decode_html(read_member(archive, name, LARGEST_XML))), draft)
    title = package.find(".//{http://purl.org/dc/elements/1.1/}title")
    return draft.document("" if title is None else (title.text or ""))


def _package_name(archive: ZipFile) -> str:
    container = parse_xml(read_member(archive, "META-INF/container.xml", LARGEST_XML), "container.xml")
    rootfile = container.find(".//{*}rootfile")
    name = "" if rootfile is None else rootfile.get("full-path", "")
    if not name:
        raise UnreadableFile("an EPUB book without a package document")
    return name


def _spine(package: Element, opf: str) -> list[str]:
    """The names of the chapters in reading order (5.7), without the table of contents, which only repeats titles."""
    items = {item.get("id", ""): item for item in package.iterfind("{*}manifest/{*}item")}
    found = (items.get(each.get("idref", "")) for each in package.iterfind("{*}spine/{*}itemref"))
    return [
        _place(opf, item.get("href", ""))
        for item in found
        if item is not None
        and item.get("media-type", "") in _CHAPTERS
        and not _NOT_TEXT.intersection(item.get("properties", "").split())
    ]


def _titles(archive: ZipFile, package: Element, opf: str) -> dict[str, str]:
    """The title of each chapter by its name, from the table of contents of EPUB 3 (`nav`) or 2 (`ncx`)."""
    titles: dict[str, str] = {}
    for item in package.iterfind("{*}manifest/{*}item"):
        name = _place(opf, item.get("href", ""))
        is_nav = "nav" in item.get("properties", "").split()
        if not (is_nav or item.get("media-type") == "application/x-dtbncx+xml") or name not in archive.namelist():
            continue
        with suppress(UnreadableFile):  # its chapters are there without it
            contents = parse_xml(read_member(archive, name, LARGEST_XML), name)
            for entry in contents.iterfind(".//{*}nav//{*}a" if is_nav else ".//{*}navPoint"):
                link, label = (entry, entry) if is_nav else (entry.find("{*}content"), entry.find("{*}navLabel"))
                target = "" if link is None else link.get("href", "") or link.get("src", "")
                text = "" if label is None else " ".join("".join(label.itertext()).split())
                titles.setdefault(_place(name, target), text)
    return titles


def _refuse_locked(archive: ZipFile, chapters: list[str]) -> None:
    """Fonts may be scrambled, chapters only by those who sell them (OCF 4.2.6.3.2)."""
    if "META-INF/encryption.xml" in archive.namelist():
        root = parse_xml(read_member(archive, "META-INF/encryption.xml", LARGEST_XML), "encryption.xml")
        locked = {unquote(each.get("URI", "")) for each in root.iter("{*}CipherReference")}
        if locked.intersection(chapters):
            raise Encrypted("the book is locked by its seller")


def _place(opf: str, href: str) -> str:
    """The name inside the zip of what a file there refers to, without the place inside that."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(opf), unquote(href.partition("#")[0])))
