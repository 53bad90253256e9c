"""The worker: takes one document after the other from the queue until it is told to stop. Any number may run."""

import logging
import os
import signal
import socket
import threading
from types import FrameType

from sqlalchemy.exc import OperationalError

from indexes.database import new_id
from indexes.errors import NotFound
from ingest.pipeline import Pipeline, work_on
from ingest.sandbox import sweep_scratch
from ingest.tidying import delete_collections, tidy
from ingest.upkeep import Upkeep

log = logging.getLogger(__name__)

_PAUSE = 0.5
"""Seconds between two looks into an empty queue."""
_ORPHAN_SECONDS = 3600.0
"""Age from which an upload that no document owns is taken for one that was cut off."""


def stop_on_signals() -> threading.Event:
    """An event that is set when the process is asked to end. Call from the main thread."""
    stop = threading.Event()

    def ask(number: int, _: FrameType | None) -> None:
        log.info("asked to stop by %s", signal.Signals(number).name)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    return stop


def stop_with_parent(stop: threading.Event, parent: int) -> None:
    """Sets `stop` when the process that started this one, with that id, is gone, however it ended."""

    def watch() -> None:
        while os.getppid() == parent:
            if stop.wait(_PAUSE):
                return
        log.info("the process that started this worker is gone")
        stop.set()

    threading.Thread(target=watch, name="parent", daemon=True).start()


def owner_of(process_id: int) -> str:
    """How the name begins under which a worker of this machine, with that process id, leases documents."""
    return f"{socket.gethostname()[:20]}-{process_id}-"


def run(pipeline: Pipeline, stop: threading.Event, *, until_idle: bool = False) -> None:
    """Works until `stop` is set; with `until_idle`, until the queue is empty.

    A document that is being read when `stop` is set goes back into the queue. A database that does not answer is tried
    again: what was accepted waits. After the last of several deletions nothing is left of them. While no document
    waits, the indexes are looked after; with `until_idle` that is left to another worker.
    """
    owner = f"{owner_of(os.getpid())}{new_id()[:8]}"
    sweep_scratch()
    swept = pipeline.files.sweep(lambda name: _is_known(pipeline, name), _ORPHAN_SECONDS)
    log.info("worker %s begins; %d abandoned uploads were removed", owner, swept)
    tidy(pipeline)  # a worker that died may have deleted something
    upkeep = Upkeep(pipeline, stop)
    while not stop.is_set():
        if not _work_once(pipeline, owner, stop, upkeep):
            if until_idle:
                break
            if upkeep.work():
                stop.wait(_PAUSE)
    log.info("worker %s ends", owner)


def _work_once(pipeline: Pipeline, owner: str, stop: threading.Event, upkeep: Upkeep) -> bool:
    """Whether there was something to do."""
    try:
        record = pipeline.jobs.claim(owner)
        if record is not None:
            work_on(record, pipeline, owner, stop)
            if record.state == "deleting" and not pipeline.jobs.are_deletions_left():
                tidy(pipeline)
            upkeep.after(record.collection_id)
        elif delete_collections(pipeline):
            return True
    except OperationalError:
        log.exception("the database does not answer; will try again")
        stop.wait(_PAUSE)
        return True
    except OSError as error:  # of one collection; documents end their own
        log.warning("a deleted collection is not removed yet: %s", error)
        stop.wait(_PAUSE)
        return False
    return record is not None


def _is_known(pipeline: Pipeline, name: str) -> bool:
    try:
        pipeline.catalogue.document(name)
    except NotFound:
        return False
    return True
