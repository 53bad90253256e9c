"""Commands that keep a Darash from being lost: `darash backup`, `darash restore`, `darash verify`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer

from darash.terminal import explained, plain
from indexes import manifest as manifests
from indexes import revision
from indexes.database import connect
from indexes.errors import NotFound
from indexes.keeping.backup import back_up
from indexes.keeping.restore import restore as put_back
from indexes.keeping.verify import findings
from indexes.local import index_folder
from indexes.settings import IndexSettings
from indexes.storage import open_indexes, open_storage, storage_over
from indexes.version import VERSION

SECRETS = ("sessions", "sign_in_links", "invitations", "sign_in_tries")
"""Tables that a backup leaves out: they let somebody in, or keep somebody out, for a short time."""


def backup(file: Path) -> None:
    """Write everything kept, but models, sessions and links to sign in, into FILE; Darash may run meanwhile."""
    from webui.audit import Audit

    with explained():
        settings = IndexSettings()
        engine = _existing(settings)
        made = back_up(engine, settings.data, file, VERSION, without=SECRETS)
        if made.revision == revision.known()[0]:  # else the log may not be there yet
            Audit(engine).record("", "backup_made", detail={"documents": str(made.documents)})
    for said in made.damaged:
        typer.echo(plain(f"darash: {said}"), err=True)
    again = f"; {made.without_index} indexes will be made again when it is restored" if made.without_index else ""
    print(f"{file}: {made.documents} documents, {file.stat().st_size / 1e6:.1f} MB{again}")
    raise typer.Exit(int(bool(made.damaged)))


def restore(file: Path) -> None:
    """Put a backup back, into an empty data folder and an empty database of any kind."""
    with explained():
        settings = IndexSettings()
        put_back(file, settings)
        storage = open_storage(settings)
        indexes, count = open_indexes(storage), 0
        for collection in storage.catalogue.collections():
            count += len(storage.catalogue.documents(collection.id))
            ready = storage.passages.ready_documents(collection.id)
            if ready and not (index_folder(settings.data, collection.id) / manifests.FILE).exists():
                print(plain(f"{collection.name}: the index is made again"))
                indexes.rebuild(collection.id)
    print(f"{settings.data}: {count} documents are back; people sign in again: `darash serve` prints a link")


def verify(
    data: Annotated[Path | None, typer.Option(help="Data folder, if not that of DARASH_DATA")] = None,
) -> None:
    """Check that everything kept is whole: database, originals, pages, indexes, audit log. Darash may run meanwhile."""
    with explained():
        settings = IndexSettings(data=data) if data else IndexSettings()
        engine = _existing(settings)
        with engine.connect() as connection:
            if revision.current(connection) != revision.known()[0]:
                raise NotFound("the database is of another version of Darash; start this one once, and verify then")
        storage, wrong = storage_over(settings, engine), 0
        for said in (*_audit_findings(engine), *findings(storage)):
            print(plain(said))
            wrong += 1
    print("nothing is wrong" if not wrong else f"{wrong} findings")
    raise typer.Exit(int(bool(wrong)))


def _audit_findings(engine: sa.Engine) -> Iterator[str]:
    from webui.audit import Audit

    if broken_at := Audit(engine).check().broken_at:
        yield f"the audit log was changed: row {broken_at} does not follow the one before it"


def _existing(settings: IndexSettings) -> sa.Engine:
    """The database of a data folder that is there; opening it changes nothing. Raises `NotFound`."""
    engine = connect(settings.database) if settings.data.is_dir() else None
    if engine is None or not sa.inspect(engine).has_table("documents"):
        raise NotFound(f"Darash has kept nothing in {settings.data}")
    return engine
