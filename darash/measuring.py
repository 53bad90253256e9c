"""The command that measures: `darash eval retrieval`."""

import runpy
import sys
from importlib import resources
from typing import Annotated

import typer


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
    sys.argv = [f"darash eval {name}", *context.args]
    runpy.run_module(f"evals.{name}", run_name="__main__")
