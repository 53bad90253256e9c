"""The same database code on a real PostgreSQL server, started for these tests where its programs are installed."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import webui.services  # noqa: F401 - importing the tables of every room registers them
from answers.answer import Answer, Citation, Doubt
from indexes.accept import accept, pieces_of
from indexes.database import connect, metadata, migrate
from indexes.page import Place
from indexes.settings import IndexSettings
from indexes.storage import Storage, open_search, open_storage
from ingest.pipeline import open_pipeline
from ingest.samples import sample_files
from ingest.settings import IngestSettings
from ingest.worker import run
from tests import database
from tests.integration.test_versions import archive
from tests.old_rows import fill_first_schema
from tests.unit.indexes.test_database import check_old_rows
from tests.unit.indexes.test_glossary import check_glossary
from webui.accounts.account import Accounts
from webui.accounts.sign_in import SignInLinks
from webui.conversations import Conversations


@pytest.fixture
def address(postgresql: None) -> Iterator[str]:
    """The address of an empty database."""
    address = database.new_database()
    yield address
    database.drop_database(address)


@pytest.fixture
def storage(address: str, tmp_path: Path) -> Iterator[Storage]:
    """The storage over that database."""
    storage = open_storage(IndexSettings(data=tmp_path, database_url=address))
    yield storage
    storage.engine.dispose()


def test_the_schema_is_the_same(storage: Storage) -> None:
    """The migration steps make the tables that the code declares on PostgreSQL too."""
    with storage.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_documents_of_the_first_version_stay_as_they_were(address: str, storage: Storage) -> None:
    """A database of the first version is brought up to date with its rows, in a schema of its own."""
    with storage.engine.begin() as connection:
        connection.execute(sa.text("CREATE SCHEMA old"))
    engine = connect(f"{address}&options=-csearch_path%3Dold")
    fill_first_schema(engine)
    migrate(engine)
    check_old_rows(engine)
    engine.dispose()


def test_the_same_file_from_many_sides_is_one_document(storage: Storage) -> None:
    """Uploads of the same bytes at the same moment are one document, and none of them fails."""
    collection, got = storage.catalogue.collection_named("נהלים"), list[str]()

    def send() -> None:
        kept = (storage.catalogue, storage.files, collection.id)
        got.extend(accept(*kept, "a.txt", [str(number).encode()], 99, path=f"ת/{number}")[0].id for number in range(20))

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert (len(got), len(set(got))) == (80, 20)
    assert {record.id for record in storage.catalogue.documents(collection.id)} == set(got)


def test_versions_and_parts(storage: Storage) -> None:
    """Archives, new versions, pausing and deleting are the same here: one worker does it all."""
    pipeline, collection = open_pipeline(storage, IngestSettings()), storage.catalogue.collection_named("נהלים")
    kept = (storage.catalogue, storage.files, collection.id)

    def work() -> dict[str, str]:
        run(pipeline, threading.Event(), until_idle=True)
        return {record.path: record.state for record in storage.catalogue.documents(collection.id)}

    for text in ("תעריפי מים", "תעריפי מים וביוב"):
        content = archive({"א.txt": text.encode(), "ב.txt": "הנחה בארנונה".encode()})
        top, _ = accept(*kept, "הכול.zip", [content], 9999, path="ת/הכול.zip")
        expected = {"ת/הכול.zip": "ready", "ת/הכול.zip/א.txt": "ready", "ת/הכול.zip/ב.txt": "ready"}
        assert work() == expected
    hits = open_search(storage).search([collection.id], "ביוב", 3)
    assert hits[0].chunk.text.strip() == "תעריפי מים וביוב"
    accept(*kept, "ג.txt", ["חופשה".encode()], 99)
    assert storage.jobs.pause_all(collection.id) == 1
    assert work()[""] == "paused"
    storage.jobs.request_delete(top.id)
    assert work() == {"": "paused"}


def test_documents_become_searchable(storage: Storage) -> None:
    """Two workers read the sample collection, each document once, and a search finds what is in it."""
    collection = storage.catalogue.collection_named("נהלים")
    for path in sample_files():
        accept(storage.catalogue, storage.files, collection.id, path.name, pieces_of(path), 1 << 30)
    pipelines = [open_pipeline(storage, IngestSettings()) for _ in range(2)]
    workers = [
        threading.Thread(target=run, args=(pipeline, threading.Event()), kwargs={"until_idle": True})
        for pipeline in pipelines
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    records = storage.catalogue.documents(collection.id)
    assert {(record.state, record.attempts) for record in records} == {("ready", 1)}
    hits = open_search(storage).search([collection.id], "אחרי כמה זמן נמחקים צילומי המצלמות?", 3)
    assert hits[0].chunk.title == "נוהל הגנת הפרטיות ואבטחת מידע אישי"
    storage.jobs.request_delete(records[0].id)
    run(pipelines[0], threading.Event(), until_idle=True)
    assert len(storage.catalogue.documents(collection.id)) == len(records) - 1


def test_conversations_and_links_are_kept(storage: Storage) -> None:
    """Accounts, one-time links and conversations with Hebrew and citations come back as they went in."""
    account, links = Accounts(storage.engine).owner(), SignInLinks(storage.engine)
    token = links.new(account.id, "http://127.0.0.1").split("token=")[1]
    assert links.use(token) == account.id
    assert links.use(token) is None
    conversations = Conversations(storage.engine)
    conversation = conversations.create(account.id, "חל״ת")
    turn = conversations.add_question(account.id, conversation.id, "כמה ימים?")
    citation = Citation(1, "c", "d", "e", "נוהל", 2, Place(), 0, 5, "90 יום")
    answer = Answer("90 יום [1]", (citation,), finished=True, doubts=(Doubt(0, 6, ("90",)),), next_questions=("ולמי?",))
    conversations.save_answer(turn.id, answer)
    assert conversations.turn(account.id, turn.id).said == answer


def test_a_glossary_holds_what_is_found_and_what_is_written(storage: Storage) -> None:
    """Pairs of documents and of people come back, seen by every process, and go with their documents."""
    check_glossary(storage.engine)
