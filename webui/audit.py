"""The audit log: who did what to whom, when and from where. Rows are only ever added, and each seals the ones before.

It holds ids and names of documents, never questions, answers or the text of documents. Names of people are looked up
when it is read, so that a deleted person leaves none behind.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Literal

import sqlalchemy as sa

from indexes.database import metadata, now, writing

Action = Literal[
    "signed_in", "sign_in_failed", "signed_out", "password_changed", "joined",
    "invited", "invitation_revoked", "link_made", "suspended", "restored", "role_changed", "person_deleted",
    "group_made", "group_deleted", "group_joined", "group_left",
    "collection_made", "collection_renamed", "collection_deleted", "granted", "grant_revoked",
    "uploaded", "document_deleted", "downloaded", "glossary_changed",
    "shared", "share_revoked", "share_opened", "exported", "conversation_deleted",
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
        `address` where the request came from.
        """
        row = {"at": now(), "actor_id": actor_id, "action": action, "subject": subject, "address": address}
        row |= {"detail": json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True)}
        with writing(self.engine).begin() as connection:
            last = sa.select(audit.c.digest).order_by(audit.c.number.desc()).limit(1)
            before = connection.execute(last.with_for_update()).scalar() or ""
            connection.execute(audit.insert().values(**row, digest=seal(before, row)))


def seal(before: str, row: Mapping[str, object]) -> str:
    """The digest of a row that follows one with the digest `before`."""
    said = json.dumps([before, *(row[name] for name in ("at", "actor_id", "action", "subject", "detail", "address"))])
    return hashlib.sha256(said.encode()).hexdigest()
