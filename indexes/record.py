"""The row of a document: what is known of a file that was taken in, and how far the work on it is. Decides nothing."""

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from indexes.database import metadata

State = Literal["queued", "paused", "reading", "indexing", "ready", "failed", "deleting"]

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
    sa.Column("path", sa.Text, nullable=False, default=""),
    sa.Column("parent_id", sa.String(32), nullable=False, default="", index=True),
    sa.Column("replaces", sa.String(32), nullable=False, default=""),
    sa.Column("added_by", sa.String(32), nullable=False, default="", server_default=""),
    sa.Column("moved_from", sa.String(32), nullable=False, default="", server_default=""),
    sa.UniqueConstraint("collection_id", "sha256"),
)


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What the catalogue knows of a document. `reason` is a code, `detail` one English sentence for the log.

    `path` is where the file was in the folder or archive it came from, "" for one that came alone. `parent_id` is the
    document (mail, archive) that holds this one, `replaces` the document whose place this one takes when it is ready,
    or has taken; both "" where there is none. `added_by` is the account that uploaded it, or the file that it was in,
    first; "" for the command line. `moved_from` is the collection in whose index its passages may still be, "" once a
    worker has carried them over.
    """

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
    path: str = ""
    parent_id: str = ""
    replaces: str = ""
    added_by: str = ""
    moved_from: str = ""


DOCUMENT_COLUMNS = [documents.c[name] for name in DocumentRecord.__dataclass_fields__]


def records(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[DocumentRecord]:
    """The documents of which that is so, oldest first, without those being deleted."""
    query = sa.select(*DOCUMENT_COLUMNS).where(which, documents.c.state != "deleting")
    rows = connection.execute(query.order_by(documents.c.created_at)).mappings()
    return [DocumentRecord(**row) for row in rows]
