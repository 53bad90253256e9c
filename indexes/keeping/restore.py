"""Restoring a backup into an empty data folder and an empty database, of whichever kind.

The rows are put in under the revision of the schema that they come from, and brought up to date afterwards. They are
committed after everything else was found to be whole, so that a damaged backup leaves nothing.
"""

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from indexes import revision
from indexes.arrival import delete
from indexes.choice import FILE as CHOICE
from indexes.database import connect, migrate, writing
from indexes.errors import BackupDamaged, BackupRefused
from indexes.jobs import Jobs
from indexes.keeping.backup import FORMAT, GONE, HEAD
from indexes.keeping.backup_file import members_of
from indexes.keeping.rows import MOST, count_on, insert, tables_of
from indexes.settings import IndexSettings
from indexes.storage import RESTORING

_PLACES = re.compile(
    r"files/[0-9a-f]{32}/(original|pages/[0-9]{1,9}\.webp)"
    r"|indexes/[0-9a-f]{32}/(manifest\.json|segment-[0-9a-f]{32}/[a-z0-9_]+\.[a-z0-9]+)"
    rf"|{re.escape(CHOICE)}"
)
_ROWS = re.compile(r"tables/([a-z_]+)/[0-9]{6,}\.jsonl\.gz")


def restore(backup: Path, settings: IndexSettings) -> None:
    """Puts everything of a backup back. Raises `BackupRefused` and `BackupDamaged`, and then leaves nothing."""
    _require_empty(settings.data)
    _members(backup)  # whether it is one that can be read here, before anything is made
    engine = connect(settings.database)
    try:
        with _restoring(settings.data):
            with writing(engine).begin() as connection:
                if sa.inspect(connection).get_table_names():
                    raise BackupRefused("the database is not empty, and restoring never overwrites: name an empty one")
                gone = _fill(connection, settings.data, backup)
            migrate(engine)
            with writing(engine).begin() as connection:
                delete(connection, gone)
            Jobs(engine).abandon("", to_blame=False)  # whoever was at work was at work elsewhere
            os.sync()
    finally:
        engine.dispose()


def _require_empty(data: Path) -> None:
    if data.is_dir() and any(data.iterdir()):
        raise BackupRefused(f"{data} is not empty, and restoring never overwrites: name an empty data folder")


def _members(backup: Path) -> tuple[str, Iterator[tuple[str, Iterator[bytes]]]]:
    """The revision of a backup, and what comes after its head. Raises `BackupRefused`, `BackupDamaged`."""
    members = members_of(backup)
    name, content = next(members, ("", iter(())))
    try:
        head = json.loads(_whole(content)) if name == HEAD else {}
        made_by, written, schema = (head[key] for key in ("darash", "format", "revision"))
    except (ValueError, KeyError, TypeError) as error:
        raise BackupDamaged(f"{backup} is no backup of Darash") from error
    if written != FORMAT or schema not in revision.known():
        raise BackupRefused(f"{backup} was made by a newer version of Darash ({made_by}): restore it with that one")
    return str(schema), members


def _fill(connection: sa.Connection, data: Path, backup: Path) -> list[str]:
    """Puts rows and files in their places. Returns the documents that were deleted while the backup was made."""
    schema, members = _members(backup)
    revision.upgrade(connection, schema)
    tables, gone = {table.name: table for table in tables_of(connection)}, list[str]()
    for name, content in members:
        rows = _ROWS.fullmatch(name)
        if rows and rows[1] in tables:
            insert(connection, tables[rows[1]], _whole(content))
        elif _PLACES.fullmatch(name):
            _write(data / name, content)
        elif name == GONE:
            gone = _whole(content).decode().split()
        else:
            raise BackupDamaged(f"{backup} holds {name!r}, which no backup of Darash does")
    count_on(connection, tables.values())
    return gone


def _whole(content: Iterable[bytes]) -> bytes:
    """A content that belongs into memory. Raises `BackupDamaged` for one that was made to fill it."""
    whole = bytearray()
    for piece in content:
        whole += piece
        if len(whole) > MOST:
            raise BackupDamaged("the backup holds a part that is larger than any that are written")
    return bytes(whole)


def _write(path: Path, content: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        for piece in content:
            file.write(piece)


@contextmanager
def _restoring(data: Path) -> Iterator[None]:
    """Marks a folder that was empty as one that is not to be used yet. What goes wrong leaves it empty again."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark = data / RESTORING
    mark.touch()
    try:
        yield
    except BaseException:
        for path in data.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
    mark.unlink()
