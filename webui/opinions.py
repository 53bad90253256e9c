"""What people say of answers: good or not, with reasons. Each answer has at most one opinion, of whom it was given to.

Knows nothing of how opinions are asked for or what is made of them.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal, get_args

import sqlalchemy as sa

from answers.answer import Answer
from indexes.database import metadata, now, writing
from indexes.errors import NotFound
from webui.conversations import conversations, owned_by
from webui.kept_answer import answer_of, columns_of
from webui.turn import turns

Reason = Literal["wrong", "not_in_source", "missing", "wrong_source", "unclear", "refused", "language"]
REASONS: tuple[Reason, ...] = get_args(Reason)
LONGEST_REMARK = 1000

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
    """What somebody says of an answer. A good one has no reasons."""

    turn_id: str
    account_id: str
    good: bool
    reasons: tuple[Reason, ...]
    remark: str
    created_at: float


@dataclass(frozen=True, slots=True)
class Rated:
    """An answer with its question, and what was said of it. `chosen` is what its conversation searches, () for all."""

    question: str
    chosen: tuple[str, ...]
    said: Answer
    opinion: Opinion


class Opinions:
    """The opinions in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def put(self, account_id: str, turn_id: str, good: bool, reasons: Sequence[Reason] = (), remark: str = "") -> None:
        """Says something of an answer that was given to the account, in place of what was said before.

        Raises `NotFound` for what is no finished answer of the account.
        """
        said = Opinion(turn_id, account_id, good, () if good else tuple(dict.fromkeys(reasons)), remark, now())
        with writing(self.engine).begin() as connection:
            _withdraw(connection, account_id, turn_id)
            connection.execute(opinions.insert().values({**asdict(said), "reasons": " ".join(said.reasons)}))

    def withdraw(self, account_id: str, turn_id: str) -> None:
        """Takes back what was said of an answer, if anything. Raises `NotFound` as `put` does."""
        with writing(self.engine).begin() as connection:
            _withdraw(connection, account_id, turn_id)

    def of(self, account_id: str, conversation_id: str) -> dict[str, Opinion]:
        """Id of the answer -> what was said of it, in a conversation of the account; nothing for one of others."""
        query = sa.select(opinions).select_from(_OF_ANSWERS).where(conversations.c.id == conversation_id)
        with self.engine.connect() as connection:
            rows = connection.execute(query.where(owned_by(account_id))).mappings()
            return {row["turn_id"]: _opinion(row) for row in rows}

    def since(self, moment: float) -> list[Opinion]:
        """What was said from that moment on (seconds since 1970), the oldest first."""
        query = sa.select(opinions).where(opinions.c.created_at >= moment).order_by(opinions.c.created_at)
        with self.engine.connect() as connection:
            return [_opinion(row) for row in connection.execute(query).mappings()]

    def rated(self) -> list[Rated]:
        """Every answer of which something was said, with its question, the oldest opinion first."""
        asked = turns.alias()
        said = [turns.c[name] for name in columns_of(Answer(""))]
        query = (
            sa.select(opinions, asked.c.text.label("question"), conversations.c.collection_ids, *said)
            .select_from(_OF_ANSWERS.join(asked, asked.c.id == turns.c.parent_id))
            .where(conversations.c.deleted_at.is_(None))
            .order_by(opinions.c.created_at, opinions.c.turn_id)
        )
        with self.engine.connect() as connection:
            rows = connection.execute(query).mappings()
            return [_rated(row) for row in rows]


_OF_ANSWERS = opinions.join(turns, turns.c.id == opinions.c.turn_id).join(
    conversations, conversations.c.id == turns.c.conversation_id
)


def _withdraw(connection: sa.Connection, account_id: str, turn_id: str) -> None:
    """Removes the opinion of an answer of the account, which is held until the transaction ends."""
    held = (
        sa.select(turns.c.id)
        .join(conversations, conversations.c.id == turns.c.conversation_id)
        .where(turns.c.id == turn_id, turns.c.role == "assistant", turns.c.finished, owned_by(account_id))
    )
    if connection.execute(held.with_for_update(of=turns)).first() is None:
        raise NotFound(f"no answer {turn_id!r} of account {account_id!r}")
    connection.execute(opinions.delete().where(opinions.c.turn_id == turn_id))


def _opinion(row: sa.RowMapping) -> Opinion:
    values = {name: row[name] for name in Opinion.__dataclass_fields__}
    return Opinion(**{**values, "reasons": tuple(row["reasons"].split())})


def _rated(row: sa.RowMapping) -> Rated:
    chosen = tuple(json.loads(row["collection_ids"]))
    return Rated(row["question"], chosen, answer_of(dict(row)), _opinion(row))
