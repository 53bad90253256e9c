"""The command `darash serve` as a process: what it starts it also ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.conftest import ROOT


def serve(data: Path) -> tuple[subprocess.Popen[str], psutil.Process]:
    """A running server on an empty data folder, and its worker."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "DARASH_DATA": str(data), "DARASH_PORT": str(port), "DARASH_HOST": "127.0.0.1"}
    server = subprocess.Popen(
        [sys.executable, "-m", "darash", "serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    with server.stdout as lines:
        link = next(line for line in lines if line.startswith("Darash: "))
    assert f":{port}/sign-in?token=" in link
    until(lambda: answers(port))
    until(lambda: bool(psutil.Process(server.pid).children()))
    return server, psutil.Process(server.pid).children()[0]


def answers(port: int) -> bool:
    """Whether somebody listens on a port of this machine."""
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


def until(holds: Callable[[], bool]) -> None:
    """Waits until something holds."""
    for _ in range(300):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it never came true")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_worker_ends_with_the_server(tmp_path: Path, number: signal.Signals) -> None:
    """However the server ends, asked or killed, no worker is left behind."""
    server, worker = serve(tmp_path)
    server.send_signal(number)
    server.wait(20)
    until(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)


def test_a_new_link_leads_to_the_running_server(tmp_path: Path) -> None:
    """`darash link` in another window knows the port that the server was given."""
    server, _ = serve(tmp_path)
    environment = {**os.environ, "DARASH_DATA": str(tmp_path)}
    link = subprocess.run(
        [sys.executable, "-m", "darash", "link"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert answers(int(link.stdout.split(":")[2].split("/")[0]))
    server.terminate()
    server.wait(20)


def test_a_worker_that_dies_is_started_again(tmp_path: Path) -> None:
    """A worker killed by itself, as by a machine out of memory, comes back, and the server goes on."""
    server, worker = serve(tmp_path)
    worker.kill()
    until(lambda: any(child.pid != worker.pid for child in psutil.Process(server.pid).children()))
    server.terminate()
    server.wait(20)
