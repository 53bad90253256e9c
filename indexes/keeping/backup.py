"""Making a backup while everything runs: one moment of the database, with the files and indexes of that moment.

All rows are read in one transaction, and so are those of one moment. Originals, page images and index segments never
change, they only come and go: those that the rows name are copied after the rows. A document that was deleted
meanwhile is written down as gone, and is deleted again where the backup is restored.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import sqlalchemy as sa

from indexes import revision
from indexes.choice import FILE as CHOICE
from indexes.database import now
from indexes.files import DocumentFiles
from indexes.keeping.backup_file import BackupWriter, new_backup, pieces_of
from indexes.keeping.index_copy import copy_index
from indexes.keeping.rows import pieces, tables_of
from indexes.local import index_folder
from indexes.record import documents

FORMAT = 1
HEAD, GONE = "backup.json", "gone"


@dataclass
class Made:
    """What a backup holds: documents, collections whose index is in it and whose index will be made again.

    `damaged` are sentences about files that are not what the database says; the backup has them as they are.
    """

    revision: str = ""
    documents: int = 0
    with_index: int = 0
    without_index: int = 0
    damaged: list[str] = field(default_factory=list)


def back_up(engine: sa.Engine, data: Path, target: Path, version: str, without: Collection[str] = ()) -> Made:
    """Writes everything that is kept into one file, but for the rows of the tables `without`. Raises `BackupRefused`.

    `version` is that of Darash. Memory and the time that the transaction lasts do not grow with the files.
    """
    made = Made()
    with new_backup(target) as backup, TemporaryFile() as wanted:
        with engine.connect() as connection, _one_moment(connection):
            made.revision = revision.current(connection)
            head = {"format": FORMAT, "darash": version, "revision": made.revision, "made_at": now()}
            backup.add(HEAD, [json.dumps(head).encode()])
            for table in tables_of(connection, without):
                for number, piece in enumerate(pieces(connection, table)):
                    backup.add(f"tables/{table.name}/{number:06d}.jsonl.gz", [piece])
            _list_documents(connection, wanted)
            _copy_indexes(connection, data, backup, made)
        choice = data / CHOICE
        if choice.exists():
            backup.add(CHOICE, [choice.read_bytes()])
        wanted.seek(0)
        gone = _copy_files(engine, DocumentFiles(data), wanted, backup, made)
        backup.add(GONE, [f"{document_id}\n".encode() for document_id in gone])
    return made


def _one_moment(connection: sa.Connection) -> sa.RootTransaction:
    """A transaction that sees one state of the database. In SQLite (WAL) every transaction does."""
    if connection.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return connection.begin()


def _list_documents(connection: sa.Connection, wanted: BinaryIO) -> None:
    """Id, checksum and state of every document, a line each."""
    columns = documents.c.id, documents.c.sha256, documents.c.state
    query = sa.select(*columns).where(documents.c.state != "deleting").order_by(documents.c.created_at)
    for row in connection.execution_options(yield_per=1000).execute(query):
        wanted.write(" ".join(row).encode() + b"\n")


def _copy_indexes(connection: sa.Connection, data: Path, backup: BackupWriter, made: Made) -> None:
    query = sa.select(documents.c.collection_id).where(documents.c.state == "ready").distinct()
    for collection_id in connection.execute(query).scalars().all():
        if copy_index(connection, index_folder(data, collection_id), collection_id, backup):
            made.with_index += 1
        else:
            made.without_index += 1


def _copy_files(
    engine: sa.Engine, files: DocumentFiles, wanted: BinaryIO, backup: BackupWriter, made: Made
) -> list[str]:
    """Copies originals, and the page images of what is ready. Returns the ids of those that were deleted meanwhile."""
    gone = []
    for line in wanted:
        document_id, sha256, state = line.decode().split()
        made.documents += 1
        try:
            with files.original(document_id).open("rb") as file:
                checksum = backup.add(f"files/{document_id}/original", pieces_of(file))
            if state == "ready":
                _copy_images(files.page_images(document_id), f"files/{document_id}/pages", backup)
        except FileNotFoundError:
            if _is_gone(engine, document_id):
                gone.append(document_id)
            else:
                made.damaged.append(f"the files of document {document_id} are not all there")
            continue
        if checksum != sha256:
            made.damaged.append(f"the original of document {document_id} is not what was uploaded")
    return gone


def _copy_images(folder: Path, name: str, backup: BackupWriter) -> None:
    if folder.is_dir():  # formats without pages have none
        for image in sorted(folder.glob("*.webp")):
            with image.open("rb") as file:
                backup.add(f"{name}/{image.name}", pieces_of(file))


def _is_gone(engine: sa.Engine, document_id: str) -> bool:
    with engine.connect() as connection:
        state = connection.execute(sa.select(documents.c.state).where(documents.c.id == document_id)).scalar()
    return state in (None, "deleting")
