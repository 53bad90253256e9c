"""What every command does on the terminal: log lines, errors as one sentence, text of strangers made harmless."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
import typer
from pydantic import ValidationError
from typer.core import TyperGroup

from indexes.errors import IndexesError
from ingest.errors import IngestError

_WRONG_SETTING = 2
"""The exit code, that of a wrong option."""

_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters of terminals (ECMA-48: C0 but tab and end of line, DEL, C1) and of text of two directions
(UAX 9: embeddings, overrides, isolates, the Arabic mark), and half characters, which cannot be printed."""


def plain(text: str) -> str:
    """Text of a model or a document as it may be printed: it moves no cursor, sets no title and turns nothing."""
    return _COMMANDS.sub("", text)


def plain_json(printed: str) -> str:
    """The same for JSON, which stays the same data: the characters are escaped."""
    return _COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", printed)


class Commands(TyperGroup):
    """The commands; a setting that is wrong ends any of them with a sentence that names its variable."""

    def invoke(self, ctx: Any) -> object:  # noqa: ANN401 - its class is a private one of Typer
        """Runs the command that was asked for."""
        try:
            return super().invoke(ctx)
        except ValidationError as error:
            if not error.title.endswith("Settings"):
                raise
            for line in wrong_settings(error):
                typer.echo(f"darash: {line}", err=True)
            raise typer.Exit(_WRONG_SETTING) from error


def wrong_settings(error: ValidationError) -> Iterator[str]:
    """A line for each setting that is wrong. Its value is left out: it may be a key, and is where it was set."""
    for one in error.errors(include_url=False, include_input=False):
        name = "_".join(map(str, one["loc"])).upper()
        yield f"DARASH_{name}: {one['msg'].removeprefix('Value error, ')}"


class _PlainLines(logging.Formatter):
    """Log lines that hold what a model server or a document said."""

    def format(self, record: logging.LogRecord) -> str:
        return plain(super().format(record))


def log_to_terminal() -> None:
    """One line per event on standard error: warnings of libraries, and everything of ours."""
    handler = logging.StreamHandler()
    handler.setFormatter(_PlainLines("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    for room in ("darash", "hebrew", "ingest", "indexes", "answers", "webui"):
        logging.getLogger(room).setLevel(logging.INFO)


@contextmanager
def explained() -> Iterator[None]:
    """What goes wrong on purpose ends the command with its one sentence; a defect keeps its traceback."""
    try:
        yield
    except (IndexesError, IngestError, OSError, sa.exc.OperationalError) as error:
        typer.echo(plain(f"darash: {error}"), err=True)
        raise typer.Exit(1) from error
