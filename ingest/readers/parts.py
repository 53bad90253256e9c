"""The files inside a file, as they are taken out: bounded in number and size, named by numbers. Knows no format."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from ingest.document import Part
from ingest.errors import TooExpanded

MOST_PARTS = 10_000
LARGEST_PARTS = 1 << 30
"""Bytes of all parts of one file together, at whatever depth they lie."""
_LONGEST_NAME = 200
_MOST_FOLDERS = 10


class Parts:
    """Fills the folder of parts of one file. Without a folder nothing is written, and only the paths are known."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._parts: dict[str, Path] = {}
        self._counts: dict[str, int] = {}
        self._number = 0
        self._bytes = 0

    @property
    def paths(self) -> tuple[str, ...]:
        """How the parts are called, in order."""
        return tuple(self._parts)

    def add(self, path: str, pieces: Iterable[bytes]) -> Path | None:
        """Takes in a file called `path`, and returns where its bytes are. Raises `TooExpanded`.

        A second file of the same path is called `name (2)`, since each becomes a document of its own.
        """
        self._number += 1
        if self._number > MOST_PARTS:
            raise TooExpanded(f"the file holds more than {MOST_PARTS} files")
        path = self._free(shown_path(path) or str(self._number))
        file = Path() if self._folder is None else self._folder / str(self._number)
        self._parts[path] = file
        if self._folder is None:
            return None
        with file.open("xb") as target:
            for piece in pieces:
                self._bytes += len(piece)
                if self._bytes > LARGEST_PARTS:
                    raise TooExpanded(f"the files inside take more than {LARGEST_PARTS >> 20} MB")
                target.write(piece)
        return file

    def drop(self, path: Path) -> None:
        """Takes a part back, whose own parts take its place. What it weighed stays counted."""
        self._parts = {name: file for name, file in self._parts.items() if file != path}
        path.unlink()

    def taken(self) -> tuple[Part, ...]:
        """The parts, in order; none without a folder."""
        return () if self._folder is None else tuple(Part(path, file) for path, file in self._parts.items())

    def _free(self, path: str) -> str:
        free, whole = path, PurePosixPath(path)
        while free in self._parts:
            self._counts[path] = self._counts.get(path, 1) + 1
            free = str(whole.with_stem(f"{whole.stem} ({self._counts[path]})"))
        return free


def shown_path(sent: str) -> str:
    """A path as a file gives it, to be shown: without control and direction characters, "." and ".." and drives.

    The names are joined by "/"; a long one loses its middle, a long path its beginning. "" if nothing is left.
    """
    names = ["".join(filter(_is_seen, name)).strip() for name in sent.replace("\\", "/").split("/")]
    if len(names) > 1 and re.fullmatch("[A-Za-z]:", names[0]):
        del names[0]
    return "/".join([_short(name) for name in names if name not in {"", ".", ".."}][-_MOST_FOLDERS:])


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _short(name: str) -> str:
    half = _LONGEST_NAME // 2
    return name if len(name) <= _LONGEST_NAME else f"{name[:half]}…{name[-half:]}"
