"""The index of a collection in a backup: its segments, and a manifest that names just the documents of the backup.

The index goes on changing meanwhile. What is ready in the backup must be in it, or the whole index is left out, to be
made again from the rows; what came since is left out of the manifest.
"""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from indexes import manifest as manifests
from indexes.errors import IndexDamaged, IndexMismatch
from indexes.keeping.backup_file import BackupWriter, pieces_of
from indexes.manifest import Manifest, Segment
from indexes.passages import chunks
from indexes.record import documents

_TRIES = 5
"""Segments that were merged into others while they were copied are looked for again so often."""


def copy_index(connection: sa.Connection, folder: Path, collection_id: str, backup: BackupWriter) -> bool:
    """Adds the index in `folder` to a backup. Whether it could be: False where it is damaged or another state."""
    found, copied = searchable(connection, collection_id), set[str]()
    for _ in range(_TRIES):
        try:
            manifest = manifests.read(folder)
        except (IndexDamaged, IndexMismatch):
            return False
        if manifest is None or not found <= manifest.documents:
            return not found
        manifest = _only(manifest, found)
        try:
            for segment in manifest.segments:
                if segment.name not in copied:
                    if not _copy_segment(folder, segment, collection_id, backup):
                        return False
                    copied.add(segment.name)
        except FileNotFoundError:
            continue
        backup.add(f"indexes/{collection_id}/{manifests.FILE}", [manifests.dumped(manifest)])
        return True
    return False


def searchable(connection: sa.Connection, collection_id: str) -> set[str]:
    """The documents of a collection that a search has to find: those that are ready and have passages."""
    is_here = sa.and_(documents.c.collection_id == collection_id, documents.c.state == "ready")
    has_passages = sa.exists().where(chunks.c.document_id == documents.c.id)
    return set(connection.execute(sa.select(documents.c.id).where(is_here, has_passages)).scalars())


def _only(manifest: Manifest, found: set[str]) -> Manifest:
    since = manifest.documents - found
    segments = (segment.without(since) for segment in manifest.segments)
    return replace(manifest, segments=tuple(segment for segment in segments if segment.live))


def _copy_segment(folder: Path, segment: Segment, collection_id: str, backup: BackupWriter) -> bool:
    """Whether its files are as they were written. Raises `FileNotFoundError`, with nothing done, if it is not there."""
    with ExitStack() as stack:
        files = {name: stack.enter_context((folder / segment.name / name).open("rb")) for name in sorted(segment.files)}
        return all(
            backup.add(f"indexes/{collection_id}/{segment.name}/{name}", pieces_of(file)) == segment.files[name].sha256
            for name, file in files.items()
        )
