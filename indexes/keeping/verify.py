"""Looking whether everything kept is as it should be: rows, originals, and what is stored of every document.

It may run while Darash works: what seems wrong with a document or an index is looked at once more a moment later, and
said if it is still so. Changes nothing.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from indexes.catalogue import collections
from indexes.errors import NotFound
from indexes.keeping.verify_index import index_findings
from indexes.passages import chunks, pages
from indexes.record import documents
from indexes.storage import Storage

PAUSE = 2.0
"""Seconds between two looks, longer than any step that leaves rows and files apart."""
OLD = 86400.0
"""Seconds after which whatever was on its way has come, or was swept away: then it is left over."""

Look = Callable[[], Iterator[str]]


def findings(storage: Storage, pause: float = PAUSE) -> Iterator[str]:
    """What is wrong, a sentence each."""
    yield from _database_findings(storage.engine)
    with storage.engine.connect() as connection:
        document_ids = connection.execute(sa.select(documents.c.id)).scalars().all()
        collection_ids = connection.execute(sa.select(collections.c.id)).scalars().all()
    looks: list[Look] = [partial(_document_findings, storage, each) for each in document_ids]
    looks += [partial(index_findings, storage, each) for each in collection_ids]
    doubted = [(look, found) for look in looks if (found := list(look()))]
    if doubted:
        time.sleep(pause)
    for look, found in doubted:
        again = set(look())
        yield from (one for one in found if one in again)
    known = {*document_ids, *collection_ids, storage.files.incoming.name}
    for folder in (storage.files.folder, storage.files.incoming, storage.settings.data / "indexes"):
        yield from _left(folder, known)


def _database_findings(engine: sa.Engine) -> Iterator[str]:
    """What the database itself says. PostgreSQL holds its rules at every change, and looks after its own pages."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if said != "ok":
                yield f"the database is damaged: {said}"
        for table, row, other, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"the database is damaged: row {row} of {table} names a row of {other} that is not there"


def _document_findings(storage: Storage, document_id: str) -> Iterator[str]:
    try:
        record = storage.catalogue.document(document_id)
    except NotFound:
        return
    if record.state == "deleting":
        return
    name = f"document {document_id} ({record.filename})"
    try:
        with storage.files.original(document_id).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != record.sha256:
                yield f"{name}: the original is not what was uploaded"
    except OSError as error:
        yield f"{name}: the original cannot be read ({error.strerror})"
    if record.state == "ready":
        yield from (f"{name}: {said}" for said in _stored_findings(storage.engine, document_id, record.pages_total))


def _stored_findings(engine: sa.Engine, document_id: str, pages_total: int) -> Iterator[str]:
    """Pages are numbered from 1 and passages from 0; what has no pages (an archive) has no passages."""
    with engine.connect() as connection:
        stored, last = _counted(connection, pages.c.number, pages.c.document_id == document_id)
        passages, last_passage = _counted(connection, chunks.c.ordinal, chunks.c.document_id == document_id)
    if not stored == last == pages_total:
        yield f"{stored} pages of {pages_total} are stored"
    if passages != last_passage + (passages > 0) or bool(passages) != bool(pages_total):
        yield f"its passages are not all there, only {passages}"


def _counted(connection: sa.Connection, column: sa.Column[int], which: sa.ColumnElement[bool]) -> tuple[int, int]:
    """How many rows there are, and the greatest value of a column, 0 where there are none."""
    query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.max(column), 0)).where(which)
    count, greatest = connection.execute(query).one()
    return int(count), int(greatest)


def _left(folder: Path, known: set[str]) -> Iterator[str]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in known and path.stat().st_mtime < time.time() - OLD:
            yield f"{path} belongs to nothing; a worker removes it when it starts"
