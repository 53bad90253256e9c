"""Invitations: links by which a new person makes an account, once and for a limited time."""

from dataclasses import dataclass

import sqlalchemy as sa

from indexes.database import metadata
from webui.accounts.account import Role

invitations = sa.Table(
    "invitations",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("shown_name", sa.Text, nullable=False),
    sa.Column("invited_by", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
    sa.Column("used_at", sa.Float, nullable=True),
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as lists show it; its secret is shown once, when it is made."""

    id: str
    role: Role
    shown_name: str
    invited_by: str
    created_at: float
    expires_at: float
    used_at: float | None


class Invitations:
    """Invitations in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
