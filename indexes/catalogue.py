"""The catalogue: which collections and documents there are, and in which state each document is.

A document row is also its job: `queued, paused, reading, indexing, ready, failed` (see `indexes/jobs.py` for who moves
it). Knows nothing of formats; a reason for failure is a code that the screen turns into a sentence.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from indexes.arrival import AT_ONCE, Arrival, delete, recognise, register, register_part
from indexes.database import metadata, new_id, now, writing
from indexes.errors import NotFound
from indexes.moving import move
from indexes.record import DOCUMENT_COLUMNS, DocumentRecord, documents, records

__all__ = ["Catalogue", "Collection", "DocumentRecord", "collections", "taking_in"]

collections = sa.Table(
    "collections",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("deleted_at", sa.Float, nullable=True),
    sa.Column("suggestions", sa.Text, nullable=False, default="[]", server_default="[]"),
)


COLLECTION_COLUMNS = [collections.c.id, collections.c.name, collections.c.created_at]
_IS_EMPTY = ~sa.exists().where(documents.c.collection_id == collections.c.id)


@dataclass(frozen=True, slots=True)
class Collection:
    """A set of documents that is searched together. Names may repeat: two people may call theirs the same."""

    id: str
    name: str
    created_at: float


class Catalogue:
    """Collections and documents in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def collections(self) -> list[Collection]:
        """All collections but those being deleted, oldest first."""
        here = sa.select(*COLLECTION_COLUMNS).where(collections.c.deleted_at.is_(None))
        with self.engine.connect() as connection:
            rows = connection.execute(here.order_by(collections.c.created_at))
            return [Collection(**row) for row in rows.mappings()]

    def create_collection(self, name: str) -> Collection:
        """A new collection. Who may read it is decided elsewhere."""
        collection = Collection(new_id(), name, now())
        with writing(self.engine).begin() as connection:
            connection.execute(collections.insert().values(asdict(collection)))
        return collection

    def collection_named(self, name: str) -> Collection:
        """The oldest collection of that name, made if there is none."""
        named = sa.and_(collections.c.name == name, collections.c.deleted_at.is_(None))
        found = sa.select(*COLLECTION_COLUMNS).where(named).order_by(collections.c.created_at)
        with writing(self.engine).begin() as connection:
            row = connection.execute(found).mappings().first()
            if row is not None:
                return Collection(**row)
            collection = Collection(new_id(), name, now())
            connection.execute(collections.insert().values(asdict(collection)))
            return collection

    def rename_collection(self, collection_id: str, name: str) -> None:
        """Gives a collection another name. Raises `NotFound`."""
        with writing(self.engine).begin() as connection:
            self._change(connection, collection_id, name=name)

    def delete_collection(self, collection_id: str) -> None:
        """Marks a collection for deletion, with everything in it: from now on nobody finds it, and nothing comes in.

        A worker removes what is stored of it, its documents first, at last its row. Raises `NotFound`.
        """
        with writing(self.engine).begin() as connection:
            self._change(connection, collection_id, deleted_at=now())
            inside = records(connection, documents.c.collection_id == collection_id)
            delete(connection, [record.id for record in inside])

    def suggest(self, collection_id: str, questions: Sequence[str]) -> None:
        """Keeps the questions that are suggested to whoever begins to ask in a collection. Raises `NotFound`."""
        with writing(self.engine).begin() as connection:
            self._change(connection, collection_id, suggestions=json.dumps(list(questions), ensure_ascii=False))

    def suggestions(self, collection_ids: Iterable[str]) -> dict[str, list[str]]:
        """The suggested questions of those collections that have any, the oldest collection first."""
        query = sa.select(collections.c.id, collections.c.suggestions).where(
            collections.c.id.in_(list(collection_ids)), collections.c.suggestions != "[]"
        )
        with self.engine.connect() as connection:
            found = connection.execute(query.order_by(collections.c.created_at))
            return {row.id: json.loads(row.suggestions) for row in found}

    def is_there(self, collection_id: str) -> bool:
        """Whether there is such a collection, and it is not being deleted."""
        query = sa.select(collections.c.id).where(collections.c.id == collection_id, collections.c.deleted_at.is_(None))
        with self.engine.connect() as connection:
            return connection.execute(query).first() is not None

    def collection_ids(self) -> set[str]:
        """The ids of all collections, those being deleted among them."""
        with self.engine.connect() as connection:
            return set(connection.execute(sa.select(collections.c.id)).scalars())

    def emptied(self) -> list[str]:
        """The ids of the collections being deleted of which no document is left."""
        query = sa.select(collections.c.id).where(collections.c.deleted_at.is_not(None), _IS_EMPTY)
        with self.engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def forget_collection(self, collection_id: str) -> None:
        """Removes the row of an emptied collection, the last step of deleting it; glossary and grants go with it."""
        gone = collections.delete().where(collections.c.id == collection_id, collections.c.deleted_at.is_not(None))
        with writing(self.engine).begin() as connection:
            connection.execute(gone.where(_IS_EMPTY))

    def _change(self, connection: sa.Connection, collection_id: str, **values: object) -> None:
        here = sa.and_(collections.c.id == collection_id, collections.c.deleted_at.is_(None))
        if connection.execute(collections.update().where(here).values(values)).rowcount != 1:
            raise NotFound(f"no collection {collection_id!r}")

    def add_document(  # noqa: PLR0913 - all that is known of a file that comes in
        self,
        document_id: str,
        collection_id: str,
        filename: str,
        sha256: str,
        size: int,
        *,
        path: str = "",
        parent_id: str = "",
        replaces: str = "",
        added_by: str = "",
    ) -> DocumentRecord:
        """Registers a stored file as `queued` under the given id, and returns the record.

        The same bytes in the same collection are the document that is there already, under its own id. What is at that
        path, or named by `replaces`, is replaced; see `indexes.arrival`. `added_by` is the account that adds it, ""
        for a command. Raises `NotFound` where there is no such collection, or not any more.
        """
        new = Arrival(document_id, collection_id, filename, sha256, size, path, replaces, added_by)
        with taking_in(self.engine, collection_id) as connection:
            if not parent_id:
                return register(connection, new)
            (parent,) = records(connection, documents.c.id == parent_id)
            return register_part(connection, new, parent)

    def recognise(self, collection_id: str, sha256: str, path: str = "") -> DocumentRecord | None:
        """What `add_document` does with bytes that are there already; None, and nothing done, when they are not."""
        with taking_in(self.engine, collection_id) as connection:
            return recognise(connection, Arrival("", collection_id, "", sha256, 0, path))

    def documents(self, collection_id: str) -> list[DocumentRecord]:
        """The documents of a collection, newest first, without those being deleted."""
        with self.engine.connect() as connection:
            found = records(connection, documents.c.collection_id == collection_id)
        return sorted(found, key=lambda record: (-record.created_at, record.filename))

    def document_counts(self, collection_ids: Iterable[str]) -> dict[str, int]:
        """How many documents are in each of those collections that has any, without those being deleted."""
        inside = sa.and_(documents.c.collection_id.in_(list(collection_ids)), documents.c.state != "deleting")
        query = sa.select(documents.c.collection_id, sa.func.count()).where(inside).group_by(documents.c.collection_id)
        with self.engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def documents_at(self, collection_id: str, path: str) -> list[DocumentRecord]:
        """What is at that path, outside archives: nothing, one document, or two while the newer waits for its place."""
        here = sa.and_(
            documents.c.collection_id == collection_id, documents.c.path == path, documents.c.parent_id == ""
        )
        with self.engine.connect() as connection:
            return records(connection, here)

    def document(self, document_id: str) -> DocumentRecord:
        """One document, even while it is being deleted. Raises `NotFound`."""
        with self.engine.connect() as connection:
            query = sa.select(*DOCUMENT_COLUMNS).where(documents.c.id == document_id)
            row = connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(f"no document {document_id!r}")
        return DocumentRecord(**row)

    def following(self, document_id: str) -> DocumentRecord | None:
        """The document that has taken the place of another one, or will, wherever it is now."""
        with self.engine.connect() as connection:
            return next(iter(records(connection, documents.c.replaces == document_id)), None)

    def move_document(self, document_id: str, collection_id: str) -> None:
        """Moves a document, with everything inside it, into another collection; see `indexes.moving`.

        Raises `MoveRefused`, and `NotFound` where there is no such document or collection, or not any more.
        """
        before = self.document(document_id).collection_id
        both = sa.and_(collections.c.id.in_([before, collection_id]), collections.c.deleted_at.is_(None))
        with writing(self.engine).begin() as connection:
            here = sa.select(collections.c.id).where(both).order_by(collections.c.id).with_for_update()
            if collection_id not in connection.execute(here).scalars().all():
                raise NotFound(f"no collection {collection_id!r}")
            move(connection, document_id, collection_id)

    def inside(self, document_id: str) -> tuple[int, int]:
        """How many documents are inside one, at any depth, and the bytes of them all."""
        count, size, left = 0, 0, [document_id]
        with self.engine.connect() as connection:
            while left:
                some, left = left[:AT_ONCE], left[AT_ONCE:]
                found = list(records(connection, documents.c.parent_id.in_(some)))
                count += len(found)
                size += sum(part.size for part in found)
                left += [part.id for part in found]
        return count, size

    def rename(self, document_id: str, title: str) -> None:
        """Gives a document the title found inside it."""
        with writing(self.engine).begin() as connection:
            connection.execute(documents.update().where(documents.c.id == document_id).values(title=title))


@contextmanager
def taking_in(engine: sa.Engine, collection_id: str) -> Iterator[sa.Connection]:
    """A transaction that takes files in: one at a time for each collection, so that the same bytes come in once.

    Raises `NotFound` where there is no such collection, or not any more.
    """
    here = sa.select(collections.c.id).where(collections.c.id == collection_id, collections.c.deleted_at.is_(None))
    with writing(engine).begin() as connection:
        if connection.execute(here.with_for_update()).first() is None:
            raise NotFound(f"no collection {collection_id!r}")
        yield connection
