"""Everything that is kept, opened: the database with its tables, and the folders."""

from dataclasses import dataclass

import sqlalchemy as sa

from indexes.catalogue import Catalogue
from indexes.database import connect, migrate
from indexes.embedder import open_embedder
from indexes.files import DocumentFiles
from indexes.jobs import Jobs
from indexes.passages import Passages
from indexes.searcher import Searcher
from indexes.settings import IndexSettings
from indexes.vectors import check_faiss


@dataclass(frozen=True, slots=True)
class Storage:
    """The parts of a data folder."""

    settings: IndexSettings
    engine: sa.Engine
    catalogue: Catalogue
    passages: Passages
    files: DocumentFiles
    jobs: Jobs


def open_storage(settings: IndexSettings) -> Storage:
    """Opens the data folder, made if it is not there, and brings the database's schema up to date."""
    settings.data.mkdir(parents=True, exist_ok=True)
    engine = connect(settings.database)
    migrate(engine)
    return Storage(settings, engine, Catalogue(engine), Passages(engine), DocumentFiles(settings.data), Jobs(engine))


def open_search(storage: Storage) -> Searcher:
    """Search over the indexes of the data folder. Raises `EmbedderUnavailable`."""
    check_faiss()
    return Searcher(storage.settings.data, open_embedder(storage.settings.embedder), storage.passages)
