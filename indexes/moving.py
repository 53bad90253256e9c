"""What happens to a document that goes into another collection, with everything inside it.

Nothing that is stored of it changes its name: it keeps its id, its pages and its files, and so every citation of it
goes on leading there. Once its rows are of the other collection no search in the old one finds it: a search passes
over passages of collections that it was not asked about. What was searchable waits for a worker, which carries its
passages from one index to the other and reads no file for it.

Works on rows, inside the transaction of whoever calls. Knows nothing of indexes or of who may move what.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from indexes.arrival import FRESH
from indexes.database import now
from indexes.errors import MoveRefused, NotFound
from indexes.glossary import glossary
from indexes.passages import chunks
from indexes.record import DOCUMENT_COLUMNS, DocumentRecord, documents, records

_STILL = ("ready", "failed", "queued", "paused")
"""States in which nobody works on a document."""


def move(connection: sa.Connection, document_id: str, collection_id: str) -> None:
    """Moves a document, and what is inside it, into that collection. Raises `MoveRefused`, `NotFound`.

    What is inside another document only goes with that one. Nothing moves while it is being read, or while one is to
    take the place of another; nor to where the same bytes are already.
    """
    family = _family(connection, document_id)
    top, ids = family[0], [record.id for record in family]
    if top.collection_id == collection_id:
        return
    if top.parent_id:
        raise MoveRefused("part")
    if any(record.state not in _STILL for record in family) or _are_replacing(connection, family):
        raise MoveRefused("busy")
    same = sa.and_(documents.c.collection_id == collection_id, documents.c.sha256.in_([one.sha256 for one in family]))
    if records(connection, same):
        raise MoveRefused("there")
    there = {"collection_id": collection_id, "updated_at": now()}
    searchable = [record.id for record in family if record.state == "ready"]
    _change(connection, ids, **there)
    _change(connection, searchable, **there, **FRESH, moved_from=top.collection_id)
    if top.path and records(connection, sa.and_(documents.c.collection_id == collection_id, _is_at(top))):
        _change(connection, [top.id], path="")  # it is no version of what is at that path there
    for table in (chunks, glossary):
        connection.execute(table.update().where(table.c.document_id.in_(ids)).values(collection_id=collection_id))


def _family(connection: sa.Connection, document_id: str) -> list[DocumentRecord]:
    """The document and what is inside it, at any depth, locked against workers."""
    found: list[DocumentRecord] = []
    which = documents.c.id == document_id
    while some := _locked(connection, which):
        found += some
        which = documents.c.parent_id.in_([record.id for record in some])
    if not found:
        raise NotFound(f"no document {document_id!r}")
    return found


def _locked(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[DocumentRecord]:
    query = sa.select(*DOCUMENT_COLUMNS).where(which, documents.c.state != "deleting").with_for_update()
    return [DocumentRecord(**row) for row in connection.execute(query).mappings()]


def _are_replacing(connection: sa.Connection, family: Sequence[DocumentRecord]) -> bool:
    """Whether one of them is to take the place of another, or another one that of one of them."""
    if any(record.replaces and record.state != "ready" for record in family):
        return True
    following = sa.and_(documents.c.replaces.in_([record.id for record in family]), documents.c.state != "ready")
    return bool(records(connection, following))


def _is_at(top: DocumentRecord) -> sa.ColumnElement[bool]:
    return sa.and_(documents.c.path == top.path, documents.c.parent_id == "", documents.c.id != top.id)


def _change(connection: sa.Connection, ids: Sequence[str], **values: object) -> None:
    if ids:
        connection.execute(documents.update().where(documents.c.id.in_(ids)).values(values))
