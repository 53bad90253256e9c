"""The catalogue: which collections and documents there are, and in which state each document is.

A document row is also its job: `queued, reading, indexing, ready, failed` (see `indexes/jobs.py` for who moves it).
Knows nothing of formats; a reason for failure is a code that the screen turns into a sentence.
"""

from dataclasses import asdict, dataclass
from typing import Literal

import sqlalchemy as sa

from indexes.database import metadata, new_id, now, writing
from indexes.errors import NotFound

State = Literal["queued", "reading", "indexing", "ready", "failed", "deleting"]

collections = sa.Table(
    "collections",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("created_at", sa.Float, nullable=False),
)

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("collection_id", sa.ForeignKey("collections.id"), nullable=False, index=True),
    sa.Column("filename", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("reason", sa.String(64), nullable=False, default=""),
    sa.Column("detail", sa.Text, nullable=False, default=""),
    sa.Column("pages_done", sa.Integer, nullable=False, default=0),
    sa.Column("pages_total", sa.Integer, nullable=False, default=0),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("lease_owner", sa.String(64), nullable=False, default=""),
    sa.Column("lease_until", sa.Float, nullable=False, default=0.0),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("updated_at", sa.Float, nullable=False),
    sa.UniqueConstraint("collection_id", "sha256"),
)


@dataclass(frozen=True, slots=True)
class Collection:
    """A set of documents that is searched together."""

    id: str
    name: str
    created_at: float


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What the catalogue knows of a document. `reason` is a code, `detail` one English sentence for the log."""

    id: str
    collection_id: str
    filename: str
    title: str
    sha256: str
    size: int
    state: State
    reason: str
    detail: str
    pages_done: int
    pages_total: int
    attempts: int
    created_at: float
    updated_at: float


DOCUMENT_COLUMNS = [documents.c[name] for name in DocumentRecord.__dataclass_fields__]


class Catalogue:
    """Collections and documents in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def collections(self) -> list[Collection]:
        """All collections, oldest first."""
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(collections).order_by(collections.c.created_at))
            return [Collection(**row) for row in rows.mappings()]

    def collection_named(self, name: str) -> Collection:
        """The collection of that name, made if it is not there."""
        found = sa.select(collections).where(collections.c.name == name)
        with writing(self.engine).begin() as connection:
            row = connection.execute(found).mappings().first()
            if row is not None:
                return Collection(**row)
            collection = Collection(new_id(), name, now())
            connection.execute(collections.insert().values(asdict(collection)))
            return collection

    def add_document(
        self, document_id: str, collection_id: str, filename: str, sha256: str, size: int
    ) -> DocumentRecord:
        """Registers a stored file as `queued` under the given id, and returns the record.

        The same bytes in the same collection are the document that is there already, under its own id; a failed one is
        queued again.
        """
        same = sa.and_(documents.c.collection_id == collection_id, documents.c.sha256 == sha256)
        fresh = {"state": "queued", "reason": "", "detail": "", "attempts": 0, "lease_until": 0.0, "updated_at": now()}
        values = {
            "id": document_id,
            "collection_id": collection_id,
            "filename": filename,
            "sha256": sha256,
            "size": size,
        }
        title = filename.rsplit(".", 1)[0]
        with writing(self.engine).begin() as connection:
            row = connection.execute(sa.select(*DOCUMENT_COLUMNS).where(same)).mappings().first()
            if row is None:
                connection.execute(documents.insert().values(title=title, created_at=now(), **values, **fresh))
            elif row["state"] == "failed":
                connection.execute(documents.update().where(same).values(fresh))
            row = connection.execute(sa.select(*DOCUMENT_COLUMNS).where(same)).mappings().one()
            return DocumentRecord(**row)

    def documents(self, collection_id: str) -> list[DocumentRecord]:
        """The documents of a collection, newest first, without those being deleted."""
        query = sa.select(*DOCUMENT_COLUMNS).where(
            documents.c.collection_id == collection_id, documents.c.state != "deleting"
        )
        with self.engine.connect() as connection:
            rows = connection.execute(query.order_by(documents.c.created_at.desc(), documents.c.filename))
            return [DocumentRecord(**row) for row in rows.mappings()]

    def document(self, document_id: str) -> DocumentRecord:
        """One document. Raises `NotFound`."""
        with self.engine.connect() as connection:
            query = sa.select(*DOCUMENT_COLUMNS).where(documents.c.id == document_id)
            row = connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(f"no document {document_id!r}")
        return DocumentRecord(**row)

    def rename(self, document_id: str, title: str) -> None:
        """Gives a document the title found inside it."""
        with writing(self.engine).begin() as connection:
            connection.execute(documents.update().where(documents.c.id == document_id).values(title=title))
