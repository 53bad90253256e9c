"""Collections have a glossary: pairs that mean the same, found in documents or written by editors."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    collection = sa.ForeignKey("collections.id", ondelete="CASCADE")
    document = sa.ForeignKey("documents.id", ondelete="CASCADE")
    op.create_table(
        "glossary",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("collection_id", sa.String(32), collection, nullable=False, index=True),
        sa.Column("document_id", sa.String(32), document, nullable=True, index=True),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("term", sa.Text, nullable=False),
        sa.Column("meaning", sa.Text, nullable=False),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
    )
