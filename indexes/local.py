"""Writing the index of one collection: a folder with `manifest.json`, `lock`, and immutable `segment-*` folders.

A change writes a new segment beside the old ones and then replaces the manifest; killed at any moment, the folder holds
the old state or the new one, and perhaps a segment nobody names, which the next write sweeps away. One writer at a time
(a file lock, which dies with its process); readers never wait. Knows nothing of the database: what it needs to merge
segments is handed in, and everything can be made again with `rebuild`.
"""

import errno
import fcntl
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import numpy as np

from hebrew.folding import FOLDING_VERSION
from indexes import manifest as manifests
from indexes.chunk import Chunk
from indexes.database import new_id
from indexes.errors import StorageFull
from indexes.index import Embedder, Vectors
from indexes.manifest import Manifest, Segment
from indexes.segment import chunk_ids, write_segment
from indexes.vectors import read_vectors

MOST_ALIKE = 8
"""So many segments of one size class (1-9 passages, 10-99, ...) become one. A passage is written again at most once per
size class, and an index of a million passages has a few dozen segments."""
REBUILD_SEGMENT = 2000
LOAD_AT_ONCE = 500
EMBED_AT_ONCE = 256

LoadChunks = Callable[[Sequence[str]], Mapping[str, Chunk]]
Still = Callable[[], None]
"""Raises what ends the work when it is no longer wanted."""


def index_folder(data: Path, collection_id: str) -> Path:
    """Where the index of a collection lies."""
    return data / "indexes" / collection_id


class LocalIndex:
    """Adds the documents of one collection to its index, and removes them."""

    def __init__(self, folder: Path, embedder: Embedder, load_chunks: LoadChunks) -> None:
        """Touches nothing yet. `load_chunks` gives the stored chunks of some ids (`Passages.chunks`)."""
        self.folder = folder
        self._embedder = embedder
        self._load_chunks = load_chunks

    def add(
        self, document_id: str, chunks: Sequence[Chunk], *, instead_of: str = "", still: Still = lambda: None
    ) -> None:
        """Makes the chunks of a document searchable, all at once, in place of what was indexed of it before.

        In the same moment the document `instead_of` stops being searchable. May be repeated. `still` is called again
        and again; what it raises ends the adding, and nothing has changed. Raises `IndexMismatch`, `IndexDamaged`,
        `StorageFull`.
        """
        vectors = self._embed(chunks, still)  # before the lock: with a large model this is the slow part
        with self._writing():
            still()
            gone = {document_id, instead_of}
            segments = [segment.without(gone) for segment in self._manifest().segments]
            if chunks:
                segments.append(self._write(chunks, vectors))
            self._merge_due(self._swap(segments))

    def remove(self, document_id: str, still: Still = lambda: None) -> None:
        """Makes a document unfindable. Nothing happens when it is not there."""
        with self._writing():
            still()
            manifest = self._manifest()
            if document_id in manifest.documents:
                self._merge_due(self._swap([segment.without({document_id}) for segment in manifest.segments]))

    def holds(self, document_id: str) -> bool:
        """Whether a search can find something of the document."""
        return document_id in self._manifest().documents

    def purge(self) -> None:
        """Leaves nothing of what was removed: segments with dead passages are written anew, nameless ones go."""
        with self._writing():
            segments = self._manifest().segments
            dead = [segment for segment in segments if segment.live_count < segment.count]
            if dead:
                self._swap([*(segment for segment in segments if segment not in dead), *self._merged(dead)])
            else:
                self._sweep(segments)

    def compact(self) -> None:
        """Merges everything into one segment without dead passages."""
        with self._writing():
            segments = self._manifest().segments
            self._swap(self._merged(segments))

    def rebuild(self, documents: Iterable[Sequence[Chunk]]) -> None:
        """Makes the index anew from the chunks of each document, whatever is in the folder now.

        The old state serves until the new one is complete.
        """
        with self._writing():
            segments, waiting = [], list[Chunk]()
            for chunks in documents:
                waiting += chunks
                if len(waiting) >= REBUILD_SEGMENT:
                    segments.append(self._write(waiting, self._embed(waiting)))
                    waiting = []
            if waiting:
                segments.append(self._write(waiting, self._embed(waiting)))
            self._swap(segments)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Holds the writer lock. A full disk becomes `StorageFull`."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / "lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StorageFull(f"no room for the index in {self.folder}") from error
            raise

    def _manifest(self) -> Manifest:
        manifest = manifests.read(self.folder)
        if manifest is None:
            return self._with(())
        manifest.require(str(FOLDING_VERSION), self._embedder.name, self._embedder.dimension)
        return manifest

    def _with(self, segments: Iterable[Segment]) -> Manifest:
        return Manifest(str(FOLDING_VERSION), self._embedder.name, self._embedder.dimension, tuple(segments))

    def _embed(self, chunks: Sequence[Chunk], still: Still = lambda: None) -> Vectors:
        rows = [self._embedder.passages([])]
        for first in range(0, len(chunks), EMBED_AT_ONCE):
            still()
            rows.append(self._embedder.passages([chunk.searchable for chunk in chunks[first : first + EMBED_AT_ONCE]]))
        return np.concatenate(rows)

    def _write(self, chunks: Sequence[Chunk], vectors: Vectors) -> Segment:
        name = f"segment-{new_id()}"
        files = write_segment(self.folder / name, chunks, vectors)
        live, end = {}, 0
        for document_id, group in groupby(chunks, key=lambda chunk: chunk.document_id):
            start, end = end, end + len(list(group))
            live[document_id] = (start, end)
        return Segment(name, len(chunks), live, files)

    def _swap(self, segments: Iterable[Segment]) -> Manifest:
        """Makes those segments the index, and sweeps away every segment folder that does not belong to it."""
        manifest = self._with(segment for segment in segments if segment.live)
        manifests.write(self.folder, manifest)
        self._sweep(manifest.segments)
        return manifest

    def _sweep(self, segments: Iterable[Segment]) -> None:
        named = {segment.name for segment in segments}
        for path in self.folder.glob("segment-*"):
            if path.name not in named:
                shutil.rmtree(path, ignore_errors=True)

    def _merge_due(self, manifest: Manifest) -> None:
        while due := _due(manifest.segments):
            others = [segment for segment in manifest.segments if segment not in due]
            manifest = self._swap([*others, *self._merged(due)])

    def _merged(self, segments: Sequence[Segment]) -> list[Segment]:
        """One new segment with the live passages of several (none if nothing lives). Vectors are kept, not remade."""
        chunks, rows = list[Chunk](), list[Vectors]()
        for segment in segments:
            folder = self.folder / segment.name
            ids, vectors = chunk_ids(folder), read_vectors(folder)
            positions = [at for start, end in sorted(segment.live.values()) for at in range(start, end)]
            for first in range(0, len(positions), LOAD_AT_ONCE):
                some = positions[first : first + LOAD_AT_ONCE]
                stored = self._load_chunks([ids[at] for at in some])
                kept = [at for at in some if ids[at] in stored]
                chunks += [stored[ids[at]] for at in kept]
                rows.append(vectors[kept])
        return [self._write(chunks, np.concatenate(rows))] if chunks else []


def _due(segments: Sequence[Segment]) -> list[Segment]:
    """The segments to merge next: those mostly dead, else the smallest size class that has become crowded."""
    wasteful = [segment for segment in segments if segment.live_count * 2 < segment.count]
    if wasteful:
        return wasteful
    classes = defaultdict(list)
    for segment in segments:
        classes[len(str(segment.live_count))].append(segment)
    return next((alike for _, alike in sorted(classes.items()) if len(alike) >= MOST_ALIKE), [])
