"""Opening the index of a collection for search, and opening it again when it has changed.

Knows nothing of how an index is written, nor of the database.
"""

import threading
from pathlib import Path

from hebrew.folding import FOLDING_VERSION
from indexes import manifest as manifests
from indexes.errors import IndexDamaged
from indexes.segment import check_segment
from indexes.snapshot import Snapshot

Signature = tuple[int, int, int]

_one_at_a_time = threading.Lock()
"""Of all readers of the process. numpy parses the heads of its files with `ast`, and older CPythons, 3.11.7 among them,
can fail with "AST constructor recursion depth mismatch" when two threads do so at once (python/cpython#106905)."""


class IndexReader:
    """The newest state of one index folder. Any number of threads may ask; only one opens."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._opened: tuple[Signature, Snapshot] | None = None
        self._checked: set[str] = set()

    def snapshot(self) -> Snapshot | None:
        """The current state; the same object until the index changes. None when there is no index in the folder.

        Raises `IndexMismatch`, `IndexDamaged`.
        """
        signature, opened = self._signature(), self._opened
        if opened is not None and opened[0] == signature:
            return opened[1]
        with self._lock:
            while (signature := self._signature()) is not None:
                if self._opened is not None and self._opened[0] == signature:
                    return self._opened[1]
                try:
                    self._opened = (signature, self._open())
                except IndexDamaged:
                    # A writer may have merged and swept what the manifest named a moment ago: then look again.
                    if self._signature() == signature:
                        raise
            self._opened = None
            return None

    def _open(self) -> Snapshot:
        manifest = manifests.read(self.folder)
        if manifest is None:
            raise IndexDamaged(f"{self.folder / manifests.FILE} vanished; {manifests.REBUILD}")
        manifest.require_folding(str(FOLDING_VERSION))
        for segment in manifest.segments:
            if segment.name not in self._checked:  # they never change: reading every byte once is enough
                check_segment(self.folder / segment.name, segment.files)
        self._checked = {segment.name for segment in manifest.segments}
        try:
            with _one_at_a_time:
                return Snapshot(self.folder, manifest, self._opened[1] if self._opened else None)
        except OSError as error:
            raise IndexDamaged(f"a file in {self.folder} vanished; {manifests.REBUILD} ({error})") from error

    def _signature(self) -> Signature | None:
        try:
            status = (self.folder / manifests.FILE).stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size
