"""How questions fare now whose answers the team has rated: `darash eval feedback FILE [--json OUT]`.

FILE is written from the opinions in the data folder where it is not there yet, and read where it is: keep it, and the
same questions are asked again after a change of the model, the embedder or the documents. Each is asked of the
collections that the person who asked may search, with the search and the model that are set up here. A good answer is
expected to cite again what it cited; of the others is told whether anything is different.

Those with good answers are also questions for `darash eval retrieval --questions FILE --collection NAME`.
"""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answers.answer import Answer, Citation
from answers.conversation import answer
from answers.means import Means
from answers.serving.pool import open_model
from answers.settings import AnswerSettings
from evals.delivery import Forms, deliver
from evals.question_files import Unreadable, entries_of
from evals.questions import Passage, Wanted
from evals.timing import time_answer
from indexes.chunk import Hit
from indexes.settings import IndexSettings
from indexes.storage import open_search, open_storage

DEPTH = 10
"""Hits in which what was cited is looked for."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A question, what was said of its answer, and the passages that this answer cited."""

    question: str
    good: bool
    reasons: tuple[str, ...]
    collection_ids: tuple[str, ...]
    sources: tuple[Wanted, ...]
    refused: bool


@dataclass(frozen=True, slots=True)
class Fared:
    """How a question fares now: the place of the first hit that was cited then, from 1 (0: none), and the answer.

    `cites` says whether the answer cites one of the passages that were cited then.
    """

    rated: Rated
    rank: int
    answer: Answer
    cites: bool

    @property
    def same(self) -> bool:
        """Whether the answer is as it was: a refusal again, or an answer from a passage that was cited then."""
        return self.answer.refusal if self.rated.refused else self.cites


def rated_in(path: Path) -> list[Rated]:
    """The rated questions of a file. Raises `Unreadable`, `FileNotFoundError`."""
    return [_rated(path, number, entry) for number, entry in enumerate(entries_of(path), start=1)]


def _rated(path: Path, number: int, entry: Mapping[str, Any]) -> Rated:
    try:
        sources = tuple(Wanted(str(each["document"]), str(each["passage"])) for each in entry["sources"])
        reasons, collections = (tuple(map(str, entry[name])) for name in ("reasons", "collections"))
        return Rated(str(entry["question"]), bool(entry["good"]), reasons, collections, sources, bool(entry["refused"]))
    except (KeyError, TypeError) as error:
        raise Unreadable(f"{path}, question {number}: not as `darash eval feedback` writes them ({error})") from error


def evaluate(path: Path) -> list[Fared]:
    """Asks every question. Raises `Unreadable`, `OSError`, and the errors of `indexes.errors` and `answers.errors`."""
    rated, settings, storage = rated_in(path), AnswerSettings(), open_storage(IndexSettings())
    model, search = open_model(settings), open_search(storage)
    means = Means(search, storage.passages, model, settings.sources, settings.model_context, next_questions=0)
    there = {collection.id for collection in storage.catalogue.collections()}

    async def ask() -> list[Fared]:
        fared = []
        for one in rated:
            wanted = [each for each in one.collection_ids if each in there]
            hits = await asyncio.to_thread(search.search, wanted, one.question, DEPTH)
            timed = await time_answer(answer(one.question, (), wanted, means))
            fared.append(Fared(one, _rank(one, hits), timed.answer, _cites(one, timed.answer.citations)))
        if model is not None:
            await model.close()
        return fared

    return asyncio.run(ask())


def _rank(rated: Rated, hits: Sequence[Hit]) -> int:
    found = (Passage(hit.chunk.id, hit.chunk.title, hit.chunk.text) for hit in hits)
    right = (place for place, passage in enumerate(found, 1) if any(one.is_right(passage) for one in rated.sources))
    return next(right, 0)


def _cites(rated: Rated, citations: Sequence[Citation]) -> bool:
    """Whether one of the citations is of a passage that was cited then; either quote may be the longer one."""
    for now in citations:
        for then in rated.sources:
            passages = (Passage("", now.title, now.quote), then), (Passage("", then.document, then.text), _wanted(now))
            if any(wanted.is_right(passage) for passage, wanted in passages):
                return True
    return False


def _wanted(citation: Citation) -> Wanted:
    return Wanted(citation.title, citation.quote)


def as_text(fared: Sequence[Fared]) -> str:
    """Shares of the good answers and of the others, and each question that changed."""
    return "\n".join(_lines(fared)) + "\n"


def _lines(fared: Sequence[Fared]) -> Iterator[str]:
    good, others = ([one for one in fared if one.rated.good is wanted] for wanted in (True, False))
    cited = [one for one in good if one.rated.sources and not one.rated.refused]
    yield f"rated answers                       {len(fared)}: {len(good)} good, {len(others)} not"
    yield f"good, a cited passage first         {sum(one.rank == 1 for one in cited)}/{len(cited)}"
    yield f"good, a cited passage in the first {DEPTH} {sum(one.rank > 0 for one in cited)}/{len(cited)}"
    yield f"good, and the answer as it was      {sum(one.same for one in good)}/{len(good)}"
    yield f"not good, and something different   {sum(not one.same for one in others)}/{len(others)}"
    reasons = Counter(reason for one in others for reason in one.rated.reasons)
    yield from (f"  {reason:<34}{count}" for reason, count in reasons.most_common())
    for title, some in (
        ("good until now, and different:", [one for one in good if not one.same]),
        ("not good, and as it was:", [one for one in others if one.same]),
    ):
        if some:
            yield from ("", title, *(f"  {one.rated.question}" for one in some))


def as_json(fared: Sequence[Fared]) -> dict[str, Any]:
    """Every question with what was said of its answer, and how it fares now."""
    return {
        "questions": [
            {
                "question": one.rated.question,
                "good": one.rated.good,
                "reasons": list(one.rated.reasons),
                "rank": one.rank,
                "refused": one.answer.refusal,
                "problem": one.answer.problem or "",
                "same": one.same,
                "answer": one.answer.text,
            }
            for one in fared
        ]
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the shares and writes the file. Returns 0, or 2 when something cannot be read."""
    summary, _, rest = __doc__.partition("\n")
    parser = argparse.ArgumentParser(
        "darash eval feedback", description=summary, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the rated questions, an object a line")
    parser.add_argument("--json", type=Path, help="write everything there")
    options = parser.parse_args(arguments)
    return deliver("darash eval feedback", options, lambda: evaluate(options.file), Forms(as_text, as_json))


if __name__ == "__main__":
    sys.exit(main())
