"""Questions asked of the whole product, and what their answers are worth. Knows nothing of reports."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from answers.answer import Answer
from answers.citing.verified import verified
from answers.conversation import answer
from answers.means import Means
from answers.profiles.profile import profile_for
from answers.serving.model import Model
from evals.pool_index import COLLECTION, PoolIndex
from evals.questions import Benchmark, Question
from evals.reading_metrics import exact_match, f1, holds, tlnls
from evals.timing import Timed, time_answer
from hebrew.sentences import sentences
from indexes.chunk import Hit

Kind = Literal["answerable", "removed", "unanswerable"]
"""Whether the passage that answers a question is there, was taken out of the index, or never answered it."""

FOLDS = 10
"""A tenth of the answering passages is taken out at a time, so that those most like them stay."""
_MARK = re.compile(r"\s*\[\d+\]")

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and its answer. `scores` are in percent, by name; None where there is nothing to be measured.

    `rate` is in tokens per second, 0 for quotations; `cited_right` says whether the first citation is of a passage that
    answers.
    """

    question: Question
    kind: Kind
    timed: Timed
    scores: Mapping[str, float | None]
    rate: float = 0.0

    @property
    def answer(self) -> Answer:
        """The answer as it ended."""
        return self.timed.answer

    @property
    def confidence(self) -> float:
        """How likely the product took it to be that the hits hold an answer."""
        sure = self.answer.confidence
        return float(not self.answer.refusal) if sure is None else sure


async def ask_all(
    benchmark: Benchmark, index: PoolIndex, model: Model | None, parallel: int, tell: Tell
) -> list[Answered]:
    """Every question with its passage in the index, then without it; then those that nothing answers."""
    asker = _Asker(index, model, asyncio.Semaphore(parallel), tell)
    done = await asker.ask(benchmark.questions, "answerable")
    groups = sorted({question.group for question in benchmark.questions})
    folds = np.random.default_rng(0).permutation(len(groups)) % FOLDS
    fold_of = dict(zip(groups, folds.tolist(), strict=True))
    for fold in range(FOLDS):
        asked = [question for question in benchmark.questions if fold_of[question.group] == fold]
        if asked:
            with index.without(frozenset[str]().union(*(question.relevant for question in asked))):
                done += await asker.ask(asked, "removed")
    return done + await asker.ask(benchmark.unanswerable, "unanswerable")


class _Asker:
    def __init__(self, index: PoolIndex, model: Model | None, places: asyncio.Semaphore, tell: Tell) -> None:
        self._index, self._model, self._places, self._tell = index, model, places, tell
        self._means = Means(index.searcher(), index.stored, model, next_questions=0)
        self._asked = 0

    async def ask(self, questions: Sequence[Question], kind: Kind) -> list[Answered]:
        return list(await asyncio.gather(*(self._one(question, kind) for question in questions)))

    async def _one(self, question: Question, kind: Kind) -> Answered:
        async with self._places:
            timed = await time_answer(answer(question.text, (), [COLLECTION], self._means))
            rate = timed.rate(await self._tokens(timed.answer)) if self._model else 0.0
        self._asked += 1
        if self._asked % 200 == 0:
            self._tell(f"{self._asked} questions answered")
        return Answered(question, kind, timed, self._scores(question, timed.answer), rate)

    async def _tokens(self, found: Answer) -> int:
        if self._model is None:
            return 0
        counted = await self._model.count_tokens([{"role": "assistant", "content": found.thoughts + found.text}])
        return counted or profile_for((await self._model.model()).name).tokens(found.thoughts + found.text)

    def _scores(self, question: Question, found: Answer) -> dict[str, float | None]:
        shares: dict[str, float | None] = {"citation_precision": None, "verified_share": None}
        if found.citations and not found.refusal:
            first = self._index.passage(found.citations[0].chunk_id)
            shares["citation_precision"] = 100.0 * (first.id in question.relevant)
            borne_out = found.verified if found.verified is not None else self._verified(found)
            shares["verified_share"] = None if borne_out is None else 100 * borne_out
        return {**shares, **of_text(found, question.answers)}

    def _verified(self, found: Answer) -> float | None:
        cited = self._index.stored.chunks([each.chunk_id for each in found.citations])
        return verified(found.text, found.citations, [Hit(chunk, 0.0) for chunk in cited.values()]).share


def of_text(found: Answer, answers: Sequence[str]) -> dict[str, float | None]:
    """What the text of an answer is worth beside the known answers; all None where none is known.

    A refusal says nothing, so all of it is 0. `first_sentence_hit` and `any_sentence_hit` say whether the first
    sentence, or all of them, contain an answer, `first_quotation_hit` whether what stands before the first mark does.
    EM, F1 and TLNLS look at what is bold, else at the first sentence of quotations, and at all that a model wrote.
    """
    names = ("first_sentence_hit", "first_quotation_hit", "any_sentence_hit", "em", "f1", "tlnls")
    if not answers:
        return dict.fromkeys(names)
    if found.refusal:
        return dict.fromkeys(names, 0.0)
    plain = _MARK.sub("", found.text)
    first = plain[slice(*next(iter(sentences(plain)), (0, 0)))]
    quoted = _MARK.split(found.text)[0]
    bold = found.text[slice(*found.bold[0])] if found.bold else ""
    said = bold or (first if found.mode == "quoted" else plain)
    hits = [100.0 * holds(each, answers) for each in (first, quoted, plain)]
    near = [100 * measure(said, answers) for measure in (exact_match, f1, tlnls)]
    return dict(zip(names, (*hits, *near), strict=True))
