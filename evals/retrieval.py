"""How well passages are found: `python -m evals.retrieval --set heq_val`.

Builds an index of the passages in a temporary folder with Darash's own code, asks every question in several ways, and
prints one table of percentages. Without `--titles` only the text of a passage is indexed, as in published results.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np

from evals.benchmark import SETS, Benchmark, Passage, load
from evals.metrics import ndcg_at_k, recall_at_k, reciprocal_rank
from evals.plain import PlainWords
from indexes.catalogue import Catalogue
from indexes.chunk import Chunk, Hit, Span
from indexes.database import connect, migrate
from indexes.embedder import open_embedder
from indexes.index import Embedder
from indexes.local import LocalIndex, index_folder
from indexes.passages import Passages
from indexes.reader import IndexReader
from indexes.reranker import rerank
from indexes.searcher import RERANKED, Searcher
from indexes.words import Words

FOLDER = Path(__file__).parent.parent.parent / "shared" / "data"
COLUMNS = ("R@1", "R@5", "R@10", "R@50", "MRR@10", "nDCG@10")
_DEPTH = 50

Ask = Callable[[str], list[str]]
"""A question to ids of passages, best first."""


@dataclass(frozen=True, slots=True)
class Built:
    """An index of the passages of a benchmark, ready to be asked."""

    chunks: Sequence[Chunk]
    words: Words
    searcher: Searcher
    collection_id: str


def build(passages: Sequence[Passage], data: Path, embedder: Embedder, titles: bool) -> Built:
    """Stores and indexes the passages in the empty folder `data`, one chunk each."""
    engine = connect(f"sqlite:///{data / 'darash.sqlite3'}")
    migrate(engine)
    stored = Passages(engine)
    catalogue = Catalogue(engine)
    collection_id = catalogue.collection_named("benchmark").id
    document_id = "benchmark"
    catalogue.add_document(document_id, collection_id, "benchmark.txt", document_id, 0)
    chunks = [
        Chunk(each.id, document_id, collection_id, each.title if titles else "", (), (Span(1, 0, 0),), each.text)
        for each in passages
    ]
    stored.store(document_id, [], chunks)
    folder = index_folder(data, collection_id)
    LocalIndex(folder, embedder, stored.chunks).add(document_id, chunks)
    snapshot = IndexReader(folder, embedder).snapshot()
    if snapshot is None:
        raise RuntimeError(f"no index was written to {folder}")
    return Built(chunks, snapshot.words, Searcher(data, embedder, stored), collection_id)


def systems(built: Built) -> dict[str, Ask]:
    """The ways of asking that are compared, by name, from the plainest on."""
    plain = PlainWords([chunk.searchable for chunk in built.chunks])

    def by_fields(question: str) -> list[Hit]:
        scores = built.words.scores(question)
        best = np.argsort(-scores, kind="stable")[:RERANKED]
        return [Hit(built.chunks[place], float(scores[place])) for place in best if scores[place] > 0]

    return {
        "plain word BM25": lambda question: [built.chunks[place].id for place in plain.ranked(question, _DEPTH)],
        "Hebrew fields": lambda question: _ids(by_fields(question)),
        "Hebrew fields, reranked": lambda question: _ids(rerank(question, by_fields(question), built.words.idf)),
        "the same with vectors": lambda question: _ids(built.searcher.search([built.collection_id], question, _DEPTH)),
    }


def measure(benchmark: Benchmark, ask: Ask) -> tuple[float, ...]:
    """The means over all questions, in the order of `COLUMNS`."""
    rows = []
    for question in benchmark.questions:
        ranked, relevant = ask(question.text), question.relevant
        recalls = [recall_at_k(ranked, relevant, k) for k in (1, 5, 10, 50)]
        rows.append((*recalls, reciprocal_rank(ranked, relevant, 10), ndcg_at_k(ranked, relevant, 10)))
    return tuple(mean(column) for column in zip(*rows, strict=True))


def _ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.chunk.id for hit in hits]


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.retrieval", description=__doc__.partition("\n")[0])
    parser.add_argument("--set", choices=sorted(SETS), default="heq_val", help="the questions")
    parser.add_argument("--pool", type=int, default=10_000, help="paragraphs added that answer nothing")
    parser.add_argument("--embedder", default="static", help="`static`, or a sentence-transformers model")
    parser.add_argument("--titles", action="store_true", help="index the titles with the passages")
    parser.add_argument("--data", type=Path, default=FOLDER, help="the folder of the development data")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table. Returns 0, or 2 when the development data is not there."""
    options = _options(arguments)
    try:
        benchmark = load(options.set, options.data / "retrieval", options.pool)
    except FileNotFoundError as error:
        sys.stderr.write(f"The development data is not there ({error.filename}). Say where it is with --data FOLDER.\n")
        return 2
    out = sys.stdout.write
    out(f"{options.set}: {len(benchmark.questions)} questions over {len(benchmark.passages)} passages, ")
    out(f"embedder {options.embedder}, {'with' if options.titles else 'without'} titles\n")
    out(f"{'':26}" + "".join(f"{column:>9}" for column in COLUMNS) + f"{'ms':>8}\n")
    with tempfile.TemporaryDirectory() as folder:
        built = build(benchmark.passages, Path(folder), open_embedder(options.embedder), options.titles)
        for name, ask in systems(built).items():
            start = time.perf_counter()
            row = measure(benchmark, ask)
            took = 1000 * (time.perf_counter() - start) / len(benchmark.questions)
            out(f"{name:26}" + "".join(f"{100 * value:9.1f}" for value in row) + f"{took:8.1f}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
