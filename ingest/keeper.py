"""Keeping a worker running beside the web server: started, started again when it dies, ended with the server."""

import logging
import os
import subprocess
import sys
import threading
from types import TracebackType
from typing import Self

log = logging.getLogger(__name__)

_PAUSE = 2.0
"""Seconds before a worker that died is started again."""
_PATIENCE = 20.0
"""Seconds that a worker has to give its document back when it is asked to end."""


class KeptWorker:
    """A worker in a process of its own, for as long as this context lasts."""

    def __init__(self) -> None:
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
        return subprocess.Popen([sys.executable, "-m", "darash", "worker", f"--parent={os.getpid()}"])

    def _keep(self) -> None:
        while True:
            code = self._process.wait()
            if self._ended.is_set():
                return
            log.error("the worker ended with code %d and is started again", code)
            if self._ended.wait(_PAUSE):
                return
            self._process = self._start()
