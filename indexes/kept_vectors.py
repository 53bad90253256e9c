"""Vectors that outlive the process that made them: what a large model has worked on for hours is not made twice.

Knows nothing of documents; a text is known by its SHA-256.
"""

import hashlib
import shutil
import zipfile
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path

import numpy as np

from indexes.database import new_id
from indexes.index import Embedder, Vectors

PIECE = 32
"""So many passages are embedded, and kept, at once: the work that is lost when the process ends."""


class KeptVectors:
    """Implements `Embedder` by another one, keeping the vectors of passages in a folder until `clear`."""

    def __init__(self, embedder: Embedder, folder: Path, still: Callable[[], None] = lambda: None) -> None:
        """`still` is called after each piece; what it raises ends the embedding, and nothing is lost."""
        self._embedder, self._folder, self._still = embedder, folder, still
        self._known: dict[bytes, Vectors] = {}
        for path in folder.glob("*.npz"):
            self._load(path)

    @property
    def name(self) -> str:
        """That of the other embedder."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """That of the other embedder."""
        return self._embedder.dimension

    @property
    def weight(self) -> float:
        """That of the other embedder."""
        return self._embedder.weight

    @property
    def count(self) -> int:
        """How many passages have vectors here."""
        return len(self._known)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, those that are kept and those that are made now."""
        keys = [_key(text) for text in texts]
        missing = list({key: at for at, key in enumerate(keys) if key not in self._known}.values())
        for first in range(0, len(missing), PIECE):
            some = missing[first : first + PIECE]
            self._keep([keys[at] for at in some], self._embedder.passages([texts[at] for at in some]))
            self._still()
        return np.stack([self._known[key] for key in keys]) if keys else np.zeros((0, self.dimension), np.float32)

    def question(self, text: str) -> Vectors:
        """The vector of a question, which is not kept."""
        return self._embedder.question(text)

    def keep_only(self, texts: Iterable[str]) -> None:
        """Forgets everything but the vectors of these passages, and leaves nothing of the rest on the disk."""
        wanted = self._known.keys() & {_key(text) for text in texts}
        if len(wanted) < len(self._known):
            left = {key: self._known[key] for key in wanted}
            self.clear()
            if left:
                self._keep(list(left), np.stack(list(left.values())))

    def clear(self) -> None:
        """Forgets everything."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._known.clear()

    def _keep(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / f"{new_id()}.new"
        with fresh.open("wb") as file:
            np.savez(file, keys=np.frombuffer(b"".join(keys), np.uint8).reshape(len(keys), -1), vectors=vectors)
        fresh.rename(fresh.with_suffix(".npz"))
        self._known.update(zip(keys, vectors, strict=True))

    def _load(self, path: Path) -> None:
        try:
            with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as file:
                self._known.update(zip((row.tobytes() for row in file["keys"]), file["vectors"], strict=True))
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            path.unlink(missing_ok=True)  # cut off with the machine: made again


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
