import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexes.page import Page, Word
from ingest.document import Heading
from ingest.errors import EmptyFile, OutOfMemory, TimedOut, TooManyPages, UnreadableFile
from ingest.limits import PAGE_SECONDS, Limits
from ingest.readers import read
from ingest.sandbox import read_in_sandbox
from ingest.wire import pack_heading, pack_page, unpack_heading, unpack_page
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
    before = set(Path(tempfile.gettempdir()).glob("darash-*"))
    with pytest.raises(TimedOut):
        read_in_sandbox(endless, endless.name, None, Limits(1, 2048, 50), ignore)
    assert children() == []
    assert set(Path(tempfile.gettempdir()).glob("darash-*")) <= before


def test_the_process_ends_by_itself_when_nobody_watches(endless: Path) -> None:
    """A worker that was killed leaves no reader running beyond its time."""
    work = {"path": str(endless), "filename": "a.txt", "images": "", "limits": asdict(Limits(1, 2048, 50))}
    command = [sys.executable, "-m", "ingest.sandboxed", json.dumps(work)]
    assert subprocess.run(command, cwd=ROOT, timeout=30, check=False).returncode == -signal.SIGALRM


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
    label=st.text(max_size=3),
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


@pytest.mark.parametrize("message", [{}, {"number": 1}, {**pack_page(Page(1, "א")), "words": [[1, 2]]}])
def test_a_malformed_page_is_refused(message: dict[str, object]) -> None:
    """What does not have the shape of a page is an error, not half a page."""
    with pytest.raises((KeyError, TypeError)):
        unpack_page(message)
