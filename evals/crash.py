"""What kill -9 does to an ingest: `python -m evals.crash [FOLDER] [--kills 200] [--files 50] [--seed 1]`.

Files are ingested once in peace. Then they are ingested again and again into fresh data folders, while the worker is
killed at random moments and started again, until it was killed often enough. Each time the documents, their passages,
the index and what searches find must be those of the peaceful ingest. The files are the samples, a zip and a mail with
attachments, and small files of every format in FOLDER, or texts made of the samples.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from itertools import zip_longest
from pathlib import Path

from evals.crash_state import State, differences, state_of
from indexes.accept import accept_file
from indexes.record import documents
from indexes.settings import IndexSettings
from indexes.storage import Storage, open_storage
from ingest.samples import sample_files

COLLECTION = "crash"
LARGEST = 300_000
"""Bytes of a file that counts as small."""
FORMATS = {".pdf", ".docx", ".doc", ".odt", ".odp", ".ods", ".xlsx", ".pptx", ".epub", ".html", ".txt", ".csv", ".eml"}


@dataclass
class Run:
    """What happened: the kills, by what the worker was doing then, and the differences that were found."""

    kills: Counter[str] = field(default_factory=Counter)
    rounds: int = 0
    most_attempts: int = 0
    differences: list[str] = field(default_factory=list)


def main() -> None:
    """Parses the command line and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="take small files from here too")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--files", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pace", type=float, default=2.0, help="mean seconds that a worker lives")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="darash-crash-") as work:
        chance = random.Random(options.seed)  # noqa: S311 - to be repeated, not to be secret
        found, peaceful = torture(Path(work), options.folder, options.files, options.kills, chance, options.pace)
    ends = Counter(f"{state} {reason}".strip() for state, reason, _ in peaceful.documents.values())
    print(f"documents of {options.files} files      {', '.join(f'{n} {end}' for end, n in sorted(ends.items()))}")
    print(f"passages, searches compared  {len(peaceful.passages)}, {len(peaceful.searches)}")
    print(f"kills                        {sum(found.kills.values())} in {found.rounds} ingests")
    print(f"  while the worker was       {', '.join(f'{name} {n}' for name, n in found.kills.most_common())}")
    print(f"most attempts at a document  {found.most_attempts}")
    print(f"differences                  {len(found.differences)}")
    print(*found.differences[:20], sep="\n")
    sys.exit(bool(found.differences))


def torture(
    work: Path, folder: Path | None, count: int, kills: int, chance: random.Random, pace: float
) -> tuple[Run, State]:
    """Ingests in peace, and then under kills until there were so many."""
    files = list(chosen_files(work / "files", folder, count, chance))
    peaceful = _filled(work / "peace", files)
    with _worker(peaceful) as process:
        _wait_until_done(peaceful)
        process.terminate()
    expected, run = state_of(peaceful, COLLECTION), Run()
    while sum(run.kills.values()) < kills:
        run.rounds += 1
        storage = _filled(work / f"crash-{run.rounds}", files)
        _kill_until_done(storage, kills, run, chance, pace)
        with _worker(storage) as process:  # what is left, and tidying up, in peace
            _wait_until_done(storage)
            process.terminate()
        attempts = [record.attempts for record in storage.catalogue.documents(_collection(storage))]
        run.most_attempts = max(run.most_attempts, *attempts)
        run.differences += differences(expected, state_of(storage, COLLECTION))
    return run, expected


def chosen_files(target: Path, folder: Path | None, count: int, chance: random.Random) -> Iterator[Path]:
    """`count` files: the samples, a zip, a mail, and small files of `folder`, as evenly over formats as can be."""
    target.mkdir()
    samples = list(sample_files())
    words = next(path for path in samples if path.suffix == ".md").read_text(encoding="utf-8").split()
    texts = [target / f"{number}.txt" for number in range(count + 6)]
    for number, path in enumerate(texts):
        path.write_text(f"{number} " + " ".join(chance.sample(words, 200)), encoding="utf-8")
    with zipfile.ZipFile(target / "archive.zip", "w") as archive:
        for path in texts[:4]:
            archive.write(path, f"folder/{path.name}")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "mail"
    mail.set_content(" ".join(chance.sample(words, 50)))
    for path in texts[4:6]:
        mail.add_attachment(path.read_bytes(), maintype="text", subtype="plain", filename=path.name)
    (target / "mail.eml").write_bytes(bytes(mail))
    found = [target / "archive.zip", target / "mail.eml", *samples]
    found += _small_files(folder, chance) if folder else []
    yield from [*found, *texts[6:]][:count]


def _small_files(folder: Path, chance: random.Random) -> list[Path]:
    by_format = defaultdict(list)
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in FORMATS and path.stat().st_size <= LARGEST:
            by_format[path.suffix.lower()].append(path)
    for paths in by_format.values():
        chance.shuffle(paths)
    return [path for row in zip_longest(*by_format.values()) for path in row if path is not None]


def _filled(data: Path, files: list[Path]) -> Storage:
    storage = open_storage(IndexSettings(data=data))
    collection = storage.catalogue.collection_named(COLLECTION)
    for path in files:
        accept_file(storage.catalogue, storage.files, collection.id, path, storage.settings.max_upload)
    return storage


def _collection(storage: Storage) -> str:
    return storage.catalogue.collection_named(COLLECTION).id


def _worker(storage: Storage) -> subprocess.Popen[str]:
    """A worker in a process of its own, which has just begun to work."""
    places = {"DARASH_DATA": str(storage.settings.data), "TMPDIR": str(storage.settings.data.parent)}
    environment = {**os.environ, **places}  # noqa: TID251 - handed on to the worker as it is
    command = [sys.executable, "-m", "darash", "worker", f"--parent={os.getpid()}"]
    log = storage.settings.data / "worker.log"
    with log.open("w") as errors:
        process = subprocess.Popen(command, stderr=errors, env=environment, text=True)  # noqa: S603 - our own program
    while " begins" not in log.read_text(errors="replace"):
        if process.poll() is not None:
            raise RuntimeError(log.read_text())
        time.sleep(0.02)
    return process


def _kill_until_done(storage: Storage, kills: int, run: Run, chance: random.Random, pace: float) -> None:
    while sum(run.kills.values()) < kills and not _is_done(storage):
        with _worker(storage) as process:
            time.sleep(chance.expovariate(1 / pace))
            if _is_done(storage):
                process.terminate()
                return
            process.send_signal(signal.SIGKILL)
        with storage.engine.begin() as connection:
            held = connection.execute(documents.select().where(documents.c.lease_owner != "")).mappings().all()
            run.kills[held[0]["state"] if held else "between documents"] += 1
            connection.execute(documents.update().values(lease_until=0.0))  # as if a minute had passed


def _is_done(storage: Storage) -> bool:
    return all(record.state in ("ready", "failed") for record in storage.catalogue.documents(_collection(storage)))


def _wait_until_done(storage: Storage) -> None:
    while not _is_done(storage):
        time.sleep(0.2)


if __name__ == "__main__":
    main()
