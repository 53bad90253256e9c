"""How much of the machine reading one file may take. Knows nothing of formats."""

import resource
import signal
from dataclasses import dataclass

PAGE_SECONDS = 20
"""What each finished page adds to the time: a scanned page takes 3 to 8 seconds of a busy core (docs/log.md)."""

LARGEST_WRITTEN_FILE = 256 << 20
"""Bytes; a page image takes well under one million."""


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

        The alarm ends the process even when nobody is left to watch it.
        """
        memory = self.memory_mb << 20
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_WRITTEN_FILE, LARGEST_WRITTEN_FILE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        longest = self.time_for(self.pages)
        resource.setrlimit(resource.RLIMIT_CPU, (longest, longest))
        signal.alarm(self.seconds)
