"""The queue: which document waits, who works on it and until when. The documents table is the queue.

A worker claims a document under a lease and renews it while it works. When a worker dies, its lease runs out and the
document is claimed again; after `MOST_ATTEMPTS` it ends `failed`, so that one bad file cannot stop the others.
Only the holder of a lease can move a document: every update names the owner.
"""

import sqlalchemy as sa

from indexes.catalogue import DOCUMENT_COLUMNS, DocumentRecord, State, documents
from indexes.database import now, writing
from indexes.passages import chunks, pages

LEASE_SECONDS = 60.0
MOST_ATTEMPTS = 3


class Jobs:
    """Claiming, moving and finishing documents."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def claim(self, owner: str) -> DocumentRecord | None:
        """The next document to work on, leased to `owner`, or None. Abandoned ones come first."""
        waiting = sa.or_(
            documents.c.state.in_(("queued", "deleting")),
            documents.c.state.in_(("reading", "indexing")),
        )
        query = (
            sa.select(*DOCUMENT_COLUMNS)
            .where(waiting, documents.c.lease_until < now())
            .order_by(documents.c.state == "queued", documents.c.created_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with writing(self.engine).begin() as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                return None
            record = DocumentRecord(**row)
            gave_up = record.attempts >= MOST_ATTEMPTS and record.state != "deleting"
            values: dict[str, object] = {
                "lease_owner": owner,
                "lease_until": now() + LEASE_SECONDS,
                "updated_at": now(),
            }
            if gave_up:
                values |= {"state": "failed", "reason": "worker_died", "detail": "gave up after repeated crashes"}
            elif record.state != "deleting":
                values |= {"state": "reading", "attempts": record.attempts + 1}
            connection.execute(documents.update().where(documents.c.id == record.id).values(values))
        return self.claim(owner) if gave_up else record

    def progress(self, document_id: str, owner: str, state: State, pages_done: int, pages_total: int) -> bool:
        """Notes how far the work is and renews the lease. False when the lease was lost: stop working."""
        return self._move(
            document_id,
            owner,
            state=state,
            pages_done=pages_done,
            pages_total=pages_total,
            lease_until=now() + LEASE_SECONDS,
        )

    def finish(self, document_id: str, owner: str, state: State, reason: str = "", detail: str = "") -> bool:
        """Ends the work: `ready`, or `failed` with a reason. False when the lease was lost."""
        return self._move(
            document_id, owner, state=state, reason=reason, detail=detail, lease_until=0.0, lease_owner=""
        )

    def give_back(self, document_id: str, owner: str) -> bool:
        """Puts unfinished work back into the queue, as if it had not been begun. False when the lease was lost."""
        return self._move(
            document_id,
            owner,
            state="queued",
            attempts=documents.c.attempts - 1,
            pages_done=0,
            lease_until=0.0,
            lease_owner="",
        )

    def request_delete(self, document_id: str) -> None:
        """Marks a document for deletion; it leaves every list at once, and the worker removes what is stored of it.

        Its checksum goes too, so that the same file uploaded again is a new document, which this deletion cannot touch.
        """
        with writing(self.engine).begin() as connection:
            connection.execute(
                documents.update()
                .where(documents.c.id == document_id)
                .values(state="deleting", sha256=documents.c.id, lease_until=0.0, lease_owner="", updated_at=now())
            )

    def forget(self, document_id: str) -> None:
        """Removes the rows of a document, the last step of deleting it."""
        with writing(self.engine).begin() as connection:
            for table in (pages, chunks):
                connection.execute(table.delete().where(table.c.document_id == document_id))
            connection.execute(documents.delete().where(documents.c.id == document_id))

    def _move(self, document_id: str, owner: str, **values: object) -> bool:
        mine = sa.and_(documents.c.id == document_id, documents.c.lease_owner == owner)
        with writing(self.engine).begin() as connection:
            result = connection.execute(documents.update().where(mine).values(updated_at=now(), **values))
            return result.rowcount == 1
