"""How fast text PDFs are read, and how much memory a long one takes: `python -m evals.reading_speed [FILE]`.

FILE is a PDF of many pages; without it, the pages that LibreOffice made for the truth set are put together to 75. CPU
seconds and not those of the clock, without pictures of the pages. "In its sandbox" is what the service does: a process
of its own is started, reads, and sends everything back.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from evals.extraction import FOLDER
from ingest.limits import Limits
from ingest.readers.pdf.baselines import page_count, pdfium_text, pypdf_text, write_joined
from ingest.readers.pdf.reader import read_pdf
from ingest.sandbox import read_in_sandbox

PAGES, MANY = 75, 2000
KINDS = ("plain", "mixed", "latin", "quotes", "tables", "struct", "twocol")
_LIMITS = Limits(seconds=3000, memory_mb=2048, pages=10_000)
_RUNS = 3
_KB_PER_MB = 1024


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU time of the best of three runs, that of processes which it starts among it."""
    return min(_once(work) for _ in range(_RUNS))


def _once(work: Callable[[], object]) -> float:
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _nothing(done: int, total: int) -> None:
    """Progress, to nobody."""


def long_file(folder: Path, pages: int, target: Path) -> Path:
    """A file of that many pages, put together from the PDFs of LibreOffice in a folder like the truth set."""
    write_joined([folder / f"libreoffice__{kind}.pdf" for kind in KINDS], pages, target)
    return target


def print_speed(path: Path) -> None:
    """Prints pages per CPU second of Darash and of the libraries alone."""
    pages = page_count(path)
    readers: dict[str, Callable[[], object]] = {
        "Darash": lambda: read_pdf(path, None, _nothing),
        "Darash in its sandbox": lambda: read_in_sandbox(path, path.name, None, _LIMITS, _nothing),
        "PDFium alone": lambda: pdfium_text(path),
        "pypdf alone": lambda: pypdf_text(path),
    }
    print(f"{pages} pages{'pages per CPU second':>44}")
    for name, read in readers.items():
        print(f"{name:32}{pages / cpu_seconds(read):>20.0f}")


def print_memory(path: Path) -> None:
    """Prints the peak memory of reading a long file: of the process that reads, and of the one that asked for it."""
    seconds = _once(lambda: read_in_sandbox(path, path.name, None, _LIMITS, _nothing))
    print(f"{page_count(path)} pages: {seconds:.0f} CPU seconds, most memory in MB:")
    for name, who in (
        ("the process that reads", resource.RUSAGE_CHILDREN),
        ("the one it sends to", resource.RUSAGE_SELF),
    ):
        print(f"{name:32}{resource.getrusage(who).ru_maxrss / _KB_PER_MB:>20.0f}")


def main() -> None:
    """Prints both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    given = parser.parse_args().file
    with tempfile.TemporaryDirectory() as folder:
        print_memory(given or long_file(FOLDER, MANY, Path(folder) / "many.pdf"))
        print_speed(given or long_file(FOLDER, PAGES, Path(folder) / "long.pdf"))


if __name__ == "__main__":
    main()
