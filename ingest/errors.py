"""Why a document could not be read.

IngestError          `code`
    EmptyFile        empty           the file has no bytes
    UnsupportedFormat unsupported    no reader for what is inside the file
    NoConverter      no_converter    an old Office format, and LibreOffice is not installed
    Encrypted        encrypted       a password is needed
    UnreadableFile   unreadable      damaged, not what its name says, or the reader crashed on it
    NoText           no_text         read, but there is not a word in it
    TooManyPages     too_many_pages  more pages than `DARASH_MOST_PAGES`
    TooExpanded      too_expanded    a small file that unpacks into a huge one, or an archive of too many files
    TooNested        too_nested      an archive in an archive in an archive, deeper than is allowed
    TimedOut         timed_out       reading took longer than `DARASH_PARSE_SECONDS` and what its pages earned
    OutOfMemory      out_of_memory   reading needed more than `DARASH_PARSE_MEMORY_MB`
    DiskFull         storage_full    no room for page images, or for the index
    IndexUnusable    index_unusable  the collection's index has to be made again
    WorkerDied       worker_died     given up after many workers died with it, see `indexes.jobs`

The code is stored with the failed document, and the screen turns it into a sentence. One code has no class here:
`internal` (anything not foreseen).
"""

from typing import ClassVar


class IngestError(Exception):
    """Base of everything `ingest` raises on purpose."""

    code: ClassVar[str] = "internal"


class EmptyFile(IngestError):
    """The file has no bytes."""

    code = "empty"


class UnsupportedFormat(IngestError):
    """There is no reader for what is inside the file."""

    code = "unsupported"


class NoConverter(IngestError):
    """The format needs LibreOffice, which is not installed."""

    code = "no_converter"


class Encrypted(IngestError):
    """The file opens only with a password."""

    code = "encrypted"


class UnreadableFile(IngestError):
    """The file is damaged, is not what its name says, or its reader crashed."""

    code = "unreadable"


class NoText(IngestError):
    """The file was read and there is not a word in it."""

    code = "no_text"


class TooManyPages(IngestError):
    """The file has more pages than are allowed."""

    code = "too_many_pages"


class TooExpanded(IngestError):
    """The file unpacks into more than is allowed."""

    code = "too_expanded"


class TooNested(IngestError):
    """Archives inside archives, deeper than is allowed."""

    code = "too_nested"


class TimedOut(IngestError):
    """Reading took longer than allowed."""

    code = "timed_out"


class OutOfMemory(IngestError):
    """Reading needed more memory than allowed."""

    code = "out_of_memory"


class WorkerDied(IngestError):
    """Worker after worker died with the document in its hands."""

    code = "worker_died"


class IndexUnusable(IngestError):
    """The index of the collection is damaged or was made with another embedder."""

    code = "index_unusable"


class DiskFull(IngestError):
    """The disk has no room for what reading writes."""

    code = "storage_full"


def error_of(code: str, detail: str) -> IngestError:
    """The error with that code, for errors that come from another process as text."""
    classes = {each.code: each for each in IngestError.__subclasses__()}
    return classes.get(code, IngestError)(detail)
