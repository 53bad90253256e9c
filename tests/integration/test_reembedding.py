"""Changing the embedder while Darash works: the real worker, database and index, with fake embedders and kill -9."""

import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from indexes import manifest as manifests
from indexes.accept import accept
from indexes.local import index_folder
from indexes.searcher import Searcher
from ingest.pipeline import Pipeline
from ingest.worker import run
from tests.conftest import ROOT
from tests.fake_embedder import FakeEmbedder
from tests.worker_process import fake_embedders, pipeline_over

TEXT = "סעיף {number}: עובד שחלה ימסור אישור רופא למחלקה {number} בתוך שבוע, וממונה חדר {number} ירשום זאת ביומן.\n\n"


def upload(pipeline: Pipeline, name: str, sections: range) -> str:
    """A document of many passages."""
    text = "".join(TEXT.format(number=number) * 8 for number in sections)
    collection_id = pipeline.catalogue.collection_named("נהלים").id
    record, _ = accept(pipeline.catalogue, pipeline.files, collection_id, name, [text.encode()], 1 << 30)
    return record.id


def work(pipeline: Pipeline) -> None:
    """Works in this process until nothing waits."""
    run(pipeline, threading.Event(), until_idle=True)


def start_worker(data: Path, seconds: float) -> subprocess.Popen[str]:
    """A worker in a process of its own that stays, and needs that long for 32 passages."""
    command = [sys.executable, "-m", "tests.worker_process", str(data), str(seconds), "stay"]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "TMPDIR": str(data)}, stderr=subprocess.DEVNULL)


class Asking(threading.Thread):
    """Asks one question again and again, as a server does that was started before the change."""

    def __init__(self, data: Path, pipeline: Pipeline, collection_id: str) -> None:
        super().__init__()
        embedders = fake_embedders(data)
        self._searcher = Searcher(data, FakeEmbedder(), pipeline.passages, embedder_of=embedders.of)
        self._collection_id = collection_id
        self._ended = threading.Event()
        self.problems: list[str] = []
        self.asked = 0

    def run(self) -> None:
        while not self._ended.is_set():
            try:
                hits = self._searcher.search([self._collection_id], "אישור רופא מחלקה 7", 5)
                if not hits:
                    self.problems.append("nothing was found")
            except Exception as error:
                self.problems.append(f"{type(error).__name__}: {error}")
            self.asked += 1
            time.sleep(0.01)

    def end(self) -> None:
        self._ended.set()
        self.join()


def embedder_of(data: Path, collection_id: str) -> str:
    """With what the index that is searched was made."""
    manifest = manifests.read(index_folder(data, collection_id))
    return manifest.embedder if manifest else ""


def wait_for_progress(pipeline: Pipeline, collection_id: str, before: int) -> None:
    """Waits until more passages have their new vectors, or all."""
    while before >= (at := pipeline.indexes.progress(collection_id)).done < at.total:
        time.sleep(0.05)


@pytest.mark.timeout(300)
def test_kills_while_vectors_are_made_anew_change_nothing(tmp_path: Path) -> None:
    """All ends on the new embedder, with a document that came in meanwhile; every search in between finds something."""
    pipeline, dice = pipeline_over(tmp_path), random.Random(4)
    ids = {upload(pipeline, f"{number}.txt", range(number * 90, number * 90 + 90)) for number in range(3)}
    work(pipeline)
    collection_id = pipeline.catalogue.collection_named("נהלים").id
    assert pipeline.indexes.passages(collection_id) > 200
    (tmp_path / "fake.txt").write_text("fake-2", "utf-8")
    asking = Asking(tmp_path, pipeline, collection_id)
    asking.start()
    kills, done = 0, [0]
    try:
        while embedder_of(tmp_path, collection_id) != "fake-2":
            worker = start_worker(tmp_path, 0.4)
            if kills == 2:
                ids.add(upload(pipeline, "חדש.txt", range(500, 540)))
            wait_for_progress(pipeline, collection_id, done[-1])
            time.sleep(dice.random())
            worker.kill()
            done.append(pipeline.indexes.progress(collection_id).done)
            worker.wait()
            kills += 1
    finally:
        asking.end()
    assert asking.problems == []
    assert asking.asked > kills > 2
    assert done[:-1] == sorted(done[:-1])  # no kill takes back what was done
    with pipeline.jobs.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE documents SET lease_until = 0")
    work(pipeline)
    while not pipeline.indexes.renew(collection_id):
        pass
    folder = index_folder(tmp_path, collection_id)
    manifest = manifests.read(folder)
    assert manifest is not None
    assert manifest.documents == ids
    assert manifest.embedder == "fake-2"
    assert not list(folder.glob("next-*"))
    stored = [chunk.id for document_id in ids for chunk in pipeline.passages.chunks_of_document(document_id)]
    assert pipeline.indexes.passages(collection_id) == len(stored)


def test_a_worker_that_is_idle_changes_over_by_itself(tmp_path: Path) -> None:
    """It notices the new choice, tells how far it is, and stops when it is asked to."""
    pipeline = pipeline_over(tmp_path)
    upload(pipeline, "a.txt", range(10))
    work(pipeline)
    collection_id = pipeline.catalogue.collection_named("נהלים").id
    stop = threading.Event()
    worker = threading.Thread(target=run, args=(pipeline, stop))
    worker.start()
    try:
        (tmp_path / "fake.txt").write_text("fake-2", "utf-8")
        while embedder_of(tmp_path, collection_id) != "fake-2":
            time.sleep(0.05)
    finally:
        stop.set()
        worker.join()
    progress = pipeline.indexes.progress(collection_id)
    assert (progress.embedder, progress.done) == ("fake-2", progress.total)
