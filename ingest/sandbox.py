"""Reading a file in a process of its own, so that no file can harm anything but its own reading.

The process has limits on time, memory and what it writes, an empty environment, a folder for its temporary files, and a
process group that is killed with everything it started. Knows nothing of formats, nor of jobs.
"""

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from indexes.page import Page
from ingest.document import Document
from ingest.errors import IngestError, OutOfMemory, TimedOut, TooExpanded, UnreadableFile, error_of
from ingest.limits import Limits
from ingest.wire import Message, unpack_heading, unpack_page

log = logging.getLogger(__name__)

_HOME = Path(__file__).parent.parent
_MOST_BYTES = 512 << 20
"""Of everything the process answers: 2,000 dense pages with the places of their words take about 100 million."""
_TICK = 0.5
_GRACE = 2
"""Seconds that the process gets beyond its own alarm."""
_LOOKS = 40
_LARGE_SHARE = 0.25
"""Share of the memory limit beyond which a crash is put down to memory."""
_LATE_SIGNALS = {signal.SIGALRM, signal.SIGXCPU}


def read_in_sandbox(
    path: Path, filename: str, images: Path | None, limits: Limits, on_page: Callable[[int, int], None]
) -> Document:
    """What `ingest.readers.read` returns or raises, and `TimedOut`, `OutOfMemory` or `TooManyPages` beyond the limits.

    `on_page(done, total)` is called for every page and at least twice a second; what it raises ends the reading.
    """
    work = {
        "path": str(path.absolute()),
        "filename": filename,
        "images": str(images.absolute()) if images else "",
        "limits": asdict(limits),
    }
    with tempfile.TemporaryDirectory(prefix="darash-") as scratch:
        errors = Path(scratch) / "stderr"
        process = _start(work, Path(scratch), errors)
        try:
            return _document(process, limits, on_page)
        except UnreadableFile as error:
            said = errors.read_bytes()[-4000:].decode(errors="replace").strip()
            if said:
                log.warning("reading %s: %s; the reader said:\n%s", path, error, said)
            raise
        finally:
            _end(process)


def _start(work: Message, scratch: Path, errors: Path) -> subprocess.Popen[bytes]:
    environment = {
        "PATH": os.pathsep.join(os.get_exec_path()),
        "LANG": "C.UTF-8",
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "OMP_THREAD_LIMIT": "1",  # every thread reserves address space, and tesseract is no faster with more
        "OPENBLAS_NUM_THREADS": "1",
    }
    with errors.open("wb") as stderr:
        return subprocess.Popen(  # noqa: S603  # our own module; the file's name is data in a JSON argument
            [sys.executable, "-m", "ingest.sandboxed", json.dumps(work)],
            cwd=_HOME,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            start_new_session=True,
        )


def _document(process: subprocess.Popen[bytes], limits: Limits, on_page: Callable[[int, int], None]) -> Document:
    pages: list[Page] = []
    done, total = 0, 0
    deadline = time.monotonic() + limits.time_for(0) + _GRACE
    started = time.monotonic()
    for message in _messages(process):
        if message is None:
            pass
        elif "progress" in message:
            done, total = map(int, message["progress"])
            deadline = started + limits.time_for(done) + _GRACE
        elif "page" in message:
            pages.append(unpack_page(message["page"]))
        elif "error" in message:
            raise error_of(str(message["error"]), str(message["detail"]))
        else:
            end = message["end"]
            return Document(str(end["title"]), tuple(pages), tuple(unpack_heading(*each) for each in end["headings"]))
        if time.monotonic() > deadline:
            raise TimedOut(f"reading took longer than {limits.time_for(done)} seconds; {done} pages were done")
        on_page(done, total)
    raise _crash(process, limits)


def _messages(process: subprocess.Popen[bytes]) -> Iterator[Message | None]:
    """What the process says until it ends, None when it has said nothing for a moment."""
    assert process.stdout is not None  # noqa: S101  # it was asked for a pipe
    received, waiting = 0, b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(_TICK):
                yield None
                continue
            piece = os.read(process.stdout.fileno(), 1 << 20)
            if not piece:
                return
            received += len(piece)
            if received > _MOST_BYTES:
                raise TooExpanded("the document has more text than can be kept")
            *lines, waiting = (waiting + piece).split(b"\n")
            yield from map(_message, lines)


def _message(line: bytes) -> Message:
    message = json.loads(line)
    if not isinstance(message, dict):
        raise TypeError("the reading process answered with something else than an object")
    return message


def _crash(process: subprocess.Popen[bytes], limits: Limits) -> IngestError:
    """Why the process ended without an answer."""
    peak_mb = 0
    for _ in range(_LOOKS):
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            process.returncode = os.waitstatus_to_exitcode(status)
            peak_mb = usage.ru_maxrss >> 10
            break
        time.sleep(_GRACE / _LOOKS)
    else:
        return UnreadableFile("the reader closed its answers and went on")
    number = -process.returncode
    if number in _LATE_SIGNALS:
        return TimedOut("reading took longer than allowed")
    # A library that gets no memory aborts; one that is confused by a damaged file does so with little memory in use.
    if number == signal.SIGKILL or (number > 0 and peak_mb > limits.memory_mb * _LARGE_SHARE):
        return OutOfMemory(f"the reader was ended by signal {number} with {peak_mb} MB in use")
    return UnreadableFile(f"the reader crashed ({f'signal {number}' if number > 0 else f'exit {-number}'})")


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
