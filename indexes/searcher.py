"""Search over many collections: their indexes are opened, ranked together, and the best passages become hits.

Opens only the collections it is handed; who may read them is decided before. Starts no thread and keeps no copy of a
chunk: what the database no longer has cannot become a hit.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

import numpy as np

from hebrew.terms import Pair, Term, question_terms
from indexes.chunk import Hit
from indexes.embedders import EmbedderOf, only
from indexes.errors import CrossEncoderUnavailable, IndexDamaged
from indexes.fusion import spread
from indexes.glossary import Glossaries
from indexes.index import CrossEncoder, Embedder
from indexes.local import index_folder
from indexes.manifest import REBUILD
from indexes.passages import Passages
from indexes.ranking import Ranking, Source, rank
from indexes.reader import IndexReader
from indexes.shape import fingerprint, shaped
from indexes.snapshot import Snapshot

READ_BY_CROSS_ENCODER = 30
CROSS_WEIGHT = 2.0
"""How much a cross-encoder counts beside our own score, both spread over the passages it reads. Not measured: published
ones order Hebrew passages far better than word matching does, so more than 1."""
_LOADED_AT_ONCE = 12
"""Chunks asked of the database together: about as many as a list of hits looks at."""

_Terms = Mapping[str, tuple[Term, ...]]
"""What is looked for in each collection."""

_log = logging.getLogger(__name__)


class Searcher:
    """Implements `Search` over the index folders in `data`. Any number of threads may search."""

    def __init__(
        self,
        data: Path,
        embedder: Embedder,
        passages: Passages,
        glossaries: Glossaries | None = None,
        cross_encoder: CrossEncoder | None = None,
        embedder_of: EmbedderOf | None = None,
    ) -> None:
        """`embedder_of` gives the embedder of an index; else only indexes of `embedder` are compared by meaning."""
        self._data = data
        self.embedder = embedder
        self._embedder_of = embedder_of or only(embedder)
        self._passages = passages
        self._glossaries = glossaries
        self._cross_encoder = cross_encoder
        self._readers: dict[str, IndexReader] = {}

    def search(self, collection_ids: Sequence[str], question: str, limit: int, pairs: Sequence[Pair] = ()) -> list[Hit]:
        """The best `limit` hits over all those collections, best first. A collection without documents has none.

        `pairs` join the glossary of every collection for this one search: they never take the place of a word.
        Neighbouring passages are one hit, copies collapse, and one document does not fill the list alone
        (`indexes.shape`). Raises `IndexMismatch` or `IndexDamaged` when one of the indexes has to be made again.
        """
        terms = {each: self.terms(each, question, pairs) for each in collection_ids}
        ranking = self._ranking(terms, question)
        if ranking is None:
            return []
        number = {chunk_id: at for at, chunk_id in enumerate(ranking.chunk_ids)}
        hits = self._second_opinion(question, self._hits(ranking, terms))
        marked = ((hit, fingerprint(ranking.tokens, number[hit.chunk.id])) for hit in hits)
        return shaped(marked, question, limit, self._passages.text)

    def ranked(self, collection_ids: Sequence[str], question: str, limit: int) -> list[Hit]:
        """The best `limit` passages one by one, as they are ranked. Raises like `search`."""
        terms = {each: self.terms(each, question) for each in collection_ids}
        ranking = self._ranking(terms, question)
        hits = self._second_opinion(question, self._hits(ranking, terms)) if ranking else iter(())
        return list(islice(hits, limit))

    def terms(self, collection_id: str, question: str, pairs: Sequence[Pair] = ()) -> tuple[Term, ...]:
        """What a search in that collection looks for."""
        glossary = self._glossaries.pairs(collection_id) if self._glossaries else ()
        return question_terms(question, (*glossary, *pairs))

    def _ranking(self, terms: _Terms, question: str) -> Ranking | None:
        opened = [(each, self._open(each)) for each in terms]
        snapshots = [(terms[each], snapshot) for each, snapshot in opened if snapshot is not None and snapshot.size]
        if not snapshots or not question.strip():
            return None
        return rank(question, [self._source(snapshot, wanted, question) for wanted, snapshot in snapshots])

    def _source(self, snapshot: Snapshot, terms: tuple[Term, ...], question: str) -> Source:
        embedder = self._embedder_of(snapshot.manifest.embedder, snapshot.manifest.dimension)
        return Source(snapshot, terms, embedder.question(question), embedder.weight)

    def _hits(self, ranking: Ranking, terms: _Terms) -> Iterator[Hit]:
        """The passages of a ranking that the database still has, loaded as they are asked for."""
        for first in range(0, len(ranking.chunk_ids), _LOADED_AT_ONCE):
            ids = ranking.chunk_ids[first : first + _LOADED_AT_ONCE]
            chunks = self._passages.chunks(ids)
            for at, chunk_id in enumerate(ids, start=first):
                # A document that was moved is in the index of its old collection for a moment.
                if chunk_id in chunks and chunks[chunk_id].collection_id in terms:
                    chunk, score = chunks[chunk_id], float(ranking.scores[at])
                    parts = {name: float(values[at]) for name, values in ranking.parts.items()}
                    yield Hit(chunk, score, parts, terms=terms[chunk.collection_id])

    def _second_opinion(self, question: str, hits: Iterator[Hit]) -> Iterator[Hit]:
        """The first hits in the order of the cross-encoder and ours together, the others as they are."""
        if self._cross_encoder is None:
            return hits
        read = list(islice(hits, READ_BY_CROSS_ENCODER))
        try:
            said = self._cross_encoder.scores(question, [hit.chunk.searchable for hit in read])
        except CrossEncoderUnavailable as error:
            _log.warning("the passages stay in the order of the first search: the cross-encoder did not score them")
            _log.debug("%s", error)  # model servers quote what they were sent
            return chain(read, hits)
        cross, ours = spread(said), spread(np.array([hit.score for hit in read], np.float32))
        # Above all that it has not read, whose scores are at most 1.
        both = 1 + (ours + np.float32(CROSS_WEIGHT) * cross) / (1 + CROSS_WEIGHT)
        scored = [
            replace(hit, score=float(score), parts={**hit.parts, "cross": float(part)})
            for hit, score, part in zip(read, both, cross, strict=True)
        ]
        return chain(sorted(scored, key=lambda hit: -hit.score), hits)

    def _open(self, collection_id: str) -> Snapshot | None:
        folder = index_folder(self._data, collection_id)
        reader = self._readers.setdefault(collection_id, IndexReader(folder))
        snapshot = reader.snapshot()
        if snapshot is None and self._passages.ready_documents(collection_id):
            raise IndexDamaged(f"{folder} has no index, but the collection has documents; {REBUILD}")
        return snapshot
