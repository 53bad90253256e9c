"""A real Darash for browser tests: `darash serve` with its worker, in a data folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx
from playwright.sync_api import StorageState

from tests.conftest import ROOT

START_SECONDS = 60


class Server:
    """The running program. `link` is what it printed at its last start; `cookies` are those of a signed-in browser."""

    def __init__(self, data: Path, model_url: str = "") -> None:
        self.data = data
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("DARASH_")}
        self.environment |= {
            "DARASH_DATA": str(data),
            "DARASH_PORT": str(port),
            "DARASH_MODEL_URL": model_url,
            "DARASH_MAX_UPLOAD_MB": "1",
            "PYTHONUNBUFFERED": "1",
        }
        self.log: list[str] = []
        self.link = ""
        self.cookies: StorageState | None = None

    def command(self, *arguments: str) -> str:
        """Runs another command of the program on the same data folder, and returns what it prints."""
        command = [sys.executable, "-m", "darash", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout.strip()

    def start(self, *options: str) -> None:
        """Starts serving and waits until it answers."""
        self.link = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "darash", "serve", *options],
            cwd=ROOT,
            env=self.environment,
            text=True,
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.reading = threading.Thread(target=self._read, daemon=True)
        self.reading.start()
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise AssertionError("darash serve did not start:\n" + "".join(self.log))
            time.sleep(0.1)

    def stop(self) -> None:
        """Stops it as a service manager would, and then whatever it has left running."""
        self.process.terminate()
        try:
            self.process.wait(20)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.reading.join(5)
            self.process.stdout.close()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.log.append(line)
            if line.startswith("Darash: "):
                self.link = line.split()[1]

    def _answers(self) -> bool:
        try:
            return bool(self.link) and httpx.get(f"{self.address}/health").is_success
        except httpx.TransportError:
            return False
