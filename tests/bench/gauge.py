"""What a process costs: its memory and the processor time it has used, from /proc (Linux). Knows nothing of Darash."""

import os
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Reading:
    """`memory` is what is resident in MB, `processor` the seconds used since the process began."""

    memory: float
    processor: float


def read(process_id: int) -> Reading:
    """How it stands with a process now."""
    status = (Path("/proc") / str(process_id) / "status").read_text()
    kilobytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
    fields = (Path("/proc") / str(process_id) / "stat").read_text().rpartition(")")[2].split()
    return Reading(kilobytes / 1024, (int(fields[11]) + int(fields[12])) / TICKS)
