"""The process in which one file is read: `python -m ingest.sandboxed`, started by `ingest.sandbox` alone.

Gets its work as one JSON argument and answers on standard output with one JSON object a line: `progress` any number of
times, then `page` for each page and `end`, or else `error`. Whatever libraries print goes to standard error.
"""

import errno
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import TextIO

from ingest.errors import DiskFull, IngestError, OutOfMemory, TooManyPages, UnreadableFile
from ingest.limits import Limits
from ingest.readers import OnPage, read
from ingest.wire import Message, pack_heading, pack_page


def main(work: Message, answers: TextIO) -> None:
    """Reads the file of `work` under its limits and writes the answers."""
    limits = Limits(**work["limits"])
    images = work["images"]
    started = time.monotonic()
    limits.restrict_this_process()

    def on_page(done: int, total: int) -> None:
        if total > limits.pages:
            raise TooManyPages(f"the document has {total} pages, {limits.pages} are allowed")
        signal.alarm(max(1, limits.time_for(done) - int(time.monotonic() - started)))
        _answer(answers, {"progress": [done, total]})

    try:
        _read(Path(work["path"]), work["filename"], Path(images) if images else None, on_page, answers)
    except IngestError as error:
        _answer(answers, {"error": error.code, "detail": str(error)})
    except MemoryError:
        _answer(answers, {"error": OutOfMemory.code, "detail": f"reading needs more than {limits.memory_mb} MB"})
    except RecursionError:
        _answer(answers, {"error": UnreadableFile.code, "detail": "the parts of the file are nested too deeply"})
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        _answer(answers, {"error": DiskFull.code, "detail": "no room for the page images"})


def _read(path: Path, filename: str, images: Path | None, on_page: OnPage, answers: TextIO) -> None:
    document = read(path, filename, images, on_page)
    for page in document.pages:
        _answer(answers, {"page": pack_page(page)})
    _answer(answers, {"end": {"title": document.title, "headings": [pack_heading(each) for each in document.headings]}})


def _answer(answers: TextIO, message: Message) -> None:
    answers.write(json.dumps(message, separators=(",", ":")) + "\n")
    answers.flush()


if __name__ == "__main__":
    private = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with os.fdopen(private, "w", encoding="ascii") as stream:
        main(json.loads(sys.argv[1]), stream)
