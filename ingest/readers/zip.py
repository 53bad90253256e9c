"""Archives of documents: a zip, and the zips inside it, become the files they hold."""

import re
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipInfo

from indexes.page import Page, Place
from ingest.document import Document
from ingest.errors import IngestError, TooExpanded, TooNested
from ingest.readers.archive import open_package, pieces_of
from ingest.readers.kinds import kind_of
from ingest.readers.parts import Parts
from ingest.readers.text import decode

DEEPEST = 3
"""Zips in each other, the outermost included."""

_IS_UTF8 = 0x800  # bit 11 of the flags (APPNOTE 4.4.4)
_UNICODE_PATH = 0x7075  # the extra field of Info-ZIP with the name in UTF-8 (APPNOTE 4.6.9)
_MADE_BY_SYSTEMS = {"__MACOSX", "Thumbs.db", "desktop.ini"}


def read_zip(path: Path, parts: Path | None) -> Document:
    """The files of an archive as parts, folders in their paths; zips inside are opened, other packages are documents.

    Without a folder for the parts, the paths are the text. Raises what `open_package` raises, and `TooNested`.
    """
    found = Parts(parts)
    _open(path, found, "", 1)
    if parts is not None:
        return Document("", (), parts=found.taken())
    return Document("", (Page(1, "\n".join(found.paths), Place("text")),))


def _open(path: Path, found: Parts, folder: str, depth: int) -> None:
    if depth > DEEPEST:
        raise TooNested(f"zips inside zips, more than {DEEPEST} deep")
    with open_package(path) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        for name, info in zip(_names(members), members, strict=True):
            if _is_left_out(name):
                continue
            file = found.add(folder + name, pieces_of(archive, info))
            if file is not None and _is_archive(file, name):
                _open(file, found, f"{folder}{name}/", depth + 1)
                found.drop(file)


def _is_archive(file: Path, name: str) -> bool:
    """Whether a member is a zip to be opened. What is damaged or locked stays, and its own reading will say why."""
    try:
        return kind_of(file, name) == "zip"
    except TooExpanded:
        raise
    except IngestError:
        return False


def _is_left_out(name: str) -> bool:
    """Whether a file was put there by a system and not by people: hidden ones, and lock files of Office."""
    names = name.replace("\\", "/").split("/")
    return any(each in _MADE_BY_SYSTEMS or each.startswith((".", "~$")) for each in names if each not in {".", ".."})


def _names(members: Sequence[ZipInfo]) -> list[str]:
    """The names of members. Those without a word about their encoding are judged together: one program wrote them."""
    said = [_said(info) for info in members]
    raw = [b"" if name is not None else _raw(info) for name, info in zip(said, members, strict=True)]
    _, *guessed = decode(b"\n".join([b"", *raw]), "cp437").split("\n")
    return [guess if name is None else name for name, guess in zip(said, guessed, strict=True)]


def _said(info: ZipInfo) -> str | None:
    if info.flag_bits & _IS_UTF8:
        return info.orig_filename
    extra = info.extra
    while len(extra) > 4:  # noqa: PLR2004  # a field is its kind, its length, and that many bytes
        kind, length = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and field[1:5] == struct.pack("<L", zlib.crc32(_raw(info))):
            return field[5:].decode("utf-8", errors="replace")
    return None


def _raw(info: ZipInfo) -> bytes:
    # `zipfile` reads a name without the flag as cp437, which has a character for every byte.
    return re.sub(rb"[\0\n]", b" ", info.orig_filename.encode("cp437"))
