"""The network is taken away in a process of its own: it cannot be given back."""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ingest import no_network
from ingest.limits import Limits
from ingest.sandbox import read_in_sandbox
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"), reason="needs seccomp on Linux"
)

SHUT = "from ingest.no_network import shut_network; assert shut_network();"


def said(program: str) -> str:
    """What a Python program writes that has no network."""
    command = [sys.executable, "-c", SHUT + program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK"])
@pytest.mark.parametrize("kind", ["SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW"])
def test_no_socket_can_be_made(family: str, kind: str) -> None:
    """Whatever the family and kind of the socket, it is refused."""
    assert "PermissionError" in said(f"import socket; socket.socket(socket.{family}, socket.{kind})")


def test_unix_sockets_still_work() -> None:
    """What a process needs inside the machine stays."""
    program = "import socket; a, b = socket.socketpair(); a.send(b'x'); print(b.recv(1)); socket.socket(socket.AF_UNIX)"
    assert said(program) == "b'x'\n"


def test_what_the_process_starts_has_no_network_either() -> None:
    """The filter is inherited by every program, and cannot be undone."""
    inner = "import socket; socket.create_connection(('127.0.0.1', 9))"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    assert "PermissionError" in said(program)


def test_io_uring_is_no_way_round() -> None:
    """A ring of system calls, which could make a socket, is refused."""
    program = "import ctypes; c = ctypes.CDLL(None, use_errno=True); print(c.syscall(425, 8, None), ctypes.get_errno())"
    assert said(program) == "-1 13\n"


@pytest.mark.skipif(platform.machine() != "x86_64", reason="other processors have no such calls")
def test_calls_of_32_bit_programs_are_refused() -> None:
    """The old way into the kernel, where `socket` has another number, is shut: even asking for the process id fails."""
    # mov eax, 20 (getpid); int 0x80; ret
    program = (
        "import ctypes, mmap; page = mmap.mmap(-1, 4096, prot=7); page.write(bytes.fromhex('b814000000cd80c3'));"
        "print(ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))())"
    )
    assert said(program) in ("-13\n", "-38\n", "")  # refused here, or by a kernel that has none of them


def test_other_systems_are_told_and_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no such filter, nothing happens."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not no_network.shut_network()


def test_the_process_that_reads_has_no_network(tmp_path: Path) -> None:
    """Reading a file happens behind the filter."""
    seen: list[str] = []
    fifo = tmp_path / "endless.txt"
    os.mkfifo(fifo)

    def look(done: int, total: int) -> None:
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
        for child in children:
            status = Path(f"/proc/{child}/status").read_text(encoding="ascii")
            seen.append(status.partition("Seccomp:")[2].split()[0])
        if "2" in seen:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        read_in_sandbox(fifo, fifo.name, None, Limits(20, 2048, 50), look)


def test_tesseract_works_without_network() -> None:
    """OCR needs none."""
    if not shutil.which("tesseract"):
        pytest.skip("tesseract is not installed")
    assert "heb" in said(
        "import subprocess; print(subprocess.run(['tesseract', '--list-langs'], text=True).returncode)"
    )


def test_libreoffice_works_without_network() -> None:
    """Converting needs none."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.txt").write_text("שלום", encoding="utf-8")
        command = [
            "soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "docx",
            "--outdir", folder, f"{folder}/a.txt",
        ]  # fmt: skip
        said(f"import subprocess; subprocess.run({command!r}, env={{'PATH': '/usr/bin:/bin', 'HOME': {folder!r}}})")
        assert (Path(folder) / "a.docx").exists()
