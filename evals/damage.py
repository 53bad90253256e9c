"""What becomes of damaged files: `python -m evals.damage [--files 500] [--seed 0] [--format pdf] [--keep FOLDER]`.

Files of every format are broken in many ways and read as uploads are. Every one has to be read or refused with a
reason: a traceback of the reader, a reading that goes on beyond its limits, or an error nobody foresaw is a defect;
defects are printed, their files kept in FOLDER, and the command ends with 1.
"""

import argparse
import logging
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from evals.mutations import mutated
from evals.originals import originals
from ingest.errors import IngestError
from ingest.limits import Limits
from ingest.sandbox import read_in_sandbox

DOCUMENTS = Path(__file__).parent.parent.parent / "shared" / "data" / "documents"
LIMITS = Limits(seconds=60, memory_mb=2048, pages=2000)
_LATE = 10
"""Seconds beyond its limits after which a reading that has not ended hangs."""
_EACH = 8
"""Whole files of each format."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged file: its place in the sequence, its format, and what was done to it."""

    number: int
    suffix: str
    how: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: "read" or a code; `defect` says what should not have happened, "" if nothing."""

    code: str
    defect: str


class _Complaints(logging.Handler):
    """Keeps the last line that a reader wrote before it crashed."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps it."""
        self.last = record.getMessage().strip().rpartition("\n")[2]


def damaged(whole: dict[str, list[bytes]], count: int, seed: int) -> Iterator[Damaged]:
    """So many damaged files, the formats in turn; each depends on the seed and its number alone."""
    suffixes = sorted(whole)
    for number in range(count):
        random = Random(f"{seed}-{number}")  # noqa: S311  # the same damage each time
        suffix = suffixes[number % len(suffixes)]
        how, content = mutated(random.choice(whole[suffix]), whole[suffix], random)
        yield Damaged(number, suffix, how, content)


def outcome(file: Damaged, complaints: _Complaints) -> Outcome:
    """Reads a damaged file as an upload is read."""
    complaints.last = ""
    pages = [0]
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        path, images, parts = (Path(name) / each for each in ("original", "images", "parts"))
        path.write_bytes(file.content)
        images.mkdir()
        parts.mkdir()
        try:
            read_in_sandbox(path, f"x.{file.suffix}", images, LIMITS, lambda done, _total: pages.append(done), parts)
            code, detail = "read", ""
        except IngestError as error:
            code, detail = error.code, str(error)
    if time.monotonic() - started > LIMITS.time_for(max(pages)) + _LATE:
        return Outcome(code, "it did not end in time")
    if "crashed (exit" in detail or "nobody understands" in detail:
        return Outcome(code, complaints.last or detail)
    if code == "internal" or (code != "read" and not detail):
        return Outcome(code, detail or "no reason was given")
    return Outcome(code, "")


def main() -> int:
    """Prints a line a format and one a defect; 1 if there was one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500, help="how many damaged files")
    parser.add_argument("--seed", type=int, default=0, help="another seed is other damage")
    parser.add_argument("--format", default="", help="only files of this suffix")
    parser.add_argument("--documents", type=Path, default=DOCUMENTS, help="folder of whole files")
    parser.add_argument("--keep", type=Path, help="folder for the files that showed a defect")
    chosen = parser.parse_args()
    complaints = _Complaints()
    log = logging.getLogger("ingest.sandbox")
    log.addHandler(complaints)
    log.propagate = False
    with tempfile.TemporaryDirectory() as scratch:
        whole = originals(chosen.documents, Path(scratch), _EACH)
    if chosen.format:
        whole = {chosen.format: whole[chosen.format]}
    codes: dict[str, Counter[str]] = defaultdict(Counter)
    defects = 0
    for file in damaged(whole, chosen.files, chosen.seed):
        found = outcome(file, complaints)
        codes[file.suffix][found.code] += 1
        if found.defect:
            defects += 1
            print(f"DEFECT {file.number} {file.suffix}: {file.how}: {found.code}: {found.defect}", flush=True)
            if chosen.keep:
                (chosen.keep / f"{file.number}.{file.suffix}").write_bytes(file.content)
    for suffix, counted in sorted(codes.items()):
        refused = ", ".join(f"{code} {count}" for code, count in counted.most_common() if code != "read")
        print(f"{suffix:<6}{counted.total():>5} files{counted['read']:>5} read   {refused}")
    print(f"{chosen.files} files, {sum(each['read'] for each in codes.values())} read, {defects} defects")
    return int(defects > 0)


if __name__ == "__main__":
    sys.exit(main())
