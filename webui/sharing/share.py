"""Shared conversations: read-only snapshots, opened by a secret link or by teammates. A share grants nothing else.

It dies when it is revoked, runs out, its conversation is deleted, or its maker is suspended. Passages of collections
that the maker may not read any more are not shown.
"""

import sqlalchemy as sa

from indexes.database import metadata

shares = sa.Table(
    "shares",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=True, unique=True),  # of the link's secret; none where it has no link
    sa.Column("conversation_id", sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("snapshot", sa.Text, nullable=False),
    sa.Column("with_passages", sa.Boolean, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
    sa.Column("revoked_at", sa.Float, nullable=True),
)

share_readers = sa.Table(
    "share_readers",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("share_id", sa.ForeignKey("shares.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=True, index=True),
    sa.Column("group_id", sa.ForeignKey("groups.id", ondelete="CASCADE"), nullable=True, index=True),
)


class Shares:
    """Shared conversations in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
