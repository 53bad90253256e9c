"""Taking a file in: the one way by which the web and the command line hand a document to the worker."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy.exc import OperationalError

from indexes.catalogue import Catalogue
from indexes.database import new_id
from indexes.errors import StorageFull, TooLarge
from indexes.files import DocumentFiles
from indexes.record import DocumentRecord

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def accept(  # noqa: PLR0913 - all that is known of a file that comes in
    catalogue: Catalogue,
    files: DocumentFiles,
    collection_id: str,
    filename: str,
    pieces: Iterable[bytes],
    limit: int,
    *,
    path: str = "",
    parent_id: str = "",
    replaces: str = "",
    added_by: str = "",
) -> tuple[DocumentRecord, bool]:
    """Stores a file of at most `limit` bytes and queues it. Returns the document, and whether it is new.

    When this returns, the file and its row are on disk: no crash loses it. The file goes first, so that a row never
    lacks its file. `path`, `parent_id`, `replaces` and `added_by` are those of `DocumentRecord`; what they do to
    documents that are there already is in `indexes.arrival`. Raises `TooLarge`, `StorageFull`, and `NotFound` where
    the collection is gone.
    """
    document_id = new_id()
    upload = files.receive(pieces, limit)
    files.keep(upload, document_id)
    origin = {"path": storable(path), "parent_id": parent_id, "replaces": replaces, "added_by": added_by}
    try:
        record = catalogue.add_document(
            document_id, collection_id, storable(filename), upload.sha256, upload.size, **origin
        )
    except BaseException as error:
        files.remove(document_id)
        if isinstance(error, OperationalError) and "disk is full" in str(error.orig):
            raise StorageFull(f"no room in the database for {filename!r}") from error
        raise
    if record.id != document_id:
        files.remove(document_id)
    return record, record.id == document_id


def accept_file(
    catalogue: Catalogue, files: DocumentFiles, collection_id: str, file: Path, limit: int, path: str = ""
) -> tuple[DocumentRecord, bool]:
    """Takes in a file of this machine, as `accept` does. One that is there already costs reading it once, no copy.

    `path` is where it lies in the folder that is taken in, "" for a single file. Raises `OSError` as well.
    """
    if file.stat().st_size > limit:
        raise TooLarge(f"{file.name!r} is over {limit} bytes")
    with file.open("rb") as source:
        sha256 = hashlib.file_digest(source, "sha256").hexdigest()
    known = catalogue.recognise(collection_id, sha256, storable(path))
    if known is not None:
        return known, False
    return accept(catalogue, files, collection_id, file.name, pieces_of(file), limit, path=path)


def storable(name: str) -> str:
    """A name without what a file system allows and a text cannot hold: line ends, and bytes that are no UTF-8."""
    return _CONTROL.sub(" ", name.encode("utf-8", "replace").decode())


PIECE = 1 << 20


def pieces_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file of this machine, a piece at a time, to hand to `accept`."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
