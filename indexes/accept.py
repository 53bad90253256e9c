"""Taking a file in: the one way by which the web and the command line hand a document to the worker."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy.exc import OperationalError

from indexes.catalogue import Catalogue, DocumentRecord
from indexes.database import new_id
from indexes.errors import StorageFull
from indexes.files import DocumentFiles

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def accept(
    catalogue: Catalogue, files: DocumentFiles, collection_id: str, filename: str, pieces: Iterable[bytes], limit: int
) -> tuple[DocumentRecord, bool]:
    """Stores a file of at most `limit` bytes and queues it. Returns the document, and whether it is new.

    When this returns, the file and its row are on disk: no crash loses it. The file goes first, so that a row never
    lacks its file. What a file system allows in a name and a text cannot hold is replaced: bytes that are no UTF-8, and
    line ends. Raises `TooLarge` and `StorageFull`.
    """
    filename = _CONTROL.sub(" ", filename.encode("utf-8", "replace").decode())
    document_id = new_id()
    upload = files.receive(pieces, limit)
    files.keep(upload, document_id)
    try:
        record = catalogue.add_document(document_id, collection_id, filename, upload.sha256, upload.size)
    except BaseException as error:
        files.remove(document_id)
        if isinstance(error, OperationalError) and "disk is full" in str(error.orig):
            raise StorageFull(f"no room in the database for {filename!r}") from error
        raise
    if record.id != document_id:
        files.remove(document_id)
    return record, record.id == document_id


PIECE = 1 << 20


def pieces_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file of this machine, a piece at a time, to hand to `accept`."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
