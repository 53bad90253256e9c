import json
import os
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import get_args

import psutil
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexes.page import Kind, Page, Place, Word
from ingest.document import Heading, Part, Table
from ingest.errors import EmptyFile, OutOfMemory, TimedOut, TooExpanded, TooManyPages, UnreadableFile
from ingest.limits import LARGEST_TEXT, PAGE_SECONDS, Limits, Watch
from ingest.readers import read
from ingest.sandbox import _warn_of_open_network, read_in_sandbox, sweep_scratch
from ingest.wire import (
    pack_heading,
    pack_page,
    pack_part,
    pack_table,
    unpack_heading,
    unpack_page,
    unpack_part,
    unpack_table,
)
from tests.conftest import ROOT
from tests.unit.ingest.test_docx import paragraph, word_file

LIMITS = Limits(seconds=20, memory_mb=2048, pages=50)


def ignore(done: int, total: int) -> None:
    """Hears progress and does nothing."""


def children() -> list[int]:
    """The processes that this one has started and that are alive."""
    found = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return [int(number) for number in found.split()]


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """A file whose reading never ends: a pipe that nobody writes to."""
    path = tmp_path / "endless.txt"
    os.mkfifo(path)
    return path


def once_started(do: Callable[[int], None]) -> Callable[[int, int], None]:
    """A progress callback that does something to the reading process."""

    def on_page(done: int, total: int) -> None:
        for child in children():
            do(child)

    return on_page


def test_the_sandbox_gives_what_the_reader_gives(tmp_path: Path) -> None:
    """Title, pages and headings arrive unchanged from the other process."""
    path = word_file(
        tmp_path,
        paragraph("פרק \U0001f600", '<w:outlineLvl w:val="0"/>') + paragraph("גוף \u05e9\u05c1"),
    )
    assert read_in_sandbox(path, path.name, None, LIMITS, ignore) == read(path, path.name, None, ignore)


def test_errors_keep_their_kind(tmp_path: Path) -> None:
    """What the reader raises is raised here, with its message."""
    path = tmp_path / "ריק.txt"
    path.touch()
    with pytest.raises(EmptyFile, match="empty"):
        read_in_sandbox(path, path.name, None, LIMITS, ignore)


def test_an_endless_file_times_out_and_leaves_nothing(endless: Path) -> None:
    """Reading ends at the limit, the process is gone and so are its temporary files."""
    with pytest.raises(TimedOut):
        read_in_sandbox(endless, endless.name, None, Limits(1, 2048, 50), ignore)
    assert children() == []
    ours = f"darash-reading-{os.getpid()}-*"  # other processes may be reading at this moment
    assert list(Path(tempfile.gettempdir()).glob(ours)) == []


def test_what_a_killed_worker_left_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Temporary folders of processes that are gone go; those of a worker that runs, and everybody else's, stay."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    names = [f"darash-reading-{int(gone.stdout)}-a", f"darash-reading-{os.getppid()}-b", "darash-reading-c", "other"]
    for name in names:
        (tmp_path / name / "inside").mkdir(parents=True)
    sweep_scratch()
    assert {path.name for path in tmp_path.iterdir()} == set(names[1:])


def test_the_process_ends_by_itself_when_nobody_watches(endless: Path) -> None:
    """A worker that was killed leaves no reader running beyond its time."""
    work: dict[str, object] = {"path": str(endless), "filename": "a.txt", "images": "", "parts": ""}
    work |= {"limits": asdict(Limits(1, 2048, 50))}
    command = [sys.executable, "-m", "ingest.sandboxed", json.dumps(work)]
    assert subprocess.run(command, cwd=ROOT, timeout=30, check=False).returncode == -signal.SIGALRM


@pytest.mark.skipif(sys.platform != "linux", reason="NOT RUN: only Linux ends a process with its parent")
def test_the_reader_dies_with_a_worker_that_is_killed(endless: Path) -> None:
    """A worker that is killed in the middle of a page takes the reading process with it."""
    code = (
        "import sys, pathlib; from ingest.sandbox import read_in_sandbox; from ingest.limits import Limits\n"
        "read_in_sandbox(pathlib.Path(sys.argv[1]), 'a.txt', None, Limits(100, 2048, 50), lambda *_: print(flush=True))"
    )
    command = [sys.executable, "-c", code, str(endless)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        (reader,) = psutil.Process(worker.pid).children()
        worker.kill()
    reader.wait(timeout=30)


def test_progress_is_asked_for_during_a_slow_page_and_can_stop_it(endless: Path) -> None:
    """The callback is called while nothing happens; what it raises ends the reading at once."""
    calls = []

    def on_page(done: int, total: int) -> None:
        calls.append((done, total))
        if len(calls) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        read_in_sandbox(endless, endless.name, None, LIMITS, on_page)
    assert calls == [(0, 0), (0, 0)]
    assert children() == []


@pytest.mark.parametrize(
    ("number", "error"),
    [(signal.SIGSEGV, UnreadableFile), (signal.SIGKILL, OutOfMemory), (signal.SIGXCPU, TimedOut)],
)
def test_a_crash_of_the_reader_is_a_failed_document(endless: Path, number: int, error: type[Exception]) -> None:
    """A reader that dies of a signal becomes the error that fits, and nothing else happens."""
    with pytest.raises(error):
        read_in_sandbox(endless, endless.name, None, LIMITS, once_started(lambda child: os.kill(child, number)))


def test_too_much_memory(tmp_path: Path) -> None:
    """A file that needs more memory than allowed fails with that reason."""
    path = tmp_path / "גדול.txt"
    path.write_text("שלום עולם " * 8_000_000, encoding="utf-8")
    with pytest.raises(OutOfMemory):
        read_in_sandbox(path, path.name, None, Limits(20, 300, 50), ignore)


def test_too_many_pages(tmp_path: Path) -> None:
    """A document over the page limit is refused before it is read to its end."""
    writer = pypdf.PdfWriter()
    for _ in range(6):
        writer.add_blank_page(100, 100)
    path = tmp_path / "ארוך.pdf"
    writer.write(path)
    told: list[int] = []
    with pytest.raises(TooManyPages):
        read_in_sandbox(path, path.name, None, Limits(20, 2048, 5), lambda done, total: told.append(done))
    assert max(told, default=0) < 2


def test_the_reader_sees_no_secrets_and_is_alone(endless: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process has none of our variables, its own process group, and its limits."""
    monkeypatch.setenv("DARASH_DATABASE_URL", "postgresql://user:password@host/")
    seen: dict[str, str | bool] = {}

    def look(child: int) -> None:
        limits = Path(f"/proc/{child}/limits").read_text(encoding="ascii")
        if "2147483648" in limits:
            seen["environment"] = Path(f"/proc/{child}/environ").read_text()
            seen["alone"] = os.getpgid(child) == child
            os.kill(child, signal.SIGKILL)

    with pytest.raises(OutOfMemory):
        read_in_sandbox(endless, endless.name, None, LIMITS, once_started(look))
    assert "password" not in str(seen["environment"])
    assert seen["alone"]


def test_pages_earn_time() -> None:
    """A long scanned document gets more time with every page, up to the page limit."""
    limits = Limits(seconds=120, memory_mb=2048, pages=10)
    earned = [limits.time_for(done) - 120 for done in (0, 3, 10, 999)]
    assert earned == [0, 3 * PAGE_SECONDS, 10 * PAGE_SECONDS, 10 * PAGE_SECONDS]


pages = st.builds(
    Page,
    number=st.integers(1, 9),
    text=st.text(max_size=20),
    place=st.builds(Place, st.sampled_from(get_args(Kind)), st.text(max_size=3), st.integers(0, 9)),
    words=st.lists(
        st.builds(Word, st.integers(0, 9), st.integers(0, 9), st.tuples(*[st.floats(0, 1000)] * 4)), max_size=3
    ).map(tuple),
    width=st.floats(0, 1000),
    height=st.floats(0, 1000),
    came_from_ocr=st.booleans(),
    quality=st.floats(0, 1),
    warnings=st.lists(st.sampled_from(["low_quality", "x"]), max_size=2).map(tuple),
)


@given(pages)
def test_pages_travel_unchanged(page: Page) -> None:
    """Packed, written as JSON, read and unpacked, a page is what it was."""
    assert unpack_page(json.loads(json.dumps(pack_page(page)))) == page


def test_headings_travel_unchanged() -> None:
    """Packed and unpacked, a heading is what it was."""
    heading = Heading(2, 17, 1, "פרק ב")
    assert unpack_heading(*json.loads(json.dumps(pack_heading(heading)))) == heading  # type: ignore[arg-type]


def test_tables_travel_unchanged() -> None:
    """Packed and unpacked, a table is what it was."""
    table = Table(2, 17, 90, "שירות | אגרה")
    assert unpack_table(*json.loads(json.dumps(pack_table(table)))) == table  # type: ignore[arg-type]


def test_parts_are_plain_files_in_their_folder(tmp_path: Path) -> None:
    """A part arrives as it was; one that would lie elsewhere, is no file or a link, is refused."""
    folder = tmp_path / "parts"
    folder.mkdir()
    (folder / "1").write_text("א")
    (folder / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "secret").touch()
    part = Part('תיקייה/"א".txt', folder / "1")
    assert unpack_part(*json.loads(json.dumps(pack_part(part))), folder) == part
    for name in ("../secret", "/etc/passwd", "2", "link", ".", "", "1/../../secret"):
        with pytest.raises(ValueError, match="no part"):
            unpack_part("א", name, folder)


WRONG: list[dict[str, object]] = [{}, {"number": 1}]
WRONG += [{**pack_page(Page(1, "א")), **wrong} for wrong in ({"words": [[1, 2]]}, {"place": ["cave", "", 0]})]


@pytest.mark.parametrize("message", WRONG)
def test_a_malformed_page_is_refused(message: dict[str, object]) -> None:
    """What does not have the shape of a page is an error, not half a page."""
    with pytest.raises((KeyError, TypeError, ValueError)):
        unpack_page(message)


def answering(folder: Path, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    """Puts a program in the place of the reading process, which answers that."""
    program = folder / "python"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{answer}\nEND\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))


def test_a_system_without_the_filter_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the network cannot be shut, reading goes on, and the log says so a single time."""
    end = '{"end": {"title": "שם", "headings": [], "tables": [], "parts": []}}'
    answering(tmp_path, monkeypatch, f'{{"open": true}}\n{end}')
    _warn_of_open_network.cache_clear()
    for _ in range(2):
        assert read_in_sandbox(tmp_path, "א.txt", None, LIMITS, ignore).title == "שם"
    assert [record.levelname for record in caplog.records] == ["WARNING"]


@pytest.mark.parametrize(
    "answer",
    ["{", "[]", '{"page": {}}', '{"end": {}}', '{"?": 1}', '{"progress": [1]}', '{"end": 5}', "[" * 100_000, "NaN"],
)
def test_nonsense_from_the_reading_process_is_an_unreadable_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """A process that was taken over by its file cannot make the reading of others fail."""
    answering(tmp_path, monkeypatch, answer)
    with pytest.raises(UnreadableFile):
        read_in_sandbox(tmp_path, "א.txt", None, LIMITS, ignore)


def test_parts_arrive_where_they_were_asked_for(tmp_path: Path) -> None:
    """The files inside a file are written into the folder that was given, and into no other place."""
    path, parts = tmp_path / "א.zip", tmp_path / "parts"
    parts.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("תיקייה/נוהל.txt", "שלום")
        archive.writestr("../../בריחה.txt", "שלום")
    document = read_in_sandbox(path, path.name, None, LIMITS, ignore, parts)
    assert [part.path for part in document.parts] == ["תיקייה/נוהל.txt", "בריחה.txt"]
    assert [part.file.read_text(encoding="utf-8") for part in document.parts] == ["שלום", "שלום"]
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["1", "2", "parts", "א.zip"]


def test_no_document_has_endless_text(tmp_path: Path) -> None:
    """A document of more text than can be kept is refused before it reaches this process."""
    path = tmp_path / "ארוך.txt"
    path.write_text("א" * (LARGEST_TEXT + 1), encoding="utf-8")
    with pytest.raises(TooExpanded, match="characters"):
        read_in_sandbox(path, path.name, None, LIMITS, ignore)


def test_what_reading_writes_is_weighed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading that fills the disk is stopped, whatever it writes and in whichever folder."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "1.webp").write_bytes(bytes(1000))
    watch = Watch(LIMITS, (tmp_path, tmp_path / "gone"))
    watch.look(0)
    monkeypatch.setattr("ingest.limits.LARGEST_WRITTEN", 999)
    monkeypatch.setattr("ingest.limits._WEIGHING", 0.0)
    with pytest.raises(TooExpanded):
        watch.look(0)


def test_a_file_inside_that_is_too_large_to_write(tmp_path: Path) -> None:
    """A member larger than any file that may be written is a file that unpacks into too much."""
    path, parts = tmp_path / "א.zip", tmp_path / "parts"
    parts.mkdir()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        noise = os.urandom(1 << 20)
        with archive.open("גדול.txt", "w") as member:
            for _ in range(300):
                member.write(noise[: 1 << 14] + bytes((1 << 20) - (1 << 14)))
    with pytest.raises(TooExpanded):
        read_in_sandbox(path, path.name, None, LIMITS, ignore, parts)
    assert not list(parts.glob("*")) or sum(each.stat().st_size for each in parts.iterdir()) <= 256 << 20
