"""Groups of people, to whom collections and conversations can be opened at once. Knows nothing of what they may do."""

from dataclasses import dataclass

import sqlalchemy as sa

from indexes.database import metadata

groups = sa.Table(
    "groups",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("created_at", sa.Float, nullable=False),
)

memberships = sa.Table(
    "memberships",
    metadata,
    sa.Column("group_id", sa.ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True),
    sa.Column("by_claim", sa.Boolean, nullable=False),  # the OIDC provider says so, and may take it back
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people."""

    id: str
    name: str
    created_at: float


class Groups:
    """Groups in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
