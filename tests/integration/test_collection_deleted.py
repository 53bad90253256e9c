"""The end of a collection: gone for everybody at once, then removed by a real worker, whatever happens to that."""

import io
import random
import subprocess
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from indexes.accept import accept
from indexes.catalogue import collections
from indexes.database import metadata
from indexes.errors import NotFound
from indexes.local import index_folder
from indexes.record import documents
from ingest.pipeline import Pipeline
from tests.integration.test_ingest import LEAVE, found, start_worker, upload, wait_for, work
from tests.worker_process import pipeline_over


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    """A pipeline over an empty data folder."""
    return pipeline_over(tmp_path)


def id_of(pipeline: Pipeline, name: str) -> str:
    """The id of a collection, made if it is not there."""
    return pipeline.catalogue.collection_named(name).id


def rows_of(pipeline: Pipeline, collection_id: str) -> int:
    """How many rows of any table name the collection or a document of it."""
    with pipeline.catalogue.engine.connect() as connection:
        inside = sa.select(documents.c.id).where(documents.c.collection_id == collection_id)
        count = len(connection.execute(sa.select(collections.c.id).where(collections.c.id == collection_id)).all())
        for table in metadata.sorted_tables:
            if "collection_id" in table.c:
                which = table.c.collection_id == collection_id
            elif "document_id" in table.c:
                which = table.c.document_id.in_(inside)
            else:
                continue
            count += connection.execute(sa.select(sa.func.count()).select_from(table).where(which)).scalar_one()
        return count


def traces(pipeline: Pipeline, collection_id: str, document_ids: list[str]) -> list[Path]:
    """What is on the disk of the collection."""
    kept = [pipeline.files.folder / each for each in document_ids]
    return [path for path in (*kept, index_folder(pipeline.files.folder.parent, collection_id)) if path.exists()]


def test_nothing_is_left_of_a_deleted_collection(pipeline: Pipeline) -> None:
    """Documents, those inside files too, index, glossary and row go; the other collection stays as it is."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("בפנים.txt", "חוזה שכירות סודי של המשרד.")
    upload(pipeline, "ארכיון.zip", archive.getvalue())
    upload(pipeline, "א.txt", LEAVE.encode())
    upload(pipeline, "ב.txt", f"{LEAVE}\nמס הכנסה (להלן: המס) ישולם.".encode())
    upload(pipeline, "אחר.txt", LEAVE.encode(), "אחר")
    work(pipeline)
    doomed = id_of(pipeline, "נהלים")
    ids = [record.id for record in pipeline.catalogue.documents(doomed)]
    assert len(ids) == 4
    pipeline.catalogue.delete_collection(doomed)
    work(pipeline)
    assert (rows_of(pipeline, doomed), traces(pipeline, doomed, ids)) == (0, [])
    assert found(pipeline, "חופשה ללא תשלום", "אחר") != []
    secret = "סודי".encode()
    left = [path for path in pipeline.files.folder.parent.rglob("*") if path.is_file() and secret in path.read_bytes()]
    assert left == []


def test_a_deleted_collection_is_gone_at_once(pipeline: Pipeline) -> None:
    """Before any worker looks: no list has it, nothing comes into it, and its name is free."""
    upload(pipeline, "א.txt", LEAVE.encode())
    doomed, catalogue = id_of(pipeline, "נהלים"), pipeline.catalogue
    catalogue.delete_collection(doomed)
    assert (catalogue.collections(), catalogue.documents(doomed), catalogue.is_there(doomed)) == ([], [], False)
    for change in (
        lambda: accept(catalogue, pipeline.files, doomed, "ג.txt", [b"abc"], 100),
        lambda: catalogue.rename_collection(doomed, "אחרת"),
        lambda: catalogue.delete_collection(doomed),
    ):
        with pytest.raises(NotFound):
            change()
    assert id_of(pipeline, "נהלים") != doomed


def test_an_empty_collection_is_deleted_too(pipeline: Pipeline) -> None:
    """A collection without documents needs no deletion of one to be removed."""
    doomed = id_of(pipeline, "ריק")
    pipeline.catalogue.delete_collection(doomed)
    work(pipeline)
    assert rows_of(pipeline, doomed) == 0


def test_a_folder_that_a_late_writer_left_is_removed(pipeline: Pipeline) -> None:
    """A worker that wrote into the index of a collection after its end leaves nothing for long."""
    id_of(pipeline, "אחר")
    upload(pipeline, "א.txt", LEAVE.encode(), "אחר")
    work(pipeline)
    late = index_folder(pipeline.files.folder.parent, "f" * 32)
    late.mkdir()
    (late / "manifest.json").write_text("{}", "utf-8")
    work(pipeline)
    assert not late.exists()
    assert found(pipeline, "חופשה", "אחר")


def test_a_deletion_survives_being_killed(tmp_path: Path) -> None:
    """Workers that die at any moment while a collection is read and deleted leave nothing of it in the end."""
    pipeline, dice = pipeline_over(tmp_path), random.Random(6)
    doomed = id_of(pipeline, "נהלים")
    ids = [upload(pipeline, f"{number}.txt", f"{LEAVE}{number}".encode()) for number in range(12)]
    kept = upload(pipeline, "אחר.txt", LEAVE.encode(), "אחר")
    worker = start_worker(tmp_path)
    wait_for(lambda: sum(record.state == "ready" for record in pipeline.catalogue.documents(doomed)) >= 4)
    pipeline.catalogue.delete_collection(doomed)
    for wait in [0.0, *(dice.uniform(0.4, 1.0) for _ in range(5))]:  # half a second goes by before a worker works
        with suppress(subprocess.TimeoutExpired):
            worker.wait(wait)
        worker.kill()
        worker.communicate()
        worker = start_worker(tmp_path)
    worker.kill()
    worker.communicate()
    with pipeline.jobs.engine.begin() as connection:
        connection.execute(documents.update().values(lease_until=0.0))
    work(pipeline)
    assert (rows_of(pipeline, doomed), traces(pipeline, doomed, ids)) == (0, [])
    assert pipeline.catalogue.document(kept).state == "ready"
