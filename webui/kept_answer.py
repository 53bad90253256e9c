"""An answer as the columns of a row, and back. Knows the forms in which earlier versions kept it, and no database.

What has no column of its own goes into `details`, as JSON, where it is not as it is in any other answer. What only
passes while an answer is made, its place in the line and its progress, is not kept.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from answers.answer import Answer, Citation, Doubt
from indexes.page import Place

_OWN_COLUMNS = ("text", "mode", "refusal", "problem", "finished")
_PASSING = ("place_in_line", "progress")
_PLAIN = {
    field.name: field.default for field in fields(Answer) if field.name not in (*_OWN_COLUMNS, *_PASSING, "citations")
}


def columns_of(answer: Answer) -> dict[str, object]:
    """Name of the column -> value, for everything of an answer that is kept."""
    kept = asdict(answer)
    details = {name: kept[name] for name, plain in _PLAIN.items() if kept[name] != plain}
    columns = {name: kept[name] for name in _OWN_COLUMNS}
    return {**columns, "citations": _json(kept["citations"]), "details": _json(details)}


def answer_of(row: Mapping[str, Any]) -> Answer:
    """The answer that was kept in those columns."""
    details = json.loads(row["details"])
    for name, value in details.items():
        if isinstance(value, list):
            details[name] = tuple(tuple(one) if isinstance(one, list) else one for one in value)
    details["doubts"] = tuple(
        Doubt(one["start"], one["end"], tuple(one["missing"])) for one in details.get("doubts", ())
    )
    citations = tuple(map(_citation, json.loads(row["citations"])))
    return Answer(**{name: row[name] for name in _OWN_COLUMNS}, citations=citations, **details)


def _citation(kept: dict[str, Any]) -> Citation:
    label = kept.pop("label", "")  # how places were kept at first
    return Citation(**{**kept, "place": Place(**kept.get("place", {"label": label}))})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
