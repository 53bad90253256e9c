"""What Darash costs over the raw stream of a model server: `darash eval overhead --url URL [--key KEY] [--json OUT]`.

Questions to the sample collection are answered by Darash, and the very same requests sent by plain HTTP, in turns, so
that both meet the same machine. The server has to be vLLM: both times it is told to write the same text of several
hundred tokens. The search is timed apart and taken off. Prints medians, and those of the differences of pairs with
their interval: on a machine that does other things, many answers are needed before it says anything.
"""

import argparse
import asyncio
import json
import re
import sys
import tempfile
from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from math import ceil, floor, sqrt
from pathlib import Path
from statistics import median

import httpx
from pydantic import SecretStr

from answers.conversation import answer
from answers.errors import AnswersError
from answers.means import Means
from answers.serving.model import Model
from answers.serving.pool import open_model
from answers.settings import AnswerSettings
from evals.forced import Forced
from evals.raw_chat import RawServer, Told
from evals.sample_collection import open_samples
from evals.timing import Stopwatch, Timed, time_answer
from hebrew.sentences import sentences
from ingest.samples import FOLDER

TOKENS = 400
_SOURCES = 8
_MARK = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Twice:
    """The same answer twice, in seconds: to its first text and to its end, without the `retrieval` that ours needs."""

    raw_first: float
    raw_total: float
    first: float
    written: float
    total: float
    retrieval: float


class Comparison:
    """A server, raw and through Darash over the sample collection."""

    def __init__(self, server: RawServer, model: Model, data: Path) -> None:
        self._storage, searcher, self._collection_id = open_samples(data)
        self._server, self._model, self._search = server, Forced(model), Stopwatch(searcher)
        self._means = Means(self._search, self._storage.passages, self._model, _SOURCES, next_questions=0)

    async def compared(self, questions: Iterable[str]) -> AsyncGenerator[Twice]:
        """Asks each question twice, every other time Darash first. What Darash refuses to answer is left out.

        Raises `AnswersError` and `httpx.HTTPError` when the server fails.
        """
        name = (await self._model.model()).name
        for number, question in enumerate(questions):
            self._model.says = text = await self._text(question)
            warm, _ = await self._ours(question)  # from now on the server has the prompt in its cache
            if _MARK.sub("", warm.answer.text) != _MARK.sub("", text):
                continue
            told = await self._raw(name) if number % 2 else None
            timed, retrieval = await self._ours(question)
            told = told or await self._raw(name)
            if told.text == text and told.first is not None and timed.first is not None:
                yield Twice(
                    raw_first=told.first,
                    raw_total=told.total,
                    first=timed.first - retrieval,
                    written=timed.written - retrieval,
                    total=timed.total - retrieval,
                    retrieval=retrieval,
                )

    async def _text(self, question: str) -> str:
        """Sentences of the hits, each with its mark, until there are `TOKENS`."""
        text = ""
        for number, hit in enumerate(self._search.search([self._collection_id], question, _SOURCES), start=1):
            for start, end in sentences(hit.chunk.text):
                text += f"{' '.join(hit.chunk.text[start:end].split()).rstrip('.')} [{number}]. "
                if (await self._model.count_tokens([{"role": "assistant", "content": text}]) or 0) >= TOKENS:
                    return text.strip()
        return text.strip()

    async def _ours(self, question: str) -> tuple[Timed, float]:
        before = self._search.seconds
        timed = await time_answer(answer(question, (), [self._collection_id], self._means))
        return timed, self._search.seconds - before

    async def _raw(self, name: str) -> Told:
        messages, max_tokens, extra = self._model.asked
        return await self._server.tell(name, messages, max_tokens=max_tokens, **extra)


async def compare(url: str, key: str, count: int) -> list[Twice]:
    """Asks so many questions twice. Raises `AnswersError` and `httpx.HTTPError` when the server fails."""
    entries = json.loads((FOLDER / "questions.json").read_text(encoding="utf-8"))
    questions = cycle([entry["question"] for entry in entries if entry.get("document")])
    model = open_model(AnswerSettings(model_url=url, model_api_key=SecretStr(key), model_name=""))
    if model is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        async with RawServer(url, key) as server:
            comparison = Comparison(server, model, Path(folder))
            done = [each async for each in comparison.compared(islice(questions, count))]
    await model.close()
    return done


def table(done: Sequence[Twice]) -> dict[str, dict[str, float]]:
    """What is compared -> the middle of either in ms, and of the differences in ms and in percent of the raw one."""
    return {
        "first token": _row([(each.raw_first, each.first) for each in done]),
        "last token": _row([(each.raw_total, each.written) for each in done]),
        "finished answer": _row([(each.raw_total, each.total) for each in done]),
    }


def _row(both: Sequence[tuple[float, float]]) -> dict[str, float]:
    apart, shares = [ours - raw for raw, ours in both], [ours / raw - 1 for raw, ours in both]
    low, high = _sure_of_median(shares)
    return {
        "raw_ms": 1000 * median(raw for raw, _ in both),
        "darash_ms": 1000 * median(ours for _, ours in both),
        "more_ms": 1000 * median(apart),
        "more_percent": 100 * median(shares),
        "low_percent": 100 * low,
        "high_percent": 100 * high,
    }


def _sure_of_median(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of a median by the ranks of a binomial distribution, as Conover (1999), chapter 3.2, has it."""
    ordered, reach = sorted(values), 1.96 * sqrt(len(values)) / 2
    first, last = floor(len(values) / 2 - reach), ceil(len(values) / 2 + reach)
    return ordered[max(first - 1, 0)], ordered[min(last, len(ordered) - 1)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table. Returns 0, or 2 when the server fails or does not write what it is told."""
    summary, _, rest = __doc__.partition("\n")
    parser = argparse.ArgumentParser("darash eval overhead", description=summary, epilog=rest)
    parser.add_argument("--url", required=True, help="of a vLLM, such as http://127.0.0.1:8000")
    parser.add_argument("--key", default="", help="the API key, where the server wants one")
    parser.add_argument("--count", type=int, default=20, help="how many answers are compared")
    parser.add_argument("--json", type=Path, help="write the table there")
    options = parser.parse_args(arguments)
    try:
        done = asyncio.run(compare(options.url, options.key, options.count))
    except (AnswersError, httpx.HTTPError) as error:
        sys.stderr.write(f"darash eval overhead: {error}\n")
        return 2
    if not done:
        sys.stderr.write(f"darash eval overhead: {options.url} does not write what it is told, as vLLM does\n")
        return 2
    rows, retrieval = table(done), 1000 * median(each.retrieval for each in done)
    print(f"{len(done)} answers, ms{'':6}{'raw':>9}{'Darash':>9}{'more':>9}{'%':>8}  95 % sure")
    for name, row in rows.items():
        numbers = f"{row['raw_ms']:10.1f}{row['darash_ms']:9.1f}{row['more_ms']:9.1f}{row['more_percent']:8.1f}"
        print(f"{name:20}{numbers}  {row['low_percent']:.1f} to {row['high_percent']:.1f}")
    print(f"{'search, apart':20}{'':10}{retrieval:9.1f}")
    if options.json:
        out = {"answers": len(done), "retrieval_ms": retrieval, "rows": rows}
        options.json.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
