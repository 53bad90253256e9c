"""How good answers are: `darash eval answers [--questions FILE --pool FILE... [--json OUT] [--html OUT]]`.

Without options: the questions of the sample collection, in quotation mode. Else every question is put to the whole
product over the paragraphs of its own file and those of the pool: once with the paragraph that answers it in the index,
once without it, and so are the questions that nothing answers. With a model server, that of `DARASH_MODEL_URL` or
`--model-url`, the model answers, and times are measured; else answers are quoted.

What to give, for example:
  --questions heq_val --pool small     a set and a pool of the development data: 10 thousand paragraphs
  --questions heq_val --pool full      92 thousand
  --questions heq.json --pool squad.json texts.jsonl.xz
                                       HeQ, ParaShoot and SQuAD files, or objects with id, title and text, in any mix
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from answers.serving.pool import open_model
from answers.settings import AnswerSettings
from evals.answered import Answered, ask_all
from evals.answers_outcome import AnswersOutcome, as_json, as_text, outcome_of
from evals.answers_report import as_html
from evals.benchmark import POOLS, SETS, Benchmark, read_benchmark
from evals.configurations import indexed, mixed, tell
from evals.delivery import Forms, deliver
from evals.pool_index import PoolIndex
from evals.retrieval import FOLDER, versions
from evals.sample_answers import print_samples
from indexes.embedder import STATIC, open_embedder


def evaluate(options: argparse.Namespace, settings: AnswerSettings) -> AnswersOutcome:
    """Everything that the options ask for. Raises `Unreadable`, `OSError`, `AnswersError` and `IndexesError`."""
    started, began = time.perf_counter(), time.process_time()
    benchmark = read_benchmark(options.questions, options.pool, None, options.data / "retrieval")
    benchmark = some_of(benchmark, options.limit) if options.limit else benchmark
    asked = {"answerable": len(benchmark.questions), "unanswerable": len(benchmark.unanswerable)}
    tell(f"{asked['answerable']} questions, and {asked['unanswerable']} that nothing answers")
    with indexed(mixed(benchmark.passages), open_embedder(STATIC), titles=True) as index:
        answered, model = asyncio.run(_answered(benchmark, index, settings, options.parallel))
    seconds = {"wall": time.perf_counter() - started, "cpu": time.process_time() - began}
    return outcome_of(
        answered,
        {
            "settings": {"questions": options.questions, "pool": options.pool, "limit": options.limit, "model": model},
            "sizes": {**asked, "passages": len(benchmark.passages)},
            "seconds": {name: round(value, 1) for name, value in seconds.items()},
            "versions": versions(),
        },
    )


def some_of(benchmark: Benchmark, count: int) -> Benchmark:
    """About so many of the answerable questions, from all over the file, and as large a part of the others."""
    step = max(1, len(benchmark.questions) // count)
    return replace(
        benchmark, questions=benchmark.questions[::step][:count], unanswerable=benchmark.unanswerable[::step]
    )


async def _answered(
    benchmark: Benchmark, index: PoolIndex, settings: AnswerSettings, parallel: int
) -> tuple[list[Answered], str]:
    """The answers, and the name of the model that wrote them, "" for quotations."""
    model = open_model(settings)
    if model is None:
        return await ask_all(benchmark, index, None, 1, tell), ""
    try:
        name = (await model.model()).name
        return await ask_all(benchmark, index, model, parallel, tell), name
    finally:
        await model.close()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    summary, _, rest = __doc__.partition("\n")
    parser = argparse.ArgumentParser(
        "darash eval answers", description=summary, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--questions", default="", help=f"a file of questions, or one of {', '.join(SETS)} of the development data"
    )
    parser.add_argument(
        "--pool", nargs="+", default=[], help=f"files of more passages, or one of {', '.join(POOLS)} (development data)"
    )
    parser.add_argument("--limit", type=int, help="ask only about so many of the questions, from all over the file")
    parser.add_argument("--json", type=Path, help="write everything there")
    parser.add_argument("--html", type=Path, help="write a report in Hebrew there")
    parser.add_argument("--model-url", help="the model server to ask, instead of DARASH_MODEL_URL; '' for quotations")
    parser.add_argument("--model-name", help="the model to ask for, instead of DARASH_MODEL_NAME")
    parser.add_argument("--parallel", type=int, default=1, help="questions asked of a model at once (default 1)")
    parser.add_argument("--data", type=Path, default=FOLDER, help="the folder of the development data")
    options = parser.parse_args(arguments)
    if not options.questions and (options.pool or options.json or options.html or options.limit):
        parser.error("--questions is missing")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the tables and writes the files. Returns 0, or 2 when something cannot be read or reached."""
    options = _options(arguments)
    if not options.questions:
        print_samples()
        return 0
    given = {"model_url": options.model_url, "model_name": options.model_name}
    settings = AnswerSettings(**{name: value for name, value in given.items() if value is not None})
    return deliver(
        "darash eval answers", options, lambda: evaluate(options, settings), Forms(as_text, as_json, as_html)
    )


if __name__ == "__main__":
    sys.exit(main())
