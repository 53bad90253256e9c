"""What works here and what needs care, a sentence each: what `darash doctor` says, for those who never see a terminal.

Looks and changes nothing. Of collections that are closed to whoever asks it tells no names.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexes.catalogue import Collection
from indexes.errors import EmbedderUnavailable, IndexDamaged, IndexMismatch
from indexes.occupied import database_size
from indexes.reembedding import Reembedding
from webui.filename import visible
from webui.services import Services
from webui.size import size_text
from webui.texts import status_texts
from webui.work import work_on

LEAST_FREE = 2 << 30
"""Bytes: a scan of a thousand pages, its images and the index take about so much."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, in words; `documents` where what to do is found among them."""

    fine: bool
    said: str
    documents: bool = False


@dataclass(frozen=True, slots=True)
class Embedding:
    """The chosen embedder, "" where it is not to be had, and how far each collection is on its way to it."""

    name: str
    ways: tuple[Reembedding, ...] = ()
    damaged: tuple[Collection, ...] = ()
    outdated: tuple[Collection, ...] = ()

    @property
    def done(self) -> int:
        """Passages that have its vectors."""
        return sum(way.done for way in self.ways)

    @property
    def total(self) -> int:
        """All passages."""
        return sum(way.total for way in self.ways)


def embedding(services: Services) -> Embedding:
    """How it stands with the embedder, over all collections."""
    ways, damaged, outdated = list[Reembedding](), list[Collection](), list[Collection]()
    try:
        name = services.indexes.embedders.chosen().name
        for collection in services.catalogue.collections():
            try:
                ways.append(services.indexes.progress(collection.id))
            except IndexDamaged:
                damaged.append(collection)
            except IndexMismatch:
                outdated.append(collection)
    except EmbedderUnavailable:
        name = ""
    return Embedding(name, tuple(ways), tuple(damaged), tuple(outdated))


def checkup(services: Services, readable: Sequence[Collection], embedded: Embedding) -> list[Finding]:
    """Everything that was looked at, what needs care first."""
    findings = [*_documents(services, readable), *_indexes(embedded, readable), *_machine(services)]
    return sorted(findings, key=lambda finding: finding.fine)


def _documents(services: Services, readable: Sequence[Collection]) -> Iterator[Finding]:
    everything = [
        record for each in services.catalogue.collections() for record in services.catalogue.documents(each.id)
    ]
    work = work_on(everything)
    waiting = f" {_counted(status_texts.QUEUED, work.queued)}" if work.queued else ""
    yield Finding(work.state != "stalled", status_texts.WORKER[work.state] + waiting)
    mine = {collection.id for collection in readable}
    failed = work_on([record for record in everything if record.collection_id in mine]).failed
    if failed:
        yield Finding(False, _counted(status_texts.FAILED, failed), documents=True)
    else:
        yield Finding(True, status_texts.FAILED_NONE)


def _indexes(embedded: Embedding, readable: Sequence[Collection]) -> Iterator[Finding]:
    mine = {collection.id for collection in readable}
    for sentence, collections in (
        (status_texts.INDEX_BROKEN, embedded.damaged),
        (status_texts.INDEX_OLD, embedded.outdated),
    ):
        for one in collections:
            name = visible(one.name) if one.id in mine else status_texts.UNNAMED_COLLECTION
            yield Finding(False, sentence.format(name=name))


def _machine(services: Services) -> Iterator[Finding]:
    disk = shutil.disk_usage(services.data)
    free, total = size_text(disk.free), size_text(disk.total)
    fine = disk.free >= LEAST_FREE
    yield Finding(fine, (status_texts.DISK_FINE if fine else status_texts.DISK_FULL).format(free=free, total=total))
    reads_scans = shutil.which("tesseract") is not None
    yield Finding(reads_scans, status_texts.OCR_FINE if reads_scans else status_texts.OCR_MISSING)
    size = size_text(database_size(services.engine))
    yield Finding(True, status_texts.DATABASE[services.engine.dialect.name].format(size=size))


def _counted(sentences: tuple[str, str], count: int) -> str:
    return sentences[0] if count == 1 else sentences[1].format(count=count)
