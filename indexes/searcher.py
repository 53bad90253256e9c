"""Search over many collections: candidates from each index, fused over all of them, reranked, with their chunks.

Opens only the collections it is handed; who may read them is decided before. Starts no thread and keeps no copy of a
chunk: what the database no longer has cannot become a hit.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from indexes.chunk import Hit
from indexes.errors import IndexDamaged
from indexes.fusion import fuse, share_of_best, spread
from indexes.index import Embedder
from indexes.local import index_folder
from indexes.manifest import REBUILD
from indexes.passages import Passages
from indexes.reader import IndexReader
from indexes.reranker import rerank
from indexes.snapshot import Snapshot
from indexes.words import Words

CANDIDATES = 100
"""Passages taken from each index by words, and as many by meaning."""
RERANKED = 50


class Searcher:
    """Implements `Search` over the index folders in `data`. Any number of threads may search."""

    def __init__(self, data: Path, embedder: Embedder, passages: Passages) -> None:
        self._data = data
        self.embedder = embedder
        self._passages = passages
        self._readers: dict[str, IndexReader] = {}

    def search(self, collection_ids: Sequence[str], question: str, limit: int) -> list[Hit]:
        """The best `limit` hits over all those collections, best first. A collection without documents has none.

        Raises `IndexMismatch` or `IndexDamaged` when one of the indexes has to be made again.
        """
        opened = [self._open(collection_id) for collection_id in dict.fromkeys(collection_ids)]
        snapshots = [snapshot for snapshot in opened if snapshot is not None and snapshot.size]
        if not snapshots or not question.strip():
            return []
        hits = self._first_stage(snapshots, question)
        ranked = rerank(question, hits, lambda token: _idf(snapshots, token))[:limit]
        return [replace(hit, why=Words.matched(question, hit.chunk.text)) for hit in ranked]

    def _first_stage(self, snapshots: Sequence[Snapshot], question: str) -> list[Hit]:
        vector = self.embedder.question(question)
        found = [snapshot.candidates(question, vector, CANDIDATES) for snapshot in snapshots]
        ids = [chunk_id for candidates in found for chunk_id in candidates.chunk_ids]
        words = share_of_best(np.concatenate([candidates.words for candidates in found]))
        meaning = spread(np.concatenate([candidates.meaning for candidates in found]))
        scores = fuse(words, meaning, self.embedder.weight)
        best = [int(at) for at in np.argsort(-scores, kind="stable")[:RERANKED]]
        chunks = self._passages.chunks([ids[at] for at in best])
        return [
            Hit(chunks[ids[at]], float(scores[at]), {"words": float(words[at]), "meaning": float(meaning[at])})
            for at in best
            if ids[at] in chunks
        ]

    def _open(self, collection_id: str) -> Snapshot | None:
        folder = index_folder(self._data, collection_id)
        reader = self._readers.setdefault(collection_id, IndexReader(folder, self.embedder))
        snapshot = reader.snapshot()
        if snapshot is None and self._passages.ready_documents(collection_id):
            raise IndexDamaged(f"{folder} has no index, but the collection has documents; {REBUILD}")
        return snapshot


def _idf(snapshots: Sequence[Snapshot], token: str) -> float:
    """How rare a word is over all the indexes searched: the mean, each index counting by its passages."""
    return sum(s.words.idf(token) * s.size for s in snapshots) / sum(s.size for s in snapshots)
