"""The outcome of an evaluation of searching, and its two plain forms: JSON for programs, a table for the terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from evals.measured import MEASURES, Measured
from evals.questions import Benchmark, Passage, Question
from evals.resampling import RESAMPLES, Difference, Interval, differences, intervals

COLUMNS = {
    "recall@1": "R@1",
    "recall@5": "R@5",
    "recall@10": "R@10",
    "recall@50": "R@50",
    "mrr@10": "MRR@10",
    "ndcg@10": "nDCG@10",
}
"""The measures that are shown, by name, and how they are called for short."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Configurations over the same questions. The last one is the product's default: it is compared with the others.

    `intervals` has a list per configuration and `differences` one per configuration but the last, how much better the
    last is; in both an entry per measure of `MEASURES`, in percent points.
    """

    configurations: Sequence[Measured]
    intervals: Sequence[Sequence[Interval]]
    differences: Sequence[Sequence[Difference]]

    @property
    def default(self) -> Measured:
        """The last configuration."""
        return self.configurations[-1]


def compare(configurations: Sequence[Measured], questions: Sequence[Question]) -> Compared:
    """Intervals and paired tests, questions of one group being drawn together."""
    groups = [question.group or str(number) for number, question in enumerate(questions)]
    return Compared(
        configurations,
        [intervals(each.values, groups) for each in configurations],
        [differences(configurations[-1].values, each.values, groups) for each in configurations[:-1]],
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that was measured. `least` are the questions with few words of their passage, None where that is not known.

    `answers` has for each question a passage that answers it. `facts` says what was asked: files, settings, sizes,
    versions, seconds.
    """

    questions: Sequence[Question]
    answers: Sequence[Passage]
    every: Compared
    least: Compared | None
    facts: Mapping[str, Any]


def outcome(
    configurations: Sequence[Measured],
    benchmark: Benchmark,
    least: npt.NDArray[np.bool_],
    facts: Mapping[str, Any],
) -> Outcome:
    """Compares the configurations over all questions, and over the `least` overlapping of them."""
    questions = benchmark.questions
    some = [question for question, chosen in zip(questions, least, strict=True) if chosen]
    part = compare([each.of(least) for each in configurations], some) if some else None
    return Outcome(questions, benchmark.answers(), compare(configurations, questions), part, facts)


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Everything but the questions themselves; percentages with three decimals."""
    found = {**outcome.facts, "statistics": _STATISTICS, **_compared(outcome.every)}
    if outcome.least is not None:
        some = len(outcome.least.default.ranks)
        found["least_overlap"] = {"questions": some, "definition": _LEAST, **_compared(outcome.least)}
    return found


_STATISTICS = {
    "intervals": "95 %, percentile bootstrap over the questions; questions about one passage are drawn together",
    "paired": "default less the other: mean, bootstrap interval, and p of a two-sided paired randomisation test",
    "recall": "share of the relevant passages among the first k; success: whether any is",
    "resamples": RESAMPLES,
}
_LEAST = "the fifth of the questions with the smallest share of distinct content stems in the text of their passage"


def _compared(compared: Compared) -> dict[str, Any]:
    rows = zip(compared.configurations, compared.intervals, strict=True)
    pairs = zip(compared.configurations, compared.differences, strict=False)
    return {
        "configurations": [
            {
                "name": each.name,
                "metrics": {measure: round(mean, 3) for measure, mean in each.means.items()},
                "intervals": {
                    measure: [round(one.low, 3), round(one.high, 3)]
                    for measure, one in zip(MEASURES, of_each, strict=True)
                },
                "cpu_milliseconds": {
                    "median": round(each.median_milliseconds, 2),
                    "p95": round(each.slow_milliseconds, 2),
                },
            }
            for each, of_each in rows
        ],
        "paired": [
            {
                "first": compared.default.name,
                "second": other.name,
                "differences": {measure: _rounded(one) for measure, one in zip(MEASURES, of_each, strict=True)},
            }
            for other, of_each in pairs
        ],
    }


def _rounded(difference: Difference) -> dict[str, Any]:
    low, high = asdict(difference.interval).values()
    return {"mean": round(difference.mean, 3), "interval": [round(low, 3), round(high, 3)], "p": round(difference.p, 4)}


def as_text(outcome: Outcome) -> str:
    """Tables for the terminal: the means with their intervals below them, then the paired tests."""
    lines = _table(outcome.every)
    if any(len(question.gains) > 1 for question in outcome.questions):
        lines.append("Several passages are relevant to a question: R@k is the share of them that was found.")
        lines.append(f"{'any of them is first, among 5, among 10':{_WIDTH}}" + _successes(outcome.every.default))
    lines += ["", *_tests(outcome.every)]
    if outcome.least is not None:
        lines += ["", f"{_LEAST}: {len(outcome.least.default.ranks)}", *_table(outcome.least)]
    return "\n".join(lines) + "\n"


_WIDTH = 50
_CELL = 13


def _table(compared: Compared) -> list[str]:
    lines = [" " * _WIDTH + "".join(f"{column:>{_CELL}}" for column in COLUMNS.values()) + f"{'CPU ms':>{_CELL}}"]
    shown = [MEASURES.index(measure) for measure in COLUMNS]
    for each, of_each in zip(compared.configurations, compared.intervals, strict=True):
        means = "".join(f"{each.means[measure]:{_CELL}.1f}" for measure in COLUMNS)
        ranges = "".join(f"{f'{of_each[at].low:.1f}-{of_each[at].high:.1f}':>{_CELL}}" for at in shown)
        lines += [f"{each.name:{_WIDTH}}{means}{each.median_milliseconds:{_CELL}.1f}", " " * _WIDTH + ranges]
    return lines


def _successes(measured: Measured) -> str:
    return "".join(f"{measured.means[f'success@{k}']:{_CELL}.1f}" for k in (1, 5, 10))


def _tests(compared: Compared) -> list[str]:
    lines = []
    for other, of_each in zip(compared.configurations, compared.differences, strict=False):
        parts = []
        for measure in ("recall@1", "mrr@10", "ndcg@10"):
            one = of_each[MEASURES.index(measure)]
            parts.append(
                f"{COLUMNS[measure]} {one.mean:+.1f} [{one.interval.low:+.1f}, {one.interval.high:+.1f}] p {one.p:.4f}"
            )
        lines.append(f"default less {other.name}: " + "; ".join(parts))
    return lines
