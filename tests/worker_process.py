"""A worker over a data folder, with the fake embedder; also a program, so that tests can kill it.

`python -m tests.worker_process DATA SECONDS_PER_DOCUMENT` works until the queue is empty, and with `stay` at the end
until it is told to stop.
"""

import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from indexes.catalogue import Catalogue
from indexes.database import connect, migrate
from indexes.embedders import Embedders
from indexes.files import DocumentFiles
from indexes.glossary import Glossaries
from indexes.index import Vectors
from indexes.indexes import Indexes
from indexes.jobs import Jobs
from indexes.passages import Passages
from ingest.limits import Limits
from ingest.pipeline import Pipeline
from ingest.worker import run, stop_on_signals
from tests.database import address_of
from tests.fake_embedder import FakeEmbedder

LIMITS = Limits(seconds=20, memory_mb=2048, pages=50)


class SlowEmbedder(FakeEmbedder):
    """Takes its time with every document."""

    def __init__(self, name: str, seconds: float) -> None:
        super().__init__(name)
        self.seconds = seconds

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, late."""
        time.sleep(self.seconds)
        return super().passages(texts)


def fake_embedders(data: Path, seconds: float = 0.0) -> Embedders:
    """Embedders of which each is fake and has the name under which it is chosen; that is written in `fake.txt`."""
    chosen = data / "fake.txt"

    def choice() -> str:
        return chosen.read_text("utf-8") if chosen.exists() else "fake-1"

    return Embedders(data / "models", choice, lambda name, _: SlowEmbedder(name, seconds))


def pipeline_over(data: Path, seconds: float = 0.0, limits: Limits = LIMITS) -> Pipeline:
    """A pipeline over a data folder and its database."""
    engine = connect(address_of(data))
    migrate(engine)
    catalogue, passages = Catalogue(engine), Passages(engine)
    return Pipeline(
        catalogue=catalogue,
        passages=passages,
        glossaries=Glossaries(engine),
        files=DocumentFiles(data),
        jobs=Jobs(engine),
        indexes=Indexes(data, catalogue, passages, fake_embedders(data, seconds)),
        limits=limits,
        chunk_characters=900,
    )


if __name__ == "__main__":
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    run(pipeline_over(Path(sys.argv[1]), float(sys.argv[2])), stop_on_signals(), until_idle="stay" not in sys.argv)
