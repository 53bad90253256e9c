"""The file of a backup: a tar (GNU format) of members that were added one after the other, and of their checksums.

The last member, `checksums`, is what `sha256sum --check` reads; a file without it is not complete. Neither writing nor
reading holds more than a piece in memory, whatever the size. Knows nothing of what the members mean.
"""

import fcntl
import hashlib
import os
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from indexes.errors import BackupDamaged, BackupRefused
from indexes.manifest import flush_folder

PIECE = 1 << 20
CHECKSUMS = "checksums"
UNFINISHED = ".unfinished"
_BLOCK = tarfile.BLOCKSIZE


class BackupWriter:
    """Adds members to the file of a backup."""

    def __init__(self, file: BinaryIO, sums: BinaryIO) -> None:
        """`file` can seek; `sums` keeps the checksums until the end."""
        self._file, self._sums = file, sums

    def add(self, name: str, pieces: Iterable[bytes]) -> str:
        """Writes a member, whose size nobody needs to know before. Returns its SHA-256 (hexadecimal)."""
        checksum = self._write(name, pieces)
        self._sums.write(f"{checksum}  {name}\n".encode())
        return checksum

    def finish(self) -> None:
        """Writes the checksums, after which the file is complete."""
        self._sums.seek(0)
        self._write(CHECKSUMS, pieces_of(self._sums))
        self._file.write(bytes(2 * _BLOCK))  # the end of a tar

    def _write(self, name: str, pieces: Iterable[bytes]) -> str:
        member, digest, start = tarfile.TarInfo(name), hashlib.sha256(), self._file.tell()
        member.mode = 0o600
        self._file.write(bytes(_BLOCK))
        for piece in pieces:
            digest.update(piece)
            member.size += self._file.write(piece)
        self._file.write(bytes(-member.size % _BLOCK))
        end = self._file.tell()
        self._file.seek(start)
        self._file.write(member.tobuf(tarfile.GNU_FORMAT))
        self._file.seek(end)
        return digest.hexdigest()


@contextmanager
def new_backup(path: Path) -> Iterator[BackupWriter]:
    """A backup that gets its name when it is complete and on the disk. Nobody but its owner may read the file.

    Raises `BackupRefused` where there is a file of that name, or one is being written.
    """
    if path.exists():
        raise BackupRefused(f"{path} is there already, and a backup never overwrites: name another file")
    unfinished = path.with_name(path.name + UNFINISHED)
    with _private(unfinished) as file, TemporaryFile(dir=path.parent) as sums:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupRefused(f"{path} is being written by another process") from error
        file.truncate()  # what a backup that was cut off has left
        try:
            writer = BackupWriter(file, sums)
            yield writer
            writer.finish()
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            unfinished.unlink()
            raise
        unfinished.rename(path)
        flush_folder(path.parent)


def members_of(path: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The members of a backup in their order, name and content; what is not taken of a content is passed over.

    Raises `BackupDamaged`, for a wrong checksum after the last member: do nothing that lasts before the end.
    """
    with path.open("rb") as file, TemporaryFile() as sums:
        while True:
            name, size = _described(file.read(_BLOCK), path)
            digest = hashlib.sha256()
            content = _content(file, size, digest, path)
            if name == CHECKSUMS:
                _compare(content, sums, path)
                return
            yield name, content
            for _ in content:
                pass
            sums.write(f"{digest.hexdigest()}  {name}\n".encode())


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    """The rest of an open file, a piece at a time."""
    while piece := file.read(PIECE):
        yield piece


def _private(path: Path) -> BinaryIO:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    os.fchmod(descriptor, 0o600)  # one that was cut off may have been touched since
    return os.fdopen(descriptor, "r+b")


def _described(header: bytes, path: Path) -> tuple[str, int]:
    """Name and size of the next member."""
    try:
        member = tarfile.TarInfo.frombuf(header, "utf-8", "strict")
    except (tarfile.HeaderError, ValueError) as error:
        raise BackupDamaged(f"{path} is no backup of Darash, or not the whole of one") from error
    if not member.isreg() or member.size < 0:
        raise BackupDamaged(f"{path} is no backup of Darash: {member.name!r} is not a plain file")
    return member.name, member.size


def _content(file: BinaryIO, size: int, digest: "hashlib._Hash", path: Path) -> Iterator[bytes]:
    padding = -size % _BLOCK
    while size:
        piece = file.read(min(size, PIECE))
        if not piece:
            raise BackupDamaged(f"{path} is not the whole of a backup: its end is missing")
        size -= len(piece)
        digest.update(piece)
        yield piece
    file.read(padding)


def _compare(written: Iterable[bytes], sums: BinaryIO, path: Path) -> None:
    sums.seek(0)
    if not all(sums.read(len(piece)) == piece for piece in written) or sums.read(1):
        raise BackupDamaged(f"{path} was changed since it was written: `sha256sum --check {CHECKSUMS}` says where")
