"""`darash backup`, `restore` and `verify`: what comes back, on which database, and what is refused or found."""

import json
import os
import shutil
import sqlite3
import stat
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

import webui.services  # noqa: F401 - importing the tables of every room registers them
from darash import app
from darash.backup import SECRETS
from indexes.accept import accept
from indexes.database import connect, drop_journal, metadata
from indexes.errors import BackupDamaged, BackupRefused
from indexes.keeping.backup import back_up
from indexes.keeping.restore import restore
from indexes.keeping.verify import findings
from indexes.record import documents
from indexes.settings import IndexSettings
from indexes.storage import Storage, open_search, open_storage
from ingest.pipeline import open_pipeline
from ingest.settings import IngestSettings
from ingest.worker import run
from tests.conftest import ROOT
from tests.database import drop_database, new_database, sqlite_in
from tests.integration.test_versions import archive
from webui.accounts.account import Accounts
from webui.accounts.sessions import Sessions
from webui.accounts.sign_in import SignInLinks
from webui.audit import Audit, audit
from webui.conversations import Conversations
from webui.grants import Grants

LEAVE = "חופשה ללא תשלום תאושר לעובד קבוע בתום שנת עבודה.\n"
CITIES = {"ביוב.txt": "אגרת הביוב תשולם פעמיים בשנה.".encode(), "גינון.txt": "המכרז לגינון יפורסם בקיץ.".encode()}
Address = Callable[[str, Path], str]


@pytest.fixture
def address(request: pytest.FixtureRequest) -> Iterator[Address]:
    """Makes the address of an empty database of a kind, for a data folder."""
    made = []

    def new(kind: str, data: Path) -> str:
        if kind == "sqlite":
            return sqlite_in(data)
        request.getfixturevalue("postgresql")
        made.append(new_database(template="template0"))
        return made[-1]

    yield new
    for each in made:
        drop_database(each)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder, with SQLite in it, in which something of every kind is kept."""
    data = tmp_path_factory.mktemp("kept") / "data"
    storage = filled(IndexSettings(data=data, database_url=sqlite_in(data)))
    drop_journal(storage.engine)
    storage.engine.dispose()
    return data


@pytest.fixture
def storage(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    """A copy of that folder, opened."""
    monkeypatch.delenv("DARASH_DATABASE_URL", raising=False)
    monkeypatch.setenv("DARASH_DATA", str(tmp_path / "data"))
    shutil.copytree(kept, tmp_path / "data")
    storage = open_storage(IndexSettings(data=tmp_path / "data"))
    yield storage
    storage.engine.dispose()


def filled(settings: IndexSettings) -> Storage:
    """An account with a session, a conversation, documents of all kinds, a glossary and rows of the audit log."""
    storage = open_storage(settings)
    owner, audit_log = Accounts(storage.engine).owner(), Audit(storage.engine)
    collection = storage.catalogue.collection_named("נהלים")
    Grants(storage.engine).adopt(collection.id)
    take_in(storage, "חופשה.txt", LEAVE.encode())
    take_in(storage, "letter.pdf", (ROOT / "tests/fixtures/letter.pdf").read_bytes())
    take_in(storage, "הכול.zip", archive(CITIES))
    work(storage)
    storage.glossaries.add(collection.id, ('חל"ת', "חופשה ללא תשלום"), owner.id)
    Conversations(storage.engine).add_question(
        owner.id, Conversations(storage.engine).create(owner.id, "חופשה").id, "כמה\n\rימים? \u2028"
    )
    for action in ("signed_in", "uploaded"):
        audit_log.record(owner.id, action, subject=collection.id, address="127.0.0.1")
    Sessions(storage.engine, 99.0).start(owner.id)
    SignInLinks(storage.engine).new(owner.id, "http://127.0.0.1")
    return storage


def take_in(storage: Storage, name: str, content: bytes) -> str:
    """Accepts a file as an upload; returns its id."""
    collection_id = storage.catalogue.collection_named("נהלים").id
    return accept(storage.catalogue, storage.files, collection_id, name, [content], 1 << 20)[0].id


def work(storage: Storage) -> None:
    """Works until the queue is empty."""
    run(open_pipeline(storage, IngestSettings()), threading.Event(), until_idle=True)


def rows(storage: Storage) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the tables that a backup keeps."""
    with storage.engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name not in SECRETS
        }


def files(data: Path) -> dict[str, bytes]:
    """Every file of documents, by its place."""
    return {str(path.relative_to(data)): path.read_bytes() for path in (data / "files").rglob("*") if path.is_file()}


def hits(storage: Storage, question: str) -> list[tuple[str, float]]:
    """What a search finds."""
    (collection,) = storage.catalogue.collections()
    return [(hit.chunk.id, round(hit.score, 4)) for hit in open_search(storage).search([collection.id], question, 5)]


def command(*words: str) -> Result:
    """Runs `darash`."""
    return CliRunner().invoke(app, list(words))


def reasons(storage: Storage) -> list[str]:
    """What is wrong, without waiting for a second look."""
    return list(findings(storage, pause=0.0))


@pytest.mark.parametrize("before", ["sqlite", "postgresql"])
@pytest.mark.parametrize("after", ["sqlite", "postgresql"])
def test_everything_comes_back_on_either_database(tmp_path: Path, address: Address, before: str, after: str) -> None:
    """Rows, files, index and audit seals are the same again, from either database into either, and work goes on."""
    old, new = tmp_path / "old", tmp_path / "new"
    storage = filled(IndexSettings(data=old, database_url=address(before, old)))
    made = back_up(storage.engine, old, tmp_path / "b.tar", "1", SECRETS)
    assert (made.documents, made.with_index, made.without_index, made.damaged) == (5, 1, 0, [])
    settings = IndexSettings(data=new, database_url=address(after, new))
    restore(tmp_path / "b.tar", settings)
    again = open_storage(settings)
    assert rows(again) == rows(storage)
    assert files(new) == files(old)
    assert hits(again, "אגרת הביוב") == hits(storage, "אגרת הביוב")
    assert hits(again, "אגרת הביוב")
    assert reasons(again) == []
    assert Audit(again.engine).check() == Audit(storage.engine).check()
    Audit(again.engine).record("", "signed_out")
    assert Audit(again.engine).check().rows == 3
    take_in(again, "חדש.txt", b"new")
    work(again)
    assert reasons(again) == []
    for each in (storage, again):
        each.engine.dispose()


def test_the_commands(storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They say what they did, write it into the audit log, and the file is for its owner alone."""
    file = tmp_path / "b.tar"
    result = command("backup", str(file))
    assert result.output.startswith(f"{file}: 5 documents, ")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Audit(storage.engine).last_times("backup_made")
    assert command("verify").output == "nothing is wrong\n"
    monkeypatch.setenv("DARASH_DATA", str(tmp_path / "new"))
    result = command("restore", str(file))
    assert (result.exit_code, "5 documents are back" in result.output) == (0, True)
    assert command("verify").output == "nothing is wrong\n"
    assert command("verify", "--data", str(tmp_path / "nowhere")).exit_code == 1


def test_nothing_that_lets_somebody_in_is_in_a_backup(storage: Storage, tmp_path: Path) -> None:
    """Sessions, links, invitations and tries stay out; every other table that has rows is in."""
    back_up(storage.engine, storage.settings.data, tmp_path / "b.tar", "1", SECRETS)
    with tarfile.open(tmp_path / "b.tar") as content:
        tables = {name.split("/")[1] for name in content.getnames() if name.startswith("tables/")}
    assert tables == {name for name, found in rows(storage).items() if found}
    with storage.engine.connect() as connection:
        filled_tables = [t.name for t in metadata.sorted_tables if connection.execute(sa.select(t)).first()]
    assert set(filled_tables) - tables == {"sessions", "sign_in_links"}


def test_a_document_deleted_meanwhile_stays_deleted(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are of the moment when the backup began; what was deleted after it and has lost its files is deleted."""
    (record,) = (each for each in storage.catalogue.documents(collection(storage)) if each.filename == "חופשה.txt")

    other = open_storage(storage.settings)

    @sa.event.listens_for(storage.engine, "after_cursor_execute")
    def delete_it(*said: object) -> None:
        if "documents.sha256, documents.state" in str(said[2]):  # the list of files: the moment has been chosen
            other.jobs.request_delete(record.id)
            work(other)

    made = back_up(storage.engine, storage.settings.data, tmp_path / "b.tar", "1", SECRETS)
    assert made.damaged == []
    monkeypatch.setenv("DARASH_DATA", str(tmp_path / "new"))
    assert "4 documents are back" in command("restore", str(tmp_path / "b.tar")).output
    again = open_storage(IndexSettings())
    assert record.id not in {each.id for each in again.catalogue.documents(collection(again))}
    assert len(again.catalogue.documents(collection(again))) == 4
    work(again)
    assert reasons(again) == []
    assert not (again.files.folder / record.id).exists()


def collection(storage: Storage) -> str:
    """The id of the one collection."""
    return storage.catalogue.collection_named("נהלים").id


def test_a_backup_made_in_the_middle_of_work_is_whole(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Backups made while documents come, are read, and go, can all be restored, and nothing is wrong with them."""
    stop = threading.Event()

    def live() -> None:
        mine = open_storage(storage.settings)
        for number in range(10_000):
            if stop.is_set():
                break
            document_id = take_in(mine, f"{number}.txt", f"החלטה מספר {number}".encode())
            if number % 3 == 1:
                mine.jobs.request_delete(document_id)
            work(mine)
            if number % 3 == 2:
                mine.jobs.request_delete(document_id)
        mine.engine.dispose()

    others = threading.Thread(target=live)
    others.start()
    try:
        for number in range(3):
            back_up(storage.engine, storage.settings.data, tmp_path / f"{number}.tar", "1", SECRETS)
    finally:
        stop.set()
        others.join()
    for number in range(3):
        monkeypatch.setenv("DARASH_DATA", str(tmp_path / f"new-{number}"))
        assert command("restore", str(tmp_path / f"{number}.tar")).exit_code == 0
        again = open_storage(IndexSettings())
        work(again)
        assert reasons(again) == []
        again.engine.dispose()


@pytest.mark.parametrize("damage", ["a byte", "the end", "another file", "a member too many"])
def test_a_damaged_backup_leaves_nothing(storage: Storage, tmp_path: Path, damage: str) -> None:
    """Whatever is wrong with the file, restoring says so and the data folder is as empty as before."""
    file, data = tmp_path / "b.tar", tmp_path / "new"
    back_up(storage.engine, storage.settings.data, file, "1", SECRETS)
    content = bytearray(file.read_bytes())
    if damage == "a byte":
        content[content.index(b"%PDF") + 9] ^= 1
    elif damage == "the end":
        del content[len(content) // 2 :]
    elif damage == "another file":
        content = bytearray(b"PK\x03\x04" + bytes(2000))
    else:
        content = content.replace(b"\0gone\0", b"\0g.ne\0").replace(b"gone" + bytes(96), b"g/../x" + bytes(94))
    file.write_bytes(content)
    data.mkdir()
    with pytest.raises(BackupDamaged):
        restore(file, IndexSettings(data=data))
    assert list(data.iterdir()) == []
    assert list(tmp_path.glob("x")) == []


def test_what_is_there_is_never_overwritten(storage: Storage, tmp_path: Path, address: Address) -> None:
    """A file of that name, a data folder with anything in it, a database with tables: all are left alone."""
    file, data = tmp_path / "b.tar", tmp_path / "new"
    back_up(storage.engine, storage.settings.data, file, "1", SECRETS)
    kept = file.read_bytes()
    with pytest.raises(BackupRefused, match="never overwrites"):
        back_up(storage.engine, storage.settings.data, file, "1", SECRETS)
    assert file.read_bytes() == kept
    data.mkdir()
    (data / "mine").touch()
    with pytest.raises(BackupRefused, match="empty data folder"):
        restore(file, IndexSettings(data=data))
    with pytest.raises(BackupRefused, match="database is not empty"):
        restore(file, IndexSettings(data=tmp_path / "other", database_url=storage.settings.database))
    assert [path.name for path in data.iterdir()] == ["mine"]
    assert reasons(storage) == []


@pytest.mark.parametrize("newer", [{"format": 2}, {"revision": "9999"}])
def test_a_backup_of_a_newer_version_is_refused(storage: Storage, tmp_path: Path, newer: dict[str, object]) -> None:
    """It is named as such, and nothing is made."""
    file = tmp_path / "b.tar"
    back_up(storage.engine, storage.settings.data, file, "0.9", SECRETS)
    content = file.read_bytes()
    start, size = 512, content.index(b"\0", 512) - 512
    head = json.dumps(json.loads(content[start : start + size]) | newer).encode().replace(b'": ', b'":')
    file.write_bytes(content[:start] + head.ljust(size) + content[start + size :])
    with pytest.raises(BackupRefused, match=r"newer version of Darash \(0\.9\)"):
        restore(file, IndexSettings(data=tmp_path / "new"))
    assert not (tmp_path / "new").exists()


def test_a_restore_that_was_cut_off_is_not_used(storage: Storage) -> None:
    """A folder in which a restore was killed does not start."""
    (storage.settings.data / "restoring").touch()
    with pytest.raises(BackupRefused, match="empty the folder and repeat"):
        open_storage(storage.settings)


def test_an_index_that_does_not_fit_is_made_again(storage: Storage, tmp_path: Path) -> None:
    """A damaged segment stays out of the backup; after restoring everything is found as before."""
    expected = hits(storage, "אגרת הביוב")
    segment = next((storage.settings.data / "indexes").rglob("counts.npy"))
    segment.write_bytes(segment.read_bytes()[:-1] + b"\xff")
    file = tmp_path / "b.tar"
    assert "1 indexes will be made again" in command("backup", str(file)).output
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DARASH_DATA", str(tmp_path / "new"))
        assert "the index is made again" in command("restore", str(file)).output
    again = open_storage(IndexSettings(data=tmp_path / "new"))
    assert hits(again, "אגרת הביוב") == expected
    assert reasons(again) == []


DAMAGES: dict[str, Callable[[Storage, str], object]] = {
    "is not what was uploaded": lambda storage, id: storage.files.original(id).write_bytes(b"x"),
    "cannot be read": lambda storage, id: storage.files.original(id).unlink(),
    "0 pages of 1 are stored": lambda storage, id: change(storage, "DELETE FROM pages WHERE document_id = :id", id),
    "passages are not all there": lambda storage, id: change(
        storage, "DELETE FROM chunks WHERE document_id = :id AND ordinal = 0", id
    ),
    "are others than those stored": lambda storage, id: change(
        storage, "UPDATE chunks SET id = 'x' WHERE document_id = :id", id
    ),
    "cannot be found": lambda storage, id: pipeline_of(storage).indexes.remove(collection(storage), id),
    "can be found and is not ready": lambda storage, id: change(
        storage, "UPDATE documents SET state = 'failed' WHERE id = :id", id
    ),
    "was changed": lambda storage, _: next((storage.settings.data / "indexes").rglob("forms.npy")).write_bytes(b"x"),
    "is damaged": lambda storage, _: next((storage.settings.data / "indexes").rglob("manifest.json")).write_bytes(b"x"),
    "names a row of": lambda storage, id: unchecked(storage, "DELETE FROM documents WHERE id = ?", id),
    "does not follow the one before": lambda storage, _: change(
        storage, "UPDATE audit SET at = 1 WHERE number = 2", ""
    ),
}


def change(storage: Storage, statement: str, document_id: str) -> None:
    """Changes rows behind the back of everything."""
    with storage.engine.begin() as connection:
        connection.execute(sa.text(statement), {"id": document_id} if ":id" in statement else {})


def unchecked(storage: Storage, statement: str, document_id: str) -> None:
    """The same without foreign keys."""
    with sqlite3.connect(storage.settings.data / "darash.sqlite3") as connection:
        connection.execute(statement, [document_id])


def pipeline_of(storage: Storage):
    """What works on documents."""
    return open_pipeline(storage, IngestSettings())


@pytest.mark.parametrize("said", DAMAGES)
def test_every_damage_is_found(storage: Storage, said: str) -> None:
    """A line says what is wrong, and the exit code is 1; nothing is said of what is whole."""
    (record,) = (each for each in storage.catalogue.documents(collection(storage)) if each.filename == "חופשה.txt")
    assert reasons(storage) == []
    DAMAGES[said](storage, record.id)
    result = command("verify")
    assert result.exit_code == 1
    assert said in result.output


def test_what_is_left_over_is_found_when_it_is_old(storage: Storage) -> None:
    """A file that belongs to no document may be an upload on its way; a day later it is not."""
    left = storage.files.incoming / "x"
    left.parent.mkdir(exist_ok=True)
    left.touch()
    assert reasons(storage) == []
    os.utime(left, (0, 0))
    assert [said.split(" belongs ")[0] for said in reasons(storage)] == [str(left)]


def test_rows_read_and_written_are_the_declared_ones(storage: Storage) -> None:
    """Nothing that the code declares is missing from what a backup reads."""
    with connect(storage.settings.database).connect() as connection:
        assert set(sa.inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
    assert {"documents", "audit"} <= {documents.name, audit.name}
