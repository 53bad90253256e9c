"""The branches of a conversation. Knows its turns, and neither whose it is nor which of its branches is shown.

Turns are a tree: each follows one other, or none, and what follows the same turn are siblings: a question that was
edited and what it was before, an answer and another one to the same question. A branch is the way from the first turn
to one of them.
"""

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from answers.answer import Answer
from indexes.database import new_id, now
from webui.kept_answer import columns_of
from webui.turn import StoredTurn, turn_of, turns

Rows = Sequence[sa.RowMapping]
"""The rows of all turns of a conversation by their ordinals: each is newer than the one it follows."""


def rows_of(connection: sa.Connection, conversation_id: str) -> Rows:
    """All turns of a conversation."""
    query = sa.select(turns).where(turns.c.conversation_id == conversation_id).order_by(turns.c.ordinal)
    return connection.execute(query).mappings().all()


def branch(rows: Rows, end: str) -> tuple[StoredTurn, ...]:
    """The turns from the first to `end`; where there is no such turn, to the newest one."""
    by_id, below = {row["id"]: row for row in rows}, dict[str | None, list[str]]()
    for row in rows:
        below.setdefault(row["parent_id"], []).append(row["id"])
    backwards = list[StoredTurn]()
    following = by_id.get(end) or (rows[-1] if rows else None)
    while following is not None:
        backwards.append(turn_of(following, below[following["parent_id"]]))
        following = by_id.get(following["parent_id"])
    return tuple(reversed(backwards))


def newest_end(rows: Rows, turn_id: str) -> str:
    """The newest of the turns that come after a turn, straight or by others; the turn itself where none does."""
    newest, after = turn_id, {turn_id}
    for row in rows:
        if row["parent_id"] in after:
            after.add(row["id"])
            newest = row["id"]
    return newest


def siblings_of(connection: sa.Connection, conversation_id: str, parent_id: str | None) -> tuple[str, ...]:
    """The ids of the turns that follow a turn, or none, oldest first."""
    query = sa.select(turns.c.id).where(turns.c.conversation_id == conversation_id, turns.c.parent_id == parent_id)
    return tuple(connection.execute(query.order_by(turns.c.ordinal)).scalars())


def add(
    connection: sa.Connection, conversation_id: str, parent_id: str | None, question: str | None = None
) -> StoredTurn:
    """Adds an empty answer after a turn, with a question between them where there is one; returns that answer."""
    moment, added = now(), list[StoredTurn]()
    if question is not None:
        said = Answer(question, finished=True)
        added.append(StoredTurn(new_id(), conversation_id, "user", moment, said, parent_id))
        parent_id = added[0].id
    added.append(StoredTurn(new_id(), conversation_id, "assistant", moment, Answer(""), parent_id))
    newest = sa.select(sa.func.max(turns.c.ordinal)).where(turns.c.conversation_id == conversation_id)
    ordinal = connection.execute(newest).scalar_one_or_none() or 0
    for step, turn in enumerate(added, start=1):
        known = {"id": turn.id, "conversation_id": conversation_id, "role": turn.role, "created_at": moment}
        values = {**known, "parent_id": turn.parent_id, "ordinal": ordinal + step, **columns_of(turn.said)}
        connection.execute(turns.insert().values(values))
    return replace(added[-1], siblings=siblings_of(connection, conversation_id, parent_id))
