"""Documents that are replaced, paused, found inside others and deleted: the real worker, database, index and reader."""

import os
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from hebrew.tokens import tokens
from indexes.accept import accept
from indexes.catalogue import Catalogue
from indexes.fields import FIELDS
from indexes.jobs import MOST_ATTEMPTS
from indexes.record import DocumentRecord, documents
from ingest.parts import DEEPEST
from ingest.pipeline import Pipeline
from tests.integration.test_ingest import LEAVE, found, lease_runs_out, start_worker, upload, wait_for, work
from tests.worker_process import pipeline_over


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return pipeline_over(tmp_path)


def put(pipeline: Pipeline, path: str, text: str) -> str:
    """A text at a path of a folder; returns the id of its document."""
    collection_id = pipeline.catalogue.collection_named("נהלים").id
    kept = (pipeline.catalogue, pipeline.files)
    return accept(*kept, collection_id, path.rsplit("/", 1)[-1], [text.encode()], 1 << 30, path=path)[0].id


def archive(members: dict[str, bytes]) -> bytes:
    """A zip with those files."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        for name, data in members.items():
            target.writestr(name, data)
    return content.getvalue()


def mail(text: str, attachments: dict[str, bytes]) -> bytes:
    """A mail with those attachments."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "בקשה"
    message.set_content(text)
    for name, data in attachments.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def by_path(pipeline: Pipeline) -> dict[str, DocumentRecord]:
    """Path -> document, of what is in the list."""
    collection_id = pipeline.catalogue.collection_named("נהלים").id
    return {record.path: record for record in pipeline.catalogue.documents(collection_id)}


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_old_version_is_found_until_the_new_one_is_ready(pipeline: Pipeline) -> None:
    """While the new version waits, and when it fails, the old one is found; then the new one alone."""
    old = put(pipeline, "נהלים/חופשה.txt", LEAVE)
    work(pipeline)
    put(pipeline, "נהלים/חופשה.txt", " \n")
    assert found(pipeline, "חופשה ללא תשלום") == [old]
    work(pipeline)
    assert found(pipeline, "חופשה ללא תשלום") == [old]
    new = put(pipeline, "נהלים/חופשה.txt", "חופשה ללא תשלום לא תאושר עוד.")
    work(pipeline)
    assert found(pipeline, "חופשה ללא תשלום") == [new]
    assert {record.id for record in by_path(pipeline).values()} == {new}
    assert {path.parent.name for path in files_below(pipeline.files.folder)} == {new}


@pytest.mark.parametrize("ends", ["goes on", "is deleted", "is given up"])
def test_a_worker_killed_between_index_and_database(pipeline: Pipeline, ends: str) -> None:
    """A kill after the new version got into the index: it ends ready, or the old version is found again."""

    class Killed(BaseException):
        pass

    class DiesAtTheEnd(type(pipeline.jobs)):
        def finish(self, *_: object, **__: object) -> bool:
            raise Killed

    old = put(pipeline, "נהלים/חופשה.txt", LEAVE)
    work(pipeline)
    new = put(pipeline, "נהלים/חופשה.txt", f"{LEAVE} נוסח שני.")
    with pytest.raises(Killed):
        work(replace(pipeline, jobs=DiesAtTheEnd(pipeline.jobs.engine)))
    lease_runs_out(pipeline)
    if ends == "is deleted":
        pipeline.jobs.request_delete(new)
    elif ends == "is given up":
        with pipeline.jobs.engine.begin() as connection:
            connection.execute(documents.update().where(documents.c.id == new).values(attempts=MOST_ATTEMPTS))
    work(pipeline)
    assert found(pipeline, "חופשה ללא תשלום") == [new if ends == "goes on" else old]
    if ends == "is given up":
        assert pipeline.catalogue.document(new).reason == "worker_died"


def test_a_version_that_moved_while_it_was_replaced_is_found(pipeline: Pipeline) -> None:
    """The old file turns up elsewhere in the very moment in which the new one is indexed: both are found."""

    class MovesMeanwhile(Catalogue):
        moved = False

        def document(self, document_id: str) -> DocumentRecord:
            record = super().document(document_id)
            if record.state == "indexing" and record.replaces and not self.moved:
                self.moved = True
                put(pipeline, "נהלים/ישן.txt", LEAVE)
            return record

    old = put(pipeline, "נהלים/חופשה.txt", LEAVE)
    work(pipeline)
    new = put(pipeline, "נהלים/חופשה.txt", f"{LEAVE} נוסח שני.")
    work(replace(pipeline, catalogue=MovesMeanwhile(pipeline.jobs.engine)))
    assert set(found(pipeline, "חופשה ללא תשלום")) == {old, new}


def test_a_running_document_is_paused_and_resumed(pipeline: Pipeline, tmp_path: Path) -> None:
    """Pausing stops the reading, the worker takes the next document, and resuming begins again."""
    document_id = upload(pipeline, "נוהל.txt", LEAVE.encode())
    original = pipeline.files.original(document_id)
    original.rename(tmp_path / "aside")
    os.mkfifo(original)  # reading it never ends
    process = start_worker(tmp_path)
    wait_for(lambda: pipeline.catalogue.document(document_id).state == "reading")
    assert pipeline.jobs.pause(document_id)
    other = upload(pipeline, "אחר.txt", f"{LEAVE} אחר".encode())
    wait_for(lambda: pipeline.catalogue.document(other).state == "ready")
    assert "was taken away" in process.communicate()[1]
    assert pipeline.catalogue.document(document_id).state == "paused"
    original.unlink()
    (tmp_path / "aside").rename(original)
    pipeline.jobs.resume(document_id)
    work(pipeline)
    assert set(found(pipeline, "חופשה ללא תשלום")) == {document_id, other}


def test_files_inside_files_become_documents(pipeline: Pipeline) -> None:
    """A mail in a zip with an attachment: each is a document below the one that holds it, and is found."""
    letter = mail("שלום, מצורף הנוהל.", {"נוהל.txt": LEAVE.encode(), "תוכנה.exe": b"MZ\x90\0"})
    top = upload(pipeline, "הכול.zip", archive({"דואר/בקשה.eml": letter, "מים.txt": "תעריפי מים וביוב".encode()}))
    work(pipeline)
    there = by_path(pipeline)
    assert {path: (record.state, record.reason) for path, record in there.items()} == {
        "": ("ready", ""),
        "הכול.zip/דואר/בקשה.eml": ("ready", ""),
        "הכול.zip/מים.txt": ("ready", ""),
        "הכול.zip/דואר/בקשה.eml/נוהל.txt": ("ready", ""),
        "הכול.zip/דואר/בקשה.eml/תוכנה.exe": ("failed", "unsupported"),
    }
    assert there["הכול.zip/דואר/בקשה.eml"].parent_id == top
    assert there["הכול.zip/דואר/בקשה.eml/נוהל.txt"].parent_id == there["הכול.zip/דואר/בקשה.eml"].id
    assert found(pipeline, "חופשה ללא תשלום")[0] == there["הכול.zip/דואר/בקשה.eml/נוהל.txt"].id
    assert found(pipeline, "מצורף")[0] == there["הכול.zip/דואר/בקשה.eml"].id
    folders = {path.name for path in pipeline.files.folder.iterdir()} - {"incoming"}
    assert folders == {record.id for record in there.values()}
    assert not list(pipeline.files.folder.glob("*/parts-*"))
    pipeline.jobs.request_delete(top)
    work(pipeline)
    assert by_path(pipeline) == {}
    assert found(pipeline, "חופשה ללא תשלום") == []
    assert files_below(pipeline.files.folder) == []


def test_mails_inside_mails_end_somewhere(pipeline: Pipeline) -> None:
    """Documents inside each other deeper than allowed fail with that reason; those above are ready."""
    content = LEAVE.encode()
    for depth in range(DEEPEST + 1):
        content = mail(f"העברה {depth}", {f"הודעה {depth}.eml" if depth else "נוהל.txt": content})
    upload(pipeline, "הכול.eml", content)
    work(pipeline)
    ends = sorted((record.path.count("/"), record.state, record.reason) for record in by_path(pipeline).values())
    assert ends == [(depth, "ready", "") for depth in range(DEEPEST)] + [(DEEPEST, "failed", "too_nested")]


def test_a_worker_killed_while_it_stores_parts(pipeline: Pipeline, tmp_path: Path) -> None:
    """A kill while a zip is worked on: it is read again, and no part is there twice."""
    members = {f"{number}.txt": f"{LEAVE} מסמך {number}".encode() for number in range(5)}
    top = upload(pipeline, "הכול.zip", archive(members))
    process = start_worker(tmp_path, seconds=30)
    wait_for(lambda: pipeline.catalogue.document(top).state == "indexing")
    wait_for(lambda: len(list(pipeline.files.folder.iterdir())) > 2)  # parts are stored
    process.kill()
    process.communicate()
    lease_runs_out(pipeline)
    work(pipeline)
    there = by_path(pipeline)
    assert len(there) == 6
    assert {record.state for record in there.values()} == {"ready"}
    assert len(found(pipeline, "חופשה ללא תשלום")) == 5
    assert not list(pipeline.files.folder.glob("*/parts-*"))


SECRET = "קרפדונית"


@pytest.mark.parametrize("way", ["deleted", "replaced", "part of a deleted mail"])
def test_nothing_is_left_on_the_disk(pipeline: Pipeline, tmp_path: Path, way: str) -> None:
    """After a deletion, or when a version is replaced, its words are in no file below the data folder."""
    for number in range(30):
        put(pipeline, f"ת/{number}.txt", f"מסמך {number}. {LEAVE * 20}")
    secret = f"שורה על {SECRET}. " * 200 + LEAVE * 100
    if way == "part of a deleted mail":
        gone = upload(pipeline, f"{SECRET}.eml", mail(f"על {SECRET}", {f"{SECRET}.txt": secret.encode()}))
    else:
        gone = put(pipeline, f"ת/{SECRET}.txt", secret)
    work(pipeline)
    assert found(pipeline, SECRET)
    assert traces(tmp_path)
    if way == "replaced":
        collection_id = pipeline.catalogue.collection_named("נהלים").id
        kept = (pipeline.catalogue, pipeline.files)
        accept(*kept, collection_id, "חדש.txt", [b"new words"], 99, path="ת/חדש.txt", replaces=gone)
    else:
        pipeline.jobs.request_delete(gone)
    work(pipeline)
    assert gone not in found(pipeline, SECRET)
    assert traces(tmp_path) == []


def test_many_changes_leave_nothing_either(pipeline: Pipeline, tmp_path: Path) -> None:
    """Documents of many sizes come, change and go, so that the pages of the database are split and joined."""
    for turn in range(4):
        for number in range(12):
            text = f"{SECRET} {turn} {number} " * (1 + 37 * number) if turn < 3 else f"מסמך {number}"
            put(pipeline, f"ת/{number}.txt", text)
        work(pipeline)
    assert len(by_path(pipeline)) == 12
    assert traces(tmp_path) == []


def traces(data: Path) -> list[Path]:
    """The files in which the secret word can be found, in any form in which it is written there."""
    hashes = [number for field in FIELDS[:3] for token in tokens(SECRET) for number in field.hashes(token)]
    written = [SECRET.encode(), SECRET.encode("utf-16-le"), *(np.uint64(number).tobytes() for number in hashes)]
    return [path for path in files_below(data) if any(form in path.read_bytes() for form in written)]
