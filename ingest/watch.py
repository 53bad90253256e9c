"""Following a folder: what is in it is taken in, and then what is new, changed, moved and, where asked, deleted.

A look at the whole folder says what has changed since the look before; the operating system only says when to look, and
where it does not (network shares), there is a look every half minute. Decides when a file is taken, not what happens
to documents; see `indexes.arrival`.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import watchfiles
from sqlalchemy.exc import OperationalError

from indexes.accept import accept_file
from indexes.errors import StorageFull, TooLarge
from indexes.storage import Storage
from ingest.folder import files_in

log = logging.getLogger(__name__)

REST = 2.0
"""Seconds between two looks in which a file must not change: it is taken when nobody is writing it any more."""
LOOKS_MISSED = 15
"""After so many times `REST` there is a look without a reason."""

Stamp = tuple[int, int, int]
"""Size, and the times of the last change of the contents and of the file, in nanoseconds."""


@dataclass(slots=True)
class Following:
    """What is known of a folder from one look to the next.

    `take(file, path)` takes a file in and returns the checksum of its bytes; `gone(path)` is told of one that is no
    longer there. `taken` are the files that were taken: their stamps, and their checksums, "" where there is none.
    """

    folder: Path
    take: Callable[[Path, str], str]
    gone: Callable[[str], None]
    taken: dict[str, tuple[Stamp | None, str]] = field(default_factory=dict)
    _is_away: bool = False
    _before: dict[str, Stamp] = field(default_factory=dict)
    _missing: set[str] = field(default_factory=set)

    def look(self) -> bool:
        """Takes what is new and at rest, and tells what is gone. Whether to look again after a rest."""
        closed: list[str] = []
        files = files_in(self.folder, lambda error: closed.append(str(error.filename)))
        if str(self.folder) in closed or (self.taken and not files):
            if not self._is_away:
                log.warning("%s is empty or cannot be read; nothing is deleted, and it is waited for", self.folder)
            self._is_away = True
            return False
        self._is_away = False
        stamps = {path: stamp for path, file in files.items() if (stamp := _stamp(file)) is not None}
        new = [path for path, stamp in stamps.items() if self.taken.get(path, (None,))[0] != stamp]
        resting = [path for path in new if self._before.get(path) == stamps[path]]
        for path in resting:
            self._take(files[path], path, stamps[path])
        missing = {path for path in self.taken.keys() - files.keys() if not _is_below(path, closed, self.folder)}
        for path in sorted(missing & self._missing):
            log.info("gone: %s", path)
            self.gone(path)
            self._forget_bytes(self.taken.pop(path)[1])
        self._before, self._missing = stamps, missing - self._missing
        return len(new) > len(resting) or bool(self._missing) or self._is_due(stamps)

    def _take(self, file: Path, path: str, stamp: Stamp) -> None:
        try:
            checksum = self.take(file, path)
        except FileNotFoundError:
            return  # the next look will not find it either
        except (StorageFull, OperationalError) as error:
            log.warning("%s is taken later: %s", path, error)
            return
        except (TooLarge, OSError) as error:
            log.warning("%s is not taken: %s", path, error)
            checksum = ""
        before = self.taken.get(path, (None, ""))[1]
        self.taken[path] = (stamp, checksum)
        if before != checksum:
            log.info("taken: %s", path)
            self._forget_bytes(before)

    def _forget_bytes(self, checksum: str) -> None:
        """The document of those bytes may be replaced or deleted: other files that hold them have to be taken again."""
        for path, (_, other) in self.taken.items():
            if checksum and other == checksum:
                self.taken[path] = (None, checksum)

    def _is_due(self, stamps: dict[str, Stamp]) -> bool:
        return any(stamp is None and path in stamps for path, (stamp, _) in self.taken.items())


def watch(following: Following, stop: threading.Event) -> None:
    """Follows a folder until `stop` is set. One that vanishes or is suddenly empty, a share cut off, is waited for."""
    folder, missed = following.folder, 0
    while not stop.is_set():
        restless = following.look()
        for changed in _wakes(folder, stop):
            if changed:
                stop.wait(REST)  # so that no two looks are nearer to each other
            missed = 0 if changed or restless else missed + 1
            if changed or restless or missed % LOOKS_MISSED == 0:
                restless = following.look()


def follow(folder: Path, storage: Storage, collection_id: str, stop: threading.Event, *, delete: bool) -> None:
    """Keeps the documents of a collection as the files of a folder are, until `stop` is set.

    With `delete`, what is deleted in the folder is deleted from the collection, even if nobody was watching.
    """
    catalogue, folder = storage.catalogue, folder.resolve()

    def take(file: Path, path: str) -> str:
        return accept_file(catalogue, storage.files, collection_id, file, storage.settings.max_upload, path)[0].sha256

    def gone(path: str) -> None:
        for record in catalogue.documents_at(collection_id, path) if delete else ():
            storage.jobs.request_delete(record.id)

    log.info("watching %s; documents are read by `darash serve` or `darash worker`", folder)
    known = [record.path for record in catalogue.documents(collection_id) if not record.parent_id]
    taken = {path: (None, "") for path in known if path.startswith(f"{folder.name}/")}
    watch(Following(folder, take, gone, dict(taken)), stop)


def _wakes(folder: Path, stop: threading.Event) -> Iterator[bool]:
    """At least every `REST` seconds, whether something is said to have changed. Ends when the folder is another one."""
    identity = _identity(folder)
    try:
        told = watchfiles.watch(
            folder,
            watch_filter=None,
            stop_event=stop,
            rust_timeout=int(REST * 1000),
            yield_on_timeout=True,
            raise_interrupt=False,
            ignore_permission_denied=True,
        )
        for changes in told:
            if _identity(folder) != identity:
                return
            yield bool(changes)
    except (OSError, RuntimeError) as error:  # the second for a name that is no text
        log.info("%s is looked at from time to time: %s", folder, error)
        for _ in range(LOOKS_MISSED):
            if stop.wait(REST):
                return
            yield False


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _stamp(file: Path) -> Stamp | None:
    try:
        status = file.stat()
    except OSError:  # it vanished since the folder was read
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _is_below(path: str, folders: Iterable[str], root: Path) -> bool:
    return any((root.parent / path).is_relative_to(folder) for folder in folders)
