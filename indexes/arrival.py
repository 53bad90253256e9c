"""What happens to the documents of a collection when a file comes in: the same bytes, a new version, a file inside one.

- The same bytes are the document that is there. It is now where the file was found last; a failed one is queued again,
  and so is an archive.
- Other bytes at the path of a document, or expressly in its place, are its new version: a document of its own that
  `replaces` the old one, which stays until the new one is ready. Versions that never became ready go at once.
- A file inside a file belongs to it. One that came in twice, alone or inside another file, belongs to nobody, so that
  the deletion of one of its sources does not take it away from the other.

Works on rows, inside the transaction of whoever calls. Knows nothing of files.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import sqlalchemy as sa

from indexes.database import now
from indexes.record import DocumentRecord, documents, records


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came in, under the id that it gets if it is new; the other fields are those of `DocumentRecord`."""

    id: str
    collection_id: str
    filename: str
    sha256: str
    size: int
    path: str = ""
    replaces: str = ""
    added_by: str = ""


AT_ONCE = 1000
"""Ids in one statement; databases take some tens of thousands."""
FRESH = {"state": "queued", "reason": "", "detail": "", "attempts": 0, "pages_done": 0, "lease_until": 0.0}
"""What a document that waits for its first attempt is like."""


def recognise(connection: sa.Connection, new: Arrival) -> DocumentRecord | None:
    """The document with the bytes of `new`, moved to its path and the place of what it replaces; None if unknown."""
    record = _same_bytes(connection, new)
    if record is None:
        return None
    own_path = "" if record.parent_id else record.path
    path = new.path or own_path
    values: dict[str, object] = {"path": path, "parent_id": ""}
    # An archive has no pages; it is unpacked again, because what was in it may have been deleted meanwhile.
    is_again = record.state == "failed" or (record.state == "ready" and record.pages_total == 0)
    if is_again:
        values |= FRESH
    if (record.path, record.parent_id) != (path, "") or is_again:
        _update(connection, [record.id], **values)
    if path != record.path:  # what follows it at the old path is no version of it
        following = sa.and_(documents.c.replaces == record.id, documents.c.path == record.path)
        _update(connection, [newer.id for newer in records(connection, following)], replaces="")
    return _in_place_of(connection, record.id, _predecessors(connection, new, record.id))


def register(connection: sa.Connection, new: Arrival) -> DocumentRecord:
    """The document of a file that came in: the one that has its bytes, else a new one that waits in the queue."""
    known = recognise(connection, new)
    if known is not None:
        return known
    before = _predecessors(connection, new, new.id)
    path = new.path or (before[0].path if new.replaces and before else "")
    _insert(connection, new, path=path, parent_id="")
    return _in_place_of(connection, new.id, before)


def register_part(connection: sa.Connection, new: Arrival, parent: DocumentRecord) -> DocumentRecord:
    """The document of a file inside `parent`, which is about to be ready; what is there already stays as it is.

    It was added by whoever added `parent`, and follows what was at its path inside the version that `parent` replaces.
    Archives, and mails, that only have the same name are nothing to each other.
    """

    def is_followed(old: DocumentRecord) -> bool:
        return old.parent_id not in {"", parent.id} and old.parent_id == parent.replaces

    record = _same_bytes(connection, new)
    if record is not None:
        if is_followed(record):
            _update(connection, [record.id], path=new.path, parent_id=parent.id)
        elif record.parent_id not in {"", parent.id} and record.id != parent.id:
            _update(connection, [record.id], parent_id="")
        return record
    before = [old for old in _at_path(connection, new) if is_followed(old)]
    _update(connection, [old.id for old in before], parent_id=parent.id)  # to stay until the new one is ready
    _insert(connection, replace(new, added_by=parent.added_by), path=new.path, parent_id=parent.id)
    return _in_place_of(connection, new.id, before)


def delete(connection: sa.Connection, ids: Iterable[str]) -> None:
    """Marks documents, with everything inside them, for deletion: nothing finds them, nobody works on them any more.

    Their checksums go, so that the same files taken in again are new documents, which this deletion cannot touch.
    """
    gone = {"state": "deleting", "sha256": documents.c.id, "lease_owner": "", "lease_until": 0.0}
    left = list(ids)
    while left:
        some, left = left[:AT_ONCE], left[AT_ONCE:]
        found = [old.id for old in records(connection, documents.c.id.in_(some))]
        _update(connection, found, **gone)
        left += [part.id for part in records(connection, documents.c.parent_id.in_(found))]


def _predecessors(connection: sa.Connection, new: Arrival, own_id: str) -> list[DocumentRecord]:
    if new.replaces:
        named = sa.or_(documents.c.id == new.replaces, documents.c.replaces == new.replaces)
        return [old for old in records(connection, named) if old.id != own_id]
    return [old for old in _at_path(connection, new) if old.id != own_id and not old.parent_id]


def _in_place_of(connection: sa.Connection, document_id: str, before: list[DocumentRecord]) -> DocumentRecord:
    """Puts a document into the place of others: if it is ready they go, else it will replace the ready one of them."""
    (record,) = records(connection, documents.c.id == document_id)
    ready = [old.id for old in before if old.state == "ready"]
    delete(connection, (old.id for old in before if old.state != "ready"))
    ready += [old.replaces for old in before if old.state != "ready" and old.replaces not in {"", document_id, *ready}]
    if record.state == "ready":
        delete(connection, ready)
    elif ready:
        _update(connection, [document_id], replaces=ready[0])
    (record,) = records(connection, documents.c.id == document_id)
    return record


def _insert(connection: sa.Connection, new: Arrival, path: str, parent_id: str) -> None:
    row = {"id": new.id, "collection_id": new.collection_id, "sha256": new.sha256, "size": new.size}
    names = {"filename": new.filename, "title": new.filename.rsplit(".", 1)[0], "path": path, "parent_id": parent_id}
    origin = {"added_by": new.added_by, "created_at": now(), "updated_at": now()}
    connection.execute(documents.insert().values(**row, **names, **FRESH, **origin))


def _same_bytes(connection: sa.Connection, new: Arrival) -> DocumentRecord | None:
    same = sa.and_(documents.c.collection_id == new.collection_id, documents.c.sha256 == new.sha256)
    return next(iter(records(connection, same)), None)


def _at_path(connection: sa.Connection, new: Arrival) -> list[DocumentRecord]:
    here = sa.and_(documents.c.collection_id == new.collection_id, documents.c.path == new.path)
    return records(connection, here) if new.path else []


def _update(connection: sa.Connection, ids: list[str], **values: object) -> None:
    if ids:
        connection.execute(documents.update().where(documents.c.id.in_(ids)).values(updated_at=now(), **values))
