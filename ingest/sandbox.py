"""Reading a file in a process of its own, so that no file can harm anything but its own reading.

The process has limits on time, memory and what it writes, an empty environment, a folder for its temporary files, and a
process group that is killed with everything it started. Knows nothing of formats, nor of jobs.
"""

import json
import logging
import os
import resource
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path

from indexes.page import Page
from ingest.document import Document
from ingest.errors import IngestError, OutOfMemory, TimedOut, TooExpanded, UnreadableFile, error_of
from ingest.limits import Limits, Watch
from ingest.wire import Message, unpack_heading, unpack_page, unpack_part, unpack_table

log = logging.getLogger(__name__)

_SCRATCH = "darash-reading-"
_HOME = Path(__file__).parent.parent
_MOST_BYTES = 256 << 20
"""Of everything the process answers: 2,000 dense pages with the places of their words take about 100 million."""
_TICK = 0.5
_GRACE = 2
"""Seconds that a process which has ended gets to be seen."""
_LOOKS = 40
_LARGE_SHARE = 0.25
"""Share of the memory limit beyond which a crash is put down to memory."""
_LATE_SIGNALS = {signal.SIGALRM, signal.SIGXCPU}


def read_in_sandbox(
    path: Path,
    filename: str,
    images: Path | None,
    limits: Limits,
    on_page: Callable[[int, int], None],
    parts: Path | None = None,
) -> Document:
    """What `ingest.readers.read` returns or raises, and what goes beyond the limits.

    That is `TimedOut`, `OutOfMemory`, `TooExpanded` or `TooManyPages`. `on_page(done, total)` is called for every page
    and at least twice a second; what it raises ends the reading.
    """
    work = {
        "path": str(path.absolute()),
        "filename": filename,
        "images": str(images.absolute()) if images else "",
        "parts": str(parts.absolute()) if parts else "",
        "limits": asdict(limits),
    }
    with tempfile.TemporaryDirectory(prefix=f"{_SCRATCH}{os.getpid()}-") as scratch:
        errors = Path(scratch) / "stderr"
        process = _start(work, Path(scratch), errors)
        watch = Watch(limits, tuple(folder for folder in (Path(scratch), images, parts) if folder))
        try:
            return _document(process, watch, on_page, parts)
        except UnreadableFile as error:
            said = errors.read_bytes()[-4000:].decode(errors="replace").strip()
            if said:
                log.warning("reading %s: %s", path, error)
                log.debug("the reader said:\n%s", said)  # it may quote the file
            raise
        finally:
            _end(process)


def sweep_scratch() -> None:
    """Removes the temporary folders of readings whose process was killed. Call before the first reading."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_SCRATCH}[0-9]*-*"):
        process_id = int(folder.name.removeprefix(_SCRATCH).split("-")[0])
        if process_id == os.getpid() or not Path(f"/proc/{process_id}").exists():
            shutil.rmtree(folder, ignore_errors=True)


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


def _document(
    process: subprocess.Popen[bytes], watch: Watch, on_page: Callable[[int, int], None], parts: Path | None
) -> Document:
    answered = _Answered()
    for message in _messages(process):
        if message is not None:
            answered.take(message)
        if answered.end is not None:
            return answered.document(parts)
        watch.look(answered.done)
        on_page(answered.done, answered.total)
    raise _crash(process, watch.limits)


class _Answered:
    """What the process has answered so far."""

    def __init__(self) -> None:
        self.done, self.total = 0, 0
        self.end: Message | None = None
        self._pages: list[Page] = []

    def take(self, message: Message) -> None:
        """Takes one message in. Raises what it says went wrong, and `UnreadableFile` if it says nothing known."""
        with _only_what_is_known():
            if "progress" in message:
                self.done, self.total = map(int, message["progress"])
            elif "page" in message:
                self._pages.append(unpack_page(message["page"]))
            elif "open" in message:
                _warn_of_open_network()
            elif "error" in message:
                raise error_of(str(message["error"]), str(message["detail"]))
            else:
                self.end = message["end"]

    def document(self, parts: Path | None) -> Document:
        """What was read, when the end has come. Raises `UnreadableFile`."""
        end = self.end or {}
        with _only_what_is_known():
            return Document(
                title=str(end["title"]),
                pages=tuple(self._pages),
                headings=tuple(unpack_heading(*each) for each in end["headings"]),
                tables=tuple(unpack_table(*each) for each in end["tables"]),
                parts=tuple(unpack_part(path, name, parts) for path, name in end["parts"]) if parts else (),
            )


@contextmanager
def _only_what_is_known() -> Iterator[None]:
    """The process has handled an untrusted file: what it answers may be anything."""
    try:
        yield
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise UnreadableFile(f"the reader answered what nobody understands: {error!r}") from error


@cache
def _warn_of_open_network() -> None:
    log.warning("on this system the network of the processes that read files cannot be shut; reading goes on")


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
    with _only_what_is_known():
        message = json.loads(line)
    if not isinstance(message, dict):
        raise UnreadableFile("the reader answered with something else than an object")
    return message


def _crash(process: subprocess.Popen[bytes], limits: Limits) -> IngestError:
    """Why the process ended without an answer."""
    peak_mb, is_large = 0, False
    for _ in range(_LOOKS):
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            process.returncode = os.waitstatus_to_exitcode(status)
            # Until it begins its own program, a new process counts the memory of the one that started it.
            own_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
            peak_mb = usage.ru_maxrss >> 10
            is_large = peak_mb > max(limits.memory_mb * _LARGE_SHARE, own_mb)
            break
        time.sleep(_GRACE / _LOOKS)
    else:
        return UnreadableFile("the reader closed its answers and went on")
    number = -process.returncode
    if number in _LATE_SIGNALS:
        return TimedOut("reading took longer than allowed")
    # A library that gets no memory aborts; one that is confused by a damaged file does so with little memory in use.
    if number == signal.SIGKILL or (number > 0 and is_large):
        return OutOfMemory(f"the reader was ended by signal {number} with {peak_mb} MB in use")
    return UnreadableFile(f"the reader crashed ({f'signal {number}' if number > 0 else f'exit {-number}'})")


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
