"""What this machine can bear: its memory, and that of its graphics card."""

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

_LIMIT = Path("/sys/fs/cgroup/memory.max")
"""Of a container."""


def memory_gb() -> float:
    """The memory of the machine, or of the container, in GB (10**9 bytes)."""
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):
        size = min(size, int(_LIMIT.read_text(encoding="ascii")))
    return size / 1e9


def gpu_gb() -> float:
    """The memory of the largest NVIDIA card, in GB; 0 where there is none."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return 0.0
    command = [program, "--query-gpu=memory.total", "--format=csv,noheader,nounits"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True).stdout  # noqa: S603
        return max((int(line) << 20 for line in told.split()), default=0) / 1e9
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0.0
