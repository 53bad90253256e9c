"""A turn of a conversation as it is kept: a question, or an answer. Knows no conversations and no accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from answers.answer import Answer
from indexes.database import metadata
from webui.kept_answer import answer_of

turns = sa.Table(
    "turns",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("conversation_id", sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("citations", sa.Text, nullable=False),
    sa.Column("mode", sa.String(16), nullable=False),
    sa.Column("refusal", sa.Boolean, nullable=False),
    sa.Column("problem", sa.String(32), nullable=True),
    sa.Column("finished", sa.Boolean, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("details", sa.Text, nullable=False, server_default="{}"),
    sa.Column("parent_id", sa.String(32), nullable=True),
    sa.UniqueConstraint("conversation_id", "ordinal"),
)


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A turn as it is kept. An answer that is not `finished` is being written; of a question only the text counts.

    Its `problem` is a code of `answers.errors` or one made here: `stopped` (the reader stopped it, or signed out),
    `interrupted` (the server did), `rights_changed` (the reader may no longer read what was searched), `internal` (a
    defect; the log has it). `parent_id` is the turn before it, None for a first one; `siblings` are the ids of all
    turns that follow that one, oldest first, this one among them.
    """

    id: str
    conversation_id: str
    role: Literal["user", "assistant"]
    created_at: float
    said: Answer
    parent_id: str | None = None
    siblings: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[int, int]:
        """Which of its siblings it is, from 1, and how many they are."""
        return (self.siblings.index(self.id) + 1, len(self.siblings)) if self.siblings else (1, 1)


def turn_of(row: sa.RowMapping, siblings: Sequence[str] = ()) -> StoredTurn:
    """The turn in a row of `turns`."""
    said = answer_of(dict(row))
    about = (row["id"], row["conversation_id"], row["role"], row["created_at"])
    return StoredTurn(*about, said, row["parent_id"], tuple(siblings))
