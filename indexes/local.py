"""Writing the index of one collection: a folder with `manifest.json`, `lock`, and immutable `segment-*` folders.

A change writes a new segment beside the old ones and then replaces the manifest; killed at any moment, the folder holds
the old state or the new one, and perhaps a segment nobody names, which the next write sweeps away. One writer at a time
(a file lock, which dies with its process); readers never wait, and writers not for a merge: that is prepared aside,
under a lock of its own. Knows nothing of the database; everything can be made again with `rebuild`.
"""

import errno
import fcntl
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np

from hebrew.folding import FOLDING_VERSION
from indexes import manifest as manifests
from indexes.chunk import Chunk
from indexes.database import new_id
from indexes.errors import IndexDamaged, StorageFull
from indexes.index import Embedder, Vectors
from indexes.manifest import Manifest, Segment
from indexes.merging import Source, Still
from indexes.segment import merge_segments, write_segment

MOST_ALIKE = 8
"""So many segments of one size class (1-9 passages, 10-99, ...) become one. A passage is written again at most once per
size class, and an index of a million passages has a few dozen segments."""
MERGING = "merging-"
"""How the folder of a segment is called until it is complete."""
REBUILD_SEGMENT = 5000
EMBED_AT_ONCE = 256


def index_folder(data: Path, collection_id: str) -> Path:
    """Where the index of a collection lies."""
    return data / "indexes" / collection_id


class LocalIndex:
    """Adds the documents of one collection to its index, and removes them."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        """Touches nothing yet."""
        self.folder = folder
        self._embedder = embedder

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
            self._swap(segments)

    def remove(self, document_id: str, still: Still = lambda: None) -> None:
        """Makes a document unfindable. Nothing happens when it is not there."""
        with self._writing():
            still()
            manifest = self._manifest()
            if document_id in manifest.documents:
                self._swap(segment.without({document_id}) for segment in manifest.segments)

    def holds(self, document_id: str) -> bool:
        """Whether a search can find something of the document."""
        return document_id in self._manifest().documents

    def merge_due(self, still: Still = lambda: None) -> None:
        """Merges segments where there are too many of one size, and those of which most is dead.

        Documents may be added and removed meanwhile. What `still` raises ends the work; what is merged by then stays.
        """
        with self._merging():
            while due := _due(self._manifest().segments):
                self._merge(due, still)

    def purge(self, still: Still = lambda: None) -> None:
        """Leaves nothing of what was removed: segments with dead passages are written anew, nameless ones go."""
        with self._merging():
            while dead := [each for each in self._manifest().segments if each.live_count < each.count]:
                self._merge(dead, still)
            with self._writing():
                self._sweep(self._manifest().segments)

    def compact(self, still: Still = lambda: None) -> None:
        """Merges everything into one segment without dead passages."""
        with self._merging():
            if segments := self._manifest().segments:
                self._merge(segments, still)

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
        self.merge_due()

    @contextmanager
    def _merging(self) -> Iterator[None]:
        """Lets one process at a time merge, and sweeps away what another left unfinished."""
        with self._locked("merging"):
            for path in self.folder.glob(f"{MERGING}*"):
                shutil.rmtree(path, ignore_errors=True)
            yield

    def _writing(self) -> AbstractContextManager[None]:
        """Holds the writer lock."""
        return self._locked("lock")

    @contextmanager
    def _locked(self, name: str) -> Iterator[None]:
        """Waits for a lock file and holds it. A full disk becomes `StorageFull`."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / name).open("w") as lock:
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

    def _merge(self, segments: Sequence[Segment], still: Still) -> None:
        """Puts one segment with the live passages of several in the place of the first of them.

        Others may write meanwhile; when one of the segments is gone by then, nothing happens.
        """
        unfinished, names = self.folder / f"{MERGING}{new_id()}", [segment.name for segment in segments]
        try:
            files = merge_segments(unfinished, [Source(self.folder / each.name, each.mask) for each in segments], still)
        except IndexDamaged:
            if {segment.name for segment in self._manifest().segments} >= set(names):
                raise
            return
        with self._writing():
            still()
            now = {segment.name: segment for segment in self._manifest().segments}
            if not now.keys() >= set(names):
                return
            alive = {document_id for name in names for document_id in now[name].live}
            live, end = {}, 0
            for segment in segments:
                for document_id, span in sorted(segment.live.items(), key=itemgetter(1)):
                    start, end = end, end + span[1] - span[0]
                    live[document_id] = (start, end)
            merged = Segment(f"segment-{new_id()}", end, live, files)
            unfinished.rename(self.folder / merged.name)
            now[segments[0].name] = merged.without(live.keys() - alive)
            self._swap(segment for name, segment in now.items() if name not in names[1:])


def _due(segments: Sequence[Segment]) -> list[Segment]:
    """The segments to merge next: those mostly dead, else the smallest size class that has become crowded."""
    wasteful = [segment for segment in segments if segment.live_count * 2 < segment.count]
    if wasteful:
        return wasteful
    classes = defaultdict(list)
    for segment in segments:
        classes[len(str(segment.live_count))].append(segment)
    return next((alike for _, alike in sorted(classes.items()) if len(alike) >= MOST_ALIKE), [])
