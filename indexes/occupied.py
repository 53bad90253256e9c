"""How much room what is kept takes: per collection, and the database. Counts bytes and changes nothing."""

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from indexes.files import DocumentFiles
from indexes.local import index_folder
from indexes.record import documents


@dataclass(frozen=True, slots=True)
class Room:
    """What a collection takes: its documents, and the bytes of their originals, page images, and its index."""

    documents: int = 0
    originals: int = 0
    images: int = 0
    index: int = 0

    @property
    def bytes(self) -> int:
        """All of it."""
        return self.originals + self.images + self.index

    def __add__(self, other: "Room") -> "Room":
        return Room(
            self.documents + other.documents,
            self.originals + other.originals,
            self.images + other.images,
            self.index + other.index,
        )


def rooms(engine: sa.Engine, files: DocumentFiles, data: Path) -> dict[str, Room]:
    """Id of a collection -> its room, for all that have documents. Looks at every page image there is."""
    query = sa.select(documents.c.id, documents.c.collection_id, documents.c.size)
    with engine.connect() as connection:
        rows = connection.execute(query.where(documents.c.state != "deleting")).all()
    found: dict[str, Room] = defaultdict(Room)
    for document_id, collection_id, size in rows:
        images = sum(_sizes(files.page_images(document_id)))
        found[collection_id] += Room(documents=1, originals=size, images=images)
    for collection_id in found:
        found[collection_id] += Room(index=sum(_sizes(index_folder(data, collection_id))))
    return dict(found)


def database_size(engine: sa.Engine) -> int:
    """The bytes of the database."""
    if engine.dialect.name == "sqlite":
        query = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    else:
        query = "SELECT pg_database_size(current_database())"
    with engine.connect() as connection:
        return int(connection.execute(sa.text(query)).scalar_one())


def _sizes(folder: Path | str) -> Iterator[int]:
    """The bytes of each file in a folder and below it; nothing where there is none, or not any more."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _sizes(entry.path)
                else:
                    yield entry.stat(follow_symlinks=False).st_size
    except FileNotFoundError:  # formats without pages; or the worker has just removed it
        return
