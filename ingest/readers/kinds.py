"""Which format a file has: its first bytes and what is inside it decide; its name only where those are silent.

Knows no reader.
"""

import re
from pathlib import Path

from hebrew.bidi import direction_of
from ingest.errors import EmptyFile, Encrypted, UnreadableFile, UnsupportedFormat
from ingest.readers.archive import open_package, read_member
from ingest.readers.compound import open_compound
from ingest.readers.text import decode

_SUFFIXES = {
    ".pdf": "pdf",
    ".docx": "docx", ".docm": "docx", ".dotx": "docx",
    ".pptx": "pptx", ".pptm": "pptx", ".ppsx": "pptx",
    ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".doc": "doc", ".dot": "doc", ".ppt": "ppt", ".pps": "ppt", ".xls": "xls", ".rtf": "rtf",
    ".odt": "odt", ".ott": "odt", ".odp": "odp", ".ods": "ods",
    ".epub": "epub",
    ".htm": "html", ".html": "html", ".xhtml": "html",
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".tsv": "csv",
    ".eml": "eml", ".msg": "msg",
    ".jpg": "image", ".jpeg": "image", ".png": "image", ".tif": "image", ".tiff": "image",
    ".zip": "zip",
}  # fmt: skip
_TEXTS = {"html", "text", "markdown", "csv", "eml"}
"""What is only known by its name: any text may be one of these."""
_EXPORTED = {"doc": "text", "docx": "text", "xls": "csv", "xlsx": "csv"}
"""What old systems write under the names of Word and Excel when they do not write HTML."""

_BEGINNING = 4096
_PDF = re.compile(rb"%PDF-\d")
_PDF_BEFORE = 1024
"""Bytes in which the header of a PDF begins (ISO 32000-1, implementation note 13 of the PDF 1.7 reference)."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_FOREIGN = (b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"PK\x07\x08", b"\x7fELF", b"MZ")

_HTML = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|style|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADER = re.compile(r"^([!-9;-~]+):", re.MULTILINE)  # RFC 5322, 3.6.8
_OF_MAIL = {"from", "to", "subject", "date", "received", "message-id", "mime-version", "return-path", "delivered-to"}
_NEVER_IN_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")

_OF_OFFICE = {"[Content_Types].xml", "_rels/.rels"}
"""What every Office Open XML file has (ISO/IEC 29500-2), and no archive of documents."""
_PACKAGES = {"word/": "docx", "ppt/": "pptx", "xl/": "xlsx"}
"""Where its main part lies."""
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/epub+zip": "epub",
}
"""The first file of an OpenDocument or EPUB package is called `mimetype` and says which it is."""
_STREAMS = {
    "EncryptedPackage": "encrypted",
    "WordDocument": "doc",
    "PowerPoint Document": "ppt",
    "Workbook": "xls",
    "Book": "xls",
    "__properties_version1.0": "msg",
}


def kind_of(path: Path, filename: str) -> str:
    """One of the kinds of `ingest.readers`. Raises `EmptyFile`, `Encrypted`, `UnsupportedFormat`, `UnreadableFile`.

    For zips also `TooExpanded`. A file of unknown name is a text where it is one with Hebrew in it.
    """
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    if not beginning:
        raise EmptyFile("the file is empty")
    suffix = Path(filename).suffix.lower()
    named = _SUFFIXES.get(suffix, "")
    if found := _by_content(path, beginning, named):
        return found
    if named in _TEXTS:
        return named
    if found := _text(decode(beginning), named):
        return found
    if named:
        raise UnreadableFile(f"the file is called {suffix} and is something else")
    raise UnsupportedFormat(f"there is no reader for {suffix or 'a file without a suffix'}")


def _by_content(path: Path, beginning: bytes, named: str) -> str:
    if beginning.startswith(_ZIP):
        return _package(path, named)
    if beginning.startswith(_OLE):
        return _compound(path, named)
    if beginning.startswith(_RTF):
        return "rtf"
    if beginning.startswith(_IMAGES):
        return "image"
    if beginning.startswith(_FOREIGN) and named not in _TEXTS:
        raise UnsupportedFormat("there is no reader for what is inside the file")
    return "pdf" if _PDF.search(beginning[:_PDF_BEFORE]) and named not in _TEXTS else ""


def _text(beginning: str, named: str) -> str:
    """What a text is that is not called one; "" for what is no text."""
    if _HTML.match(beginning):
        return "html"
    if _NEVER_IN_TEXT.search(beginning.removesuffix("\ufffd")):  # half a character may end it
        return ""
    header = {name.lower() for name in _HEADER.findall(re.split(r"\r?\n\r?\n", beginning)[0])}
    if len(header & _OF_MAIL) > 1:
        return "eml"
    return _EXPORTED.get(named, "") if named else "text" if direction_of(beginning) == "rtl" else ""


def _package(path: Path, named: str) -> str:
    """What a zip file is."""
    with open_package(path) as archive:
        names = set(archive.namelist())
        said = read_member(archive, "mimetype", _BEGINNING).strip() if "mimetype" in names else b""
    if said.startswith(b"application/"):
        found = _MIMETYPES.get(said.removesuffix(b"-template"), "")
    elif _OF_OFFICE & names:
        found = next((kind for folder, kind in _PACKAGES.items() if any(n.startswith(folder) for n in names)), "")
    else:
        found = "zip" if named in {"zip", ""} else ""
    return found or _unknown(named)


def _compound(path: Path, named: str) -> str:
    """What an OLE compound file is: the format of Office before 2007 and of Outlook."""
    with open_compound(path) as root:
        found = next((kind for stream, kind in _STREAMS.items() if stream in root.streams), "")
    if found == "encrypted":
        raise Encrypted("the Office file is locked with a password")
    return found or _unknown(named)


def _unknown(named: str) -> str:
    if named:
        raise UnreadableFile(f"a damaged {named} file, or something else inside")
    raise UnsupportedFormat("there is no reader for what is inside the file")
