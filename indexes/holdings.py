"""What collections hold, in numbers: documents by their state, bytes, and when the last one changed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import sqlalchemy as sa

from indexes.record import documents


@dataclass(frozen=True, slots=True)
class Holding:
    """The documents of a collection, without those being deleted, by their state; `size` is the bytes of their files.

    `changed_at` is when one of them came in or went on last, in seconds since 1970; 0 where there is none.
    """

    states: Counter[str] = field(default_factory=Counter)
    size: int = 0
    changed_at: float = 0.0


def holdings(engine: sa.Engine, collection_ids: Iterable[str]) -> dict[str, Holding]:
    """What each of those collections holds."""
    ids = list(collection_ids)
    inside = sa.and_(documents.c.collection_id.in_(ids), documents.c.state != "deleting")
    counted = sa.func.count(), sa.func.sum(documents.c.size), sa.func.max(documents.c.updated_at)
    query = sa.select(documents.c.collection_id, documents.c.state, *counted).where(inside)
    found = {collection_id: Holding() for collection_id in ids}
    with engine.connect() as connection:
        for of, state, count, size, changed_at in connection.execute(
            query.group_by(documents.c.collection_id, documents.c.state)
        ):
            before = found[of]
            states = before.states + Counter({state: count})
            found[of] = Holding(states, before.size + int(size), max(before.changed_at, changed_at))
    return found
