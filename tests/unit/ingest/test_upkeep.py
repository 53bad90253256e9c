import threading

import pytest

from indexes.accept import accept
from indexes.chunk import Chunk, Span
from indexes.errors import EmbedderUnavailable
from ingest.upkeep import CROWDED, Upkeep
from ingest.worker import run
from tests.worker_process import pipeline_over


class Desk:
    """A pipeline with one collection."""

    def __init__(self, data):
        self.data, self.pipeline, self.stop = data, pipeline_over(data), threading.Event()
        self.collection_id = self.pipeline.catalogue.collection_named("נהלים").id
        self.upkeep = Upkeep(self.pipeline, self.stop)
        self.count = 0

    def upload(self, count=1):
        for _ in range(count):
            self.count += 1
            content = f"נוהל מספר {self.count} בעניין ארנונה".encode()
            accept(
                self.pipeline.catalogue, self.pipeline.files, self.collection_id, f"{self.count}.txt", [content], 999
            )

    def work(self):
        run(self.pipeline, threading.Event(), until_idle=True)

    def choose(self, name):
        (self.data / "fake.txt").write_text(name, "utf-8")

    @property
    def embedder(self):
        return self.pipeline.indexes.progress(self.collection_id).embedder


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_a_new_choice_is_carried_out_when_nothing_waits(desk):
    """And a document that waits comes first."""
    desk.upload()
    desk.work()
    desk.choose("fake-2")
    desk.upload()
    assert not desk.upkeep.work()
    assert desk.embedder == "fake-1"
    desk.work()
    assert desk.upkeep.work()
    assert desk.embedder == "fake-2"
    assert desk.pipeline.indexes.passages(desk.collection_id) == 2


def test_a_worker_that_is_to_stop_does_not_begin(desk):
    """Nothing is half done."""
    desk.upload()
    desk.work()
    desk.choose("fake-2")
    desk.stop.set()
    assert not desk.upkeep.work()
    assert desk.embedder == "fake-1"


def test_an_idle_worker_does_not_look_at_every_index_all_the_time(desk, monkeypatch):
    """Only after a document, after another choice, and once a minute."""
    looked = []
    original = Upkeep._look_after
    monkeypatch.setattr(Upkeep, "_look_after", lambda self, one: looked.append(one.id) or original(self, one))
    desk.upload()
    desk.work()
    for _ in range(3):
        assert desk.upkeep.work()
    assert len(looked) == 1
    desk.choose("fake-2")
    assert desk.upkeep.work()
    assert len(looked) == 2
    desk.upkeep.after(desk.collection_id)
    assert desk.upkeep.work()
    assert len(looked) == 3


def test_trouble_with_one_index_is_left_alone_for_a_while(desk, monkeypatch):
    """It is logged, the worker rests, and the others are looked after."""
    desk.upload()
    desk.work()
    tries = []

    def away(*_):
        tries.append(1)
        raise EmbedderUnavailable("away")

    monkeypatch.setattr(type(desk.pipeline.indexes), "renew", away)
    for _ in range(3):
        assert desk.upkeep.work()
    assert len(tries) == 1


def test_a_choice_that_cannot_be_read_does_not_end_the_worker(desk, monkeypatch):
    """It is logged, and the worker rests."""

    def damaged():
        raise EmbedderUnavailable("embedder.json is damaged")

    monkeypatch.setattr(desk.pipeline.indexes.embedders, "choice", damaged)
    assert desk.upkeep.work()


def test_segments_are_merged_between_documents_only_when_there_are_very_many(desk):
    """A document that waits is not made to wait for a merge, unless searching suffers."""
    desk.upload(10)
    claimed = [desk.pipeline.jobs.claim("me") for _ in range(9)]
    assert all(claimed)
    index, name = desk.pipeline.indexes, desk.collection_id
    for number in range(9):
        index.add(name, f"{number}", _chunks(name, f"{number}"))
    desk.upkeep.after(name)
    assert index.segments(name) == 9
    for number in range(CROWDED):
        index.add(name, f"x{number}", _chunks(name, f"x{number}"))
    desk.upkeep.after(name)
    assert index.segments(name) < 16


def _chunks(collection_id, document_id):
    return [Chunk(f"{document_id}-0", document_id, collection_id, "נוהל", (), (Span(1, 0, 4),), f"נוהל {document_id}")]
