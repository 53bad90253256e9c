"""Taking a file in: the one way by which the web and the command line hand a document to the worker."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from indexes.catalogue import Catalogue, DocumentRecord
from indexes.database import new_id
from indexes.files import DocumentFiles


def accept(
    catalogue: Catalogue, files: DocumentFiles, collection_id: str, filename: str, pieces: Iterable[bytes], limit: int
) -> tuple[DocumentRecord, bool]:
    """Stores a file of at most `limit` bytes and queues it. Returns the document, and whether it is new.

    When this returns, the file and its row are on disk: no crash loses it. The file goes first, so that a row never
    lacks its file. Raises `TooLarge` and `StorageFull`.
    """
    document_id = new_id()
    upload = files.receive(pieces, limit)
    files.keep(upload, document_id)
    try:
        record = catalogue.add_document(document_id, collection_id, filename, upload.sha256, upload.size)
    except BaseException:
        files.remove(document_id)
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
