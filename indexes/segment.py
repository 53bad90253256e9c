"""A segment: an immutable folder with the words, the vectors and the chunk ids of some passages.

Knows how its files are made durable and how damage is found; not which segments count (the manifest says that).
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexes.chunk import Chunk
from indexes.errors import IndexDamaged
from indexes.index import Vectors
from indexes.manifest import REBUILD, StoredFile, flush_folder
from indexes.merging import Source, Still, merge_words
from indexes.postings import load_arrays, save_arrays
from indexes.vectors import read_vectors, write_vectors
from indexes.words import write_segment as write_words

IDS = "chunks"


def write_segment(folder: Path, chunks: Sequence[Chunk], vectors: Vectors) -> dict[str, StoredFile]:
    """Writes a new segment, one row of `vectors` per chunk. When this returns it is on disk."""
    folder.mkdir()
    write_words(folder, [(chunk.head, chunk.text) for chunk in chunks])
    write_vectors(folder, vectors)
    save_arrays(folder, **{IDS: np.array([chunk.id.encode() for chunk in chunks])})
    return _sealed(folder)


def merge_segments(folder: Path, sources: Sequence[Source], still: Still) -> dict[str, StoredFile]:
    """Writes a new segment with the kept passages of others, of which at least one is kept, in their order.

    `still` is called again and again; what it raises ends the work. Raises `IndexDamaged`.
    """
    folder.mkdir()
    merge_words(folder, sources, still)
    ids = [chunk_ids(source.folder)[source.kept] for source in sources]
    save_arrays(folder, **{IDS: np.concatenate(ids)})
    merge_vectors(folder, sources, still)
    still()
    return _sealed(folder)


def merge_vectors(folder: Path, sources: Sequence[Source], still: Still) -> None:
    """Writes the vectors of the kept passages."""
    vectors, end = np.empty((0, 0), np.float32), 0
    for source in sources:
        still()
        rows = read_vectors(source.folder)
        if not end:
            vectors = np.empty((sum(int(each.kept.sum()) for each in sources), rows.shape[1]), np.float32)
        start, end = end, end + int(source.kept.sum())
        vectors[start:end] = rows[source.kept]
    write_vectors(folder, vectors)


def _sealed(folder: Path) -> dict[str, StoredFile]:
    """Brings all files of a new segment to the disk."""
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


def chunk_ids(folder: Path) -> npt.NDArray[np.bytes_]:
    """The chunk ids of a segment (UTF-8), by position, memory-mapped. Raises `IndexDamaged`."""
    (ids,) = load_arrays(folder, [IDS])
    return ids
