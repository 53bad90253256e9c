"""The story of a document: read, cut into passages, store, index. And of its end: out of the index, files, rows.

Every step can be repeated, so a document that was interrupted anywhere is simply begun again.
"""

import errno
import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError

from indexes.catalogue import Catalogue, DocumentRecord
from indexes.embedder import open_embedder
from indexes.errors import IndexDamaged, IndexMismatch, NotFound, StorageFull
from indexes.files import DocumentFiles
from indexes.jobs import Jobs
from indexes.local import LocalIndex, index_folder
from indexes.passages import Passages
from indexes.storage import Storage
from ingest.chunker import chunk
from ingest.errors import DiskFull, IndexUnusable, IngestError
from ingest.lease import Lease, LeaseLost
from ingest.limits import Limits
from ingest.sandbox import read_in_sandbox
from ingest.settings import IngestSettings

log = logging.getLogger(__name__)


class Interrupted(Exception):  # the worker was told to stop; nothing is wrong
    """The worker was told to stop in the middle of a document."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What ingesting needs. `index_of` gives the index of a collection; `chunk_characters` is the longest passage."""

    catalogue: Catalogue
    passages: Passages
    files: DocumentFiles
    jobs: Jobs
    index_of: Callable[[str], LocalIndex]
    limits: Limits
    chunk_characters: int


def open_pipeline(storage: Storage, settings: IngestSettings) -> Pipeline:
    """Puts the parts together, with the embedder of the storage's settings. Raises `EmbedderUnavailable`."""
    embedder = open_embedder(storage.settings.embedder)

    def index_of(collection_id: str) -> LocalIndex:
        return LocalIndex(index_folder(storage.settings.data, collection_id), embedder, storage.passages.chunks)

    return Pipeline(
        catalogue=storage.catalogue,
        passages=storage.passages,
        files=storage.files,
        jobs=storage.jobs,
        index_of=index_of,
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
        _fail(record, pipeline, owner, _reason(error))


def _ingest_or_leave(record: DocumentRecord, pipeline: Pipeline, owner: str, stop: threading.Event) -> None:
    try:
        ingest_document(record, pipeline, owner, stop)
        log.info("%s (%s) is ready", record.id, record.filename)
    except Interrupted:
        pipeline.jobs.give_back(record.id, owner)
        log.info("%s (%s) goes back into the queue", record.id, record.filename)
    except LeaseLost:
        log.info("%s (%s) was taken away", record.id, record.filename)
        if _is_going(record, pipeline):  # what is deleted must not come back through us
            pipeline.index_of(record.collection_id).remove(record.id)
            pipeline.files.remove(record.id)


def ingest_document(record: DocumentRecord, pipeline: Pipeline, owner: str, stop: threading.Event) -> None:
    """From the stored file to a searchable document. Raises `IngestError`, `LeaseLost`, `Interrupted`."""
    with Lease(pipeline.jobs, record.id, owner) as lease:

        def on_page(done: int, total: int) -> None:
            if stop.is_set():
                raise Interrupted
            lease.note("reading", done, total)

        images = pipeline.files.page_images(record.id)
        images.mkdir(exist_ok=True)
        original = pipeline.files.original(record.id)
        document = read_in_sandbox(original, record.filename, images, pipeline.limits, on_page)
        lease.note("indexing", len(document.pages), len(document.pages))
        lease.renew()
        chunks = chunk(document, record.id, record.collection_id, pipeline.chunk_characters)
        pipeline.passages.store(record.id, document.pages, chunks)
        if document.title != record.title:
            pipeline.catalogue.rename(record.id, document.title)
        lease.renew()
        index = pipeline.index_of(record.collection_id)
        with ExitStack() as undo:  # adding may fail after the document became visible
            undo.callback(index.remove, record.id)
            index.add(record.id, chunks)
            undo.pop_all()
    if not pipeline.jobs.finish(record.id, owner, "ready"):
        raise LeaseLost(record.id)


def delete_document(record: DocumentRecord, pipeline: Pipeline) -> None:
    """Removes everything that is kept of a document; the row goes last, so that a crash repeats the whole."""
    pipeline.index_of(record.collection_id).remove(record.id)
    pipeline.files.remove(record.id)
    pipeline.jobs.forget(record.id)
    log.info("%s (%s) is deleted", record.id, record.filename)


def _is_going(record: DocumentRecord, pipeline: Pipeline) -> bool:
    """Whether the document is deleted, or about to be."""
    try:
        return pipeline.catalogue.document(record.id).state == "deleting"
    except NotFound:
        return True


def _reason(error: Exception) -> IngestError:
    if isinstance(error, IngestError):
        return error
    if isinstance(error, StorageFull) or (isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)):
        return DiskFull(str(error))
    if isinstance(error, IndexDamaged | IndexMismatch):
        return IndexUnusable(str(error))
    log.error("not foreseen", exc_info=error)
    return IngestError(f"{type(error).__name__}: {error}")


def _fail(record: DocumentRecord, pipeline: Pipeline, owner: str, error: IngestError) -> None:
    log.warning("%s (%s) failed: %s: %s", record.id, record.filename, error.code, error)
    if record.state == "deleting":
        return  # it stays to be deleted, and is tried again when the lease has run out
    if not pipeline.jobs.finish(record.id, owner, "failed", error.code, str(error)) and _is_going(record, pipeline):
        pipeline.files.remove(record.id)
