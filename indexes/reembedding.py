"""One index on its way to another embedder: made anew beside the old one, which serves until the new one is complete.

The new index grows in the folder `next-*` of the old one and then takes its place in one swap. Whatever ends the work,
it goes on where it was: the index beside it is a whole index, and what is embedded of the documents at hand is kept.
"""

import hashlib
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hebrew.folding import FOLDING_VERSION
from indexes import manifest as manifests
from indexes.chunk import Chunk
from indexes.embedders import WordsAlone
from indexes.errors import IndexDamaged, IndexMismatch
from indexes.index import Embedder
from indexes.kept_vectors import PIECE, KeptVectors
from indexes.local import LocalIndex
from indexes.manifest import Manifest
from indexes.merging import Still
from indexes.succession import SucceedingIndex

VECTORS = "vectors"
BATCH = 1000
"""So many passages make a segment of the new index."""


@dataclass(frozen=True, slots=True)
class Reembedding:
    """How far an index is on its way to the chosen embedder: `done` of `total` passages, all of them when it is there.

    `embedder` is the one that it is searched with meanwhile.
    """

    collection_id: str
    embedder: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Documents:
    """What is to be embedded, as the database has it.

    `ready` are the documents whose chunks do not change any more; `wanted` says whether one of some documents is
    searchable or on the way to be; `chunks_of` gives the chunks of a document.
    """

    ready: Callable[[], Sequence[str]]
    wanted: Callable[[Collection[str]], bool]
    chunks_of: Callable[[str], Sequence[Chunk]]


def reembed(folder: Path, embedder: Embedder, documents: Documents, still: Still) -> bool:
    """Gives the index in `folder` that embedder. May be repeated, and goes on where it was.

    False when a document came in meanwhile: repeat it. What `still` raises ends the work.
    Raises `IndexDamaged`, `StorageFull`, `EmbedderUnavailable`.
    """
    beside = _beside(folder, embedder.name)
    sweep(folder, but=beside)
    done = _read(beside)
    if done is None or done.folding != str(FOLDING_VERSION):
        (beside / manifests.FILE).unlink(missing_ok=True)  # of no use; its segments go with the first swap
    kept = KeptVectors(embedder, beside / VECTORS, still)
    new = SucceedingIndex(beside, kept)
    for batch in _batches(documents, _left(folder, beside)):
        still()
        forget_removed(folder)
        new.extend(batch, still)
        kept.clear()
    new.extend({})  # so that there is an index, though it may be empty
    if not new.succeed(folder, documents.wanted):
        return False
    sweep(folder)
    return True


def reembedded(folder: Path, embedder: str) -> int:
    """How many passages of the index in `folder` have got vectors of that embedder while they still have others."""
    beside = _beside(folder, embedder)
    kept = sum(PIECE for _ in (beside / VECTORS).glob("*.npz"))
    return passages_in(_read(beside)) + kept


def passages_in(manifest: Manifest | None) -> int:
    """How many passages of an index may be found."""
    return sum(segment.live_count for segment in manifest.segments) if manifest else 0


def sweep(folder: Path, but: Path | None = None) -> None:
    """Removes the indexes that were to follow the one in `folder`, except one."""
    for path in folder.glob("next-*"):
        if path != but:
            shutil.rmtree(path, ignore_errors=True)


def forget_vectors(folder: Path, documents: Documents) -> None:
    """Leaves nothing of the vectors of documents that are gone."""
    for beside in folder.glob("next-*"):
        kept = KeptVectors(WordsAlone(), beside / VECTORS)
        if kept.count:
            at_hand: Mapping[str, Sequence[Chunk]] = next(_batches(documents, _left(folder, beside)), {})
            kept.keep_only(chunk.searchable for chunks in at_hand.values() for chunk in chunks)


def forget_removed(folder: Path) -> None:
    """Leaves nothing in the index beside of documents that are not in the one in `folder` any more."""
    for beside in folder.glob("next-*"):
        there, here = _read(beside), manifests.read(folder)
        if there is None or here is None or there.documents <= here.documents:
            continue
        new = LocalIndex(beside, WordsAlone(there.embedder, there.dimension))
        for document_id in there.documents - here.documents:
            new.remove(document_id)
        new.purge()


def _beside(folder: Path, embedder: str) -> Path:
    return folder / f"next-{hashlib.sha256(embedder.encode()).hexdigest()[:8]}"


def _read(folder: Path) -> Manifest | None:
    """The manifest of an index that is being made; None when there is none, or none that is of use."""
    try:
        return manifests.read(folder)
    except (IndexDamaged, IndexMismatch):
        return None


def _left(folder: Path, beside: Path) -> frozenset[str]:
    """The documents that are still to be embedded."""
    here, there = manifests.read(folder), _read(beside)
    return (here.documents if here else frozenset()) - (there.documents if there else frozenset())


def _batches(documents: Documents, left: Collection[str]) -> Iterator[Mapping[str, Sequence[Chunk]]]:
    batch: dict[str, Sequence[Chunk]] = {}
    for document_id in documents.ready():
        if document_id in left:
            batch[document_id] = documents.chunks_of(document_id)
            if sum(map(len, batch.values())) >= BATCH:
                yield batch
                batch = {}
    if batch:
        yield batch
