"""The files of documents on disk: the original as it was uploaded, and the images of its pages.

`files/<document id>/original`, `files/<document id>/pages/<number>.webp`; arriving and leaving ones are in
`files/incoming/`, the files found inside a document, while it is read, in `files/<document id>/parts-*`.
Names from outside never become paths: only ids made here do.
"""

import errno
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from indexes.database import new_id
from indexes.errors import StorageFull, TooLarge

_PARTS = "parts-"


@dataclass(frozen=True, slots=True)
class StoredUpload:
    """A complete upload, on disk and flushed, that no document has taken yet."""

    path: Path
    sha256: str
    size: int


class DocumentFiles:
    """The folder of originals and page images."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "files"
        self.incoming = self.folder / "incoming"

    def receive(self, pieces: Iterable[bytes], limit: int) -> StoredUpload:
        """Writes and flushes at most `limit` bytes. Raises `TooLarge` or `StorageFull` and then leaves nothing."""
        path = self.incoming / new_id()
        digest, size = hashlib.sha256(), 0
        try:
            self.incoming.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                for piece in pieces:
                    size += len(piece)
                    if size > limit:
                        raise TooLarge(f"an upload is over {limit} bytes")
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            path.unlink(missing_ok=True)
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StorageFull(f"no room for an upload of {size} bytes in {self.incoming}") from error
            raise
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return StoredUpload(path, digest.hexdigest(), size)

    def keep(self, upload: StoredUpload, document_id: str) -> None:
        """Makes an upload the original of a document."""
        target = self.original(document_id)
        target.parent.mkdir(parents=True, exist_ok=True)
        upload.path.replace(target)
        descriptor = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def keep_part(self, file: Path, document_id: str) -> StoredUpload:
        """Makes a file that was found inside another one, somewhere in the data folder, the original of a document."""
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
            os.fsync(content.fileno())
        upload = StoredUpload(file, digest, file.stat().st_size)
        self.keep(upload, document_id)
        return upload

    @contextmanager
    def parts(self, document_id: str) -> Iterator[Path]:
        """An empty folder for the files found inside a document, for as long as it is read.

        What an attempt that was killed has left goes too; its reading process may still be writing there.
        """
        folder = self.folder / document_id
        self._remove_parts(folder)
        with TemporaryDirectory(prefix=_PARTS, dir=folder, ignore_cleanup_errors=True) as parts:
            yield Path(parts)
        self._remove_parts(folder)  # what that process wrote meanwhile; whoever lost the document does not come here

    def _remove_parts(self, folder: Path) -> None:
        for path in folder.glob(f"{_PARTS}*"):
            shutil.rmtree(path, ignore_errors=True)

    def original(self, document_id: str) -> Path:
        """The document as it was uploaded."""
        return self.folder / document_id / "original"

    def page_images(self, document_id: str) -> Path:
        """The folder of the page images of a document."""
        return self.folder / document_id / "pages"

    def page_image(self, document_id: str, number: int) -> Path:
        """The image of a page; it exists only for formats that have pages."""
        return self.page_images(document_id) / f"{number}.webp"

    def sweep(self, is_known: Callable[[str], bool], seconds: float) -> int:
        """Removes what crashed uploads left, older than that: files on their way, folders that no document owns.

        Returns how many went. Where most folders are unknown, the database is the wrong one, and they stay.
        """
        old = [path for path in _entries(self.incoming) if _is_older(path, seconds)]
        folders = [path for path in _entries(self.folder) if path != self.incoming]
        orphans = [path for path in folders if not is_known(path.name)]
        if 2 * len(orphans) <= len(folders):
            old += [path for path in orphans if _is_older(path, seconds)]
        for path in old:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        return len(old)

    def remove(self, document_id: str) -> None:
        """Removes everything kept of a document. Raises `OSError` when something stays."""
        folder, leaving = self.folder / document_id, self.incoming / document_id
        self.incoming.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # what a removal that was cut off has left
            shutil.rmtree(leaving)
        with suppress(FileNotFoundError):  # it is gone already
            folder.replace(leaving)  # whoever is still writing into it loses the place at once
            shutil.rmtree(leaving)


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _is_older(path: Path, seconds: float) -> bool:
    try:
        return path.stat().st_mtime < time.time() - seconds
    except FileNotFoundError:  # another worker was faster
        return False
