"""Why a document failed: whatever was raised on the way as one of the errors that people are told."""

import errno
import logging

from indexes.errors import IndexDamaged, IndexMismatch, StorageFull
from ingest.errors import DiskFull, IndexUnusable, IngestError

log = logging.getLogger(__name__)


def reason_of(error: Exception) -> IngestError:
    """The error to tell. What nobody foresaw goes into the log with its traceback."""
    if isinstance(error, IngestError):
        return error
    if isinstance(error, StorageFull) or (isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)):
        return DiskFull(str(error))
    if isinstance(error, IndexDamaged | IndexMismatch):
        return IndexUnusable(str(error))
    log.error("not foreseen", exc_info=error)
    return IngestError(f"{type(error).__name__}: {error}")
