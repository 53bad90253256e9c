"""How much room collections take."""

from pathlib import Path

import sqlalchemy as sa

from indexes.accept import accept
from indexes.catalogue import Catalogue
from indexes.files import DocumentFiles
from indexes.local import index_folder
from indexes.occupied import Room, database_size, rooms


def test_a_collection_takes_its_originals_images_and_index(engine: sa.Engine, tmp_path: Path) -> None:
    """Bytes are counted per collection, folders inside folders too; one without documents is not there."""
    catalogue, files = Catalogue(engine), DocumentFiles(tmp_path)
    one, other, _ = (catalogue.create_collection(name) for name in "אבג")
    document, _ = accept(catalogue, files, one.id, "a.txt", [b"x" * 10], 99)
    accept(catalogue, files, other.id, "b.txt", [b"y" * 7], 99)
    images = files.page_images(document.id)
    images.mkdir()
    for number in (1, 2):
        (images / f"{number}.webp").write_bytes(b"i" * 5)
    segment = index_folder(tmp_path, one.id) / "segment-1"
    segment.mkdir(parents=True)
    (segment / "postings.npy").write_bytes(b"p" * 3)
    found = rooms(engine, files, tmp_path)
    assert found == {one.id: Room(1, 10, 10, 3), other.id: Room(1, 7)}
    assert sum(found.values(), Room()).bytes == 30


def test_a_document_that_is_being_deleted_takes_none(engine: sa.Engine, tmp_path: Path) -> None:
    """What is on its way out is no longer anybody's."""
    catalogue, files = Catalogue(engine), DocumentFiles(tmp_path)
    collection = catalogue.create_collection("א")
    accept(catalogue, files, collection.id, "a.txt", [b"x"], 99)
    catalogue.delete_collection(collection.id)
    assert rooms(engine, files, tmp_path) == {}


def test_the_database_has_a_size(engine: sa.Engine) -> None:
    """At least that of its empty tables."""
    assert database_size(engine) > 4096
