"""Answers are kept with what they say of themselves: what is doubtful, how they came about, what to ask next."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("turns", sa.Column("details", sa.Text, nullable=False, server_default="{}"))
