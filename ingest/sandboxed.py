"""The process in which one file is read: `python -m ingest.sandboxed`, started by `ingest.sandbox` alone.

Gets its work as one JSON argument and answers on standard output with one JSON object a line: `open` if the network
could not be shut, `progress` any number of times, then `page` for each page and `end`, or else `error`. Whatever
libraries print goes to standard error.
"""

import errno
import gc
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import TextIO

from ingest.document import Document
from ingest.errors import DiskFull, IngestError, OutOfMemory, TooExpanded, TooManyPages, UnreadableFile
from ingest.limits import LARGEST_TEXT, LARGEST_WRITTEN_FILE, Limits
from ingest.no_network import shut_network
from ingest.readers import read
from ingest.wire import Message, pack_heading, pack_page, pack_part, pack_table

_OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""A page makes thousands of objects and hardly a cycle; to look for cycles as often as usual takes a sixth of the
time."""


def main(work: Message, answers: TextIO) -> None:
    """Reads the file of `work` under its limits and writes the answers."""
    limits = Limits(**work["limits"])
    images, parts = (Path(work[name]) if work[name] else None for name in ("images", "parts"))
    started = time.monotonic()
    limits.restrict_this_process()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    if not shut_network():
        _answer(answers, {"open": True})

    def on_page(done: int, total: int) -> None:
        if total > limits.pages:
            raise TooManyPages(f"the document has {total} pages, {limits.pages} are allowed")
        signal.alarm(max(1, limits.time_for(done) - int(time.monotonic() - started)))
        _answer(answers, {"progress": [done, total]})

    try:
        document = read(Path(work["path"]), work["filename"], images, on_page, parts)
        _tell(document, answers)
    except IngestError as error:
        _answer(answers, {"error": error.code, "detail": str(error)})
    except MemoryError:
        _answer(answers, {"error": OutOfMemory.code, "detail": f"reading needs more than {limits.memory_mb} MB"})
    except RecursionError:
        _answer(answers, {"error": UnreadableFile.code, "detail": "the parts of the file are nested too deeply"})
    except OSError as error:
        _answer(answers, _written_too_much(error))


def _written_too_much(error: OSError) -> Message:
    """The answer for an error in writing. Raises every other one again: it is a defect of the reader."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return {"error": DiskFull.code, "detail": "no room for what reading writes"}
    if error.errno == errno.EFBIG:
        largest = LARGEST_WRITTEN_FILE >> 20
        return {"error": TooExpanded.code, "detail": f"a file inside is larger than the {largest} MB allowed"}
    raise error


def _tell(document: Document, answers: TextIO) -> None:
    characters = sum(len(page.text) for page in document.pages)
    if characters > LARGEST_TEXT:
        raise TooExpanded(f"the document has {characters} characters of text, {LARGEST_TEXT} are allowed")
    for page in document.pages:
        _answer(answers, {"page": pack_page(page)})
    end = {
        "title": document.title,
        "headings": [pack_heading(each) for each in document.headings],
        "tables": [pack_table(each) for each in document.tables],
        "parts": [pack_part(each) for each in document.parts],
    }
    _answer(answers, {"end": end})


def _answer(answers: TextIO, message: Message) -> None:
    answers.write(json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n")
    answers.flush()


if __name__ == "__main__":
    private = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with os.fdopen(private, "w", encoding="utf-8", errors="replace") as stream:  # half characters, from broken files
        main(json.loads(sys.argv[1]), stream)
