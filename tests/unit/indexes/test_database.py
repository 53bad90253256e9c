import threading
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import webui.services  # noqa: F401 - importing the tables of every room registers them
from indexes.catalogue import Catalogue
from indexes.database import connect, metadata, migrate


def test_migrations_make_the_schema_the_code_expects(engine: sa.Engine) -> None:
    """A database brought up by the migration steps has exactly the tables that the rooms declare."""
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrating_twice_changes_nothing(engine: sa.Engine) -> None:
    """Every start migrates; the second time is a no-op that keeps the rows."""
    Catalogue(engine).collection_named("נהלים")
    migrate(engine)
    assert [c.name for c in Catalogue(engine).collections()] == ["נהלים"]


def test_sqlite_waits_for_another_writer(tmp_path: Path) -> None:
    """Writers on many threads and connections queue up instead of failing with a locked database."""
    url = f"sqlite:///{tmp_path / 'd.sqlite3'}"
    migrate(connect(url))
    failures: list[BaseException] = []

    def work(worker: int) -> None:
        catalogue = Catalogue(connect(url))
        try:
            collection = catalogue.collection_named("משותף")
            for number in range(20):
                catalogue.add_document(f"{worker}-{number}", collection.id, "א.txt", f"{worker}-{number}", 1)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    catalogue = Catalogue(connect(url))
    assert failures == []
    assert len(catalogue.documents(catalogue.collections()[0].id)) == 80
