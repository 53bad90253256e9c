"""Plain text, in whatever encoding Hebrew text has been written."""

import codecs
import re
from pathlib import Path

from hebrew.normalise import clean
from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers.draft import Draft

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
"""Bytes that are looked at to guess an encoding."""

_HEBREW_IN_UTF8 = re.compile(rb"\xd7[\x90-\xaa]")
_HEBREW_IN_WINDOWS = re.compile(rb"[\xe0-\xfa]{2,}")  # the same bytes in windows-1255 and ISO 8859-8
_HEBREW_IN_DOS = re.compile(rb"[\x80-\x9a]{2,}")
_HIGH = re.compile(rb"[\x80-\x9f\xa1-\xfe]")  # all but the no-break space of either encoding
_PREFIX_IN_DOS = re.compile(rb"(?<![^\s(])[\x81\x84\x85\x8b\x8c\x8e\x99]-")
"""A lone prefix letter before a foreign word: "and-", "the-", "in-", "as-", "to-", "from-", "that-" """
_ONLY_DOS = re.compile(rb"[\x00-\x7f]*[\x80-\x9a][\x00-\x9a\xff]*")
_NEVER_IN_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_MOST_STRANGE = 0.05

_BELIEVED = ("cp", "iso8859-", "koi8", "mac-", "gb", "big5", "shift_jis", "euc")
"""How the names of encodings begin that are taken at their word; UTF-8 has been tried by then."""


def read_text(path: Path) -> Document:
    """A text file, line by line as it stands. Raises `UnreadableFile` for a file that is not text."""
    draft = Draft()
    for paragraph in re.split(r"\n[ \t]*\n", text_of(path)):
        draft.paragraph(paragraph)
    return draft.document("")


def decode(data: bytes, declared: str = "") -> str:
    """The text of bytes in an unknown encoding. `declared` is what the file claims, believed last.

    In order: byte-order mark; UTF-16 by where its zero bytes are; UTF-8 where it is valid; damaged UTF-8, windows-1255
    (ISO 8859-8 has the same letters) or DOS Hebrew by which letters there are; what is declared; windows-1255.
    """
    encoding = _marked(data) or _wide(data)
    if encoding:
        return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        encoding = _hebrew(data) or _known(declared) or ("cp862" if _is_dos(data) else "cp1255")
        return data.decode(encoding, errors="replace")


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: blanks, digits and line ends leave zeros at every second byte, on one side only."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) / 40 or min(even, odd) * 4 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _hebrew(data: bytes) -> str | None:
    high = max(1, len(_HIGH.findall(data)))
    letters = {
        "utf-8": 2 * len(_HEBREW_IN_UTF8.findall(data)),
        "cp1255": sum(map(len, _HEBREW_IN_WINDOWS.findall(data))),
        "cp862": sum(map(len, _HEBREW_IN_DOS.findall(data))),
    }
    best = max(letters, key=lambda encoding: letters[encoding])
    return best if letters[best] > high / 2 else None


def _is_dos(data: bytes) -> bool:
    """Whether the few Hebrew letters of a foreign text are DOS ones: a prefix, or bytes that windows-1255 has not."""
    if _PREFIX_IN_DOS.search(data):
        return True
    try:
        data.decode("cp1255")
    except UnicodeDecodeError:
        return _ONLY_DOS.fullmatch(data) is not None
    return False


def _known(declared: str) -> str | None:
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None
    return name if name.startswith(_BELIEVED) and name != "iso8859-8" else None


def text_of(path: Path) -> str:
    """The whole text of a file, cleaned. Raises `UnreadableFile` for a file that is not text."""
    text = decode(path.read_bytes())
    if len(_NEVER_IN_TEXT.findall(text)) > _MOST_STRANGE * len(text):
        raise UnreadableFile("the file is not text: too many control characters")
    return clean(text)
