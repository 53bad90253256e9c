"""Files in, searchable documents out: the real worker, database, index and reading processes, with a fake embedder."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
import sqlalchemy as sa

from indexes.accept import accept
from indexes.errors import StorageFull
from indexes.indexes import Indexes
from indexes.passages import chunks, pages
from indexes.record import DocumentRecord, documents
from indexes.searcher import Searcher
from ingest.limits import Limits
from ingest.pipeline import Pipeline
from ingest.worker import run
from tests.conftest import ROOT
from tests.fake_embedder import FakeEmbedder
from tests.unit.ingest.test_docx import paragraph, word_file
from tests.worker_process import pipeline_over

LEAVE = "חופשה ללא תשלום תאושר לעובד קבוע בתום שנת עבודה. הבקשה תוגש למנהלת משאבי אנוש.\n"


def upload(pipeline: Pipeline, filename: str, content: bytes, collection: str = "נהלים") -> str:
    """Accepts a file as the web does; returns its id."""
    collection_id = pipeline.catalogue.collection_named(collection).id
    record, _ = accept(pipeline.catalogue, pipeline.files, collection_id, filename, [content], 1 << 30)
    return record.id


def work(pipeline: Pipeline) -> None:
    """Works in this process until nothing is left to do."""
    run(pipeline, threading.Event(), until_idle=True)


def found(pipeline: Pipeline, question: str, collection: str = "נהלים") -> list[str]:
    """The ids of the documents that a search finds."""
    searcher = Searcher(pipeline.files.folder.parent, FakeEmbedder(), pipeline.passages)
    collection_id = pipeline.catalogue.collection_named(collection).id
    return [hit.chunk.document_id for hit in searcher.search([collection_id], question, 10)]


def start_worker(data: Path, seconds: float = 0.0) -> subprocess.Popen[str]:
    """A worker in a process of its own."""
    command = [sys.executable, "-m", "tests.worker_process", str(data), str(seconds)]
    environment = {**os.environ, "TMPDIR": str(data)}  # a killed worker cannot tidy up after itself
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)


def wait_for(condition: Callable[[], bool]) -> None:
    """Waits until something is so; the test's own time limit ends it if it never is."""
    while not condition():
        time.sleep(0.02)


def lease_runs_out(pipeline: Pipeline) -> None:
    """As if a minute had passed since the worker died."""
    with pipeline.jobs.engine.begin() as connection:
        connection.execute(documents.update().values(lease_until=0.0))


def assert_whole(pipeline: Pipeline, record: DocumentRecord) -> None:
    """A ready document is stored once and indexed once."""
    stored = pipeline.passages.chunks_of_document(record.id)
    assert record.state == "ready"
    assert stored
    snapshot = Searcher(pipeline.files.folder.parent, FakeEmbedder(), pipeline.passages)
    hits = snapshot.ranked([record.collection_id], stored[0].text[:80], 100)
    mine = [hit.chunk.id for hit in hits if hit.chunk.document_id == record.id]
    assert len(mine) == len(set(mine)) <= len(stored)
    assert stored[0].id in mine


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return pipeline_over(tmp_path)


def test_files_of_every_kind_become_searchable(pipeline: Pipeline, tmp_path: Path) -> None:
    """Text, Markdown, HTML and Word end ready, under the title inside them, and are found by what they say."""
    word = word_file(tmp_path, paragraph("המכרז להסעות תלמידים פורסם ביום ראשון."), title="מכרז הסעות")
    ids = {
        "טקסט": upload(pipeline, "נוהל.txt", LEAVE.encode("cp1255")),
        "סימון": upload(pipeline, "a.md", "# ארנונה\n\nהנחה בארנונה לאזרח ותיק.".encode()),
        "דף": upload(pipeline, "b.html", "<title>רישום לגנים</title><p>ההרשמה לגני הילדים נפתחת.</p>".encode()),
        "וורד": upload(pipeline, "c.docx", word.read_bytes()),
    }
    work(pipeline)
    records = {name: pipeline.catalogue.document(document_id) for name, document_id in ids.items()}
    assert {record.state for record in records.values()} == {"ready"}
    assert [records[name].title for name in ids] == ["נוהל", "ארנונה", "רישום לגנים", "מכרז הסעות"]
    for name, question in [
        ("טקסט", "חופשה ללא תשלום"),
        ("סימון", "הנחה"),
        ("דף", "הרשמה לגני"),
        ("וורד", "מכרז הסעות"),
    ]:
        assert found(pipeline, question)[0] == ids[name]


def bad_files(folder: Path) -> Iterator[tuple[str, bytes, str]]:
    """Files that cannot become documents: name, bytes, and the code of the reason."""
    locked = pypdf.PdfWriter()
    locked.add_blank_page(100, 100)
    locked.encrypt("סיסמה", algorithm="RC4-128")
    locked.write(folder / "locked.pdf")
    long = pypdf.PdfWriter()
    for _ in range(60):
        long.add_blank_page(100, 100)
    long.write(folder / "long.pdf")
    with zipfile.ZipFile(folder / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b"<w>" + b" " * (120 << 20) + b"</w>")
    yield "סודי.pdf", (folder / "locked.pdf").read_bytes(), "encrypted"
    yield "ארוך.pdf", (folder / "long.pdf").read_bytes(), "too_many_pages"
    yield "פצצה.docx", (folder / "bomb.docx").read_bytes(), "too_expanded"
    yield "ריק.docx", b"", "empty"
    yield "לבן.txt", b" \n ", "no_text"
    yield "תוכנה.exe", b"MZ\x90\0", "unsupported"
    yield "שקר.pdf", b"this is no pdf", "unreadable"
    yield "זבל.docx", b"PK\x03\x04" + os.urandom(3000), "unreadable"
    yield "קטוע.pdf", b"%PDF-1.7\n" + os.urandom(3000), "unreadable"


def test_bad_files_fail_with_their_reason_and_harm_nothing(pipeline: Pipeline, tmp_path: Path) -> None:
    """Each ends failed with the right code; the good files before and after them are ready."""
    first = upload(pipeline, "לפני.txt", LEAVE.encode())
    bad = {upload(pipeline, name, content): code for name, content, code in bad_files(tmp_path)}
    last = upload(pipeline, "אחרי.txt", ("תוספת. " + LEAVE).encode())
    work(pipeline)
    records = {document_id: pipeline.catalogue.document(document_id) for document_id in bad}
    assert {document_id: record.reason for document_id, record in records.items()} == bad
    assert {record.state for record in records.values()} == {"failed"}
    assert all(record.detail for record in records.values())
    assert {pipeline.catalogue.document(document_id).state for document_id in (first, last)} == {"ready"}
    assert set(found(pipeline, "חופשה ללא תשלום")) == {first, last}


def test_a_file_that_takes_too_much_fails_and_the_next_is_ready(pipeline: Pipeline) -> None:
    """Over the limits of memory and time a document fails with that reason, and only that document."""
    greedy = upload(pipeline, "גדול.txt", "שלום עולם ".encode() * 8_000_000)
    work(replace(pipeline, limits=Limits(20, 300, 50)))
    endless = upload(pipeline, "אין סוף.txt", b"x")
    original = pipeline.files.original(endless)
    original.unlink()
    os.mkfifo(original)
    work(replace(pipeline, limits=Limits(1, 2048, 50)))
    good = upload(pipeline, "טוב.txt", LEAVE.encode())
    work(pipeline)
    reasons = [pipeline.catalogue.document(document_id).reason for document_id in (greedy, endless, good)]
    assert reasons == ["out_of_memory", "timed_out", ""]


def test_a_failure_nobody_foresaw_stays_with_its_document(pipeline: Pipeline) -> None:
    """An exception from inside is logged, the document fails as `internal`, and the worker goes on."""

    class BrokenIndexes(Indexes):
        def add(self, *_: object, **__: object) -> None:
            raise RuntimeError("wires crossed")

    data = pipeline.files.folder.parent
    broken = BrokenIndexes(data, pipeline.catalogue, pipeline.passages, pipeline.indexes.embedders)
    document_id = upload(pipeline, "a.txt", LEAVE.encode())
    work(replace(pipeline, indexes=broken))
    record = pipeline.catalogue.document(document_id)
    assert (record.state, record.reason, record.detail) == ("failed", "internal", "RuntimeError: wires crossed")


@pytest.mark.parametrize("state", ["reading", "indexing"])
def test_a_killed_worker_loses_nothing(pipeline: Pipeline, tmp_path: Path, state: str) -> None:
    """A kill -9 while a document is read or indexed: the next worker makes it ready, exactly once."""
    document_id = upload(pipeline, "נוהל.txt", (LEAVE * 50).encode())
    original = pipeline.files.original(document_id)
    if state == "reading":
        original.rename(tmp_path / "aside")
        os.mkfifo(original)
    process = start_worker(tmp_path, seconds=60)
    wait_for(lambda: pipeline.catalogue.document(document_id).state == state)
    if state == "indexing":
        wait_for(lambda: bool(pipeline.passages.chunks_of_document(document_id)))
    process.kill()
    process.communicate()
    assert pipeline.catalogue.document(document_id).state == state
    assert pipeline.jobs.claim("too early") is None
    assert found(pipeline, "חופשה ללא תשלום") == []
    if state == "reading":
        (tmp_path / "aside").replace(original)
    lease_runs_out(pipeline)
    work(pipeline)
    record = pipeline.catalogue.document(document_id)
    assert record.attempts == 2
    assert_whole(pipeline, record)


def test_a_stopped_worker_gives_its_document_back(pipeline: Pipeline, tmp_path: Path) -> None:
    """SIGTERM in the middle of a file: the worker ends by itself, and the document waits as if never begun."""
    document_id = upload(pipeline, "נוהל.txt", LEAVE.encode())
    original = pipeline.files.original(document_id)
    original.rename(tmp_path / "aside")
    os.mkfifo(original)
    process = start_worker(tmp_path)
    wait_for(lambda: pipeline.catalogue.document(document_id).state == "reading")
    process.send_signal(signal.SIGTERM)
    process.communicate()
    record = pipeline.catalogue.document(document_id)
    assert (process.returncode, record.state, record.attempts) == (0, "queued", 0)
    (tmp_path / "aside").replace(original)
    work(pipeline)
    assert_whole(pipeline, pipeline.catalogue.document(document_id))


def test_two_workers_share_the_queue(pipeline: Pipeline, tmp_path: Path) -> None:
    """Every document is done by one of them, once."""
    ids = [upload(pipeline, f"{number}.txt", f"מסמך מספר {number}. {LEAVE}".encode()) for number in range(12)]
    workers = [start_worker(tmp_path, seconds=0.05) for _ in range(2)]
    logs = [process.communicate()[1] for process in workers]
    done = [re.findall(r"^(\w{32}) .* is ready$", log, re.MULTILINE) for log in logs]
    assert sorted(done[0] + done[1]) == sorted(ids)
    assert {pipeline.catalogue.document(document_id).attempts for document_id in ids} == {1}
    for document_id in ids:
        assert_whole(pipeline, pipeline.catalogue.document(document_id))


def test_deleting_leaves_nothing(pipeline: Pipeline, tmp_path: Path) -> None:
    """After a deletion there is no row, no file and no hit of the document."""
    gone = upload(pipeline, "סודי.txt", f"המילה הסודית היא קרפדונית. {LEAVE}".encode())
    kept = upload(pipeline, "גלוי.txt", LEAVE.encode())
    work(pipeline)
    assert set(found(pipeline, "חופשה ללא תשלום")) == {gone, kept}
    pipeline.jobs.request_delete(gone)
    work(pipeline)
    assert found(pipeline, "חופשה ללא תשלום") == [kept]
    assert not (pipeline.files.folder / gone).exists()
    with pipeline.jobs.engine.connect() as connection:
        for table in (documents.c.id, pages.c.document_id, chunks.c.document_id):
            assert connection.execute(sa.select(table).where(table == gone)).all() == []


def test_deleting_while_it_is_read(pipeline: Pipeline, tmp_path: Path) -> None:
    """A document deleted under the worker's hands does not come back: not as a row, a file or a hit."""
    document_id = upload(pipeline, "a.txt", LEAVE.encode())
    process = start_worker(tmp_path, seconds=3)
    wait_for(lambda: bool(pipeline.passages.chunks_of_document(document_id)))
    pipeline.jobs.request_delete(document_id)
    work(pipeline)
    process.communicate()
    assert found(pipeline, "חופשה ללא תשלום") == []
    assert not (pipeline.files.folder / document_id).exists()
    assert pipeline.catalogue.documents(pipeline.catalogue.collection_named("נהלים").id) == []


def test_a_full_disk_does_not_lose_what_was_accepted(tmp_path: Path) -> None:
    """On a disk of 1 MB: what does not fit is refused, what was accepted ends failed with that reason or ready."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("a small disk can only be made by root")
    try:
        on_disk = pipeline_over(tmp_path)
        pipeline = replace(on_disk, files=type(on_disk.files)(disk))
        accepted = upload(pipeline, "a.txt", LEAVE.encode())
        collection_id = pipeline.catalogue.collection_named("נהלים").id
        with pytest.raises(StorageFull):
            accept(pipeline.catalogue, pipeline.files, collection_id, "b.txt", [bytes(900_000)] * 2, 1 << 30)
        assert list((pipeline.files.folder / "incoming").iterdir()) == []
        (disk / "filler").write_bytes(bytes(900_000))
        with suppress(OSError):
            (disk / "rest").write_bytes(bytes(1 << 20))
        work(pipeline)
        record = pipeline.catalogue.document(accepted)
        assert (record.state, record.reason) in {("ready", ""), ("failed", "storage_full")}
        (disk / "filler").unlink()
        again, _ = accept(pipeline.catalogue, pipeline.files, collection_id, "a.txt", [LEAVE.encode()], 1 << 30)
        work(pipeline)
        assert again.id == accepted
        assert pipeline.catalogue.document(accepted).state == "ready"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.sqlite("there one writer locks out all others")
def test_a_locked_database_only_delays(pipeline: Pipeline, tmp_path: Path) -> None:
    """While another process holds the database the worker waits; then the document is ready as ever."""
    document_id = upload(pipeline, "a.txt", LEAVE.encode())
    blocker = sa.create_engine(f"sqlite:///{tmp_path / 'darash.sqlite3'}")
    with blocker.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        process = start_worker(tmp_path)
        time.sleep(2)
        connection.rollback()
    process.communicate()
    assert_whole(pipeline, pipeline.catalogue.document(document_id))


@pytest.mark.data
def test_real_files_become_searchable(pipeline: Pipeline, data_folder: Path) -> None:
    """A real PDF, every real Word file and some real pages end ready; a sentence of each finds it."""
    folder = data_folder / "documents"
    files = [
        *sorted((folder / "docx").glob("*.docx")),
        *sorted((folder / "html").glob("*.html"))[:6],
        *sorted((folder / "txt").glob("*.txt")),
        *sorted((folder / "pdf").glob("Hebrew-Question*.pdf")),
    ]
    ids = [upload(pipeline, path.name, path.read_bytes()) for path in files]
    work(pipeline)
    for document_id in ids:
        assert_whole(pipeline, pipeline.catalogue.document(document_id))


def test_a_moved_document_is_carried_to_the_other_index(pipeline: Pipeline) -> None:
    """Nobody finds it in the old collection any more, nor in the new one until a worker, who reads nothing, comes."""
    moved, stays = upload(pipeline, "נוהל.txt", LEAVE.encode()), upload(pipeline, "אחר.txt", "חופשה בתשלום.".encode())
    work(pipeline)
    target = pipeline.catalogue.collection_named("ארכיון").id
    pipeline.catalogue.move_document(moved, target)
    assert moved not in found(pipeline, "חופשה ללא תשלום")
    assert found(pipeline, "חופשה ללא תשלום", "ארכיון") == []
    pipeline.files.original(moved).unlink()  # to see that nobody reads it
    work(pipeline)
    assert pipeline.catalogue.document(moved).state == "ready"
    assert found(pipeline, "חופשה ללא תשלום") == [stays]
    assert found(pipeline, "חופשה ללא תשלום", "ארכיון") == [moved]
    assert not pipeline.indexes.holds(pipeline.catalogue.document(stays).collection_id, moved)
    assert_whole(pipeline, pipeline.catalogue.document(moved))


def test_a_document_deleted_on_its_way_is_in_no_index(pipeline: Pipeline) -> None:
    """Whoever moves and deletes before a worker comes leaves nothing in either index."""
    moved = upload(pipeline, "נוהל.txt", LEAVE.encode())
    work(pipeline)
    source = pipeline.catalogue.document(moved).collection_id
    target = pipeline.catalogue.collection_named("ארכיון").id
    pipeline.catalogue.move_document(moved, target)
    pipeline.jobs.request_delete(moved)
    work(pipeline)
    assert not pipeline.indexes.holds(source, moved)
    assert not pipeline.indexes.holds(target, moved)


def test_there_and_back_again(pipeline: Pipeline) -> None:
    """A document that is moved back before a worker came is searchable where it was."""
    moved = upload(pipeline, "נוהל.txt", LEAVE.encode())
    work(pipeline)
    source = pipeline.catalogue.document(moved).collection_id
    for place in (pipeline.catalogue.collection_named("ארכיון").id, source):
        pipeline.catalogue.move_document(moved, place)
    work(pipeline)
    assert found(pipeline, "חופשה ללא תשלום") == [moved]
    assert found(pipeline, "חופשה ללא תשלום", "ארכיון") == []
