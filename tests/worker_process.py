"""A worker over a data folder, with the fake embedder; also a program, so that tests can kill it.

`python -m tests.worker_process DATA SECONDS_PER_DOCUMENT` works until the queue is empty.
"""

import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from indexes.catalogue import Catalogue
from indexes.database import connect, migrate
from indexes.files import DocumentFiles
from indexes.index import Vectors
from indexes.jobs import Jobs
from indexes.local import LocalIndex, index_folder
from indexes.passages import Passages
from ingest.limits import Limits
from ingest.pipeline import Pipeline
from ingest.worker import run, stop_on_signals
from tests.fake_embedder import FakeEmbedder

LIMITS = Limits(seconds=20, memory_mb=2048, pages=50)


class SlowEmbedder(FakeEmbedder):
    """Takes its time with every document."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, late."""
        time.sleep(self.seconds)
        return super().passages(texts)


def pipeline_over(data: Path, seconds: float = 0.0, limits: Limits = LIMITS) -> Pipeline:
    """A pipeline over a data folder with a SQLite database in it."""
    engine = connect(f"sqlite:///{data / 'darash.sqlite3'}")
    migrate(engine)
    passages, embedder = Passages(engine), SlowEmbedder(seconds)
    return Pipeline(
        catalogue=Catalogue(engine),
        passages=passages,
        files=DocumentFiles(data),
        jobs=Jobs(engine),
        index_of=lambda collection_id: LocalIndex(index_folder(data, collection_id), embedder, passages.chunks),
        limits=limits,
        chunk_characters=900,
    )


if __name__ == "__main__":
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    run(pipeline_over(Path(sys.argv[1]), float(sys.argv[2])), stop_on_signals(), until_idle=True)
