"""Fetching a model with the real client of the hub, from a small hub in this process."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.conftest import ROOT

COMMIT = "a" * 40
FILES = {
    "config.json": b'{"architectures": ["BertModel"]}',
    "tokenizer.json": b"{}",
    "model.safetensors": b"x" * 3000,
    "pytorch_model.bin": b"y" * 3000,
    "onnx/model.onnx": b"z" * 3000,
    "modeling_own.py": b"print(1)",
}
PROGRAM = """
import sys
from pathlib import Path
from indexes.errors import EmbedderUnavailable
from indexes.model_folder import download
from indexes.recommended import find
try:
    print(download(find("multilingual-e5-small"), Path(sys.argv[1])))
except EmbedderUnavailable as error:
    sys.exit(f"unavailable: {error}")
"""


class Hub(BaseHTTPRequestHandler):
    """As much of the hub as fetching a model takes."""

    asked: list[str]
    breaks_off = False

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        type(self).asked.append(path)
        name = path.partition(f"/resolve/{COMMIT}/")[2]
        if path.startswith("/api/models/intfloat/multilingual-e5-small/tree/"):
            entries = [
                {"type": "file", "path": n, "size": len(c), "oid": sha1(c).hexdigest()} for n, c in FILES.items()
            ]
            self._send(json.dumps(entries).encode())
        elif path.startswith("/api/models/intfloat/multilingual-e5-small"):
            listed = [{"rfilename": each} for each in FILES]
            self._send(json.dumps({"id": "intfloat/multilingual-e5-small", "sha": COMMIT, "siblings": listed}).encode())
        elif name in FILES:
            self._send(FILES[name])
        else:
            self._send(b"{}", 404)

    def _send(self, content: bytes, status: int = 200) -> None:
        breaks_off = self.breaks_off and self.command == "GET" and self.path.endswith(".safetensors")
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("ETag", f'"{sha1(content).hexdigest()}"')
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content[:100] if breaks_off else content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def hub() -> Iterator[str]:
    Hub.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def fetch(folder, endpoint: str, **more: str) -> subprocess.CompletedProcess[str]:
    ours = {"HF_ENDPOINT": endpoint, "HF_HUB_DISABLE_XET": "1", "HF_HOME": str(folder / "home"), "HF_HUB_OFFLINE": "0"}
    environment = {**os.environ, **ours, **more}
    command = [sys.executable, "-c", PROGRAM, str(folder / "models")]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100, check=False)


def test_a_model_is_fetched_without_what_is_not_needed(tmp_path, hub):
    """Pickles, code and the files of other libraries are not even asked for."""
    done = fetch(tmp_path, hub)
    assert done.returncode == 0, done.stderr
    kept = tmp_path / "models" / "multilingual-e5-small"
    names = {path.relative_to(kept).as_posix() for path in kept.rglob("*") if path.is_file()}
    assert names == {"config.json", "tokenizer.json", "model.safetensors"}
    assert (kept / "model.safetensors").read_bytes() == FILES["model.safetensors"]
    assert not [path for path in Hub.asked if path.endswith((".bin", ".onnx", ".py"))]
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["multilingual-e5-small"]


def test_a_download_that_is_cut_off_is_said_and_gone_on_with(tmp_path, hub, monkeypatch):
    """The model is not there until it is whole."""
    monkeypatch.setattr(Hub, "breaks_off", True)
    done = fetch(tmp_path, hub)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("unavailable: intfloat/multilingual-e5-small cannot be")
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["multilingual-e5-small.part"]
    monkeypatch.setattr(Hub, "breaks_off", False)
    assert fetch(tmp_path, hub).returncode == 0
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["multilingual-e5-small"]


def test_without_a_network_the_way_by_disk_is_said(tmp_path):
    """One sentence, no traceback."""
    done = fetch(tmp_path, "http://127.0.0.1:9")
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("unavailable: intfloat/multilingual-e5-small cannot be")
    assert "Traceback" not in done.stderr
    assert "hf download intfloat/multilingual-e5-small" in done.stderr


def test_an_offline_installation_does_not_ask(tmp_path, hub):
    """HF_HUB_OFFLINE is respected."""
    done = fetch(tmp_path, hub, HF_HUB_OFFLINE="1")
    assert "cannot be fetched" in done.stderr
    assert Hub.asked == []
