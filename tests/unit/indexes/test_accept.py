from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from indexes.accept import accept
from indexes.catalogue import Catalogue, documents
from indexes.errors import TooLarge
from indexes.files import DocumentFiles
from indexes.jobs import Jobs


def test_an_accepted_file_is_on_disk_and_queued(engine: sa.Engine, tmp_path: Path) -> None:
    """After accepting, the row and the bytes are there; a name from outside never becomes a path."""
    catalogue, files = Catalogue(engine), DocumentFiles(tmp_path)
    collection = catalogue.collection_named("א")
    record, new = accept(catalogue, files, collection.id, "../../etc/נוהל.pdf", [b"abc"], 10)
    assert new
    assert catalogue.document(record.id).state == "queued"
    assert files.original(record.id).read_bytes() == b"abc"
    assert {path.name for path in files.folder.iterdir()} == {"incoming", record.id}


def test_the_same_file_is_kept_once(engine: sa.Engine, tmp_path: Path) -> None:
    """The second upload of the same bytes is the first document, and its copy does not stay."""
    catalogue, files = Catalogue(engine), DocumentFiles(tmp_path)
    collection = catalogue.collection_named("א")
    first, _ = accept(catalogue, files, collection.id, "a.pdf", [b"abc"], 10)
    second, new = accept(catalogue, files, collection.id, "b.pdf", [b"a", b"bc"], 10)
    assert (second.id, new) == (first.id, False)
    assert {path.name for path in files.folder.iterdir()} == {"incoming", first.id}


def test_a_failed_document_is_tried_again_with_the_file_it_has(engine: sa.Engine, tmp_path: Path) -> None:
    """Uploading again what failed queues the document that is there, file and all."""
    catalogue, files, jobs = Catalogue(engine), DocumentFiles(tmp_path), Jobs(engine)
    collection = catalogue.collection_named("א")
    first, _ = accept(catalogue, files, collection.id, "a.pdf", [b"abc"], 10)
    jobs.claim("w")
    jobs.finish(first.id, "w", "failed", "unreadable")
    again, new = accept(catalogue, files, collection.id, "a.pdf", [b"abc"], 10)
    assert (again.id, again.state, new) == (first.id, "queued", False)
    assert files.original(first.id).read_bytes() == b"abc"


@pytest.mark.parametrize("broken", ["upload", "database"])
def test_what_is_not_accepted_leaves_nothing(engine: sa.Engine, tmp_path: Path, broken: str) -> None:
    """Neither a failing upload nor a failing database leaves a file or a row."""
    catalogue, files = Catalogue(engine), DocumentFiles(tmp_path)
    collection_id = catalogue.collection_named("א").id if broken == "upload" else "no such collection"

    def pieces() -> Iterator[bytes]:
        yield b"0123456789"
        if broken == "upload":
            yield b"!"

    with pytest.raises((TooLarge, sa.exc.IntegrityError)):
        accept(catalogue, files, collection_id, "a.pdf", pieces(), 10)
    assert [path for path in files.folder.rglob("*") if path.is_file()] == []
    with engine.connect() as connection:
        assert connection.execute(sa.select(documents)).all() == []
