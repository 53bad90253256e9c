"""The command about people: `darash audit`, who did what and when."""

import sys
from typing import Annotated

import typer

from darash.terminal import explained, plain_json
from indexes.settings import IndexSettings
from indexes.storage import open_storage

_WRONG_DAY = "a day is written like 2026-11-21, not {day!r}"


def audit(
    since: Annotated[str, typer.Option(help="The first day, such as 2026-11-21")] = "",
    until: Annotated[str, typer.Option(help="The last day")] = "",
) -> None:
    """Print the audit log, the oldest row first, a line of JSON for each. That it was printed becomes a row too."""
    from webui.audit import Audit, Wanted
    from webui.audit_reading import day_end, day_start, json_lines

    wanted = Wanted(since=day_start(since), until=day_end(until))
    for day, moment in ((since, wanted.since), (until, wanted.until)):
        if day and moment is None:
            raise typer.BadParameter(_WRONG_DAY.format(day=day))
    with explained():
        storage = open_storage(IndexSettings())
        log = Audit(storage.engine)
        log.record("", "audit_exported")
        for line in json_lines(log, wanted, storage.catalogue.collections()):
            sys.stdout.write(plain_json(line))
