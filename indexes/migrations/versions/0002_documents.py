"""Documents know where they came from and what they replace; pages and passages know how people call their place."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for name, length in {"path": None, "parent_id": 32, "replaces": 32}.items():
        op.add_column("documents", _text(name, length))
    op.create_index("ix_documents_parent_id", "documents", ["parent_id"])
    op.add_column("pages", sa.Column("kind", sa.String(16), nullable=False, server_default="page"))
    op.add_column("pages", sa.Column("first_row", sa.Integer, nullable=False, server_default="0"))
    op.add_column("chunks", _text("table_header"))
    op.execute("UPDATE pages SET kind = 'text' WHERE width = 0")  # without paper
    _name_the_places_of_spans()


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=False, server_default="")


def _name_the_places_of_spans() -> None:
    """A span was page, start and end; now kind, label and row of its place follow."""
    connection = op.get_bind()
    pages = sa.table("pages", *map(sa.column, ("document_id", "number", "kind", "label")))
    chunks = sa.table("chunks", *map(sa.column, ("id", "document_id", "spans")))
    places: dict[tuple[str, int], list[str | int]] = {
        (page.document_id, page.number): [page.kind, page.label, 0] for page in connection.execute(sa.select(pages))
    }
    for chunk in connection.execute(sa.select(chunks)).all():
        spans = [[*span, *places[chunk.document_id, span[0]]] for span in json.loads(chunk.spans)]
        named = chunks.update().where(chunks.c.id == chunk.id).values(spans=json.dumps(spans, ensure_ascii=False))
        connection.execute(named)
