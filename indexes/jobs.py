"""The queue: which document waits, who works on it and until when. The documents table is the queue.

A worker claims a document under a lease and renews it while it works. When a worker dies, its lease runs out and the
document is claimed again. Only the holder of a lease can move a document: every update names the owner. People pause,
resume, retry and delete: that takes the lease away, and the worker finds out.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from indexes.arrival import FRESH, Arrival, delete, register_part
from indexes.catalogue import taking_in
from indexes.database import now, writing
from indexes.errors import NotFound
from indexes.passages import chunks, pages
from indexes.record import DOCUMENT_COLUMNS, DocumentRecord, State, documents, records

LEASE_SECONDS = 60.0
MOST_ATTEMPTS = 300
"""Attempts that may come to nothing before a document is given up; one whose end was seen counts as `SEEN`.

That a worker dies says little about the document. Files are read by a process of their own: when that dies, the worker
lives to see it, and the document fails at once. A worker dies because somebody ends it, or the machine goes down, and
chance may have it die with the same document many times. It is different when the process that keeps the worker saw it
end by itself or for lack of memory: after three such ends the document is given up.
"""
SEEN = 100

WAITING: tuple[State, ...] = ("queued", "paused")
RUNNING: tuple[State, ...] = ("reading", "indexing")


class Jobs:
    """Claiming, moving and finishing documents."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def claim(self, owner: str) -> DocumentRecord | None:
        """The next document to work on, leased to `owner`, or None. Deletions come first.

        Then those with the fewest attempts, so that one that ends its workers cannot stop the others. The record is as
        it was before: its `attempts` are those that came to nothing.
        """
        query = (
            sa.select(*DOCUMENT_COLUMNS)
            .where(*_claimable())
            .order_by(documents.c.state != "deleting", documents.c.attempts, documents.c.created_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with writing(self.engine).begin() as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                return None
            record = DocumentRecord(**row)
            values: dict[str, object] = {"lease_owner": owner, "lease_until": now() + LEASE_SECONDS}
            if record.state != "deleting":
                values |= {"state": "reading", "attempts": record.attempts + 1}
            connection.execute(_of(record.id).values(updated_at=now(), **values))
        return record

    def are_waiting(self) -> bool:
        """Whether `claim` would find something."""
        with self.engine.connect() as connection:
            query = sa.select(documents.c.id).where(*_claimable()).limit(1)
            return connection.execute(query).first() is not None

    def is_held(self, document_id: str, owner: str) -> bool:
        """Whether the document is still leased to `owner`."""
        with self.engine.connect() as connection:
            query = sa.select(documents.c.lease_owner).where(documents.c.id == document_id)
            return connection.execute(query).scalar() == owner

    def progress(self, document_id: str, owner: str, state: State, pages_done: int, pages_total: int) -> bool:
        """Notes how far the work is and renews the lease. False when the lease was lost: stop working."""
        place = {"state": state, "pages_done": pages_done, "pages_total": pages_total}
        with writing(self.engine).begin() as connection:
            return _move(connection, document_id, owner, lease_until=now() + LEASE_SECONDS, **place)

    def finish(
        self,
        document_id: str,
        owner: str,
        state: State,
        reason: str = "",
        detail: str = "",
        parts: Sequence[Arrival] = (),
    ) -> bool:
        """Ends the work: `ready`, or `failed` with a reason. False, and nothing changed, when the lease was lost.

        With a document that becomes ready come the `parts` found inside it, and what it replaces goes: all at once.
        """
        with self.engine.connect() as connection:
            found = records(connection, documents.c.id == document_id)
        if not found:
            return False
        try:
            with taking_in(self.engine, found[0].collection_id) as connection:
                done = _FREE | ({"moved_from": ""} if state == "ready" else {})
                if not _move(connection, document_id, owner, state=state, reason=reason, detail=detail, **done):
                    return False
                if state == "ready":
                    _settle(connection, document_id, parts)
        except NotFound:  # its collection was deleted meanwhile, and the document with it
            return False
        return True

    def give_back(self, document_id: str, owner: str) -> bool:
        """Puts unfinished work back into the queue, as if it had not been begun. False when the lease was lost."""
        begun = documents.c.attempts - 1
        with writing(self.engine).begin() as connection:
            return _move(connection, document_id, owner, state="queued", attempts=begun, pages_done=0, **_FREE)

    def abandon(self, owners: str, *, to_blame: bool) -> None:
        """Frees what was leased to owners whose names begin like that: they are dead.

        `to_blame` are documents with which a worker ended by itself or for lack of memory, and was not killed.
        """
        theirs = sa.and_(documents.c.lease_owner.startswith(owners, autoescape=True), documents.c.state.in_(RUNNING))
        attempts = documents.c.attempts + (SEEN - 1 if to_blame else 0)
        with writing(self.engine).begin() as connection:
            connection.execute(documents.update().where(theirs).values(attempts=attempts, **_FREE))

    def pause(self, document_id: str) -> bool:
        """Stops a document that waits or is worked on until it is resumed. False when it is in another state."""
        return self._change(documents.c.id == document_id, ("queued", *RUNNING), state="paused") == 1

    def pause_all(self, collection_id: str) -> int:
        """Pauses everything of a collection that waits or is worked on; returns how many documents that were."""
        return self._change(documents.c.collection_id == collection_id, ("queued", *RUNNING), state="paused")

    def resume(self, document_id: str) -> bool:
        """Puts a paused document back into the queue. False when it is not paused."""
        return self._change(documents.c.id == document_id, ("paused",)) == 1

    def resume_all(self, collection_id: str) -> int:
        """Puts every paused document of a collection back into the queue; returns how many."""
        return self._change(documents.c.collection_id == collection_id, ("paused",))

    def retry(self, document_id: str) -> bool:
        """Puts a failed document back into the queue. False when it has not failed."""
        return self._change(documents.c.id == document_id, ("failed",)) == 1

    def retry_all(self, collection_id: str, reason: str) -> int:
        """Puts the documents of a collection that failed for that reason back into the queue; returns how many."""
        which = sa.and_(documents.c.collection_id == collection_id, documents.c.reason == reason)
        return self._change(which, ("failed",))

    def request_delete(self, document_id: str) -> None:
        """Marks a document and everything inside it for deletion: a worker removes what is stored of them.

        They leave every list at once, whatever their state; this is how a document that waits or is read is cancelled.
        """
        with writing(self.engine).begin() as connection:
            delete(connection, [document_id])

    def cancel_waiting(self, collection_id: str) -> int:
        """Deletes everything of a collection that waits in the queue or is paused; returns how many documents."""
        which = sa.and_(documents.c.collection_id == collection_id, documents.c.state.in_(WAITING))
        with writing(self.engine).begin() as connection:
            waiting = [record.id for record in records(connection, which)]
            delete(connection, waiting)
        return len(waiting)

    def are_deletions_left(self) -> bool:
        """Whether something waits to be deleted, or is being deleted now."""
        with self.engine.connect() as connection:
            query = sa.select(documents.c.id).where(documents.c.state == "deleting").limit(1)
            return connection.execute(query).first() is not None

    def forget(self, document_id: str) -> None:
        """Removes the rows of a document, the last step of deleting it."""
        with writing(self.engine).begin() as connection:
            for table in (pages, chunks):
                connection.execute(table.delete().where(table.c.document_id == document_id))
            connection.execute(documents.delete().where(documents.c.id == document_id))

    def _change(self, which: sa.ColumnElement[bool], states: Sequence[State], state: State = "queued") -> int:
        """Puts those documents, where they are in one of `states`, into another one, with nothing done yet."""
        update = documents.update().where(which, documents.c.state.in_(states))
        with writing(self.engine).begin() as connection:
            fresh = FRESH | {"state": state, "lease_owner": "", "updated_at": now()}
            return int(connection.execute(update.values(fresh)).rowcount)


_FREE = {"lease_until": 0.0, "lease_owner": ""}


def _claimable() -> tuple[sa.ColumnElement[bool], ...]:
    return documents.c.state.in_(("queued", "deleting", *RUNNING)), documents.c.lease_until < now()


def _of(document_id: str) -> sa.Update:
    return documents.update().where(documents.c.id == document_id)


def _move(connection: sa.Connection, document_id: str, owner: str, **values: object) -> bool:
    mine = _of(document_id).where(documents.c.lease_owner == owner)
    return connection.execute(mine.values(updated_at=now(), **values)).rowcount == 1


def _settle(connection: sa.Connection, document_id: str, parts: Sequence[Arrival]) -> None:
    (record,) = records(connection, documents.c.id == document_id)
    for part in parts:
        register_part(connection, part, record)
    if record.replaces:  # it stays written there: a citation of the old version leads to the new one
        delete(connection, [record.replaces])
