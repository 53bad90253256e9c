"""The one way to open a compound file (MS-CFB): a small file system in a file, as old Office and Outlook write it.

The only file that imports olefile. Knows no format that lives in such files.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import olefile

from ingest.errors import UnreadableFile

# olefile finds most damage itself and says OSError; the others are what it runs into where it does not.
_DAMAGED = (OSError, ValueError, IndexError, TypeError, AttributeError, KeyError, OverflowError, struct.error)


@dataclass(frozen=True, slots=True)
class Storage:
    """A folder of a compound file. `path` is where it stands, () for the outermost."""

    compound: olefile.OleFileIO
    path: tuple[str, ...]
    streams: frozenset[str]
    folders: tuple[str, ...]

    def read(self, name: str) -> bytes:
        """The bytes of a stream, b"" where there is none. Raises `UnreadableFile`."""
        if name not in self.streams:
            return b""
        try:
            with self.compound.openstream([*self.path, name]) as stream:
                return bytes(stream.read())
        except _DAMAGED as error:
            raise UnreadableFile(f"{name} is damaged: {error}") from error

    def inside(self, beginning: str) -> "Iterator[Storage]":
        """The folders in this one whose names begin like that, in order of name."""
        return (_storage(self.compound, (*self.path, name)) for name in self.folders if name.startswith(beginning))


@contextmanager
def open_compound(path: Path) -> Iterator[Storage]:
    """The outermost folder of a compound file; closed at the end. Raises `UnreadableFile`."""
    try:
        compound = olefile.OleFileIO(path)
        root = _storage(compound, ())
    except _DAMAGED as error:
        raise UnreadableFile(f"a damaged file of Outlook or of an old Office program: {error}") from error
    with compound:
        yield root


def _storage(compound: olefile.OleFileIO, path: tuple[str, ...]) -> Storage:
    streams: set[str] = set()
    folders: set[str] = set()
    for entry in compound.listdir(streams=True, storages=True):
        if len(entry) == len(path) + 1 and tuple(entry[:-1]) == path:
            (folders if compound.get_type(entry) == olefile.STGTY_STORAGE else streams).add(entry[-1])
    return Storage(compound, path, frozenset(streams), tuple(sorted(folders)))
