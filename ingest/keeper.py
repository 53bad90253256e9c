"""Keeping a worker running: started, started again when it dies, ended with the process that keeps it.

Whoever keeps a worker sees how it ends, and so whether the document in its hands may be to blame.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy.exc import OperationalError

from indexes.jobs import Jobs
from ingest.worker import owner_of

log = logging.getLogger(__name__)

_PAUSE = 2.0
"""Seconds before a worker that died is started again."""
_KILLED = {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}
"""Ends that somebody wanted, unless it was the kernel, out of memory."""
_EVENTS = Path("/proc/vmstat")
_PATIENCE = 20.0
"""Seconds that a worker has to give its document back when it is asked to end."""


class KeptWorker:
    """A worker in a process of its own, for as long as this context lasts."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)

    def __enter__(self) -> Self:
        self._process = self._start()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._thread.join()

    def _start(self) -> subprocess.Popen[bytes]:
        self._memory_ends = _memory_ends()
        return subprocess.Popen([sys.executable, "-m", "darash", "worker", f"--parent={os.getpid()}"])

    def _keep(self) -> None:
        while True:
            code = self._process.wait()
            if self._ended.is_set():
                return
            by_itself = code not in _KILLED or _memory_ends() > self._memory_ends
            log.error("the worker ended with code %d and is started again", code)
            try:
                self._jobs.abandon(owner_of(self._process.pid), to_blame=by_itself)
            except OperationalError:
                log.warning("the database does not answer; the lease runs out by itself", exc_info=True)
            if self._ended.wait(_PAUSE):
                return
            self._process = self._start()


def _memory_ends() -> int:
    """How many processes the kernel has ended for lack of memory since the machine started; 0 if it does not say."""
    try:
        lines = _EVENTS.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("oom_kill ")), 0)
