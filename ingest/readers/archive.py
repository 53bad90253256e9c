"""The one way to open a zip file, be it an archive of documents or one document (Office, OpenDocument, EPUB).

Everything the directory of the zip says is checked before anything is unpacked, and unpacking never yields more than
it said. Names of members are names and nothing else: no reader makes a path of one. Knows no format.
"""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ingest.errors import Encrypted, TooExpanded, UnreadableFile

MOST_MEMBERS = 10_000
LARGEST_TOTAL = 1 << 30
"""Bytes that all members may unpack into."""
LARGEST_MEMBER = 256 << 20
"""Bytes of one member that may be read into memory, where its reader does not say less."""
STEEPEST = 100
"""Times its size that a member, or the whole, may unpack into. Office XML stays below 50 or so."""
FREE = 32 << 20
"""Bytes up to which the ratio does not matter: what is small is harmless, and an empty sheet packs very well."""

_PIECE = 1 << 20
_LOCKED = 0x2041  # bits 0, 6 and 13 of the flags: encrypted, strongly, and with an encrypted directory (APPNOTE 4.4.4)
_LOCAL_HEADER = struct.Struct("<26xHH")  # APPNOTE 4.3.7: the lengths of the name and of the extra field end it
_DAMAGED = (BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, NotImplementedError, OverflowError)


@contextmanager
def open_package(path: Path) -> Iterator[ZipFile]:
    """A zip file that was checked; closed at the end. Read its members with `read_member` or `pieces_of` alone.

    Raises `TooExpanded` for too many members, too much inside, too high a ratio or members that are the same bytes
    again and again; `Encrypted` where a member needs a password; `UnreadableFile` for a damaged zip.
    """
    with path.open("rb") as file:
        try:
            archive = ZipFile(file)
            _check(archive, file)
        except _DAMAGED as error:
            raise UnreadableFile(f"a damaged zip, Office or EPUB file: {error}") from error
        with archive:
            yield archive


def read_member(archive: ZipFile, name: str | ZipInfo, limit: int = LARGEST_MEMBER) -> bytes:
    """The bytes of a member, at most `limit`. Raises `TooExpanded`, and `UnreadableFile` if missing or damaged."""
    try:
        info = archive.getinfo(name) if isinstance(name, str) else name
    except KeyError as error:
        raise UnreadableFile(f"{name} is missing from the file") from error
    if info.file_size > limit:
        raise TooExpanded(f"{info.filename!r} unpacks into {info.file_size >> 20} MB, {limit >> 20} are allowed")
    return b"".join(pieces_of(archive, info))


def pieces_of(archive: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    """The bytes of a member in small pieces, no more than the directory says. Raises `UnreadableFile`."""
    try:
        with archive.open(info) as member:
            # Never all at once: `ZipExtFile.read()` unpacks first and looks at the size in the directory afterwards.
            while piece := member.read(_PIECE):
                yield piece
    except _DAMAGED as error:
        raise UnreadableFile(f"{info.filename!r} is damaged: {error}") from error


def _check(archive: ZipFile, file: BinaryIO) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise TooExpanded(f"the file holds {len(members)} files, {MOST_MEMBERS} are allowed")
    if any(info.flag_bits & _LOCKED for info in members):
        raise Encrypted("the zip is locked with a password")
    total = sum(info.file_size for info in members)
    if total > LARGEST_TOTAL:
        raise TooExpanded(f"the file unpacks into {total >> 20} MB, {LARGEST_TOTAL >> 20} are allowed")
    for size, packed in [(info.file_size, info.compress_size) for info in members] + [(total, _length(file))]:
        if size > FREE and size > STEEPEST * packed:
            raise TooExpanded(f"{packed >> 10} KB unpack into {size >> 20} MB, which no document does")
    if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in members):
        raise UnreadableFile("the zip is packed by a method that documents do not use")  # nor can its size be bounded
    places = sorted(_place(info, file) for info in members)
    if any(end > start for (_, end), (start, _) in pairwise([*places, (archive.start_dir, 0)])):
        if sum(info.compress_size for info in members) > 2 * _length(file):  # less is what damage does
            raise TooExpanded("files inside the zip lie over each other")
        raise UnreadableFile("a damaged zip, Office or EPUB file: its members are not where they should be")


def _place(info: ZipInfo, file: BinaryIO) -> tuple[int, int]:
    """Where a member begins in the zip, and where it ends at the earliest."""
    file.seek(max(0, info.header_offset))
    header = file.read(_LOCAL_HEADER.size)
    names = sum(_LOCAL_HEADER.unpack(header)) if len(header) == _LOCAL_HEADER.size else 0
    return info.header_offset, info.header_offset + _LOCAL_HEADER.size + names + info.compress_size


def _length(file: BinaryIO) -> int:
    return file.seek(0, 2)
