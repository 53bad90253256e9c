"""The indexes of all collections: each with the embedder it was made with, and on its way to the chosen one.

The chosen embedder makes the index of a collection that has none. Another index is brought to it by `renew`, in the
background; until then it is searched and added to with its own. An index of another version of Darash cannot be
searched nor added to; it is made again at once, by words alone where the chosen embedder is slow, and then renewed.
"""

import fcntl
import logging
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from hebrew.folding import FOLDING_VERSION
from indexes import manifest as manifests
from indexes.catalogue import Catalogue
from indexes.chunk import Chunk
from indexes.embedder import STATIC_NAME
from indexes.embedders import Embedders, WordsAlone
from indexes.errors import IndexMismatch
from indexes.index import Embedder
from indexes.local import LocalIndex, index_folder
from indexes.merging import Still
from indexes.passages import Passages
from indexes.reembedding import (
    Documents,
    Reembedding,
    forget_removed,
    forget_vectors,
    passages_in,
    reembed,
    reembedded,
    sweep,
)
from indexes.succession import SucceedingIndex

log = logging.getLogger(__name__)

Result = TypeVar("Result")

LEAVING = "leaving-"
"""How the folder of an index is called while it is removed."""
_SEARCHABLE = ("reading", "indexing", "ready")


class Indexes:
    """Writes to the indexes of a data folder. Any number of processes may."""

    def __init__(self, data: Path, catalogue: Catalogue, passages: Passages, embedders: Embedders) -> None:
        self._data, self._catalogue, self._passages, self.embedders = data, catalogue, passages, embedders

    def add(
        self,
        collection_id: str,
        document_id: str,
        chunks: Sequence[Chunk],
        *,
        instead_of: str = "",
        still: Still = lambda: None,
    ) -> None:
        """Makes a document searchable, see `LocalIndex.add`. Raises `EmbedderUnavailable` too."""
        self._do(collection_id, lambda index: index.add(document_id, chunks, instead_of=instead_of, still=still))

    def remove(self, collection_id: str, document_id: str, still: Still = lambda: None) -> None:
        """Makes a document unfindable."""
        if self._is_there(collection_id):
            self._do(collection_id, lambda index: index.remove(document_id, still))

    def holds(self, collection_id: str, document_id: str) -> bool:
        """Whether a search can find something of the document."""
        return self._is_there(collection_id) and self._do(collection_id, lambda index: index.holds(document_id))

    def purge(self, collection_id: str) -> None:
        """Leaves nothing of what was removed."""
        if not self._is_there(collection_id):
            return
        self._do(collection_id, lambda index: index.purge())
        with self._alone(collection_id, wait=False) as alone:
            if alone:  # else the other process does so
                forget_removed(self._folder(collection_id))
                forget_vectors(self._folder(collection_id), self._documents(collection_id))

    def drop(self, collection_id: str) -> None:
        """Removes the whole index of a collection that is gone. Raises `OSError` when something stays."""
        folder = self._folder(collection_id)
        leaving = folder.with_name(f"{LEAVING}{collection_id}")
        with suppress(FileNotFoundError):  # what a removal that was cut off has left
            shutil.rmtree(leaving)
        with suppress(FileNotFoundError):  # it is gone already
            folder.replace(leaving)  # whoever is still writing into it loses the place at once
            shutil.rmtree(leaving)

    def drop_unknown(self) -> None:
        """Removes the folders that belong to no collection: a writer that was too late, a removal that was cut off.

        Where most folders are unknown, the database is the wrong one, and they stay.
        """
        folders = [path for path in index_folder(self._data, "").glob("*") if path.is_dir()]
        known = self._catalogue.collection_ids()  # asked after looking: a collection is there before its folder
        orphans = [path for path in folders if path.name not in known]
        if 2 * len(orphans) <= len(folders):
            for path in orphans:
                shutil.rmtree(path, ignore_errors=True)

    def passages(self, collection_id: str) -> int:
        """How many passages of the collection can be found."""
        return passages_in(manifests.read(self._folder(collection_id)))

    def segments(self, collection_id: str) -> int:
        """Of how many segments the index consists."""
        manifest = manifests.read(self._folder(collection_id))
        return len(manifest.segments) if manifest else 0

    def merge_due(self, collection_id: str, still: Still) -> None:
        """Merges the segments of an index where there are too many."""
        if self._is_there(collection_id):
            self._do(collection_id, lambda index: index.merge_due(still))

    def rebuild(self, collection_id: str, embedder: Embedder | None = None) -> None:
        """Makes the index again from the database, whatever is there now; with the chosen embedder if none is given."""
        folder = self._folder(collection_id)
        index = LocalIndex(folder, embedder or self.embedders.chosen())
        documents = self._passages.ready_documents(collection_id)
        index.rebuild(self._passages.chunks_of_document(document_id) for document_id in documents)
        sweep(folder)

    def renew(self, collection_id: str, still: Still = lambda: None) -> bool:
        """Brings the index to this version and to the chosen embedder; whether it is there now.

        One process at a time; while another is at it nothing happens. May be interrupted by `still` and repeated.
        """
        if not self._is_there(collection_id):
            return True
        self._remake(collection_id)
        with self._alone(collection_id, wait=False) as alone:
            progress = self.progress(collection_id)
            if progress.done == progress.total:
                if alone:
                    sweep(self._folder(collection_id))
                return True
            folder, chosen = self._folder(collection_id), self.embedders.chosen()
            if not alone or not reembed(folder, chosen, self._documents(collection_id), still):
                return False
        self.purge(collection_id)
        return True

    def progress(self, collection_id: str) -> Reembedding:
        """How far the index is on its way to the chosen embedder. Raises `IndexDamaged`, `IndexMismatch`."""
        folder, chosen = self._folder(collection_id), self.embedders.chosen()
        manifest = manifests.read(folder)
        total = passages_in(manifest)
        if manifest is None or manifest.embedder == chosen.name:
            return Reembedding(collection_id, chosen.name, total, total)
        done = min(reembedded(folder, chosen.name), total - 1)
        return Reembedding(collection_id, manifest.embedder, max(0, done), max(1, total))

    def _do(self, collection_id: str, act: Callable[[LocalIndex], Result]) -> Result:
        """Once more where the index is not what it was a moment ago, or was made by another version."""
        try:
            return act(self._index(collection_id))
        except IndexMismatch:
            self._remake(collection_id)
            return act(self._index(collection_id))

    def _index(self, collection_id: str) -> LocalIndex:
        folder = self._folder(collection_id)
        manifest = manifests.read(folder)
        embedder = self.embedders.of(manifest.embedder, manifest.dimension) if manifest else self.embedders.chosen()
        return LocalIndex(folder, embedder)

    def _remake(self, collection_id: str) -> None:
        """Makes an index of another version again."""
        if self._is_of_this_version(collection_id):
            return
        with self._alone(collection_id):
            if self._is_of_this_version(collection_id):
                return
            log.info("the index of %s was made by another version of Darash and is made again", collection_id)
            try:
                manifest = manifests.read(self._folder(collection_id))
            except IndexMismatch:
                chosen = self.embedders.chosen()
                self.rebuild(collection_id, chosen if chosen.name.startswith(STATIC_NAME) else WordsAlone())
                return
            if manifest is not None:
                made_with = WordsAlone(manifest.embedder, manifest.dimension)
                SucceedingIndex(self._folder(collection_id), made_with).refold(self._passages.chunks)

    def _is_there(self, collection_id: str) -> bool:
        return (self._folder(collection_id) / manifests.FILE).exists()

    def _is_of_this_version(self, collection_id: str) -> bool:
        try:
            manifest = manifests.read(self._folder(collection_id))
        except IndexMismatch:
            return False
        return manifest is None or manifest.folding == str(FOLDING_VERSION)

    def _documents(self, collection_id: str) -> Documents:
        def wanted(ids: Collection[str]) -> bool:
            records = self._catalogue.documents(collection_id) if ids else []
            return any(record.id in ids and record.state in _SEARCHABLE for record in records)

        return Documents(
            lambda: self._passages.ready_documents(collection_id),
            wanted,
            self._passages.chunks_of_document,
        )

    def _folder(self, collection_id: str) -> Path:
        return index_folder(self._data, collection_id)

    @contextmanager
    def _alone(self, collection_id: str, *, wait: bool = True) -> Iterator[bool]:
        """Only one process at a time makes an index anew. Yields whether it is this one."""
        folder = self._folder(collection_id)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "renewing").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
            else:
                yield True
