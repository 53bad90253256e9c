"""What people say of answers: good or not, with reasons. Each answer has at most one opinion, of whom it was given to."""

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from indexes.database import metadata

Reason = Literal["wrong", "not_in_source", "missing", "wrong_source", "unclear", "refused", "language"]

opinions = sa.Table(
    "opinions",
    metadata,
    sa.Column("turn_id", sa.ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("good", sa.Boolean, nullable=False),
    sa.Column("reasons", sa.Text, nullable=False),
    sa.Column("remark", sa.Text, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody says of an answer."""

    turn_id: str
    account_id: str
    good: bool
    reasons: tuple[Reason, ...]
    remark: str
    created_at: float
