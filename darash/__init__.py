"""The command line of Darash. Opens the rooms and hands them to each other; decides nothing."""

import typer

from darash.asking import ask
from darash.keeping import doctor, reindex
from darash.measuring import measure
from darash.serving import link, serve
from darash.taking import ingest, read, watch, worker

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
for command in (serve, link, worker, ingest, watch, ask, read, reindex, doctor):
    app.command()(command)
app.command("eval", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(measure)
