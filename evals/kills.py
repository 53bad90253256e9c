"""What kill -9 does to a Darash in use: `python -m evals.kills [--kills 100] [--seed 1] [--pace 3]`.

A real server and its worker run over an empty data folder, on SQLite or on what `DARASH_DATABASE_URL` names. Clients
upload, move, delete, rename, grant, share and ask without pause, and backups are made. At random moments the web, the
worker, both, or a backup are killed, and started again. Each time everything that was acknowledged has to be there, and
`darash verify` to find nothing. In the end all documents are read, and the last backups are restored and looked at too.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from evals.kills_client import Client, content_of
from evals.kills_promises import Key, Promises, Value
from evals.kills_server import Server, kill
from indexes.errors import BackupDamaged
from indexes.keeping.backup_file import members_of
from indexes.keeping.verify import findings
from indexes.record import documents
from indexes.settings import IndexSettings
from indexes.storage import Storage, open_storage

TARGETS = {"web and worker": 3, "web": 2, "worker": 3, "backup": 3}
"""What is killed, and how often."""
BACKUPS = 0.4
"""The share of the other kills in which a backup is being made too."""
CLIENTS = 3
RESTORED = 3
"""So many of the backups are restored."""


@dataclass
class Outcome:
    """What happened: the kills, what was acknowledged, what a kill left open, backups, and what is wrong."""

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    left_open: int = 0
    backups: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def main() -> None:
    """Parses the command line and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pace", type=float, default=3.0, help="mean seconds until something is killed")
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - to be repeated, not to be secret
    with tempfile.TemporaryDirectory(prefix="darash-kills-") as work:
        found = torture(Path(work), options.kills, chance, options.pace)
    for name, counts in (("kills", found.kills), ("acknowledged", found.acknowledged), ("refused", found.refused)):
        print(f"{name:22}{counts.total():6}  {', '.join(f'{each} {n}' for each, n in counts.most_common())}")
    print(f"under way at a kill   {found.left_open:6}")
    for name, counts in (("backups", found.backups), ("documents", found.documents)):
        print(f"{name:22}{counts.total():6}  {', '.join(f'{each} {n}' for each, n in counts.most_common())}")
    print(f"wrong                 {len(found.wrong):6}", *found.wrong[:20], sep="\n")
    sys.exit(bool(found.wrong))


def torture(work: Path, kills: int, chance: random.Random, pace: float) -> Outcome:
    """Runs a Darash until so many kills have been survived. `pace` is in seconds."""
    outcome, promises = Outcome(), Promises()
    storage = open_storage(IndexSettings(data=work / "data"))
    storage.catalogue.create_collection("nobody's")  # else the samples would be read first
    server = Server(work / "data")
    clients = [Client(server, str(number), promises, random.Random(chance.random())) for number in range(CLIENTS)]  # noqa: S311
    server.start()
    while outcome.kills.total() < kills:
        (target,) = chance.choices(list(TARGETS), list(TARGETS.values()))
        is_backed_up = target == "backup" or chance.random() < BACKUPS
        _round(server, clients, target, chance.expovariate(1 / pace), outcome, is_backed_up)
        outcome.kills[target] += 1
        outcome.left_open += promises.open
        _look(server, storage, promises, f"after kill {outcome.kills.total()} ({target})", outcome)
    _let_finish(server, storage, outcome)
    _look(server, storage, promises, "in the end", outcome)
    server.stop()
    outcome.acknowledged = promises.acknowledged
    outcome.refused = sum((client.refused for client in clients), Counter())
    outcome.wrong += _verified(server, work, outcome)
    storage.engine.dispose()
    return outcome


def _round(
    server: Server, clients: list[Client], target: str, seconds: float, outcome: Outcome, is_backed_up: bool
) -> None:
    """Everybody works for some seconds, then something is killed, and started again."""
    stop = threading.Event()
    threads = [threading.Thread(target=client.work, args=(stop,)) for client in clients]
    for thread in threads:
        thread.start()
    file = server.data.parent / f"{outcome.backups.total()}.tar"
    backup = server.run("backup", str(file)) if is_backed_up else None
    time.sleep(seconds)
    if target == "backup" and backup:
        kill([backup.pid])
    elif target == "worker":
        kill(server.workers())
    else:
        server.kill(worker=target != "web")
    if backup:
        said, _ = backup.communicate()
        outcome.wrong += _backup_wrong(file, backup, said, outcome)
    stop.set()
    for thread in threads:
        thread.join()
    if target.startswith("web"):
        server.start()


def _backup_wrong(file: Path, backup: subprocess.Popen[str], said: str, outcome: Outcome) -> Iterator[str]:
    """A backup has its name when it is complete, and only then."""
    if not file.exists():
        outcome.backups["cut off"] += 1
        if backup.returncode >= 0:
            yield f"a backup failed: {said[-1000:]}"
        return
    outcome.backups["complete"] += 1
    try:
        for _ in members_of(file):
            pass
    except BackupDamaged as error:
        yield f"{file.name}: {error}"
    if backup.returncode > 0:
        yield f"{file.name} was made, and: {said[-1000:]}"


def _look(server: Server, storage: Storage, promises: Promises, when: str, outcome: Outcome) -> None:
    """Everything acknowledged is there, and nothing is wrong with what is kept."""
    outcome.wrong += [f"{when}: {said}" for said in promises.broken(_state(server, storage, promises))]
    outcome.wrong += [f"{when}: {said}" for said in findings(storage)]


def _state(server: Server, storage: Storage, promises: Promises) -> dict[Key, Value]:
    """What the server says of everything that was promised."""
    found: dict[Key, Value] = {}
    with server.browser() as browser:
        names = {each["id"]: each["name"] for each in browser.get("/api/collections").raise_for_status().json()}
        found |= {key: names.get(key[2]) for key in promises.below("collection")}
        for collection_id in names:
            listed = browser.get("/api/documents", params={"collection": collection_id}).raise_for_status().json()
            for document in listed:
                found["file", collection_id, document["filename"]] = _path(storage, document)
            for term, meaning in storage.glossaries.pairs(collection_id):
                found["pair", collection_id, term] = meaning
            grants = browser.get(f"/api/collections/{collection_id}/grants").raise_for_status().json()
            found["grant", collection_id] = next((each["level"] for each in grants if each["whom"] == "team"), None)
        for conversation in browser.get("/api/conversations").raise_for_status().json():
            found |= {key: conversation["title"] for key in promises.below("title") if key[2] == conversation["id"]}
            for turn in browser.get(f"/api/conversations/{conversation['id']}").json()["turns"]:
                found["answer", conversation["id"], turn["id"]] = turn["said"]["text"]
    for key in promises.below("link"):
        opened = httpx.get(f"{server.address}/shared/{key[1]}", trust_env=False, timeout=60)
        found[key] = "open" if opened.is_success else "closed"
    return found | {key: promises.sure(key) for key in promises.below("share")}  # ids that nobody shows


def _path(storage: Storage, document: dict[str, str]) -> str:
    """Where the document is, if its original is what was uploaded."""
    is_upload = not document["parent_id"]
    if is_upload and storage.files.original(document["id"]).read_bytes() != content_of(document["filename"]):
        return "other bytes"
    return document["path"]


def _let_finish(server: Server, storage: Storage, outcome: Outcome) -> None:
    """Waits until the worker has nothing left to do."""
    with storage.engine.begin() as connection:  # as if the leases of those killed had run out
        connection.execute(documents.update().values(lease_until=0.0))
    end = time.monotonic() + 600
    while time.monotonic() < end:
        records = [each for known in storage.catalogue.collections() for each in storage.catalogue.documents(known.id)]
        outcome.documents = Counter(record.state for record in records)
        if set(outcome.documents) <= {"ready", "failed"} and not storage.jobs.are_deletions_left():
            outcome.wrong += [f"{each.filename} failed: {each.detail}" for each in records if each.state == "failed"]
            return
        time.sleep(0.3)
    outcome.wrong.append(f"the worker has not come to an end: {dict(outcome.documents)}")


def _verified(server: Server, work: Path, outcome: Outcome) -> Iterator[str]:
    """What the command itself says of the data folder, and of those of the last backups."""
    yield from _command_wrong(server, "verify")
    for file in sorted(work.glob("*.tar"), key=lambda path: int(path.stem))[-RESTORED:]:
        data = work / f"restored-{file.stem}"
        wrong = [*_command_wrong(server, "restore", str(file), data=data), *_command_wrong(server, "verify", data=data)]
        outcome.backups["restored"] += not wrong
        yield from (f"{file.name}: {said}" for said in wrong)


def _command_wrong(server: Server, *words: str, data: Path | None = None) -> Iterator[str]:
    with server.run(*words, data=data) as process:
        said, _ = process.communicate()
    if process.returncode:
        yield f"{words[0]}: {said[-2000:]}"


if __name__ == "__main__":
    main()
