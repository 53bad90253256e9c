"""How search and indexing grow with the collection: `python -m evals.growth --sizes 1000,10000,100000 --svg OUT`.

For each size a collection is grown from real passages (`evals/grown.py`), stored and indexed by Darash's own code, and
then asked real questions by a process of its own: words, vectors, the second look and the chunks from the database, one
question after the other. Memory is what that process has more than before it opened the index: of its own, and mapped
from files, which the system takes back when it needs it. `searchable` is the time from chunks at hand to the first
search that finds them, of a document more. Wall-clock times, so that a busy machine shows.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from evals.benchmark import load
from evals.grown import CHUNKS_OF_DOCUMENT, grown_documents
from evals.growth_plot import Panel, drawing
from evals.pool_files import read_pool
from evals.questions import Passage
from evals.retrieval import FOLDER
from indexes.catalogue import Catalogue
from indexes.chunk import Chunk
from indexes.database import connect, migrate
from indexes.embedder import open_embedder
from indexes.local import LocalIndex, index_folder
from indexes.passages import Passages
from indexes.searcher import Searcher

QUESTIONS = 300
HITS = 8
WARMING = 100
"""Questions asked before the clock runs."""
COLLECTION = "growth"
COLUMNS = (
    "chunks",
    "p50 ms",
    "p95 ms",
    "cpu p95",
    "index s",
    "cpu s",
    "chunks/s",
    "own MB",
    "mapped MB",
    "disk MB",
    "add s",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking took: milliseconds a question, megabytes, and the seconds until a new document was found.

    `half` of the questions were answered in so much time, 95 of 100 in `most`, of which `processor` was computing.
    """

    half: float
    most: float
    processor: float
    own: float
    mapped: float
    searchable: float


@dataclass(frozen=True, slots=True)
class Grown:
    """A number of chunks, with what indexing them took, in seconds and megabytes, and what asking took.

    `processor` is how many of those seconds were computing, of all cores together.
    """

    size: int
    seconds: float
    processor: float
    disk: float
    asked: Asked


class _Clocked:
    """Hands on documents, and knows how long it waited for them."""

    def __init__(self, documents: Iterator[list[Chunk]]) -> None:
        self._documents, self.waited, self.waited_computing = documents, 0.0, 0.0

    def __iter__(self) -> Iterator[list[Chunk]]:
        while True:
            began, processor = time.perf_counter(), time.process_time()
            chunks = next(self._documents, None)
            self.waited += time.perf_counter() - began
            self.waited_computing += time.process_time() - processor
            if chunks is None:
                return
            yield chunks


def measure(passages: Sequence[Passage], questions: Sequence[str], size: int, data: Path) -> Grown:
    """Grows a collection in the empty folder `data`."""
    engine = connect(f"sqlite:///{data / 'darash.sqlite3'}")
    migrate(engine)
    catalogue, stored = Catalogue(engine), Passages(engine)
    collection_id = catalogue.collection_named(COLLECTION).id
    for chunks in grown_documents(passages, size, collection_id):
        store(catalogue, stored, chunks)
    folder = index_folder(data, collection_id)
    documents, index = (
        _Clocked(grown_documents(passages, size, collection_id)),
        LocalIndex(folder, open_embedder("static")),
    )
    began, processor = time.perf_counter(), time.process_time()
    index.rebuild(documents)
    seconds = time.perf_counter() - began - documents.waited
    processor = time.process_time() - processor - documents.waited_computing
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    (new,) = grown_documents(passages, CHUNKS_OF_DOCUMENT, collection_id, seed=2)
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        asked = process.submit(ask, data, questions, [_renamed(chunk) for chunk in new]).result()
    return Grown(size, seconds, processor, disk, asked)


def ask(data: Path, questions: Sequence[str], new: Sequence[Chunk]) -> Asked:
    """Asks every question, some of them before to warm up, and then adds a new document and asks for it."""
    engine = connect(f"sqlite:///{data / 'darash.sqlite3'}")
    embedder, stored, collection_id = open_embedder("static"), Passages(engine), new[0].collection_id
    searcher = Searcher(data, embedder, stored)
    embedder.question(questions[0])
    before = _memory()
    for question in questions[:WARMING]:
        searcher.search([collection_id], question, HITS)
    took = []
    for question in questions:
        began, processor = time.perf_counter(), time.process_time()
        searcher.search([collection_id], question, HITS)
        took.append((time.perf_counter() - began, time.process_time() - processor))
    wall, processor_times = 1000 * np.array(took).T
    own, mapped = (now - then for now, then in zip(_memory(), before, strict=True))
    began = time.perf_counter()
    store(Catalogue(engine), stored, new)
    LocalIndex(index_folder(data, collection_id), embedder).add(new[0].document_id, new)
    hits = searcher.search([collection_id], new[0].text, HITS)
    if new[0].document_id not in {hit.chunk.document_id for hit in hits}:
        raise RuntimeError("a new document is not found")
    searchable = time.perf_counter() - began
    half, most = np.percentile(wall, (50, 95))
    return Asked(float(half), float(most), float(np.percentile(processor_times, 95)), own, mapped, searchable)


def store(catalogue: Catalogue, stored: Passages, chunks: Sequence[Chunk]) -> None:
    """Puts a document with those chunks into the database."""
    first = chunks[0]
    catalogue.add_document(first.document_id, first.collection_id, "grown.txt", first.document_id, 0)
    stored.store(first.document_id, [], chunks)


def _renamed(chunk: Chunk) -> Chunk:
    return replace(chunk, id=f"new-{chunk.id}", document_id="new")


def _memory() -> tuple[float, float]:
    """Megabytes of this process that are its own, and that are mapped from files."""
    said = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("utf-8").splitlines())
    own, mapped = (int(said[name].split()[0]) / 1024 for name in ("RssAnon", "RssFile"))
    return own, mapped


def _row(grown: Grown) -> str:
    asked = grown.asked
    values = (asked.half, asked.most, asked.processor, grown.seconds, grown.processor, grown.size / grown.seconds)
    numbers = [f"{value:>11,.1f}" for value in (*values, asked.own, asked.mapped, grown.disk)]
    return f"{grown.size:>11,}{''.join(numbers)}{asked.searchable:>11.2f}\n"


def _drawn(rows: Sequence[Grown]) -> str:
    panels = [
        Panel(
            "Query, ms",
            {
                "95 %": [row.asked.most for row in rows],
                "50 %": [row.asked.half for row in rows],
                "95 %, computing": [row.asked.processor for row in rows],
            },
        ),
        Panel(
            "Indexing, s", {"all": [row.seconds for row in rows], "one more": [row.asked.searchable for row in rows]}
        ),
        Panel(
            "Memory, MB",
            {"mapped": [max(1, row.asked.mapped) for row in rows], "own": [max(1, row.asked.own) for row in rows]},
        ),
        Panel("Disk, MB", {"index": [row.disk for row in rows]}),
    ]
    return drawing([row.size for row in rows], panels)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line for each size. Returns 0, or 2 when the development data is not there."""
    parser = argparse.ArgumentParser(prog="python -m evals.growth", description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000,100000", help="chunks, with commas between them")
    parser.add_argument("--svg", type=Path, help="draw the growth into this file")
    parser.add_argument("--scratch", type=Path, help="where the collections are made; they are removed again")
    parser.add_argument("--data", type=Path, default=FOLDER, help="the folder of the development data")
    options = parser.parse_args(arguments)
    try:
        passages = list(read_pool([options.data / "retrieval" / "distractors.jsonl.xz"]))
        questions = [question.text for question in load("heq_val", options.data / "retrieval", 0).questions]
    except FileNotFoundError as error:
        sys.stderr.write(f"The development data is not there ({error.filename}). Say where it is with --data FOLDER.\n")
        return 2
    chosen = questions[:: len(questions) // QUESTIONS]
    sys.stdout.write("".join(f"{name:>11}" for name in COLUMNS) + "\n")
    rows = []
    for size in (int(size) for size in options.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
            rows.append(measure(passages, chosen, size, Path(folder)))
        sys.stdout.write(_row(rows[-1]))
        sys.stdout.flush()
        if options.svg:
            options.svg.write_text(_drawn(rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
