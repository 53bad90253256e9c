"""The screen: branches, pinned and deleted conversations, what was chosen to search, what people say of answers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("turns", sa.Column("parent_id", sa.String(32), nullable=True))
    for name in ("pinned_at", "deleted_at"):
        op.add_column("conversations", sa.Column(name, sa.Float(), nullable=True))
    op.add_column("conversations", sa.Column("last_turn_id", sa.String(32), nullable=False, server_default=""))
    op.add_column("conversations", sa.Column("collection_ids", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("accounts", sa.Column("language", sa.String(8), nullable=False, server_default=""))
    op.add_column("accounts", sa.Column("theme", sa.String(8), nullable=False, server_default=""))
    op.add_column("accounts", sa.Column("guided_at", sa.Float(), nullable=True))
    op.execute("UPDATE accounts SET guided_at = created_at")  # whoever is here already has found the way
    op.add_column("collections", sa.Column("suggestions", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("documents", sa.Column("moved_from", sa.String(32), nullable=False, server_default=""))
    _each_turn_follows_the_one_before_it()
    op.create_table(
        "opinions",
        sa.Column("turn_id", sa.String(32), sa.ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("good", sa.Boolean, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("remark", sa.Text, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Index("ix_opinions_account_id", "account_id"),
    )


def _each_turn_follows_the_one_before_it() -> None:
    """Until now a conversation was one line: its turns by their ordinals, the last of which is shown."""
    before = (
        "SELECT b.id FROM turns b WHERE b.conversation_id = turns.conversation_id AND b.ordinal < turns.ordinal "
        "ORDER BY b.ordinal DESC LIMIT 1"
    )
    last = "SELECT t.id FROM turns t WHERE t.conversation_id = conversations.id ORDER BY t.ordinal DESC LIMIT 1"
    op.execute(f"UPDATE turns SET parent_id = ({before})")  # noqa: S608 - no part of it comes from outside
    op.execute(f"UPDATE conversations SET last_turn_id = COALESCE(({last}), '')")  # noqa: S608
