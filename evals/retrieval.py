"""How well passages are found: `darash eval retrieval --questions FILE --pool FILE... [--json OUT] [--html OUT]`.

Asks every question over the paragraphs of its own file and those of the pool, in several ways side by side, from plain
words to what Darash does by default, and prints percentages with 95 % intervals and paired tests.

What to give, for example:
  --questions heq_val --pool small     a set and a pool of the development data: 10 thousand paragraphs
  --questions heq_val --pool full      92 thousand
  --questions heq.json --pool squad.json texts.jsonl.xz
                                       HeQ, ParaShoot and SQuAD files, or objects with id, title and text, in any mix
  --beir FOLDER                        corpus.jsonl, queries.jsonl, qrels/*.tsv
  --questions mine.jsonl --collection NAME
                                       your own questions to your own documents: an object a line, with question and
                                       document (title or file name), passage (a piece of its text), or both
"""

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from evals.benchmark import POOLS, SETS, Benchmark, read_benchmark
from evals.configurations import Asked, configurations, tell
from evals.delivery import Forms, deliver
from evals.measured import Measured, measure
from evals.outcome import Outcome, as_json, as_text, outcome
from evals.overlap import least_overlapping
from evals.own_collection import open_collection
from evals.own_questions import own_questions
from evals.question_files import entries_of
from evals.report import as_html
from hebrew.folding import FOLDING_VERSION
from indexes.settings import IndexSettings

FOLDER = Path(__file__).parent.parent.parent / "shared" / "data"


def evaluate(options: argparse.Namespace) -> Outcome:
    """Everything that the options ask for. Raises `Unreadable`, `OSError`, and the errors of `indexes.errors`."""
    started, began = time.perf_counter(), time.process_time()
    if options.collection:
        benchmark, measured, about = _of_collection(options)
    else:
        source = str(options.beir or options.questions)
        benchmark = read_benchmark(source, options.pool, options.limit, options.data / "retrieval")
        tell(f"{len(benchmark.questions)} questions over {len(benchmark.passages)} passages")
        measured = list(configurations(benchmark, _asked(options)))
        about = {"questions": source, "pool": options.pool, "limit": options.limit, "titles": options.titles}
    least = np.zeros(len(benchmark.questions), np.bool_)
    if options.least_overlap:
        least = least_overlapping(benchmark.questions, benchmark.passages)
    seconds = {"wall": time.perf_counter() - started, "cpu": time.process_time() - began}
    facts = {
        "settings": {**about, "embedder": options.embedder, "cross_encoder": options.cross_encoder},
        "sizes": {"questions": len(benchmark.questions), "passages": len(benchmark.passages)},
        "seconds": {name: round(value, 1) for name, value in seconds.items()},
        "versions": versions(),
    }
    return outcome(measured, benchmark, least, facts)


def _asked(options: argparse.Namespace) -> Asked:
    keys = IndexSettings()
    return Asked(
        options.titles,
        options.embedder,
        options.cross_encoder,
        keys.embedder_api_key.get_secret_value(),
        keys.cross_encoder_api_key.get_secret_value(),
    )


def _of_collection(options: argparse.Namespace) -> tuple[Benchmark, list[Measured], Mapping[str, Any]]:
    path = Path(options.questions)
    benchmark = own_questions(path, entries_of(path), None)
    ask, documents = open_collection(options.collection, IndexSettings())
    about = {"questions": str(path), "collection": options.collection, "documents": documents}
    return benchmark, [measure("Darash", benchmark.questions, ask)], about


def versions() -> dict[str, str]:
    """Versions of what a result depends on."""
    found = {"folding": str(FOLDING_VERSION)}
    for package in ("darash", "numpy", "faiss-cpu", "bm25s"):
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    summary, _, rest = __doc__.partition("\n")
    parser = argparse.ArgumentParser(
        "darash eval retrieval",
        description=summary,
        epilog=rest,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--questions", help=f"a file of questions, or one of {', '.join(SETS)} of the development data")
    which.add_argument("--beir", type=Path, help="a folder in the form of BEIR")
    parser.add_argument(
        "--pool", nargs="+", default=[], help=f"files of more passages, or one of {', '.join(POOLS)} (development data)"
    )
    parser.add_argument("--limit", type=int, help="take so many passages of a pool file, those of a wiki first")
    parser.add_argument("--collection", default="", help="ask this collection of the data folder instead of a pool")
    parser.add_argument("--json", type=Path, help="write everything there")
    parser.add_argument("--html", type=Path, help="write a report in Hebrew there")
    parser.add_argument("--no-titles", dest="titles", action="store_false", help="leave the titles of passages out")
    parser.add_argument("--least-overlap", action="store_true", help="also the questions that share the fewest words")
    parser.add_argument("--embedder", default="", help="compare this embedder too: a model, its folder or an address")
    parser.add_argument("--cross-encoder", default="", help="compare this cross-encoder too, over the best passages")
    parser.add_argument("--data", type=Path, default=FOLDER, help="the folder of the development data")
    options = parser.parse_args(arguments)
    if options.collection and (options.beir or options.pool):
        parser.error("--collection goes with --questions alone: its documents are the pool")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the tables and writes the files. Returns 0, or 2 when something cannot be read."""
    options = _options(arguments)
    return deliver("darash eval retrieval", options, lambda: evaluate(options), Forms(as_text, as_json, as_html))


if __name__ == "__main__":
    sys.exit(main())
