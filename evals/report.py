"""The outcome of an evaluation of searching as a page in Hebrew: one HTML file that needs nothing from outside."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from evals import plots
from evals import report_texts as texts
from evals.measured import DEPTH, MEASURES
from evals.outcome import COLUMNS, Compared, Outcome
from evals.questions import Passage

SHOWN = 200
"""So many questions that failed are listed."""
_EXCERPT = 500
_DOTS = ("recall@1", "recall@5", "mrr@10", "ndcg@10")
_LEAST = ("recall@1", "recall@5", "recall@50", "mrr@10")


def template(name: str) -> Template:
    """The template of a report, a file beside this one. All of them share one style."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def as_html(outcome: Outcome) -> str:
    """The page."""
    every = outcome.every
    failed = _failed(outcome)
    return template("report.html").render(
        texts=texts,
        settings=_settings(outcome.facts["settings"]),
        sizes=outcome.facts["sizes"],
        first=round(every.default.means["success@1"]),
        five=round(every.default.means["success@5"]),
        shares=any(len(question.gains) > 1 for question in outcome.questions),
        rows=_rows(every, tuple(COLUMNS)),
        columns=[texts.MEASURES[measure] for measure in COLUMNS],
        dots=[_dots(every, measure) for measure in _DOTS],
        curve=_curve(every),
        tests=_tests(every),
        tested=[texts.MEASURES[measure] for measure in _DOTS],
        least=_rows(outcome.least, _LEAST) if outcome.least else [],
        least_columns=[texts.MEASURES[measure] for measure in _LEAST],
        least_size=len(outcome.least.default.ranks) if outcome.least else 0,
        failed=failed[:SHOWN],
        failures=len(failed),
        size=(plots.WIDTH, plots.HEIGHT),
    )


def _name(name: str) -> str:
    for english, hebrew in texts.NAMES:
        name = name.replace(english, hebrew)
    return name


def _settings(settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    shown = []
    for key, value in settings.items():
        if value not in ("", None, []):
            said = (texts.YES if value else texts.NO) if isinstance(value, bool) else value
            shown.append((texts.SETTINGS[key], ", ".join(said) if isinstance(said, list) else str(said)))
    return shown


def _rows(compared: Compared, measures: Sequence[str]) -> list[dict[str, Any]]:
    rows = []
    for each, intervals in zip(compared.configurations, compared.intervals, strict=True):
        cells = [(each.means[measure], intervals[MEASURES.index(measure)]) for measure in measures]
        rows.append({"name": _name(each.name), "cells": cells, "milliseconds": each.median_milliseconds})
    return rows


def _dots(compared: Compared, measure: str) -> dict[str, Any]:
    at = MEASURES.index(measure)
    ends = plots.scale([side for each in compared.intervals for side in (each[at].low, each[at].high)])
    dots = [
        (_name(each.name), each.means[measure], plots.dot(each.means[measure], intervals[at], ends))
        for each, intervals in zip(compared.configurations, compared.intervals, strict=True)
    ]
    return {"name": texts.MEASURES[measure], "dots": dots, "ticks": plots.ticks(ends, plots.WIDTH)}


def _curve(compared: Compared) -> dict[str, Any]:
    curves = [(_name(each.name), each.curve) for each in compared.configurations]
    ends = plots.scale([share for _, curve in curves for share in curve])
    across = (1.0, float(DEPTH))
    return {
        "lines": [(name, plots.line(curve, ends)) for name, curve in curves],
        "across": [plots.Tick(plots.placed(k, across, plots.WIDTH), str(k)) for k in (1, 5, 10, 20, 30, 40, DEPTH)],
        "up": plots.ticks(ends, plots.HEIGHT),
    }


def _tests(compared: Compared) -> list[tuple[str, list[Any]]]:
    return [
        (_name(other.name), [differences[MEASURES.index(measure)] for measure in _DOTS])
        for other, differences in zip(compared.configurations, compared.differences, strict=False)
    ]


def _failed(outcome: Outcome) -> list[dict[str, Any]]:
    """The questions whose right passage is not first, those that found it latest before the others."""
    default = outcome.every.default
    failed = [place for place, rank in enumerate(default.ranks) if rank != 1]
    return [
        {
            "question": outcome.questions[place].text,
            "rank": default.ranks[place],
            "wanted": _excerpt(outcome.answers[place]),
            "came": _excerpt(default.found[place][0]) if default.found[place] else None,
        }
        for place in sorted(failed, key=lambda place: -(default.ranks[place] or DEPTH + 1))
    ]


def _excerpt(passage: Passage) -> Passage:
    text = passage.text if len(passage.text) <= _EXCERPT else f"{passage.text[:_EXCERPT]}\u2026"
    return Passage(passage.id, passage.title or passage.filename, text)
