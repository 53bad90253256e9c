"""What becomes of files that were made to harm: `python -m evals.bombs`.

Each is read behind the limits of an upload; printed is what came of it, how long it took, and by how much the memory of
this process grew and the disk was filled meanwhile. Ends with 1 where one of them does what it should not.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from evals import bomb_files as files
from evals import bomb_office as office
from ingest.errors import IngestError
from ingest.limits import Limits
from ingest.sandbox import read_in_sandbox

LIMITS = Limits(seconds=120, memory_mb=2048, pages=2000)
FLAT_MB = 16
"""By how much the memory of this process may grow while a bomb is read."""
FULL_MB = 1100
"""What a bomb may fill of the disk until its reading ends."""


@dataclass(frozen=True, slots=True)
class Bomb:
    """A file, and the codes of what may come of it; "read" where a careful reader can read it in bounds."""

    make: Callable[[], bytes]
    suffix: str
    codes: str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.make.__name__.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a bomb: a code or "read", and what it cost this machine."""

    code: str
    seconds: float
    memory_mb: int
    disk_mb: int


BOMBS = (
    Bomb(office.word_that_repeats, "docx", "too_expanded"),
    Bomb(office.word_that_packs_badly, "docx", "too_expanded"),
    Bomb(office.billion_laughs, "docx", "unreadable no_text too_expanded"),
    Bomb(files.flate, "pdf", "too_expanded out_of_memory timed_out"),
    Bomb(files.flate_of_nothing, "pdf", "read no_text too_expanded out_of_memory"),
    Bomb(files.many_pages, "pdf", "too_many_pages"),
    Bomb(files.nested_zip, "zip", "too_nested"),
    Bomb(files.wide_zip, "zip", "too_nested too_expanded"),
    Bomb(files.wide_and_shallow_zip, "zip", "too_expanded"),
    Bomb(files.quoted_zip, "zip", "too_expanded"),
    Bomb(files.lying_zip, "zip", "unreadable"),
    Bomb(office.shared_strings, "xlsx", "too_expanded out_of_memory"),
    Bomb(office.one_string_everywhere, "xlsx", "too_expanded out_of_memory"),
    Bomb(office.far_cell, "xlsx", "read too_expanded"),
    Bomb(office.wide_grid, "docx", "read"),
    Bomb(office.same_sheet, "xlsx", "read"),
    Bomb(office.repeated_rows, "ods", "read too_expanded"),
    Bomb(office.many_blanks, "odt", "read"),
    Bomb(office.same_chapter, "epub", "read"),
    Bomb(files.wide_cell, "html", "read"),
    Bomb(files.many_frames, "tiff", "too_many_pages"),
    Bomb(files.pixels, "png", "too_expanded"),
    Bomb(files.billion_laughs_page, "html", "read unreadable"),
    Bomb(files.deep_html, "html", "unreadable"),
    Bomb(files.deep_mail, "eml", "unreadable too_nested"),
)


def set_off(bomb: Bomb) -> Outcome:
    """Reads a bomb as an upload would be read."""
    process = psutil.Process()
    with tempfile.TemporaryDirectory() as name:
        path, images, parts = (Path(name) / each for each in ("original", "images", "parts"))
        path.write_bytes(bomb.make())
        images.mkdir()
        parts.mkdir()
        started, before = time.monotonic(), process.memory_info().rss
        highest = [before]

        def on_page(_done: int, _total: int) -> None:
            highest.append(process.memory_info().rss)

        try:
            read_in_sandbox(path, f"bomb.{bomb.suffix}", images, LIMITS, on_page, parts)
            code = "read"
        except IngestError as error:
            code = error.code
        highest.append(process.memory_info().rss)
        disk = sum(each.stat().st_size for folder in (images, parts) for each in folder.iterdir())
        return Outcome(code, time.monotonic() - started, (max(highest) - before) >> 20, disk >> 20)


def is_harmless(bomb: Bomb, outcome: Outcome) -> bool:
    """Whether a bomb did what it may."""
    return outcome.code in bomb.codes.split() and outcome.memory_mb < FLAT_MB and outcome.disk_mb < FULL_MB


def main() -> int:
    """Prints a line a bomb; 1 if one did harm."""
    harmless = True
    print(f"{'bomb':<26}{'suffix':<8}{'what came of it':<18}{'seconds':>8}{'memory MB':>11}{'disk MB':>9}")
    for bomb in BOMBS:
        outcome = set_off(bomb)
        harmless &= is_harmless(bomb, outcome)
        mark = "" if is_harmless(bomb, outcome) else "  HARM"
        print(
            f"{bomb.name:<26}{bomb.suffix:<8}{outcome.code:<18}{outcome.seconds:>8.1f}{outcome.memory_mb:>11}"
            f"{outcome.disk_mb:>9}{mark}"
        )
    return int(not harmless)


if __name__ == "__main__":
    sys.exit(main())
