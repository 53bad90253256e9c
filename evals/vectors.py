"""How the nearest vectors are found, ours beside others of FAISS: `python -m evals.vectors [--sizes 1000,100000]`.

The vectors are those that the shipped embedder gives to the sentences of the development data, to pairs of neighbouring
sentences and to whole paragraphs; the questions are real ones. What is found is held against comparing everything with
32 bits. Times are seconds of one core that the search itself took, so that a busy machine changes them little.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

import numpy as np

from evals.benchmark import load
from evals.pool_files import read_pool
from hebrew.sentences import sentences
from indexes.embedder import STATIC, open_embedder
from indexes.faiss_library import Matrix, Positions, make_index, use_one_core
from indexes.vectors import Vectors, write_vectors

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
QUESTIONS = 200
COUNT = 100
HNSW_UNTIL = 100_000
"""Building this index of a million takes a quarter of an hour of one core."""
_EMBED_AT_ONCE = 5000

Search = Callable[[Matrix], Positions]


@dataclass(frozen=True, slots=True)
class Tried:
    """An index of `size` vectors: what it cost to build (seconds) and keep (MB), and how it searches."""

    name: str
    build: float
    megabytes: float
    search: Search


def texts(data: Path) -> Iterator[str]:
    """The paragraphs of the development data with their sentences, then each two neighbouring sentences."""
    passages = [passage.text for passage in read_pool([data / "retrieval" / "distractors.jsonl.xz"])]
    for text in passages:
        yield text
        yield from (text[start:end] for start, end in sentences(text))
    for text in passages:
        yield from (text[start:end] for (start, _), (_, end) in pairwise(sentences(text)))


def vectors_of(data: Path, count: int) -> Matrix:
    """The vectors of the first `count` texts, in an order that is mixed and always the same."""
    embedder, wanted, rows = open_embedder(STATIC), islice(texts(data), count), list[Matrix]()
    while some := list(islice(wanted, _EMBED_AT_ONCE)):
        rows.append(embedder.passages(some))
    return np.random.default_rng(0).permutation(np.concatenate(rows))


def ours(rows: Matrix, folder: Path) -> Tried:
    """The index of this project, one segment."""
    started = time.process_time()
    write_vectors(folder, rows)
    build = time.process_time() - started
    opened = Vectors([folder], [np.ones(len(rows), np.bool_)])
    size = sum(path.stat().st_size for path in folder.iterdir())
    kind = next((path.stem for path in folder.glob("codes_*")), "exact")
    return Tried(f"ours ({kind})", build, size / 1e6, lambda question: opened.nearest(question, COUNT)[0])


def others(rows: Matrix) -> Iterator[Tried]:
    """What FAISS offers besides: everything compared in 32, 16 and 8 bits, IVF of several widths, HNSW."""
    lists = int(4 * len(rows) ** 0.5)
    for description, bytes_each in (("Flat", 4.0), ("SQfp16", 2.0), ("SQ8", 1.0)):
        yield from _tried(description, rows, bytes_each, {"": lambda _: None})
    if lists * 39 <= len(rows):
        widths = {f" {share:.0%} of lists": _probing(int(lists * share)) for share in (0.05, 0.25, 0.5)}
        yield from _tried(f"IVF{lists},SQ8", rows, 1.0, widths)
    if len(rows) <= HNSW_UNTIL:
        efforts = {f" ef {effort}": _trying(effort) for effort in (100, 400)}
        yield from _tried("HNSW32_SQ8", rows, 1.0 + 256 / rows.shape[1], efforts)


def _tried(
    description: str, rows: Matrix, bytes_each: float, settings: dict[str, Callable[[object], None]]
) -> Iterator[Tried]:
    started = time.process_time()
    index = make_index(description, rows)
    build = time.process_time() - started
    for name, apply in settings.items():
        apply(index)
        yield Tried(description + name, build, bytes_each * rows.size / 1e6, lambda q: index.search(q, COUNT)[1][0])


def _probing(lists: int) -> Callable[[object], None]:
    return lambda index: setattr(index, "nprobe", lists)


def _trying(effort: int) -> Callable[[object], None]:
    return lambda index: setattr(index.hnsw, "efSearch", effort)  # type: ignore[attr-defined]


def measure(tried: Tried, rows: Matrix, questions: Matrix) -> str:
    """A line of the table: recall@10 and @100 in percent, milliseconds (median and 95 of 100), seconds, MB.

    A passage found counts when nothing that was left out is nearer, so that equals may stand for each other.
    """
    shares, spent = [], []
    for question in questions:
        started = time.thread_time()
        found = tried.search(question[None])
        spent.append(1000 * (time.thread_time() - started))
        products = rows @ question
        shares.append([_share(products, found[:count], count) for count in (10, COUNT)])
    ten, hundred = 100 * np.mean(shares, axis=0)
    half, most = np.percentile(spent, [50, 95])
    return (
        f"{len(rows):9,} {tried.name:26} {ten:6.1f} {hundred:6.1f} {half:7.2f} {most:7.2f} "
        f"{tried.build:8.1f} {tried.megabytes:8.0f}"
    )


def _share(products: Matrix, found: Positions, count: int) -> float:
    least = np.partition(products, -count)[-count]
    return float((products[found] >= least - 1e-6).sum()) / count


def main(arguments: list[str] | None = None) -> int:
    """Prints a table of every index at every size."""
    parser = argparse.ArgumentParser(prog="python -m evals.vectors", description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000,100000", help="vectors, with commas between them")
    parser.add_argument("--only-ours", action="store_true", help="without the other indexes of FAISS")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the development data")
    options = parser.parse_args(arguments)
    sizes = [int(size) for size in options.sizes.split(",")]
    try:
        rows = vectors_of(options.data, max(sizes))
        asked = load("parashoot_train", options.data / "retrieval", 0).questions
    except FileNotFoundError as error:
        sys.stderr.write(f"The development data is not there ({error.filename}). Say where it is with --data FOLDER.\n")
        return 2
    embedder = open_embedder(STATIC)
    questions = np.concatenate([embedder.question(each.text) for each in asked[:: len(asked) // QUESTIONS]])
    use_one_core()
    print(f"{'vectors':>9} {'index':26} {'R@10':>6} {'R@100':>6} {'ms p50':>7} {'p95':>7} {'build s':>8} {'MB':>8}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            print(measure(ours(rows[:size], Path(folder)), rows[:size], questions), flush=True)
        for tried in others(rows[:size]) if not options.only_ours else ():
            print(measure(tried, rows[:size], questions), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
