"""A Darash of its own, as its users run it: `darash serve` in a process, a browser signed in to it, `darash backup`."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx

STARTED = 120.0
"""Seconds within which a server answers, on a busy machine."""


class Server:
    """`darash serve` over a data folder, at one address however often it is started again."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.data = data
        places = {"DARASH_DATA": str(data), "DARASH_HOST": "127.0.0.1", "DARASH_PORT": self.address.rsplit(":", 1)[1]}
        places |= {"TMPDIR": str(data.parent), "OMP_NUM_THREADS": "1", "DARASH_MODEL_URL": ""}
        self.environment = {**os.environ, **places}  # noqa: TID251 - handed on as it is
        self._log = data.parent / "serve.log"
        self._cookies = httpx.Cookies()

    def start(self) -> None:
        """Returns when it answers. The first time the browser signs in by the link that was printed."""
        with self._log.open("ab") as log:
            command = [sys.executable, "-m", "darash", "serve"]
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command, env=self.environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        end, link = time.monotonic() + STARTED, ""
        while not link:
            assert self._process.stdout is not None  # noqa: S101 - it is a pipe
            line = self._process.stdout.readline()
            if not line:
                raise RuntimeError(f"the server ended: {self._log.read_text()[-2000:]}")
            link = "".join(re.findall(r"token=(\S+)", line))
        while not self._answers():
            if time.monotonic() > end:
                raise RuntimeError(f"the server does not answer: {self._log.read_text()[-2000:]}")
            time.sleep(0.05)
        if not self._cookies:
            with self.browser() as browser:
                browser.post("/sign-in", data={"token": link})
                self._cookies = browser.cookies

    def browser(self) -> httpx.Client:
        """A browser with the session of the owner, as soon as there is one."""
        headers = {"origin": self.address}
        return httpx.Client(base_url=self.address, headers=headers, cookies=self._cookies, timeout=60, trust_env=False)

    def workers(self) -> list[int]:
        """The process ids of the worker, and of what it has started."""
        return _below(self._process.pid)

    def kill(self, worker: bool = True) -> None:
        """Kills the web as kill -9 does, and its worker in the same moment; or leaves that to end by itself."""
        workers = self.workers() if worker else []
        self._process.send_signal(signal.SIGKILL)
        kill(workers)
        self._ended()

    def stop(self) -> None:
        """Asks it to end."""
        self._process.terminate()
        self._ended()

    def run(self, *words: str, data: Path | None = None) -> subprocess.Popen[str]:
        """Starts another command over the same data folder, or over another one with a database of SQLite in it."""
        environment = dict(self.environment)
        if data is not None:
            environment |= {"DARASH_DATA": str(data), "DARASH_DATABASE_URL": ""}
        command = [sys.executable, "-m", "darash", *words]
        return subprocess.Popen(  # noqa: S603 - our own program
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def _ended(self) -> None:
        """Waits for the web alone: what it has started may hold the same pipe, and lives on for a moment."""
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/health", timeout=5, trust_env=False).is_success
        except httpx.TransportError:
            return False


def kill(processes: list[int]) -> None:
    """Kills processes, of which some may be gone."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _below(process: int) -> list[int]:
    """The children of a process (Linux), and theirs."""
    children = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children += [int(child) for child in task.read_text().split()]
        except OSError:
            continue  # it has ended meanwhile
    return children + [below for child in children for below in _below(child)]
