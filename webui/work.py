"""Whether the documents that wait are being read, from their records alone. Knows no worker and no pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from indexes.database import now
from indexes.record import DocumentRecord

STALLED_SECONDS = 60.0
"""How long a document may wait, with nobody at work, before we say that no worker is running."""


@dataclass(frozen=True, slots=True)
class Work:
    """`state` is `stalled` where documents wait and nobody takes them; then how many wait, and how many failed."""

    state: Literal["working", "idle", "stalled"]
    queued: int
    failed: int


def work_on(records: Sequence[DocumentRecord]) -> Work:
    """How the work on these documents goes."""
    begun = [record for record in records if record.state in ("reading", "indexing")]
    queued = [record for record in records if record.state == "queued"]
    recently = now() - STALLED_SECONDS
    working = any(record.updated_at >= recently for record in begun)  # whoever works says so every few seconds
    stalled = not working and any(record.updated_at < recently for record in (*begun, *queued))
    failed = sum(record.state == "failed" for record in records)
    return Work("working" if working else "stalled" if stalled else "idle", len(queued), failed)
