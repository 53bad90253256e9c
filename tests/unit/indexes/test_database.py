import threading
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import webui.services  # noqa: F401 - importing the tables of every room registers them
from answers.answer import Answer, Citation
from indexes.catalogue import Catalogue
from indexes.chunk import Span
from indexes.database import connect, drop_journal, metadata, migrate, writing
from indexes.page import Place
from indexes.passages import Passages
from tests.old_rows import fill_first_schema
from webui.conversations import Conversations


def test_migrations_make_the_schema_the_code_expects(engine: sa.Engine) -> None:
    """A database brought up by the migration steps has exactly the tables that the rooms declare."""
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrating_twice_changes_nothing(engine: sa.Engine) -> None:
    """Every start migrates; the second time is a no-op that keeps the rows."""
    Catalogue(engine).collection_named("נהלים")
    migrate(engine)
    assert [c.name for c in Catalogue(engine).collections()] == ["נהלים"]


def test_documents_of_the_first_version_stay_as_they_were(tmp_path: Path) -> None:
    """A database with documents, pages and passages is brought up to date, and passages know their places."""
    engine = connect(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    fill_first_schema(engine)
    migrate(engine)
    check_old_rows(engine)


def check_old_rows(engine: sa.Engine) -> None:
    """The rows of `fill_first_schema` are there, in today's terms."""
    catalogue, passages = Catalogue(engine), Passages(engine)
    (collection,) = catalogue.collections()
    records = {record.id: record for record in catalogue.documents(collection.id)}
    assert {(record.path, record.parent_id, record.replaces) for record in records.values()} == {("", "", "")}
    assert (records["d1"].title, records["d1"].state, records["d1"].attempts) == ("נוהל", "ready", 1)
    assert passages.page("d1", 1).place == Place("page", "iv")
    assert passages.page("d2", 1).place == Place("text")
    (first,) = passages.chunks_of_document("d1")
    assert first.spans == (Span(1, 0, 4, Place("page", "iv")), Span(2, 0, 4, Place("page", "")))
    assert first.table_header == ""
    assert passages.chunks_of_document("d2")[0].spans == (Span(1, 0, 4, Place("text")),)
    new = catalogue.add_document("d3", collection.id, "c.txt", "c", 1, path="ת/c.txt", replaces="d1")
    assert (new.path, new.replaces) == ("ת/c.txt", "d1")
    asked, answered = Conversations(engine).turns("a1", "t1")
    assert asked.said == Answer("מה?", mode="quoted", finished=True)
    citation = Citation(1, "d1-0", "d1", "c1", "נוהל", 1, Place("page", "iv"), 0, 4, "שלום")
    assert answered.said == Answer("שלום [1]", (citation,), mode="quoted", finished=True)


def test_the_journal_is_emptied(engine: sa.Engine, tmp_path: Path) -> None:
    """What was written is in the database file and no longer in the journal, unless somebody reads from it."""
    Catalogue(engine).collection_named("נהלים")
    journal = tmp_path / "darash.sqlite3-wal"
    with engine.connect() as reader:
        reader.execute(sa.text("SELECT * FROM collections"))
        Catalogue(engine).collection_named("מכרזים")
        assert not drop_journal(engine)
        assert "מכרזים".encode() in journal.read_bytes()
    assert drop_journal(engine)
    assert journal.read_bytes() == b""
    with writing(engine).begin() as connection:
        assert connection.execute(sa.text("PRAGMA busy_timeout")).scalar() == 30_000


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
