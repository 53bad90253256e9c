"""The files of a folder that people put there, and how they are called as documents. Reads no file."""

import os
from collections.abc import Callable
from pathlib import Path

from indexes.accept import storable

_BEGINNINGS = (".", "~$")
"""Hidden files and folders; lock files of Office. Those of LibreOffice are hidden."""
_ENDINGS = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", "~")
"""What is still being written, or was kept while it was edited."""
_OF_SYSTEMS = frozenset({"thumbs.db", "desktop.ini", "$recycle.bin", "system volume information", "__macosx"})


def files_in(folder: Path, unreadable: Callable[[OSError], None] | None = None) -> dict[str, Path]:
    """Path -> file, in order, for every file at any depth: `<name of the folder>/<path inside it>`, with "/".

    Without hidden, temporary and system files; links are not followed. `unreadable` is told of folders that cannot be
    read, whose files are then missing. Of two names that differ only in what a text cannot hold, one gets a number.
    """
    folder = folder.resolve()
    found: dict[str, Path] = {}
    for place, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not is_left_out(name))
        for name in sorted(names):
            file = Path(place, name)
            if not is_left_out(name) and file.is_file() and not file.is_symlink():
                path = storable(f"{folder.name}/{file.relative_to(folder).as_posix()}")
                while path in found:
                    path += " (2)"
                found[path] = file
    return found


def is_left_out(name: str) -> bool:
    """Whether a file or folder of that name was put there by a program, for itself."""
    name = name.lower()
    return name.startswith(_BEGINNINGS) or name.endswith(_ENDINGS) or name in _OF_SYSTEMS
