"""A document that ends its workers is given up; one whose workers are killed is not."""

import os
import signal
import time
from pathlib import Path

import psutil
import pytest

from indexes.accept import accept
from indexes.jobs import MOST_ATTEMPTS, SEEN
from indexes.settings import IndexSettings
from indexes.storage import Storage, open_storage
from ingest import keeper
from ingest.keeper import KeptWorker


@pytest.fixture
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
    monkeypatch.setenv("DARASH_DATA", str(tmp_path))
    return open_storage(IndexSettings())


def endless(storage: Storage) -> str:
    """A document whose reading never ends."""
    collection = storage.catalogue.collection_named("א")
    record, _ = accept(storage.catalogue, storage.files, collection.id, "a.txt", [b"x"], 9)
    storage.files.original(record.id).unlink()
    os.mkfifo(storage.files.original(record.id))
    return record.id


def worker_that_reads(storage: Storage, document_id: str) -> psutil.Process:
    """The worker, as soon as it works on the document."""
    while storage.catalogue.document(document_id).state != "reading":
        time.sleep(0.02)
    (worker,) = [child for child in psutil.Process().children() if "worker" in child.cmdline()]
    return worker


@pytest.mark.parametrize(("number", "memory_ends"), [("SIGKILL", 0), ("SIGSEGV", 0), ("SIGKILL", 1)])
def test_the_end_of_a_worker_is_judged(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, number: str, memory_ends: int, tmp_path: Path
) -> None:
    """Killed by somebody is one attempt; a crash, or an end for lack of memory, counts as many."""
    events = tmp_path / "vmstat"
    events.write_text("pgfault 7\noom_kill 3\n")
    monkeypatch.setattr(keeper, "_EVENTS", events)
    monkeypatch.setattr(keeper, "_PAUSE", 3600.0)
    document_id = endless(storage)
    with KeptWorker(storage.jobs):
        worker = worker_that_reads(storage, document_id)
        events.write_text(f"pgfault 7\noom_kill {3 + memory_ends}\n")
        worker.send_signal(signal.Signals[number])
        while (record := storage.jobs.claim("me")) is None:
            time.sleep(0.02)
    assert record.attempts == (1 if (number, memory_ends) == ("SIGKILL", 0) else SEEN)
    assert MOST_ATTEMPTS // SEEN == 3
