"""How a measuring program ends: its tables are printed, its files written, and what went wrong is one line."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from answers.errors import AnswersError
from evals.question_files import Unreadable
from indexes.errors import IndexesError

Measured = TypeVar("Measured")


@dataclass(frozen=True, slots=True)
class Forms(Generic[Measured]):
    """What an outcome looks like: tables on the terminal, the value of a JSON file, a page where there is one."""

    text: Callable[[Measured], str]
    json: Callable[[Measured], Mapping[str, Any]]
    html: Callable[[Measured], str] | None = None


def deliver(program: str, options: argparse.Namespace, measured: Callable[[], Measured], forms: Forms[Measured]) -> int:
    """Measures, prints, and writes `options.json` and `options.html` where they are given.

    Returns 0, or 2 when something cannot be read, written or reached.
    """
    try:
        for path in filter(
            None, (options.json, page := options.html if forms.html else None)
        ):  # now, and not after minutes of work
            path.parent.mkdir(parents=True, exist_ok=True)
        outcome = measured()
    except (Unreadable, OSError, AnswersError, IndexesError) as error:
        sys.stderr.write(f"{program}: {error}\n")
        return 2
    sys.stdout.write(forms.text(outcome))
    if options.json:
        written = json.dumps(forms.json(outcome), ensure_ascii=False, indent=1)
        options.json.write_text(written + "\n", encoding="utf-8")
    if forms.html and page:
        page.write_text(forms.html(outcome), encoding="utf-8")
    return 0
