"""No process of Darash talks to another machine: every name looked up and every address connected to is this one's."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.database import address_of

WATCH = """
import ipaddress, os, sys

def watch(event, arguments):
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else str(host or "127.0.0.1")
    try:
        here = ipaddress.ip_address(host).is_loopback or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        here = host == "localhost"
    with open(os.environ["WATCHED"], "a") as file:
        file.write(f"{'here' if here else 'OUTSIDE'} {event} {host} {sys.argv[0]}\\n")

sys.addaudithook(watch)
"""


@pytest.mark.timeout(180)
def test_the_server_and_its_worker_talk_to_nobody_outside(tmp_path: Path) -> None:
    """From the first start to the last sample document that is read, with the settings as they come."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    seen, log = tmp_path / "seen", tmp_path / "log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DARASH_", "GRADIO_"))}
    environment |= {
        "PYTHONPATH": str(tmp_path),
        "WATCHED": str(seen),
        "DARASH_DATA": str(tmp_path / "data"),
        "DARASH_DATABASE_URL": address_of(tmp_path / "data"),
        "DARASH_PORT": str(port),
    }
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "darash", "serve"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        for _ in range(600):
            if log.read_text(encoding="utf-8").count(" is ready") >= 10:
                break
            time.sleep(0.2)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
    assert log.read_text(encoding="utf-8").count(" is ready") >= 10, log.read_text(encoding="utf-8")
    lines = seen.read_text().splitlines()
    assert any(line.startswith("here ") for line in lines), "the watch saw nothing at all: it does not work"
    assert [line for line in lines if line.startswith("OUTSIDE")] == []
