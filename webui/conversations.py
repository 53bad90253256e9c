"""Conversations and their turns in the database. Knows nothing of how an answer comes about.

Every reading names the account: a conversation of somebody else is `NotFound`, like one that does not exist.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from answers.answer import Answer
from indexes.database import metadata, new_id, now, writing
from indexes.errors import NotFound
from webui.branches import add, branch, newest_end, rows_of, siblings_of
from webui.kept_answer import columns_of
from webui.turn import StoredTurn, turn_of, turns

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


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as lists show it."""

    id: str
    account_id: str
    title: str
    created_at: float
    updated_at: float
    pinned_at: float | None = None
    collection_ids: tuple[str, ...] = ()
    """What is searched for its questions; empty: all that may be read."""


CONVERSATION_COLUMNS = [conversations.c[name] for name in Conversation.__dataclass_fields__]


class Conversations:
    """Conversations of all accounts."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def create(self, account_id: str, title: str, collection_ids: Sequence[str] = ()) -> Conversation:
        """A new conversation without turns, whose questions search those collections."""
        moment = now()
        conversation = Conversation(new_id(), account_id, title, moment, moment, None, tuple(collection_ids))
        values = {**asdict(conversation), "collection_ids": json.dumps(collection_ids)}
        with writing(self.engine).begin() as connection:
            connection.execute(conversations.insert().values(values))
        return conversation

    def list(self, account_id: str) -> tuple[Conversation, ...]:
        """The account's conversations, the one last spoken in first."""
        query = sa.select(*CONVERSATION_COLUMNS).where(owned_by(account_id))
        with self.engine.connect() as connection:
            rows = connection.execute(query.order_by(conversations.c.updated_at.desc(), conversations.c.id))
            return tuple(map(conversation_of, rows.mappings()))

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
        return conversation_of(row)

    def rename(self, account_id: str, conversation_id: str, title: str) -> None:
        """Gives a conversation another title. Raises `NotFound`."""
        self._change(_owned(account_id, conversation_id), title=title)

    def pin(self, account_id: str, conversation_id: str, pinned: bool) -> None:
        """Puts a conversation above the others in the list, or back among them. Raises `NotFound`."""
        self._change(_owned(account_id, conversation_id), pinned_at=now() if pinned else None)

    def choose(self, account_id: str, conversation_id: str, collection_ids: Sequence[str]) -> None:
        """Keeps what its next questions search; whether that may be read is not asked. Raises `NotFound`."""
        self._change(_owned(account_id, conversation_id), collection_ids=json.dumps(list(collection_ids)))

    def delete(self, account_id: str, conversation_id: str) -> None:
        """Takes a conversation away, as if it did not exist. Raises `NotFound`.

        It can be brought back until it is removed with its turns, see `webui/retention.py`.
        """
        self._change(_owned(account_id, conversation_id), deleted_at=now())

    def restore(self, account_id: str, conversation_id: str) -> None:
        """Brings back a conversation that was deleted a moment ago. Raises `NotFound`, also where it was not."""
        mine = sa.and_(conversations.c.id == conversation_id, conversations.c.account_id == account_id)
        self._change(sa.and_(mine, conversations.c.deleted_at.is_not(None)), deleted_at=None)

    def turns(self, account_id: str, conversation_id: str) -> tuple[StoredTurn, ...]:
        """The branch of a conversation that is shown, from its first turn to its last. Raises `NotFound`."""
        end = sa.select(conversations.c.last_turn_id).where(_owned(account_id, conversation_id))
        with self.engine.connect() as connection:
            found = connection.execute(end).scalar_one_or_none()
            if found is None:
                raise NotFound(f"no conversation {conversation_id!r} of account {account_id!r}")
            return branch(rows_of(connection, conversation_id), found)

    def until(self, account_id: str, turn_id: str) -> tuple[StoredTurn, ...]:
        """The branch that leads to a turn of the account, which is the last of it. Raises `NotFound`."""
        with self.engine.connect() as connection:
            return branch(rows_of(connection, _row(connection, account_id, turn_id)["conversation_id"]), turn_id)

    def turn(self, account_id: str, turn_id: str) -> StoredTurn:
        """One turn of a conversation of the account. Raises `NotFound`."""
        with self.engine.connect() as connection:
            row = _row(connection, account_id, turn_id)
            return turn_of(row, siblings_of(connection, row["conversation_id"], row["parent_id"]))

    def show(self, account_id: str, turn_id: str) -> None:
        """Shows the branch of a turn from now on, down to its newest end. Raises `NotFound`."""
        with writing(self.engine).begin() as connection:
            conversation_id = _row(connection, account_id, turn_id)["conversation_id"]
            end = newest_end(rows_of(connection, conversation_id), turn_id)
            _shown(connection, conversation_id, end)

    def add_question(self, account_id: str, conversation_id: str, question: str) -> StoredTurn:
        """Stores a question and, after it, an empty answer to be written; returns that answer. Raises `NotFound`.

        The question follows the branch that is shown.
        """
        with writing(self.engine).begin() as connection:
            end = _touched(connection, account_id, conversation_id)
            answer = add(connection, conversation_id, end or None, question)
            _shown(connection, answer.conversation_id, answer.id)
            return answer

    def add_question_beside(self, account_id: str, turn_id: str, question: str) -> StoredTurn:
        """Stores another question in place of one, which stays in a branch beside, and the answer to be written.

        Raises `NotFound` for what is no question of the account.
        """
        with writing(self.engine).begin() as connection:
            row = _row(connection, account_id, turn_id, "user")
            _touched(connection, account_id, row["conversation_id"])
            answer = add(connection, row["conversation_id"], row["parent_id"], question)
            _shown(connection, answer.conversation_id, answer.id)
            return answer

    def add_answer_beside(self, account_id: str, turn_id: str) -> StoredTurn:
        """Stores another answer to be written in place of one, which stays in a branch beside; returns the new one.

        Raises `NotFound` for what is no answer of the account.
        """
        with writing(self.engine).begin() as connection:
            row = _row(connection, account_id, turn_id, "assistant")
            _touched(connection, account_id, row["conversation_id"])
            answer = add(connection, row["conversation_id"], row["parent_id"])
            _shown(connection, answer.conversation_id, answer.id)
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

    def _change(self, which: sa.ColumnElement[bool], **values: object) -> None:
        with writing(self.engine).begin() as connection:
            if connection.execute(conversations.update().where(which).values(**values)).rowcount != 1:
                raise NotFound("no such conversation")


def owned_by(account_id: str) -> sa.ColumnElement[bool]:
    """Whether a conversation is the account's, and not deleted."""
    return sa.and_(conversations.c.account_id == account_id, conversations.c.deleted_at.is_(None))


def _owned(account_id: str, conversation_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(conversations.c.id == conversation_id, owned_by(account_id))


def conversation_of(row: sa.RowMapping) -> Conversation:
    """The conversation in a row of `CONVERSATION_COLUMNS`."""
    return Conversation(**{**row, "collection_ids": tuple(json.loads(row["collection_ids"]))})


def _row(connection: sa.Connection, account_id: str, turn_id: str, role: str | None = None) -> sa.RowMapping:
    """The row of a turn of the account. Raises `NotFound`, also where it was not said in that role."""
    query = (
        sa.select(turns)
        .join(conversations, conversations.c.id == turns.c.conversation_id)
        .where(turns.c.id == turn_id, owned_by(account_id))
    )
    row = connection.execute(query).mappings().first()
    if row is None or row["role"] != (role or row["role"]):
        raise NotFound(f"no turn {turn_id!r} of account {account_id!r}")
    return row


def _touched(connection: sa.Connection, account_id: str, conversation_id: str) -> str:
    """Brings a conversation to the top of the list; returns the end of the branch that is shown. Raises `NotFound`.

    This change also makes two questions asked at once wait for each other, so that their ordinals differ.
    """
    which = _owned(account_id, conversation_id)
    if connection.execute(conversations.update().where(which).values(updated_at=now())).rowcount != 1:
        raise NotFound(f"no conversation {conversation_id!r} of account {account_id!r}")
    return str(connection.execute(sa.select(conversations.c.last_turn_id).where(which)).scalar_one())


def _shown(connection: sa.Connection, conversation_id: str, end: str) -> None:
    change = conversations.update().where(conversations.c.id == conversation_id)
    connection.execute(change.values(last_turn_id=end))
