import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from indexes.accept import accept, accept_file
from indexes.catalogue import Catalogue
from indexes.database import connect, migrate
from indexes.errors import NotFound, StorageFull, TooLarge
from indexes.files import DocumentFiles
from indexes.jobs import Jobs
from indexes.record import documents


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


def test_a_file_of_this_machine_is_copied_only_when_it_is_new(engine: sa.Engine, tmp_path: Path) -> None:
    """A known one is recognised by reading it, wherever it lies now; a changed one at its path replaces it."""
    catalogue, files = Catalogue(engine), DocumentFiles(tmp_path / "data")
    collection = catalogue.collection_named("א")
    (tmp_path / "a.txt").write_bytes(b"abc")
    kept = (catalogue, files, collection.id, tmp_path / "a.txt", 10)
    first, new = accept_file(*kept, "ת/a.txt")
    assert (new, first.filename, first.path) == (True, "a.txt", "ת/a.txt")
    (files.incoming).rmdir()  # nothing can be copied
    assert accept_file(*kept, "ת/a.txt") == (first, False)
    moved, new = accept_file(*kept, "ת/תת/a.txt")
    assert (moved.id, moved.path, new) == (first.id, "ת/תת/a.txt", False)
    (tmp_path / "a.txt").write_bytes(b"abd")
    second, new = accept_file(*kept, "ת/תת/a.txt")
    assert (new, catalogue.documents(collection.id)) == (True, [second])
    (tmp_path / "a.txt").write_bytes(b"x" * 11)
    with pytest.raises(TooLarge):
        accept_file(*kept, "ת/תת/a.txt")


@pytest.mark.parametrize("broken", ["upload", "collection"])
def test_what_is_not_accepted_leaves_nothing(engine: sa.Engine, tmp_path: Path, broken: str) -> None:
    """Neither a failing upload nor a collection that is not there leaves a file or a row."""
    catalogue, files = Catalogue(engine), DocumentFiles(tmp_path)
    collection_id = catalogue.collection_named("א").id if broken == "upload" else "no such collection"

    def pieces() -> Iterator[bytes]:
        yield b"0123456789"
        if broken == "upload":
            yield b"!"

    with pytest.raises((TooLarge, NotFound)):
        accept(catalogue, files, collection_id, "a.pdf", pieces(), 10)
    assert [path for path in files.folder.rglob("*") if path.is_file()] == []
    with engine.connect() as connection:
        assert connection.execute(sa.select(documents)).all() == []


def test_a_name_that_no_text_can_hold_is_accepted(engine: sa.Engine, tmp_path: Path) -> None:
    """Old archives leave names in windows-1255, which Python reads as half characters; line ends go too."""
    catalogue, files = Catalogue(engine), DocumentFiles(tmp_path)
    collection = catalogue.collection_named("א")
    name = os.fsdecode("נוהל".encode("cp1255") + b"\n\n1.txt")
    record, _ = accept(catalogue, files, collection.id, name, [b"abc"], 10)
    assert catalogue.document(record.id).filename == "????  1.txt"


def test_a_full_disk_under_the_database_says_so(tmp_path: Path) -> None:
    """Room for the file but none for its row is a full disk too, and leaves nothing."""
    engine = connect(f"sqlite:///{tmp_path / 'small.sqlite3'}")
    migrate(engine)
    catalogue, files = Catalogue(engine), DocumentFiles(tmp_path)
    collection = catalogue.collection_named("א")
    engine.dispose()
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1").close())
    with pytest.raises(StorageFull):
        accept(catalogue, files, collection.id, "a" * 100_000, [b"abc"], 10)
    assert [path.name for path in files.folder.iterdir()] == ["incoming"]
    engine.dispose()
