import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from hebrew.terms import question_terms
from indexes import manifest as manifests
from indexes.chunk import Chunk, Span
from indexes.errors import IndexDamaged, IndexMismatch, StorageFull
from indexes.local import EMBED_AT_ONCE, MOST_ALIKE, LocalIndex
from indexes.reader import IndexReader
from tests.fake_embedder import FakeEmbedder

ROOT = Path(__file__).parents[3]


def chunks_of(document_id, *texts):
    return [
        Chunk(f"{document_id}-{number}", document_id, "c", "כותרת", (), (Span(1, 0, len(text)),), text)
        for number, text in enumerate(texts)
    ]


class Shelf:
    """An index, and the chunks that were put into it."""

    def __init__(self, folder, embedder=None):
        self.stored = {}
        self.embedder = embedder or FakeEmbedder()
        self.index = LocalIndex(folder, self.embedder)
        self.reader = IndexReader(folder)

    def add(self, document_id, *texts):
        chunks = chunks_of(document_id, *texts)
        self.stored |= {chunk.id: chunk for chunk in chunks}
        self.index.add(document_id, chunks)

    def found(self, question):
        """The ids of all passages with a word of the question, with their scores: what a person could see."""
        snapshot = self.reader.snapshot()
        if snapshot is None:
            return {}
        candidates = snapshot.candidates(question_terms(question), self.embedder.question(question), 1000)
        return {
            chunk_id: (float(words), float(meaning))
            for chunk_id, words, meaning in zip(candidates.chunk_ids, candidates.words, candidates.meaning, strict=True)
            if words > 0
        }

    def segments(self):
        return {path.name for path in self.index.folder.glob("segment-*")}


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "index")


def test_an_added_document_is_found_and_others_stay(shelf):
    """Each added document can be found by its words, in the snapshot taken after it was added."""
    assert shelf.found("ארנונה") == {}
    shelf.add("one", "הנחה בארנונה לנכים", "שעות פתיחה")
    shelf.add("two", "תעריפי מים")
    assert set(shelf.found("ארנונה")) == {"one-0"}
    assert set(shelf.found("מים")) == {"two-0"}


def test_adding_again_replaces_and_may_be_repeated(shelf):
    """A document read again loses its old passages; adding the same thing twice changes nothing that can be found."""
    shelf.add("one", "הנחה בארנונה", "פרק שני על ארנונה")
    shelf.add("two", "ארנונה למגורים")
    shelf.add("one", "הנחה במים")
    assert set(shelf.found("ארנונה")) == {"two-0"}
    once = shelf.found("הנחה מים ארנונה")
    shelf.add("one", "הנחה במים")
    assert shelf.found("הנחה מים ארנונה") == once


def test_a_removed_document_is_gone(shelf):
    """Removing hides every passage of the document, and may be repeated."""
    shelf.add("one", "הנחה בארנונה")
    shelf.add("two", "ארנונה למגורים")
    shelf.index.remove("one")
    shelf.index.remove("one")
    shelf.index.remove("never there")
    assert set(shelf.found("ארנונה")) == {"two-0"}


def test_one_document_takes_the_place_of_another(shelf):
    """No reader ever sees both or neither: the old one goes in the same state in which the new one comes."""
    shelf.add("old", "ארנונה ישנה")
    shelf.add("other", "מים")
    chunks = chunks_of("new", "ארנונה חדשה")
    shelf.stored |= {chunk.id: chunk for chunk in chunks}
    before = manifests.read(shelf.index.folder)
    shelf.index.add("new", chunks, instead_of="old")
    after = manifests.read(shelf.index.folder)
    assert (before.documents, after.documents) == ({"old", "other"}, {"new", "other"})
    assert set(shelf.found("ארנונה")) == {"new-0"}
    assert (shelf.index.holds("new"), shelf.index.holds("old")) == (True, False)


@pytest.mark.parametrize("calls", [0, 1, 2])
def test_work_that_is_no_longer_wanted_changes_nothing(shelf, calls):
    """Adding ends between two batches of passages, or just before it would become visible."""
    asked = []

    def still():
        asked.append(1)
        if len(asked) > calls:
            raise InterruptedError

    shelf.add("one", "ארנונה")
    before = manifests.read(shelf.index.folder)
    with pytest.raises(InterruptedError):
        shelf.index.add("two", chunks_of("two", *["ארנונה"] * (EMBED_AT_ONCE + 1)), instead_of="one", still=still)
    assert manifests.read(shelf.index.folder) == before
    assert len(asked) == calls + 1


def test_purging_leaves_nothing_of_what_was_removed(shelf):
    """Segments with dead passages are written anew; those without are kept as they are, nameless ones go."""
    shelf.index.rebuild([chunks_of(name, *[f"ארנונה {name}"] * 4) for name in ("one", "two", "three")])
    shelf.stored |= {c.id: c for name in ("one", "two", "three") for c in chunks_of(name, *[f"ארנונה {name}"] * 4)}
    shelf.add("four", "מים")
    (_, untouched) = manifests.read(shelf.index.folder).segments
    shelf.index.remove("two")
    shelf.index.purge()
    (new, kept) = manifests.read(shelf.index.folder).segments
    assert kept == untouched
    assert (new.count, set(new.live)) == (8, {"one", "three"})
    assert shelf.segments() == {kept.name, new.name}
    (shelf.index.folder / ("segment-" + "f" * 32)).mkdir()
    shelf.index.purge()
    assert shelf.segments() == {kept.name, new.name}
    assert set(shelf.found("ארנונה")) == {f"{name}-{number}" for name in ("one", "three") for number in range(4)}


def test_a_document_without_text_makes_an_empty_index(shelf):
    """A ready document may have no chunk at all; the index is then there, and empty."""
    shelf.add("one")
    assert shelf.reader.snapshot().size == 0
    assert shelf.found("ארנונה") == {}


def test_scores_do_not_depend_on_how_the_index_was_written(shelf, tmp_path):
    """Many adds, replacements, removals and merges score exactly as one fresh index of the same documents."""
    words = ["ארנונה", "מים", "הנחה", "נכים", "תושב", "מועצה", "ועדה", "החלטה", "תקציב", "חינוך"]
    chance = np.random.default_rng(3)
    for step in range(60):
        document_id = f"d{chance.integers(20)}"
        if chance.random() < 0.25:
            shelf.index.remove(document_id)
            shelf.stored = {key: chunk for key, chunk in shelf.stored.items() if chunk.document_id != document_id}
        else:
            texts = [" ".join(chance.choice(words, 5)) + f" {step}" for _ in range(chance.integers(1, 4))]
            shelf.stored = {key: chunk for key, chunk in shelf.stored.items() if chunk.document_id != document_id}
            shelf.add(document_id, *texts)
        if chance.random() < 0.5:
            shelf.index.merge_due()
    fresh = Shelf(tmp_path / "fresh")
    fresh.index.rebuild([[chunk] for chunk in shelf.stored.values()])
    assert len(shelf.stored) > 10
    for question in words:
        expected, found = fresh.found(question), shelf.found(question)
        assert found.keys() == expected.keys()
        for chunk_id, scores in found.items():
            assert scores == pytest.approx(expected[chunk_id], abs=1e-5)


def test_many_small_segments_are_merged(shelf):
    """However many documents are added one by one, few segments remain, and no dead folder."""
    for number in range(3 * MOST_ALIKE):
        shelf.add(f"d{number}", f"ארנונה {number}")
    assert len(shelf.segments()) == 3 * MOST_ALIKE
    shelf.index.merge_due()
    manifest = manifests.read(shelf.index.folder)
    assert len(manifest.segments) < 2 * MOST_ALIKE
    assert shelf.segments() == {segment.name for segment in manifest.segments}
    assert len(shelf.found("ארנונה")) == 3 * MOST_ALIKE


def test_mostly_dead_segments_are_written_anew(shelf):
    """When most passages of a segment are dead, it is replaced by one without them."""
    shelf.add("one", "ארנונה")
    shelf.index.rebuild([chunks_of("one", "ארנונה"), chunks_of("two", "מים", "מים", "מים")])
    shelf.index.remove("two")
    shelf.index.merge_due()
    (segment,) = manifests.read(shelf.index.folder).segments
    assert (segment.count, set(segment.live)) == (1, {"one"})


def test_compacting_leaves_one_segment_and_changes_no_score(shelf):
    """Words and vectors are kept, and what was removed is gone."""
    shelf.add("one", "ארנונה", "מים")
    shelf.add("two", "ביוב")
    shelf.add("three", "מים")
    shelf.index.remove("three")
    before = shelf.found("ארנונה מים ביוב")
    shelf.index.compact()
    assert len(shelf.segments()) == 1
    assert manifests.read(shelf.index.folder).segments[0].count == 3
    after = shelf.found("ארנונה מים ביוב")
    assert after.keys() == before.keys()
    for chunk_id, scores in after.items():
        assert scores == pytest.approx(before[chunk_id], abs=1e-6)


@pytest.mark.parametrize("moment", [1, 2, 5])
def test_documents_come_and_go_while_segments_are_merged(shelf, moment):
    """A merge holds up no other writer, and neither brings back what was removed nor loses what was added meanwhile."""
    written = [
        [*chunks_of(f"a{number}", "ארנונה"), *chunks_of(f"b{number}", "ארנונה", "מים")] for number in range(MOST_ALIKE)
    ]
    with shelf.index._writing():
        shelf.index._swap(
            shelf.index._write(chunks, shelf.embedder.passages([chunk.text for chunk in chunks])) for chunks in written
        )
    steps = []

    def still():
        steps.append(1)
        if len(steps) == moment:
            for document_id in ("a3", "a4", "b4"):
                shelf.index.remove(document_id)
            shelf.add("a5", "ביוב")
            shelf.add("late", "ארנונה")

    shelf.index.merge_due(still)
    gone = {"a3-0", "a4-0", "b4-0", "a5-0"}
    stay = {f"{letter}{number}-0" for number in range(MOST_ALIKE) for letter in "ab"} - gone
    assert set(shelf.found("ארנונה")) == stay | {"late-0"}
    assert set(shelf.found("ביוב")) == {"a5-0"}
    shelf.index.purge()
    assert shelf.segments() == {segment.name for segment in manifests.read(shelf.index.folder).segments}
    assert sum(segment.count for segment in manifests.read(shelf.index.folder).segments) == 8 * 3 - 4 + 1


def test_a_merge_is_given_up_when_the_index_is_made_anew_meanwhile(shelf):
    """What was merged of the old index is thrown away."""
    for number in range(MOST_ALIKE):
        shelf.add(f"d{number}", "ארנונה")
    steps = []

    def still():
        steps.append(1)
        if len(steps) == 2:
            with shelf.index._writing():
                vectors = FakeEmbedder().passages(["ארנונה"])
                shelf.index._swap([shelf.index._write(chunks_of("new", "ארנונה"), vectors)])

    shelf.index.merge_due(still)
    assert set(shelf.found("ארנונה")) == {"new-0"}
    shelf.index.purge()
    assert len(list(shelf.index.folder.iterdir())) == 4


@pytest.mark.parametrize("calls", [0, 3, 7])
def test_a_merge_that_is_interrupted_changes_nothing(shelf, calls):
    """Wherever it ends, the old state serves, and nothing of it is left after the next merge."""
    for number in range(MOST_ALIKE):
        shelf.add(f"d{number}", "ארנונה")
    before, asked = manifests.read(shelf.index.folder), []

    def still():
        asked.append(1)
        if len(asked) > calls:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        shelf.index.merge_due(still)
    assert manifests.read(shelf.index.folder) == before
    assert len(shelf.found("ארנונה")) == MOST_ALIKE
    shelf.index.merge_due()
    (segment,) = shelf.segments()
    assert {path.name for path in shelf.index.folder.iterdir()} == {"manifest.json", "lock", "merging", segment}


def test_leftovers_of_a_killed_writer_are_ignored_and_swept(shelf):
    """A segment no manifest names, complete or half written, is not searched, and the next write removes it."""
    shelf.add("one", "ארנונה")
    good = shelf.segments()
    half = shelf.index.folder / ("segment-" + "f" * 32)
    half.mkdir()
    (half / "vectors.faiss").write_bytes(b"half")
    shelf.index._write(chunks_of("ghost", "ארנונה של רוח"), FakeEmbedder().passages(["ארנונה"]))
    (shelf.index.folder / "manifest.new").write_bytes(b'{"half')
    assert set(shelf.found("ארנונה")) == {"one-0"}
    shelf.add("two", "מים")
    assert good < shelf.segments()
    assert len(shelf.segments()) == 2
    assert set(shelf.found("ארנונה")) == {"one-0"}


def test_an_old_snapshot_stays_searchable_while_the_index_changes(shelf):
    """A search that began before a merge finishes on the state it opened, though its files are gone."""
    shelf.add("one", "ארנונה")
    shelf.add("two", "ארנונה")
    old = shelf.reader.snapshot()
    shelf.index.remove("one")
    shelf.index.compact()
    candidates = old.candidates(question_terms("ארנונה"), FakeEmbedder().question("ארנונה"), 10)
    assert sorted(candidates.chunk_ids) == ["one-0", "two-0"]
    assert shelf.reader.snapshot() is not old


def test_a_snapshot_is_opened_once_per_state(shelf):
    """Asking again without a change gives the same object."""
    shelf.add("one", "ארנונה")
    assert shelf.reader.snapshot() is shelf.reader.snapshot()


@pytest.mark.parametrize("harm", ["flip", "cut", "remove", "remove folder"])
def test_a_damaged_segment_says_what_to_do(shelf, harm):
    """Every byte of every file counts: one changed, missing or lost is reported, with the way out."""
    shelf.add("one", "ארנונה", "מים")
    (name,) = shelf.segments()
    for path in sorted((shelf.index.folder / name).iterdir()):
        content = path.read_bytes()
        if harm == "flip":
            path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        elif harm == "cut":
            path.write_bytes(content[: len(content) // 2])
        else:
            path.unlink()
        if harm == "remove folder":
            continue
        with pytest.raises(IndexDamaged, match="darash reindex"):
            IndexReader(shelf.index.folder).snapshot()
        path.write_bytes(content)
    if harm == "remove folder":
        (shelf.index.folder / name).rmdir()
        with pytest.raises(IndexDamaged, match="darash reindex"):
            shelf.reader.snapshot()


def test_rebuilding_repairs_damage_and_changes_the_embedder(shelf):
    """Another embedder is refused by writing, until the index is rebuilt with it."""
    shelf.add("one", "ארנונה")
    other = Shelf(shelf.index.folder, FakeEmbedder("other-2", 8))
    with pytest.raises(IndexMismatch, match="darash reindex"):
        other.add("two", "מים")
    with pytest.raises(IndexMismatch, match="darash reindex"):
        other.index.remove("one")
    other.index.rebuild([chunks_of("one", "ארנונה"), chunks_of("two", "מים")])
    assert set(other.found("ארנונה")) == {"one-0"}
    (shelf.index.folder / "manifest.json").write_bytes(b"{")
    with pytest.raises(IndexDamaged):
        other.add("three", "ביוב")
    other.index.rebuild([chunks_of("two", "מים")])
    assert other.found("ארנונה") == {}
    assert set(other.found("מים")) == {"two-0"}
    assert len(other.segments()) == 1


def test_a_full_disk_is_reported_and_leaves_the_old_state(shelf):
    """Nothing is lost or half visible when there is no room; with room again, adding works."""
    shelf.add("one", "ארנונה")
    no_room = shelf.index.folder / "manifest.new"
    no_room.symlink_to("/dev/full")
    with pytest.raises(StorageFull, match="no room"):
        shelf.add("two", "ארנונה")
    assert set(shelf.found("ארנונה")) == {"one-0"}
    no_room.unlink()
    shelf.add("two", "ארנונה")
    assert set(shelf.found("ארנונה")) == {"one-0", "two-0"}
    assert len(shelf.segments()) == 2


def test_two_writers_wait_for_each_other(shelf):
    """Documents added by several threads at once, each with its own handle, are all there."""
    handles = [Shelf(shelf.index.folder) for _ in range(3)]
    for handle in handles:
        handle.stored = shelf.stored

    def work(number):
        for step in range(6):
            handles[number].stored |= {c.id: c for c in chunks_of(f"d{number}.{step}", "ארנונה")}
            handles[number].add(f"d{number}.{step}", "ארנונה")

    shelf.stored |= {c.id: c for n in range(3) for s in range(6) for c in chunks_of(f"d{n}.{s}", "ארנונה")}
    with ThreadPoolExecutor() as threads:
        list(threads.map(work, range(3)))
    assert len(shelf.found("ארנונה")) == 18


def test_readers_never_see_a_half_written_state(shelf):
    """While a writer adds, merges and sweeps, every snapshot a reader gets holds whole documents only."""
    done = threading.Event()

    def read():
        reader, seen = IndexReader(shelf.index.folder), set()
        while not done.is_set():
            snapshot = reader.snapshot()
            if snapshot is not None:
                ids = snapshot.candidates(question_terms("ארנונה"), shelf.embedder.question("ארנונה"), 1000).chunk_ids
                seen |= {sum(i.startswith(d + "-") for i in ids) for d in snapshot.manifest.documents}
        return seen

    with ThreadPoolExecutor() as threads:
        reading = [threads.submit(read) for _ in range(2)]
        for number in range(30):
            shelf.add(f"d{number % 12}", "ארנונה אחת", "ארנונה שתיים", "ארנונה שלוש")
            shelf.index.merge_due()
        done.set()
        assert all(each.result() <= {3} for each in reading)


CHILD = """
import sys
from pathlib import Path
from indexes.chunk import Chunk, Span
from indexes.local import LocalIndex
from tests.fake_embedder import FakeEmbedder

stored = {}
index = LocalIndex(Path(sys.argv[1]), FakeEmbedder())
first = int(sys.argv[2])
for number in range(10_000):
    document = f"d{number}"
    chunks = [Chunk(f"{document}-{n}", document, "c", "", (), (Span(1, 0, 5),), "ארנונה") for n in range(3)]
    stored.update({chunk.id: chunk for chunk in chunks})
    if number >= first:
        index.add(document, chunks)
        index.merge_due()
        print(number, flush=True)
"""


def test_kill_minus_nine_leaves_the_old_or_the_new_state(shelf):
    """A process killed while it adds in a loop leaves every document it reported, whole, and at most one more."""
    reported = -1
    for adds_before_kill in (1, 4, 9, 13):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(shelf.index.folder), str(reported + 1)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(adds_before_kill):
            reported = int(child.stdout.readline())
        os.kill(child.pid, signal.SIGKILL)
        late = child.stdout.read().split()
        reported = int(late[-1]) if late else reported
        child.stdout.close()
        assert child.wait() == -signal.SIGKILL
        documents = IndexReader(shelf.index.folder).snapshot().manifest.documents
        expected = {f"d{number}" for number in range(reported + 1)}
        assert documents in (expected, expected | {f"d{reported + 1}"})
        assert len(shelf.found("ארנונה")) == 3 * len(documents)
    shelf.stored = {c.id: c for number in range(99) for c in chunks_of(f"d{number}", *["ארנונה"] * 3)}
    shelf.add("after", "מים")
    named = {segment.name for segment in manifests.read(shelf.index.folder).segments}
    assert shelf.segments() == named
