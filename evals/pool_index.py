"""The index of a benchmark's passages, made and searched by the product's own code, and the ways of asking it.

Each passage is a document of its own, so that nothing that is done with the neighbours in a document touches it. Only
the chunks are handed out from memory and not from a database.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from evals.measured import DEPTH, Ask
from evals.questions import Passage
from hebrew.terms import question_terms
from indexes import manifest as manifests
from indexes.chunk import Chunk, Hit, Span
from indexes.index import CrossEncoder, Embedder
from indexes.local import LocalIndex, index_folder
from indexes.passages import Passages
from indexes.ranking import RERANKED
from indexes.reader import IndexReader
from indexes.searcher import Searcher

COLLECTION = "benchmark"


class PoolPassages(Passages):
    """The chunks of a pool, in memory."""

    def __init__(self, passages: Sequence[Passage], titles: bool) -> None:
        super().__init__(sa.create_engine("sqlite://"))
        self.every = [
            Chunk(
                str(number),
                str(number),
                COLLECTION,
                each.title if titles else "",
                (),
                (Span(1, 0, len(each.text)),),
                each.text,
            )
            for number, each in enumerate(passages)
        ]

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """The chunks of those ids."""
        return {id_: self.every[int(id_)] for id_ in ids}

    def ready_documents(self, collection_id: str) -> list[str]:
        """The ids of the documents of the pool."""
        return [chunk.document_id for chunk in self.every if chunk.collection_id == collection_id]

    def chunks_of_document(self, document_id: str) -> list[Chunk]:
        """The one chunk of a document."""
        return [self.every[int(document_id)]]

    def titles(self, collection_ids: Sequence[str]) -> dict[str, str]:
        """None: a passage is no document that somebody would name."""
        return {}


class PoolIndex:
    """An index of passages in the empty folder `data`. The passages are searched with their titles, or without."""

    def __init__(self, passages: Sequence[Passage], data: Path, embedder: Embedder, titles: bool) -> None:
        self._passages = passages
        self._data = data
        self._embedder = embedder
        self.stored = PoolPassages(passages, titles)
        self._folder = folder = index_folder(data, COLLECTION)
        LocalIndex(folder, embedder).rebuild([chunk] for chunk in self.stored.every)
        snapshot = IndexReader(folder).snapshot()
        if snapshot is None:
            raise RuntimeError(f"no index was written to {folder}")
        self._words = snapshot.words

    def by_words(self) -> Ask:
        """The Hebrew fields alone."""

        def ask(question: str) -> list[Passage]:
            positions, _ = self._words.best(question_terms(question), DEPTH)
            return [self._passages[position] for position in positions]

        return ask

    def by_fusion(self) -> Ask:
        """Words and meaning together, before the second look at the best. Takes as long as that: it is only undone."""
        searcher = self.searcher()

        def ask(question: str) -> list[Passage]:
            hits = searcher.ranked([COLLECTION], question, RERANKED)
            return self._found(sorted(hits, key=lambda hit: -hit.parts["base"]))

        return ask

    def as_product(self, cross_encoder: CrossEncoder | None = None) -> Ask:
        """As Darash ranks: words, meaning, the second look, and a third by a cross-encoder where there is one."""
        searcher = self.searcher(cross_encoder)
        return lambda question: self._found(searcher.ranked([COLLECTION], question, DEPTH))

    def searcher(self, cross_encoder: CrossEncoder | None = None) -> Searcher:
        """The product's own search over the passages, which are in the collection `COLLECTION`."""
        return Searcher(self._data, self._embedder, self.stored, cross_encoder=cross_encoder)

    def passage(self, chunk_id: str) -> Passage:
        """The passage that is this chunk."""
        return self._passages[int(chunk_id)]

    @contextmanager
    def without(self, ids: Collection[str]) -> Iterator[None]:
        """Meanwhile the passages of those ids are not there, as if their documents had been deleted."""
        whole = manifests.read(self._folder)
        if whole is None:
            raise RuntimeError(f"there is no index in {self._folder}")
        gone = {str(number) for number, passage in enumerate(self._passages) if passage.id in ids}
        manifests.write(self._folder, replace(whole, segments=tuple(each.without(gone) for each in whole.segments)))
        try:
            yield
        finally:
            manifests.write(self._folder, whole)

    def _found(self, hits: Sequence[Hit]) -> list[Passage]:
        return [self.passage(hit.chunk.id) for hit in hits[:DEPTH]]
