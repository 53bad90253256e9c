"""The files found inside a document, on their way to become documents of their own.

How many may be inside each other, and how many in all, is bounded here; how large one may be, by whoever unpacks it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from indexes.accept import storable
from indexes.arrival import Arrival
from indexes.catalogue import Catalogue
from indexes.database import new_id
from indexes.errors import NotFound
from indexes.files import DocumentFiles
from indexes.record import DocumentRecord
from ingest.document import Document
from ingest.errors import TooExpanded, TooNested

DEEPEST = 5
"""Documents in each other that may have files inside: a mail in an archive in a mail is three."""
MOST_INSIDE = 10_000
"""Documents that may come out of one file, at any depth."""
LARGEST_INSIDE = 2 << 30
"""Bytes of them all."""


def check_parts(document: Document, record: DocumentRecord, catalogue: Catalogue) -> None:
    """Raises `TooNested` or `TooExpanded` when the files inside the document are too deep or too many."""
    if not document.parts:
        return
    depth, outermost = 1, record
    while outermost.parent_id:
        outermost = catalogue.document(outermost.parent_id)
        depth += 1
    if depth > DEEPEST:
        raise TooNested(f"files inside each other, more than {DEEPEST} deep")
    count, size = catalogue.inside(outermost.id)
    if count + len(document.parts) > MOST_INSIDE:
        raise TooExpanded(f"more than {MOST_INSIDE} files come out of {outermost.filename!r}")
    if size + sum(part.file.stat().st_size for part in document.parts) > LARGEST_INSIDE:
        raise TooExpanded(f"more than {LARGEST_INSIDE >> 20} MB come out of {outermost.filename!r}")


@contextmanager
def stored_parts(
    document: Document, record: DocumentRecord, catalogue: Catalogue, files: DocumentFiles
) -> Iterator[list[Arrival]]:
    """The files inside the document, stored and ready to be registered. Those that nobody has registered go again."""
    arrivals: list[Arrival] = []
    try:
        for part in document.parts:
            document_id = new_id()
            upload = files.keep_part(part.file, document_id)
            name, path = PurePosixPath(part.path).name, f"{record.path or record.filename}/{part.path}"
            kept = (document_id, record.collection_id, storable(name), upload.sha256, upload.size, storable(path))
            arrivals.append(Arrival(*kept))
        yield arrivals
    finally:
        for arrival in arrivals:
            if not _is_known(arrival.id, catalogue):
                files.remove(arrival.id)


def _is_known(document_id: str, catalogue: Catalogue) -> bool:
    try:
        catalogue.document(document_id)
    except NotFound:
        return False
    return True
