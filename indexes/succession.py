"""How an index is followed by one that was made otherwise: with another embedder, or after an update.

Knows nothing of when that is due, nor of the database.
"""

import os
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from hebrew.folding import FOLDING_VERSION
from indexes import manifest as manifests
from indexes.chunk import Chunk
from indexes.local import LocalIndex
from indexes.manifest import Segment
from indexes.merging import Still
from indexes.segment import chunk_ids
from indexes.vectors import read_vectors

LOAD_AT_ONCE = 500

LoadChunks = Callable[[Sequence[str]], Mapping[str, Chunk]]


class SucceedingIndex(LocalIndex):
    """An index that can be filled with many documents at once, and take the place of another."""

    def extend(self, documents: Mapping[str, Sequence[Chunk]], still: Still = lambda: None) -> None:
        """Does for several documents at once what `add` does for one."""
        chunks = [chunk for of_document in documents.values() for chunk in of_document]
        vectors = self._embed(chunks, still)
        with self._writing():
            still()
            segments = [segment.without(documents) for segment in self._manifest().segments]
            self._swap([*segments, self._write(chunks, vectors)] if chunks else segments)

    def succeed(self, folder: Path, still_wanted: Callable[[Collection[str]], bool]) -> bool:
        """Takes the place of the index in `folder`, which has the same documents, in one swap of its manifest.

        Asks with the writer lock of that index held whether one of the documents that are there and not here is still
        wanted; if so returns False, and nothing has changed.
        """
        before = LocalIndex(folder, self._embedder)
        with before._writing():
            here, there = manifests.read(self.folder), manifests.read(folder)
            if here is None or there is None or still_wanted(there.documents - here.documents):
                return False
            for segment in here.segments:
                target = folder / segment.name
                shutil.rmtree(target, ignore_errors=True)  # half of it, from a time when this was cut off
                shutil.copytree(self.folder / segment.name, target, copy_function=_link)
            gone = here.documents - there.documents
            kept = (segment.without(gone) for segment in here.segments)
            manifest = replace(here, segments=tuple(segment for segment in kept if segment.live))
            manifests.write(folder, manifest)
            before._sweep(manifest.segments)
            return True

    def refold(self, load_chunks: LoadChunks) -> None:
        """Analyses the words of every passage anew, after an update that changed how; the vectors stay as they are.

        `load_chunks` gives the stored chunks of some ids (`Passages.chunks`).
        """
        with self._writing():
            manifest = manifests.read(self.folder)
            if manifest is not None and manifest.folding != str(FOLDING_VERSION):
                self._swap([new for segment in manifest.segments for new in self._refolded(segment, load_chunks)])

    def _refolded(self, segment: Segment, load_chunks: LoadChunks) -> list[Segment]:
        """The live passages of a segment that are still stored, written again."""
        folder = self.folder / segment.name
        ids, vectors, chunks, kept = chunk_ids(folder), read_vectors(folder), list[Chunk](), list[int]()
        (positions,) = np.nonzero(segment.mask)
        for first in range(0, len(positions), LOAD_AT_ONCE):
            some = {ids[at].decode(): int(at) for at in positions[first : first + LOAD_AT_ONCE]}
            stored = load_chunks(list(some))
            chunks += [stored[chunk_id] for chunk_id in some if chunk_id in stored]
            kept += [at for chunk_id, at in some.items() if chunk_id in stored]
        return [self._write(chunks, vectors[kept])] if chunks else []


def _link(source: str, target: str) -> None:
    """Another name for the same file, or a copy where the file system has no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
