"""The audit log: who did what to whom, when and from where. Rows are only ever added, and each seals the ones before.

It holds random ids and codes, never a name, a question or a word of a document. Names are looked up when it is read, by
`audit_reading.py`: what was deleted leaves none behind, and nobody learns the names of what they may not see.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from indexes.database import metadata, now, writing

Action = Literal[
    "signed_in", "sign_in_failed", "signed_out", "password_changed", "names_changed", "joined",
    "invited", "invitation_revoked", "link_made", "suspended", "restored", "role_changed", "person_deleted",
    "group_made", "group_renamed", "group_deleted", "group_joined", "group_left",
    "collection_made", "collection_renamed", "suggestions_changed", "collection_deleted", "granted", "grant_revoked",
    "uploaded", "document_moved", "document_deleted", "downloaded", "glossary_changed",
    "shared", "share_revoked", "share_opened", "exported", "conversation_deleted", "conversation_restored",
    "key_made", "key_revoked", "key_used", "audit_exported", "retention_applied", "backup_made",
]  # fmt: skip

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("actor_id", sa.String(32), nullable=False),
    sa.Column("action", sa.String(32), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("address", sa.String(64), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the log. `at` is in seconds since 1970; `detail` holds codes such as a role; `digest` seals the row."""

    number: int
    at: float
    actor_id: str
    action: Action
    subject: str
    address: str
    detail: Mapping[str, str]
    digest: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are wanted: everything, unless told. `since` and `until` are in seconds since 1970; `until` is out."""

    actor_id: str = ""
    action: str = ""
    since: float | None = None
    until: float | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the seals has shown: how many rows there are, and the first whose seal does not fit, or 0.

    `last` is the seal of the newest row. Kept elsewhere, it shows later that nothing was cut off at the end.
    """

    rows: int
    broken_at: int
    last: str


class Audit:
    """The audit log in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def record(
        self,
        actor_id: str,
        action: Action,
        subject: str = "",
        address: str = "",
        detail: Mapping[str, str] | None = None,
    ) -> None:
        """Adds a row, with a digest (SHA-256) over it and the digest before it.

        `actor_id` is the account that acts, "" for nobody known or a command; `subject` is the id of what it acts on,
        `address` where the request came from. `detail` takes codes and numbers, never what people wrote.
        """
        with _alone(self.engine) as connection:
            _add(connection, actor_id, action, subject, address, detail or {})

    def entries(self, wanted: Wanted, first: int, most: int) -> list[Entry]:
        """Rows from the newest back: `most` of them, after the newest `first`."""
        query = sa.select(audit).where(*_which(wanted)).order_by(audit.c.number.desc()).offset(first).limit(most)
        with self.engine.connect() as connection:
            return [_entry(row) for row in connection.execute(query).mappings()]

    def count(self, wanted: Wanted) -> int:
        """How many rows are wanted."""
        query = sa.select(sa.func.count()).select_from(audit).where(*_which(wanted))
        with self.engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def every(self, wanted: Wanted) -> Iterator[Entry]:
        """The rows, the oldest first, a few at a time."""
        last = 0
        while True:
            query = sa.select(audit).where(audit.c.number > last, *_which(wanted)).order_by(audit.c.number)
            with self.engine.connect() as connection:
                rows = connection.execute(query.limit(AT_ONCE)).mappings().all()
            if not rows:
                return
            yield from map(_entry, rows)
            last = rows[-1]["number"]

    def last_times(self, action: Action) -> dict[str, float]:
        """When each account did that last, as far as the log goes back."""
        query = sa.select(audit.c.actor_id, sa.func.max(audit.c.at)).where(audit.c.action == action)
        with self.engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query.group_by(audit.c.actor_id))}

    def forget(self, before: float) -> int:
        """Removes the rows older than that moment and records it, so that those left can still be checked.

        Returns how many rows went. The row that records it holds the seal of the last one removed: the oldest row left
        was sealed after it.
        """
        with _alone(self.engine) as connection:
            young = sa.select(sa.func.min(audit.c.number)).where(audit.c.at >= before)
            newest = sa.select(sa.func.max(audit.c.number))
            stays = connection.execute(young).scalar() or (connection.execute(newest).scalar() or 0) + 1
            old = audit.c.number < stays
            count = int(connection.execute(sa.select(sa.func.count()).where(old)).scalar_one())
            if count:
                last = sa.select(audit.c.digest).where(old).order_by(audit.c.number.desc()).limit(1)
                said = {"audit": str(count), "sealed": str(connection.execute(last).scalar_one())}
                _add(connection, "", "retention_applied", "", "", said)
                connection.execute(audit.delete().where(old))
        return count

    def check(self) -> Checked:
        """Recomputes every seal. The oldest row follows nothing, or the last row that was removed as being too old."""
        rows, broken_at, before = 0, 0, ""
        first: sa.RowMapping | None = None
        beginnings = {""}
        with self.engine.connect() as connection:  # one statement, so that it sees one state of the log
            streamed = connection.execution_options(yield_per=AT_ONCE)
            for row in streamed.execute(sa.select(audit).order_by(audit.c.number)).mappings():
                rows += 1
                if row["action"] == "retention_applied":
                    beginnings |= set(_SEALED.findall(row["detail"]))
                if first is None:
                    first = row
                elif not broken_at and row["digest"] != seal(before, dict(row)):
                    broken_at = row["number"]
                before = row["digest"]
        if first is not None and first["digest"] not in {seal(one, dict(first)) for one in beginnings}:
            broken_at = first["number"]
        return Checked(rows, broken_at, before)


AT_ONCE = 1000
_SEALED = re.compile('"sealed": "([0-9a-f]{64})"')


@contextmanager
def _alone(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that no other writer of the log comes into, or two rows would follow the same one."""
    with writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":  # SQLite has one writer anyway
            connection.execute(sa.text("LOCK TABLE audit IN EXCLUSIVE MODE"))
        yield connection


def _add(
    connection: sa.Connection, actor_id: str, action: Action, subject: str, address: str, detail: Mapping[str, str]
) -> None:
    said = json.dumps(dict(detail), ensure_ascii=False, sort_keys=True)
    row = {"at": now(), "actor_id": actor_id, "action": action, "subject": subject, "address": address, "detail": said}
    last = sa.select(audit.c.digest).order_by(audit.c.number.desc()).limit(1)
    before = connection.execute(last).scalar() or ""
    connection.execute(audit.insert().values(**row, digest=seal(before, row)))


def seal(before: str, row: Mapping[str, object]) -> str:
    """The digest of a row that follows one with the digest `before`."""
    said = json.dumps([before, *(row[name] for name in ("at", "actor_id", "action", "subject", "detail", "address"))])
    return hashlib.sha256(said.encode()).hexdigest()


def _entry(row: sa.RowMapping) -> Entry:
    return Entry(**{**row, "detail": json.loads(row["detail"])})


def _which(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    which: list[sa.ColumnElement[bool]] = []
    if wanted.actor_id:
        which.append(audit.c.actor_id == wanted.actor_id)
    if wanted.action:
        which.append(audit.c.action == wanted.action)
    if wanted.since is not None:
        which.append(audit.c.at >= wanted.since)
    if wanted.until is not None:
        which.append(audit.c.at < wanted.until)
    return which
