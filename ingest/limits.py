"""How much of the machine reading one file may take. Knows nothing of formats."""

import ctypes
import os
import resource
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import TimedOut, TooExpanded

PAGE_SECONDS = 20
"""What each finished page adds to the time: a scanned page takes 3 to 8 seconds of a busy core (docs/log.md)."""

LARGEST_WRITTEN_FILE = 256 << 20
"""Bytes of one file; a page image takes well under one million."""

LARGEST_WRITTEN = 4 << 30
"""Bytes of all files that reading may have on disk at once: page images, parts and what is temporary."""

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG

_GRACE = 2
"""Seconds that the process gets beyond its own alarm."""
_WEIGHING = 2.0
"""Seconds between two looks at what was written."""

LARGEST_TEXT = 20_000_000
"""Characters of one document: about 7,000 pages of print."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of wall clock to begin with, MB (2**20 bytes) of address space, and pages."""

    seconds: int
    memory_mb: int
    pages: int

    def time_for(self, pages_done: int) -> int:
        """Seconds from the start that a file may take which has finished that many pages."""
        return self.seconds + PAGE_SECONDS * min(pages_done, self.pages)

    def restrict_this_process(self) -> None:
        """Puts the limits on the calling process and its future children. Cannot be undone.

        When the thread that started the process dies, it dies too (Linux); elsewhere the alarm ends it.
        """
        memory = self.memory_mb << 20
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_WRITTEN_FILE, LARGEST_WRITTEN_FILE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        longest = self.time_for(self.pages)
        resource.setrlimit(resource.RLIMIT_CPU, (longest, longest))
        signal.alarm(self.seconds)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


@dataclass(slots=True)
class Watch:
    """Looks from outside whether the process that reads a file keeps to its time and to its share of the disk.

    `written` are the folders that it may write to.
    """

    limits: Limits
    written: tuple[Path, ...]
    _started: float = field(default_factory=time.monotonic)
    _weighed: float = field(default_factory=time.monotonic)

    def look(self, pages_done: int) -> None:
        """Raises `TimedOut` or `TooExpanded`."""
        now = time.monotonic()
        allowed = self.limits.time_for(pages_done)
        if now > self._started + allowed + _GRACE:
            raise TimedOut(f"reading took longer than {allowed} seconds; {pages_done} pages were done")
        if now > self._weighed + _WEIGHING:
            self._weighed = now
            if sum(map(_weight, self.written)) > LARGEST_WRITTEN:
                raise TooExpanded(f"reading wrote more than the {LARGEST_WRITTEN >> 20} MB allowed")


def _weight(folder: Path) -> int:
    """Bytes of all files in a folder, which may change meanwhile."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += (Path(root) / name).lstat().st_size
    return total
