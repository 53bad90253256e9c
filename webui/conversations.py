"""Conversations and their turns in the database. Knows nothing of how an answer comes about.

Every reading names the account: a conversation of somebody else is `NotFound`, like one that does not exist.
"""

from dataclasses import asdict, dataclass
from typing import Literal

import sqlalchemy as sa

from answers.answer import Answer
from indexes.database import metadata, new_id, now, writing
from indexes.errors import NotFound
from webui.kept_answer import answer_of, columns_of

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("updated_at", sa.Float, nullable=False),
    sa.Column("pinned_at", sa.Float, nullable=True),
    sa.Column("deleted_at", sa.Float, nullable=True),
    sa.Column("last_turn_id", sa.String(32), nullable=False, server_default=""),
    sa.Column("collection_ids", sa.Text, nullable=False, server_default="[]"),
)

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
class Conversation:
    """A conversation as lists show it."""

    id: str
    account_id: str
    title: str
    created_at: float
    updated_at: float


CONVERSATION_COLUMNS = [conversations.c[name] for name in Conversation.__dataclass_fields__]


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A turn as it is kept. An answer that is not `finished` is being written; of a question only the text counts.

    Its `problem` is a code of `answers.errors` or one made here: `stopped` (the reader stopped it or went away),
    `interrupted` (the server did), `rights_changed` (the reader may no longer read what was searched), `internal` (a
    defect; the log has it).
    """

    id: str
    conversation_id: str
    role: Literal["user", "assistant"]
    created_at: float
    said: Answer


class Conversations:
    """Conversations of all accounts."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def create(self, account_id: str, title: str) -> Conversation:
        """A new conversation without turns."""
        moment = now()
        conversation = Conversation(new_id(), account_id, title, moment, moment)
        with writing(self.engine).begin() as connection:
            connection.execute(conversations.insert().values(asdict(conversation)))
        return conversation

    def list(self, account_id: str) -> tuple[Conversation, ...]:
        """The account's conversations, the one last spoken in first."""
        query = sa.select(*CONVERSATION_COLUMNS).where(conversations.c.account_id == account_id)
        with self.engine.connect() as connection:
            rows = connection.execute(query.order_by(conversations.c.updated_at.desc(), conversations.c.id))
            return tuple(Conversation(**row) for row in rows.mappings())

    def get(self, account_id: str, conversation_id: str) -> Conversation:
        """One conversation of the account. Raises `NotFound`."""
        with self.engine.connect() as connection:
            row = (
                connection.execute(sa.select(*CONVERSATION_COLUMNS).where(_owned(account_id, conversation_id)))
                .mappings()
                .first()
            )
        if row is None:
            raise NotFound(f"no conversation {conversation_id!r} of account {account_id!r}")
        return Conversation(**row)

    def rename(self, account_id: str, conversation_id: str, title: str) -> None:
        """Gives a conversation another title. Raises `NotFound`."""
        change = conversations.update().where(_owned(account_id, conversation_id)).values(title=title)
        self._change_one(change, conversation_id)

    def delete(self, account_id: str, conversation_id: str) -> None:
        """Removes a conversation and its turns. Raises `NotFound`."""
        self._change_one(conversations.delete().where(_owned(account_id, conversation_id)), conversation_id)

    def turns(self, account_id: str, conversation_id: str) -> tuple[StoredTurn, ...]:
        """The turns of a conversation of the account, in order. Raises `NotFound`."""
        self.get(account_id, conversation_id)
        query = sa.select(turns).where(turns.c.conversation_id == conversation_id)
        with self.engine.connect() as connection:
            return tuple(_turn(row) for row in connection.execute(query.order_by(turns.c.ordinal)).mappings())

    def turn(self, account_id: str, turn_id: str) -> StoredTurn:
        """One turn of a conversation of the account. Raises `NotFound`."""
        query = (
            sa.select(turns)
            .join(conversations, conversations.c.id == turns.c.conversation_id)
            .where(turns.c.id == turn_id, conversations.c.account_id == account_id)
        )
        with self.engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(f"no turn {turn_id!r} of account {account_id!r}")
        return _turn(row)

    def add_question(self, account_id: str, conversation_id: str, question: str) -> StoredTurn:
        """Stores a question and, after it, an empty answer to be written; returns that answer. Raises `NotFound`."""
        moment = now()
        asked = StoredTurn(new_id(), conversation_id, "user", moment, Answer(question, finished=True))
        answer = StoredTurn(new_id(), conversation_id, "assistant", moment, Answer(""))
        touch = conversations.update().where(_owned(account_id, conversation_id)).values(updated_at=moment)
        with writing(self.engine).begin() as connection:
            # This update also makes two questions asked at once wait for each other, so that their ordinals differ.
            if connection.execute(touch).rowcount != 1:
                raise NotFound(f"no conversation {conversation_id!r} of account {account_id!r}")
            last = sa.select(sa.func.max(turns.c.ordinal)).where(turns.c.conversation_id == conversation_id)
            ordinal = connection.execute(last).scalar_one_or_none() or 0
            for step, turn in enumerate((asked, answer), start=1):
                known = {"id": turn.id, "conversation_id": conversation_id, "role": turn.role, "created_at": moment}
                values = {**known, "ordinal": ordinal + step, **columns_of(turn.said)}
                connection.execute(turns.insert().values(values))
        return answer

    def save_answer(self, turn_id: str, answer: Answer) -> None:
        """Keeps how far an answer has come. A turn that was deleted meanwhile stays deleted."""
        with writing(self.engine).begin() as connection:
            connection.execute(turns.update().where(turns.c.id == turn_id).values(columns_of(answer)))

    def close_interrupted(self) -> int:
        """Ends the answers that were being written when the server died; returns how many. Call once, at start."""
        change = turns.update().where(turns.c.finished.is_(False)).values(finished=True, problem="interrupted")
        with writing(self.engine).begin() as connection:
            return connection.execute(change).rowcount

    def _change_one(self, change: sa.Update | sa.Delete, conversation_id: str) -> None:
        with writing(self.engine).begin() as connection:
            if connection.execute(change).rowcount != 1:
                raise NotFound(f"no conversation {conversation_id!r}")


def _owned(account_id: str, conversation_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(conversations.c.id == conversation_id, conversations.c.account_id == account_id)


def _turn(row: sa.RowMapping) -> StoredTurn:
    return StoredTurn(row["id"], row["conversation_id"], row["role"], row["created_at"], answer_of(dict(row)))
