"""The story of a document: read, cut into passages, store, index. And of its end: out of the index, files, rows.

Every step can be repeated, so a document that was interrupted anywhere is simply begun again.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial

from sqlalchemy.exc import OperationalError

from indexes.arrival import Arrival
from indexes.catalogue import Catalogue
from indexes.chunk import Chunk
from indexes.errors import EmbedderUnavailable, IndexesError, NotFound
from indexes.files import DocumentFiles
from indexes.glossary import Glossaries
from indexes.indexes import Indexes
from indexes.jobs import MOST_ATTEMPTS, Jobs
from indexes.passages import Passages
from indexes.record import DocumentRecord
from indexes.storage import Storage, check, open_indexes
from ingest.chunker import chunk
from ingest.defined import defined
from ingest.errors import IngestError, WorkerDied
from ingest.lease import Lease, LeaseLost
from ingest.limits import Limits
from ingest.parts import check_parts, stored_parts
from ingest.reason import reason_of
from ingest.sandbox import read_in_sandbox
from ingest.settings import IngestSettings

log = logging.getLogger(__name__)

EMBEDDER_PAUSE = 30.0
"""Seconds before a document is begun again for which there was no embedder."""


class Interrupted(Exception):  # the worker was told to stop; nothing is wrong
    """The worker was told to stop in the middle of a document."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What ingesting needs. `chunk_characters` is the longest passage."""

    catalogue: Catalogue
    passages: Passages
    glossaries: Glossaries
    files: DocumentFiles
    jobs: Jobs
    indexes: Indexes
    limits: Limits
    chunk_characters: int


def open_pipeline(storage: Storage, settings: IngestSettings) -> Pipeline:
    """Puts the parts together. Raises `EmbedderUnavailable`."""
    check(storage.settings)
    return Pipeline(
        catalogue=storage.catalogue,
        passages=storage.passages,
        glossaries=storage.glossaries,
        files=storage.files,
        jobs=storage.jobs,
        indexes=open_indexes(storage),
        limits=settings.limits,
        chunk_characters=settings.chunk_characters,
    )


def work_on(record: DocumentRecord, pipeline: Pipeline, owner: str, stop: threading.Event) -> None:
    """Does what a claimed document waits for, whatever happens; nothing that one file does reaches the next."""
    try:
        if record.state == "deleting":
            delete_document(record, pipeline)
        else:
            _ingest_or_leave(record, pipeline, owner, stop)
    except OperationalError:
        raise  # the database, not the document: the lease runs out and the work is begun again
    except Exception as error:  # noqa: BLE001  # per document: nothing one file does may stop the others
        _fail(record, pipeline, owner, reason_of(error))


def _ingest_or_leave(record: DocumentRecord, pipeline: Pipeline, owner: str, stop: threading.Event) -> None:
    try:
        (carry_document if record.moved_from else ingest_document)(record, pipeline, owner, stop)
        log.info("%s (%s) is ready", record.id, record.filename)
    except Interrupted:
        pipeline.jobs.give_back(record.id, owner)
        log.info("%s (%s) goes back into the queue", record.id, record.filename)
    except EmbedderUnavailable as error:
        pipeline.jobs.give_back(record.id, owner)
        log.error("%s (%s) waits for the embedder: %s", record.id, record.filename, error)  # noqa: TRY400 - it says all
        stop.wait(EMBEDDER_PAUSE)
    except LeaseLost:
        log.info("%s (%s) was taken away", record.id, record.filename)
        _take_back(record, pipeline, owner)
        _leave_nothing(record, pipeline)


def ingest_document(record: DocumentRecord, pipeline: Pipeline, owner: str, stop: threading.Event) -> None:
    """From the stored file to a searchable document. Raises `IngestError`, `LeaseLost`, `Interrupted`."""
    files = pipeline.files
    with _held(record, pipeline, owner, stop) as (lease, still), files.parts(record.id) as parts_folder:

        def on_page(done: int, total: int) -> None:
            lease.note("reading", done, total)
            still()

        images = files.page_images(record.id)
        images.mkdir(exist_ok=True)
        original = files.original(record.id)
        document = read_in_sandbox(original, record.filename, images, pipeline.limits, on_page, parts_folder)
        check_parts(document, record, pipeline.catalogue)
        lease.note("indexing", len(document.pages), len(document.pages))
        lease.renew()
        chunks = chunk(document, record.id, record.collection_id, pipeline.chunk_characters)
        pipeline.passages.store(record.id, document.pages, chunks)
        pipeline.glossaries.store(record.id, record.collection_id, defined(page.text for page in document.pages))
        if document.title != record.title:
            pipeline.catalogue.rename(record.id, document.title)
        with stored_parts(document, record, pipeline.catalogue, files) as parts:
            lease.renew()
            _publish(record, chunks, parts, pipeline, owner, still)


def carry_document(record: DocumentRecord, pipeline: Pipeline, owner: str, stop: threading.Event) -> None:
    """Ends a move: from the index of one collection into that of another. Reads no file. Raises as `ingest_document`.

    A search has not found it in the old one since its rows are of the new one, see `indexes.moving`.
    """
    with _held(record, pipeline, owner, stop) as (lease, still):
        lease.note("indexing", record.pages_total, record.pages_total)
        lease.renew()
        if record.moved_from != record.collection_id:
            pipeline.indexes.remove(record.moved_from, record.id, still)
        chunks = pipeline.passages.chunks_of_document(record.id)
        _publish(record, chunks, (), pipeline, owner, still)


@contextmanager
def _held(
    record: DocumentRecord, pipeline: Pipeline, owner: str, stop: threading.Event
) -> Iterator[tuple[Lease, Callable[[], None]]]:
    """A claimed document, and what to call again and again while working on it: it raises when that is to end."""
    if record.attempts >= MOST_ATTEMPTS:
        raise WorkerDied(f"{record.attempts} workers died with it")
    with Lease(pipeline.jobs, record.id, owner) as lease:

        def still() -> None:
            if stop.is_set():
                raise Interrupted
            lease.check()

        yield lease, still


def _publish(
    record: DocumentRecord,
    chunks: Sequence[Chunk],
    parts: Sequence[Arrival],
    pipeline: Pipeline,
    owner: str,
    still: Callable[[], None],
) -> None:
    before = pipeline.catalogue.document(record.id).replaces
    add = partial(pipeline.indexes.add, record.collection_id)
    add(record.id, chunks, instead_of=before, still=still)
    if not pipeline.jobs.finish(record.id, owner, "ready", parts=parts):
        raise LeaseLost(record.id)
    if before and _state(before, pipeline) == "ready":  # it was given another place meanwhile
        add(before, pipeline.passages.chunks_of_document(before))


def delete_document(record: DocumentRecord, pipeline: Pipeline) -> None:
    """Removes everything that is kept of a document; the row goes last, so that a crash repeats the whole.

    Until `ingest.tidying.tidy`, dead passages may be left in the index, and what was deleted in the database's journal.
    """
    if pipeline.catalogue.is_there(record.collection_id):
        _put_back(record, pipeline, lambda: None)
    else:
        pipeline.indexes.drop(record.collection_id)
    if record.moved_from:
        pipeline.indexes.remove(record.moved_from, record.id)
    pipeline.files.remove(record.id)
    pipeline.jobs.forget(record.id)
    log.info("%s (%s) is deleted", record.id, record.filename)


def _put_back(record: DocumentRecord, pipeline: Pipeline, still: Callable[[], None]) -> None:
    """Takes a document that is not ready out of the index, and puts what it was to replace back in."""
    indexes, collection_id = pipeline.indexes, record.collection_id
    if not indexes.holds(collection_id, record.id):
        return
    before = record.replaces
    with suppress(NotFound):  # another worker has deleted it to the end
        before = pipeline.catalogue.document(record.id).replaces
    if before and _state(before, pipeline) == "ready":
        chunks = pipeline.passages.chunks_of_document(before)
        indexes.add(collection_id, before, chunks, instead_of=record.id, still=still)
    else:
        indexes.remove(collection_id, record.id, still)


def _take_back(record: DocumentRecord, pipeline: Pipeline, owner: str) -> None:
    """Does so with a document that we began, unless somebody else has begun it again."""

    def is_ours() -> None:
        others = _state(record.id, pipeline, record.collection_id) in {"reading", "indexing", "ready"}
        if others and not pipeline.jobs.is_held(record.id, owner):
            raise LeaseLost(record.id)

    try:
        _put_back(record, pipeline, is_ours)
    except LeaseLost:
        log.info("%s (%s) was begun again elsewhere", record.id, record.filename)
    except (IndexesError, OSError) as error:
        log.warning("%s (%s) may still be found until `darash reindex`: %s", record.id, record.filename, error)


def _leave_nothing(record: DocumentRecord, pipeline: Pipeline) -> None:
    """What is deleted must not come back through us."""
    if _state(record.id, pipeline) in {"deleting", ""}:
        pipeline.files.remove(record.id)
    if not pipeline.catalogue.is_there(record.collection_id):
        pipeline.indexes.drop(record.collection_id)


def _state(document_id: str, pipeline: Pipeline, collection_id: str = "") -> str:
    """The state of a document; "" for one that is gone, or not in that collection any more."""
    try:
        record = pipeline.catalogue.document(document_id)
    except NotFound:
        return ""
    return record.state if collection_id in ("", record.collection_id) else ""


def _fail(record: DocumentRecord, pipeline: Pipeline, owner: str, error: IngestError) -> None:
    log.warning("%s (%s) failed: %s: %s", record.id, record.filename, error.code, error)
    if record.state == "deleting":
        return  # it stays to be deleted, and is tried again when the lease has run out
    _take_back(record, pipeline, owner)
    if not pipeline.jobs.finish(record.id, owner, "failed", error.code, str(error)):
        _leave_nothing(record, pipeline)
