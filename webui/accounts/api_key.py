"""API keys: secrets by which programs act for a person, within scopes and for a limited time.

A key is what its account may do, never more; it is shown once and kept as a hash. It opens the API, not the screen.
"""

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from indexes.database import metadata

Scope = Literal["read", "ask", "write"]
"""`read`: collections, documents, sources, search. `ask`: answers and conversations. `write`: what changes them."""

PREFIX = "darash_"
"""What every key begins with, so that people and scanners of secrets know what they have found."""

api_keys = sa.Table(
    "api_keys",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("scopes", sa.Text, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
    sa.Column("revoked_at", sa.Float, nullable=True),
    sa.Column("used_at", sa.Float, nullable=True),
)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as lists show it, without its secret."""

    id: str
    account_id: str
    name: str
    scopes: frozenset[Scope]
    created_at: float
    expires_at: float
    revoked_at: float | None
    used_at: float | None


class ApiKeys:
    """API keys in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
