"""The manifest of an index: which segments count, which of their passages are alive, and what they were made with.

The manifest is the index: a segment that it does not name does not exist, and replacing the file is what makes a change
visible, all at once. It is JSON, checked strictly on reading. Knows nothing of what is inside a segment's files.
"""

import json
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from indexes.errors import IndexDamaged, IndexMismatch

FORMAT = 2
FILE = "manifest.json"
REBUILD = "run `darash reindex`: it makes the index again from the database"
OUTDATED = "the worker makes it again, and nothing is found in it until then"

Count = Annotated[int, Field(ge=0)]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Size in bytes and SHA-256 (hexadecimal) of a file that never changes."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    size: Count
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True)
class Segment:
    """An immutable folder of `count` passages.

    `live` gives, per document, the positions `start` to `end` (exclusive) that may be found. A passage outside them is
    dead: its document was deleted, or read again into another segment.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    name: Annotated[str, Field(pattern=r"^segment-[0-9a-f]{32}$")]
    count: Annotated[int, Field(ge=1)]
    live: Mapping[str, tuple[Count, Count]]
    files: Mapping[Annotated[str, Field(pattern=r"^[a-z0-9_]+\.[a-z0-9]+$")], StoredFile]

    @property
    def live_count(self) -> int:
        """How many passages may be found."""
        return sum(end - start for start, end in self.live.values())

    @property
    def mask(self) -> npt.NDArray[np.bool_]:
        """For every passage, whether it may be found."""
        mask = np.zeros(self.count, np.bool_)
        for start, end in self.live.values():
            mask[start:end] = True
        return mask

    def without(self, documents: Collection[str]) -> "Segment":
        """The same segment with those documents dead."""
        return replace(self, live={name: span for name, span in self.live.items() if name not in documents})


@dataclass(frozen=True, slots=True)
class Manifest:
    """One state of an index. `folding` must be that of whoever opens it, `embedder` that of whoever adds to it."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    folding: str
    embedder: str
    dimension: Annotated[int, Field(ge=1)]
    segments: tuple[Segment, ...] = ()
    format: int = FORMAT

    @property
    def documents(self) -> frozenset[str]:
        """The documents that can be found."""
        return frozenset(document_id for segment in self.segments for document_id in segment.live)

    def require(self, folding: str, embedder: str, dimension: int) -> None:
        """Raises `IndexMismatch` unless the index was made with these."""
        self.require_folding(folding)
        if (self.embedder, self.dimension) != (embedder, dimension):
            made, here = f"{self.embedder} ({self.dimension})", f"{embedder} ({dimension})"
            raise IndexMismatch(f"the index was made with embedder {made}, this is {here}; {REBUILD}")

    def require_folding(self, folding: str) -> None:
        """Raises `IndexMismatch` unless the words of the index were folded like that."""
        if self.folding != folding:
            raise IndexMismatch(f"the index was made with Hebrew folding {self.folding}, this is {folding}; {OUTDATED}")


_shape = TypeAdapter(Manifest)


def read(folder: Path) -> Manifest | None:
    """The manifest of the index in `folder`, None where there is none yet.

    Raises `IndexDamaged` when it cannot be understood, `IndexMismatch` when another version of Darash wrote it.
    """
    path = folder / FILE
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        found = json.loads(content)
        written = found.get("format") if isinstance(found, dict) else None
        if isinstance(written, int) and written != FORMAT:
            raise IndexMismatch(f"{path} has format {written}, this version of Darash reads {FORMAT}; {OUTDATED}")
        manifest = _shape.validate_json(content, strict=True)
    except (ValueError, ValidationError) as error:
        raise IndexDamaged(f"{path} is damaged; {REBUILD} ({error})") from error
    _check(manifest, path)
    return manifest


def _check(manifest: Manifest, path: Path) -> None:
    seen: set[str] = set()
    for segment in manifest.segments:
        end_before = 0
        for start, end in sorted(segment.live.values()):
            if not end_before <= start < end <= segment.count:
                raise IndexDamaged(f"{path} is damaged: the documents of {segment.name} overlap; {REBUILD}")
            end_before = end
        if seen & segment.live.keys():
            raise IndexDamaged(f"{path} is damaged: a document is alive in two segments; {REBUILD}")
        seen |= segment.live.keys()


def write(folder: Path, manifest: Manifest) -> None:
    """Replaces the manifest. When this returns the new state is on disk; before, a crash leaves the old one."""
    path = folder / FILE
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        file.write(dumped(manifest))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    flush_folder(folder)


def dumped(manifest: Manifest) -> bytes:
    """The manifest as it is written."""
    return _shape.dump_json(manifest)


def flush_folder(folder: Path) -> None:
    """Makes the names inside a folder durable (a renamed or new file is not, until its folder is flushed)."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
