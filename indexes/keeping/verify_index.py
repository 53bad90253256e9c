"""Looking whether the index of a collection holds what its rows say: every passage of what is ready, whole segments."""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from indexes import manifest as manifests
from indexes.errors import IndexDamaged, IndexMismatch
from indexes.keeping.index_copy import searchable
from indexes.local import index_folder
from indexes.manifest import Manifest, Segment
from indexes.passages import chunks
from indexes.record import documents
from indexes.segment import check_segment, chunk_ids
from indexes.storage import Storage

_COMING = ("reading", "indexing", "queued", "paused")
"""States in which a document may be in the index already: it was interrupted on the last step."""


def index_findings(storage: Storage, collection_id: str) -> Iterator[str]:
    """What is wrong, a sentence each."""
    with storage.engine.connect() as connection:
        columns = documents.c.id, documents.c.state, documents.c.replaces
        rows = connection.execute(sa.select(*columns).where(documents.c.collection_id == collection_id)).all()
        wanted = searchable(connection, collection_id)
        moved = sa.select(documents.c.id).where(documents.c.moved_from == collection_id)
        moving = set(connection.execute(moved).scalars())
    folder, name = index_folder(storage.settings.data, collection_id), f"index {collection_id}"
    try:
        manifest = manifests.read(folder)
    except (IndexDamaged, IndexMismatch) as error:
        yield str(error)
        return
    found = manifest.documents if manifest else frozenset()
    # What is about to be replaced leaves the index a moment before its row goes.
    leaving = {row.replaces for row in rows if row.state in _COMING and row.id in found}
    for document_id in sorted(wanted - found - leaving):
        yield f"{name}: document {document_id} is ready and cannot be found; {manifests.REBUILD}"
    known = moving | {row.id for row in rows if row.state != "failed"}
    for document_id in sorted(found - known):
        yield f"{name}: document {document_id} can be found and is not ready; {manifests.REBUILD}"
    if manifest:
        yield from (f"{name}: {said}" for said in _segment_findings(storage.engine, folder, manifest, wanted))


def _segment_findings(engine: sa.Engine, folder: Path, manifest: Manifest, wanted: set[str]) -> Iterator[str]:
    for segment in manifest.segments:
        try:
            check_segment(folder / segment.name, segment.files)
            yield from _passage_findings(engine, folder, segment, wanted)
        except IndexDamaged as error:
            yield str(error)


def _passage_findings(engine: sa.Engine, folder: Path, segment: Segment, wanted: set[str]) -> Iterator[str]:
    ids = chunk_ids(folder / segment.name)
    with engine.connect() as connection:
        for document_id in sorted(wanted & segment.live.keys()):
            start, end = segment.live[document_id]
            stored = connection.execute(sa.select(chunks.c.id).where(chunks.c.document_id == document_id)).scalars()
            if sorted(each.decode() for each in ids[start:end]) != sorted(stored):
                yield f"the passages of document {document_id} are others than those stored; {manifests.REBUILD}"
