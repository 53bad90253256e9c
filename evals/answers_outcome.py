"""The outcome of an evaluation of answers, and its two plain forms: JSON for programs, a table for the terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

import numpy as np

from evals.answered import Answered, Kind
from evals.resampling import RESAMPLES, Interval, intervals
from evals.separation import Bin, auroc, auroc_interval, bins, calibration_error

MEASURES = (
    *("first_sentence_hit", "any_sentence_hit", "citation_precision", "verified_share", "refusal_auroc", "f1", "tlnls"),
    *("em", "first_quotation_hit"),
)
"""The first seven are what a program looks for at the top of the JSON."""
_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class Share:
    """A mean in percent over so many questions, and where it lies in 95 of 100 resamples of the paragraphs."""

    mean: float
    interval: Interval
    count: int


@dataclass(frozen=True, slots=True)
class Refusals:
    """How well questions of one kind, which nothing answers, are told from those that can be answered; in percent.

    `precision` is the share of the refusals that were right, `recall` of these questions that were refused, and
    `wrongly` of the answerable ones.
    """

    asked: int
    auroc: Share
    precision: float
    recall: float
    wrongly: float


@dataclass(frozen=True, slots=True)
class AnswersOutcome:
    """All that was measured. `shares` by the names of `MEASURES`, without those that nothing is known of."""

    answered: Sequence[Answered]
    shares: Mapping[str, Share]
    refusals: Mapping[Kind, Refusals]
    calibration: Sequence[Bin]
    facts: Mapping[str, Any]


def outcome_of(answered: Sequence[Answered], facts: Mapping[str, Any]) -> AnswersOutcome:
    """Means and intervals over the answerable questions, and what became of the others beside them."""
    there = of_kind(answered, "answerable")
    shares = {name: share for name in MEASURES if (share := _share(there, name))}
    kinds: tuple[Kind, ...] = ("removed", "unanswerable")
    refusals = {kind: _refusals(there, others) for kind in kinds if there and (others := of_kind(answered, kind))}
    if "removed" in refusals:
        shares["refusal_auroc"] = refusals["removed"].auroc
    both = [each for each in answered if each.kind != "unanswerable"]
    calibration = bins(
        np.array([each.confidence for each in both]), np.array([each.kind == "answerable" for each in both])
    )
    return AnswersOutcome(answered, shares, refusals, calibration, facts)


def of_kind(answered: Sequence[Answered], kind: Kind) -> list[Answered]:
    """Those of one kind."""
    return [each for each in answered if each.kind == kind]


def _share(answered: Sequence[Answered], name: str) -> Share | None:
    """The mean over the questions of which the measure is known; None where it is of none."""
    known = [(value, each.question.group) for each in answered if (value := each.scores.get(name)) is not None]
    if not known:
        return None
    values = np.array([[value] for value, _ in known])
    return Share(float(values.mean()), intervals(values, [group for _, group in known])[0], len(known))


def _refusals(there: Sequence[Answered], others: Sequence[Answered]) -> Refusals:
    right, wrong = (np.array([each.confidence for each in some]) for some in (there, others))
    groups, wrong_groups = ([each.question.group for each in some] for some in (there, others))
    interval = auroc_interval(right, wrong, groups, wrong_groups)
    rightly, wrongly = (sum(each.answer.refusal for each in some) for some in (others, there))
    return Refusals(
        len(others),
        Share(
            _PERCENT * auroc(right, wrong),
            Interval(_PERCENT * interval.low, _PERCENT * interval.high),
            len(there) + len(others),
        ),
        _PERCENT * rightly / max(1, rightly + wrongly),
        _PERCENT * rightly / len(others),
        _PERCENT * wrongly / len(there),
    )


def speed(answered: Sequence[Answered]) -> dict[str, float]:
    """Seconds to the first text and to the end, and tokens per second of a model; medians and 95 of 100.

    Without the refusals, which no model has written.
    """
    answered = [each for each in answered if not each.answer.refusal]
    first = [each.timed.first for each in answered if each.timed.first is not None]
    rates = [each.rate for each in answered if each.rate]
    found = {"answers": float(len(answered))}
    for name, values in (("first", first), ("total", [each.timed.total for each in answered])):
        if values:
            found |= {f"{name}_seconds": median(values), f"{name}_seconds_p95": float(np.percentile(values, 95))}
    return found | ({"tokens_per_second": median(rates)} if rates else {})


def problems(answered: Sequence[Answered]) -> dict[str, int]:
    """How many answers ended with each problem."""
    codes = [each.answer.problem for each in answered if each.answer.problem]
    return {code: codes.count(code) for code in sorted(set(codes))}


def as_json(outcome: AnswersOutcome) -> dict[str, Any]:
    """Percentages with three decimals; null for what is not known."""
    shares = outcome.shares
    return {
        **{name: round(shares[name].mean, 3) if name in shares else None for name in MEASURES},
        "intervals": {name: _ends(share.interval) for name, share in shares.items()},
        "counted": {name: share.count for name, share in shares.items()},
        "refusals": {kind: _refusals_json(each) for kind, each in outcome.refusals.items()},
        "calibration": {
            "error": round(_PERCENT * calibration_error(outcome.calibration), 3),
            "bins": [asdict(each) for each in outcome.calibration],
        },
        "speed": {name: round(value, 3) for name, value in speed(outcome.answered).items()},
        "problems": problems(outcome.answered),
        "statistics": _STATISTICS,
        **outcome.facts,
    }


_STATISTICS = {
    "intervals": f"95 %, percentile bootstrap, {RESAMPLES} resamples of the paragraphs with all their questions",
    "first_sentence_hit": "the first sentence contains a gold answer; a refusal does not",
    "any_sentence_hit": "the answer contains a gold answer; a refusal does not",
    "citation_precision": "of the answers that are no refusals: the first citation is of the gold paragraph",
    "verified_share": "of the answers that are no refusals: the share of cited sentences that their sources bear out",
    "refusal_auroc": "confidence, answerable questions against the same with their paragraph taken out of the index",
    "f1, em, tlnls": "of the bold words, else of the first quoted sentence; of all that a model wrote",
}


def _refusals_json(refusals: Refusals) -> dict[str, Any]:
    return {
        "questions": refusals.asked,
        "auroc": round(refusals.auroc.mean, 3),
        "interval": _ends(refusals.auroc.interval),
        "precision": round(refusals.precision, 3),
        "recall": round(refusals.recall, 3),
        "wrongly_refused": round(refusals.wrongly, 3),
    }


def _ends(interval: Interval) -> list[float]:
    return [round(interval.low, 3), round(interval.high, 3)]


def as_text(outcome: AnswersOutcome) -> str:
    """Tables for the terminal."""
    lines = [f"{'':24}{'%':>8}{'95 %':>16}{'questions':>11}"]
    for name, share in outcome.shares.items():
        low, high = share.interval.low, share.interval.high
        lines.append(f"{name:24}{share.mean:8.1f}{f'{low:.1f}-{high:.1f}':>16}{share.count:11}")
    lines += ["", f"{'refusals':24}{'AUROC':>8}{'precision':>11}{'recall':>8}{'wrongly':>9}{'questions':>11}"]
    for kind, each in outcome.refusals.items():
        numbers = f"{each.precision:11.1f}{each.recall:8.1f}{each.wrongly:9.1f}{each.asked:11}"
        lines.append(f"{kind:24}{each.auroc.mean:8.1f}{numbers}")
    lines += ["", f"calibration error {_PERCENT * calibration_error(outcome.calibration):.1f} %"]
    lines += [f"{name.replace('_', ' ')} {value:.3g}" for name, value in speed(outcome.answered).items()]
    lines += [f"{count} answers ended with {code}" for code, count in problems(outcome.answered).items()]
    return "\n".join(lines) + "\n"
