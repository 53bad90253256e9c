"""A segment: an immutable folder with the words, the vectors and the chunk ids of some passages.

Knows how its files are made durable and how damage is found; not which segments count (the manifest says that).
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from indexes.chunk import Chunk
from indexes.errors import IndexDamaged
from indexes.index import Vectors
from indexes.manifest import REBUILD, StoredFile, flush_folder
from indexes.vectors import write_vectors
from indexes.words import write_segment as write_words

IDS = "chunks.json"


def write_segment(folder: Path, chunks: Sequence[Chunk], vectors: Vectors) -> dict[str, StoredFile]:
    """Writes a new segment, one row of `vectors` per chunk. When this returns it is on disk."""
    folder.mkdir()
    write_words(folder, [chunk.searchable for chunk in chunks])
    write_vectors(folder, vectors)
    (folder / IDS).write_text(json.dumps([chunk.id for chunk in chunks]), encoding="utf-8")
    files = {}
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            files[path.name] = StoredFile(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
    flush_folder(folder)
    return files


def check_segment(folder: Path, files: Mapping[str, StoredFile]) -> None:
    """Raises `IndexDamaged` when a file of the segment is missing or is not what was written."""
    for name, stored in files.items():
        try:
            with (folder / name).open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == stored.sha256
        except OSError as error:
            raise IndexDamaged(f"{folder / name} cannot be read; {REBUILD} ({error})") from error
        if not same:
            raise IndexDamaged(f"{folder / name} was changed; {REBUILD}")


def chunk_ids(folder: Path) -> list[str]:
    """The chunk ids of a segment, by position. Raises `IndexDamaged`, and `OSError` when the segment is gone."""
    try:
        ids: list[str] = json.loads((folder / IDS).read_text(encoding="utf-8"))
    except ValueError as error:
        raise IndexDamaged(f"{folder / IDS} cannot be read; {REBUILD} ({error})") from error
    return ids
