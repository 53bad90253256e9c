"""What became of the questions when they were asked in one way: measures per question, and how long each took."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Self

import numpy as np
import numpy.typing as npt

from evals.metrics import ndcg_at_k, recall_at_k, reciprocal_rank, success_at_k
from evals.questions import Passage, Question
from evals.resampling import Numbers

DEPTH = 50
MEASURES = (
    *("recall@1", "recall@5", "recall@10", "recall@50", "mrr@10", "ndcg@10"),
    *("success@1", "success@5", "success@10"),
)
"""`recall` is the share found of all that is relevant, `success` whether any of it was; they are the same where one
passage is relevant to each question."""

Ask = Callable[[str], Sequence[Passage]]
"""A question to the `DEPTH` best passages, best first."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The outcome of one configuration; everything in the order of the questions.

    `values` has a row per question and a column per measure of `MEASURES`, in percent. `ranks` says where the first
    right passage came, from 1; 0 when it was not found. `milliseconds` are of CPU time.
    """

    name: str
    values: Numbers
    ranks: Sequence[int]
    found: Sequence[Sequence[Passage]]
    milliseconds: Sequence[float]

    @property
    def means(self) -> dict[str, float]:
        """The mean of every measure, in percent."""
        means = self.values.mean(axis=0) if len(self.values) else np.zeros(len(MEASURES))
        return {measure: float(mean) for measure, mean in zip(MEASURES, means, strict=True)}

    @property
    def median_milliseconds(self) -> float:
        """CPU time of the question in the middle."""
        return median(self.milliseconds) if self.milliseconds else 0.0

    @property
    def slow_milliseconds(self) -> float:
        """CPU time that 95 of 100 questions stay under."""
        return float(np.percentile(self.milliseconds, 95)) if self.milliseconds else 0.0

    @property
    def curve(self) -> list[float]:
        """The share of questions, in percent, with a right passage among the first k, for k from 1 to `DEPTH`."""
        places = np.bincount([rank for rank in self.ranks if rank], minlength=DEPTH + 1)[1 : DEPTH + 1]
        return [float(share) for share in 100 * np.cumsum(places) / max(1, len(self.ranks))]

    def of(self, chosen: npt.NDArray[np.bool_]) -> Self:
        """The same for some of the questions."""
        places = [int(place) for place in np.flatnonzero(chosen)]
        return replace(
            self,
            values=self.values[chosen],
            ranks=[self.ranks[place] for place in places],
            found=[self.found[place] for place in places],
            milliseconds=[self.milliseconds[place] for place in places],
        )


def measure(name: str, questions: Sequence[Question], ask: Ask) -> Measured:
    """Asks every question, after one that is not timed: the first one opens files."""
    if questions:
        ask(questions[0].text)
    rows, ranks, every, milliseconds = [], [], [], []
    for question in questions:
        start = time.process_time()
        found = ask(question.text)[:DEPTH]
        milliseconds.append(1000 * (time.process_time() - start))
        ids, worth = question.judged(found)
        recalls = [recall_at_k(ids, worth, k) for k in (1, 5, 10, 50)]
        successes = [success_at_k(ids, worth, k) for k in (1, 5, 10)]
        rows.append([*recalls, reciprocal_rank(ids, worth, 10), ndcg_at_k(ids, worth, 10), *successes])
        ranks.append(next((place for place, id_ in enumerate(ids, start=1) if id_ in worth), 0))
        every.append(found)
    values = 100 * np.array(rows, np.float64).reshape(len(rows), len(MEASURES))
    return Measured(name, values, ranks, every, milliseconds)
