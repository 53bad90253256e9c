"""What an ingest has led to, without the ids that differ from one ingest to the next, so that two can be compared."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from indexes import manifest as manifests
from indexes.local import index_folder
from indexes.segment import check_segment, chunk_ids
from indexes.storage import Storage, open_search

SEARCHES = 200
"""At most so many questions are compared, taken evenly from the passages."""
HITS = 10
CLOSE = 1e-3
"""Scores that differ by less are equal: sums of floating-point numbers depend on their order."""


@dataclass
class State:
    """The documents by checksum (state, reason, path), their passages, searches with their hits, and what is broken."""

    documents: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    passages: Counter[tuple[str, str]] = field(default_factory=Counter)
    searches: dict[str, list[tuple[float, str]]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def state_of(storage: Storage, collection: str) -> State:
    """Reads everything that is kept of a collection on which nobody works any more."""
    collection_id, state, live = storage.catalogue.collection_named(collection).id, State(), set()
    for record in storage.catalogue.documents(collection_id):
        state.documents[record.sha256] = (record.state, record.reason, record.path)
        chunks = storage.passages.chunks_of_document(record.id)
        if record.state == "ready":
            live |= {chunk.id for chunk in chunks}
            state.passages.update((record.sha256, chunk.searchable) for chunk in chunks)
        state.broken += _files_broken(record.sha256, storage.files.folder / record.id)
    state.broken += _index_broken(index_folder(storage.settings.data, collection_id), live)
    search = open_search(storage)
    questions = sorted({text[-120:].strip() for _, text in state.passages})
    for question in questions[:: 1 + len(questions) // SEARCHES]:
        hits = search.search([collection_id], question, HITS)
        state.searches[question] = [(hit.score, hit.chunk.searchable) for hit in hits]
    return state


def differences(expected: State, found: State) -> list[str]:
    """What is not as it should be, a line each; nothing where two states are equal."""
    said = list(found.broken)
    for checksum in expected.documents.keys() | found.documents.keys():
        ends = [state.documents.get(checksum, ("absent", "", "")) for state in (expected, found)]
        if ends[0] != ends[1]:
            said.append(f"document {checksum[:8]} is {ends[1]} instead of {ends[0]}")
    for passage in expected.passages | found.passages:
        counts = expected.passages[passage], found.passages[passage]
        if counts[0] != counts[1]:
            said.append(f"passage {passage[1][:40]!r} is there {counts[1]} times instead of {counts[0]}")
    for question in expected.searches.keys() & found.searches.keys():
        if not _are_equal(expected.searches[question], found.searches[question]):
            said.append(f"the hits of {question!r} differ")
    return said


def _are_equal(first: list[tuple[float, str]], second: list[tuple[float, str]]) -> bool:
    """Whether scores are the same, and so are passages but for those that share the last score of a full list."""
    if len(first) != len(second) or any(abs(a - b) > CLOSE for (a, _), (b, _) in zip(first, second, strict=True)):
        return False
    cut = first[-1][0] + CLOSE if len(first) == HITS else float("-inf")
    texts = [Counter(text for score, text in hits if score > cut) for hits in (first, second)]
    return texts[0] == texts[1]


def _files_broken(checksum: str, folder: Path) -> Iterator[str]:
    if sha256((folder / "original").read_bytes()).hexdigest() != checksum:
        yield f"the file of {checksum[:8]} is another one"
    if left := [path.name for path in folder.iterdir() if path.name not in ("original", "pages")]:
        yield f"{left} is left beside the file of {checksum[:8]}"


def _index_broken(folder: Path, live: set[str]) -> Iterator[str]:
    manifest = manifests.read(folder)
    if manifest is None:
        yield "there is no index"
        return
    found = Counter[str]()
    for segment in manifest.segments:
        check_segment(folder / segment.name, segment.files)
        ids = [each.decode() for each in chunk_ids(folder / segment.name)]
        found.update(ids[at] for start, end in segment.live.values() for at in range(start, end))
    if found != Counter(live):
        yield f"the index holds {sum(found.values())} passages, the database {len(live)}"
    if left := {path.name for path in folder.glob("segment-*")} - {segment.name for segment in manifest.segments}:
        yield f"{sorted(left)} are left in the index"
