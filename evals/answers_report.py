"""The outcome of an evaluation of answers as a page in Hebrew: one HTML file that needs nothing from outside."""

from typing import Any

from evals import answers_report_texts as texts
from evals.answered import Answered
from evals.answers_outcome import MEASURES, AnswersOutcome, of_kind, problems, speed
from evals.report import SHOWN, template
from evals.separation import calibration_error


def as_html(outcome: AnswersOutcome) -> str:
    """The page."""
    there = of_kind(outcome.answered, "answerable")
    failed = [each for each in there if each.scores["any_sentence_hit"] == 0]
    return template("answers_report.html").render(
        texts=texts,
        settings=_settings(outcome),
        sizes=outcome.facts["sizes"],
        first=_percent(outcome, "first_sentence_hit"),
        any=_percent(outcome, "any_sentence_hit"),
        rows=[(texts.MEASURES[name], outcome.shares[name]) for name in MEASURES if name in outcome.shares],
        refusals=[(texts.KINDS[kind], each) for kind, each in outcome.refusals.items()],
        bins=outcome.calibration,
        error=f"{100 * calibration_error(outcome.calibration):.1f}",
        speeds=[(texts.SPEEDS[name], value) for name, value in speed(outcome.answered).items()],
        problems=problems(outcome.answered),
        failed=[_failed(each) for each in failed[:SHOWN]],
        failures=len(failed),
        answerable=len(there),
    )


def _settings(outcome: AnswersOutcome) -> list[tuple[str, str]]:
    given = dict(outcome.facts["settings"])
    given["model"] = given["model"] or texts.QUOTED
    return [
        (texts.SETTINGS[name], ", ".join(value) if isinstance(value, list) else str(value))
        for name, value in given.items()
        if value
    ]


def _percent(outcome: AnswersOutcome, name: str) -> int | None:
    return round(outcome.shares[name].mean) if name in outcome.shares else None


def _failed(answered: Answered) -> dict[str, Any]:
    return {
        "question": answered.question.text,
        "wanted": answered.question.answers,
        "came": answered.answer.text,
        "refused": answered.answer.refusal,
    }
