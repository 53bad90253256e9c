"""What can go wrong with stored documents and indexes.

IndexesError
    NotFound            no such collection, document, page or chunk
    TooLarge            an upload over the size limit
    StorageFull         the disk has no room for an upload or an index
    IndexDamaged        a file of an index folder is missing or was changed; rebuild it
    IndexMismatch       an index made with another embedder or folding version; rebuild it
    EmbedderUnavailable the embedder's library or model is not installed, or its endpoint does not answer
    CrossEncoderUnavailable  the same of a cross-encoder; searching goes on without it
    VectorsUnavailable  FAISS is not installed, or installed twice
    PairRefused         a pair that a glossary does not take
    MoveRefused         a document that cannot go into another collection now
    BackupRefused       a backup cannot be written there, or be restored here; nothing was changed
    BackupDamaged       the file is no backup, or not the whole of what was written
"""


class IndexesError(Exception):
    """Base of everything `indexes` raises on purpose."""


class NotFound(IndexesError):
    """There is no such collection, document, page or chunk."""


class TooLarge(IndexesError):
    """The upload is over the size limit."""


class StorageFull(IndexesError):
    """The disk has no room left."""


class IndexDamaged(IndexesError):
    """A file of an index folder is missing or was changed."""


class IndexMismatch(IndexesError):
    """The index was made with another embedder or another folding version."""


class EmbedderUnavailable(IndexesError):
    """The embedder asked for cannot be loaded here, or does not answer."""


class CrossEncoderUnavailable(IndexesError):
    """The cross-encoder asked for cannot be loaded here, or does not answer. Searching goes on without it."""


class VectorsUnavailable(IndexesError):
    """FAISS is not installed, or two packages that both provide it are."""


class PairRefused(IndexesError):
    """A pair that a glossary does not take. `code`: `empty`, `too_long`, `same`, `known` or `too_many`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MoveRefused(IndexesError):
    """A document stays where it is. `code`: `part` of another one, `busy`, or `there`, where its bytes are already."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BackupRefused(IndexesError):
    """A backup is not written, or not restored, because something else is in its place. Nothing was changed."""


class BackupDamaged(IndexesError):
    """A file is no backup of Darash, or not all of it is as it was written."""
