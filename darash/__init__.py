"""The command line of Darash. Opens the rooms and hands them to each other; decides nothing."""

import typer

from darash.asking import ask
from darash.backup import backup, restore, verify
from darash.embedding import app as embedder
from darash.keeping import doctor, reindex
from darash.measuring import measure
from darash.models import app as models
from darash.people import audit
from darash.searching import search
from darash.serving import link, serve
from darash.taking import ingest, read, watch, worker
from darash.terminal import Commands

app = typer.Typer(
    cls=Commands, help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False
)
for command in (serve, link, worker, ingest, watch, ask, search, read, reindex, doctor, backup, restore, verify, audit):
    app.command()(command)
app.add_typer(embedder, name="embedder")
app.add_typer(models, name="models")
# Its programs have options and a --help of their own.
_TO_PROGRAM = {"allow_extra_args": True, "ignore_unknown_options": True}
app.command("eval", add_help_option=False, context_settings=_TO_PROGRAM)(measure)
