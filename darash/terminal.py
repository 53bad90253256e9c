"""What every command does on the terminal: log lines, and errors as one sentence."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
import typer

from indexes.errors import IndexesError
from ingest.errors import IngestError


def log_to_terminal() -> None:
    """One line per event on standard error: warnings of libraries, and everything of ours."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    for room in ("darash", "hebrew", "ingest", "indexes", "answers", "webui"):
        logging.getLogger(room).setLevel(logging.INFO)


@contextmanager
def explained() -> Iterator[None]:
    """What goes wrong on purpose ends the command with its one sentence; a defect keeps its traceback."""
    try:
        yield
    except (IndexesError, IngestError, OSError, sa.exc.OperationalError) as error:
        typer.echo(f"darash: {error}", err=True)
        raise typer.Exit(1) from error
