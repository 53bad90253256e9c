"""The command that measures: `darash eval retrieval`."""

import runpy
import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from darash.feedback import write_feedback
from darash.terminal import explained


def measure(
    context: typer.Context, name: Annotated[str, typer.Argument(help="Which of the programs in evals/")] = ""
) -> None:
    """Measure how well something works; without a name, list what can be measured. What follows goes to the program."""
    programs = sorted(
        file.name.removesuffix(".py")
        for file in resources.files("evals").iterdir()
        if file.name.endswith(".py") and "def main(" in file.read_text("utf-8")
    )
    if name not in programs:
        print(*programs, sep="\n")
        raise typer.Exit(int(name not in ("", "--help")))
    if name == "feedback":
        _write_once(context.args)
    sys.argv = [f"darash eval {name}", *context.args]
    runpy.run_module(f"evals.{name}", run_name="__main__")


def _write_once(arguments: Sequence[str]) -> None:
    """The file that the evaluation of feedback reads is written from the database where it is not there yet."""
    paths = [Path(one) for one in arguments[:1] if not one.startswith("-")]
    for path in paths:
        if not path.exists():
            with explained():
                print(f"{write_feedback(path)} rated answers were written to {path}", file=sys.stderr)
