"""Everything that is kept, opened: the database with its tables, and the folders."""

from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from indexes.catalogue import Catalogue
from indexes.choice import Choice
from indexes.cross_encoder import open_cross_encoder
from indexes.database import connect, migrate
from indexes.embedder import check_embedder, open_embedder
from indexes.embedders import Embedders
from indexes.errors import BackupRefused
from indexes.faiss_library import check_faiss
from indexes.files import DocumentFiles
from indexes.glossary import Glossaries
from indexes.indexes import Indexes
from indexes.jobs import Jobs
from indexes.lazy import LazyCrossEncoder
from indexes.passages import Passages
from indexes.searcher import Searcher
from indexes.settings import IndexSettings

RESTORING = "restoring"
"""A file in a data folder into which a backup is being restored, or was until that was cut off."""


@dataclass(frozen=True, slots=True)
class Storage:
    """The parts of a data folder."""

    settings: IndexSettings
    engine: sa.Engine
    catalogue: Catalogue
    passages: Passages
    glossaries: Glossaries
    files: DocumentFiles
    jobs: Jobs


def open_storage(settings: IndexSettings) -> Storage:
    """Opens the data folder, made if it is not there, and brings the database's schema up to date.

    Raises `BackupRefused` for a folder into which a backup was restored in part.
    """
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)  # other users of the machine see nothing of it
    if (settings.data / RESTORING).exists():
        raise BackupRefused(f"restoring a backup into {settings.data} has not ended: empty the folder and repeat it")
    engine = connect(settings.database)
    migrate(engine)
    return storage_over(settings, engine)


def storage_over(settings: IndexSettings, engine: sa.Engine) -> Storage:
    """The parts of a data folder whose database is open and up to date."""
    return Storage(
        settings,
        engine,
        Catalogue(engine),
        Passages(engine),
        Glossaries(engine),
        DocumentFiles(settings.data),
        Jobs(engine),
    )


def open_search(storage: Storage, embedders: Embedders | None = None) -> Searcher:
    """Search over the indexes of the data folder, with embedders that others use too, if given. Loads no model yet.

    Raises `EmbedderUnavailable` where it is plain that the chosen embedder cannot be loaded.
    """
    check(storage.settings)
    settings, embedders = storage.settings, embedders or open_embedders(storage.settings)
    return Searcher(
        settings.data,
        embedders.chosen(),
        storage.passages,
        storage.glossaries,
        _cross_encoder(settings),
        embedders.of,
    )


def open_indexes(storage: Storage, embedders: Embedders | None = None) -> Indexes:
    """Writing to the indexes of the data folder, with embedders that others use too, if given. Loads no model yet."""
    embedders = embedders or open_embedders(storage.settings)
    return Indexes(storage.settings.data, storage.catalogue, storage.passages, embedders)


def check(settings: IndexSettings) -> None:
    """Raises `VectorsUnavailable` or `EmbedderUnavailable` where it is plain that nothing can be indexed."""
    check_faiss()
    check_embedder(choice_of(settings).read())


def choice_of(settings: IndexSettings) -> Choice:
    """Which embedder is to be used."""
    return Choice(settings.data, settings.embedder)


def open_embedders(settings: IndexSettings) -> Embedders:
    """The embedders of an installation. Loads none."""
    choice, key = choice_of(settings), settings.embedder_api_key.get_secret_value()
    return Embedders(choice.models, choice.read, lambda name, download: open_embedder(name, key, download=download))


def _cross_encoder(settings: IndexSettings) -> LazyCrossEncoder | None:
    name, key = settings.cross_encoder, settings.cross_encoder_api_key.get_secret_value()
    return LazyCrossEncoder(name, partial(open_cross_encoder, name, key)) if name else None
