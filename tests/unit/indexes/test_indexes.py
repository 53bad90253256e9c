"""The indexes of collections and the way to another embedder, over a real database, with fake embedders."""

import fcntl
import json

import numpy as np
import pytest

from indexes import manifest as manifests
from indexes.catalogue import Catalogue
from indexes.chunk import Chunk, Span
from indexes.embedders import Embedders
from indexes.errors import EmbedderUnavailable, IndexMismatch
from indexes.indexes import Indexes
from indexes.jobs import Jobs
from indexes.kept_vectors import PIECE, KeptVectors
from indexes.local import LocalIndex, index_folder
from indexes.passages import Passages
from indexes.searcher import Searcher
from indexes.vectors import read_vectors
from tests.fake_embedder import FakeEmbedder


class Enough(Exception):
    pass


class Other(FakeEmbedder):
    """Its vectors are not those of the plain fake."""

    def passages(self, texts):
        if self.name == "away":
            raise EmbedderUnavailable("away")
        seed = sum(map(ord, self.name))
        turned = np.random.default_rng(seed).permutation(self.dimension)
        return super().passages(texts)[:, turned]


class Library:
    """A collection with ready documents."""

    def __init__(self, engine, data):
        self.data, self.catalogue, self.passages, self.jobs = data, Catalogue(engine), Passages(engine), Jobs(engine)
        self.collection_id = self.catalogue.collection_named("נהלים").id
        self.choice, self.count = "one", 0
        self.embedders = Embedders(data / "models", lambda: self.choice, lambda name, _: Other(name))
        self.indexes = Indexes(data, self.catalogue, self.passages, self.embedders)
        self.folder = index_folder(data, self.collection_id)

    def store(self, *texts):
        """A document that is read and not yet ready."""
        self.count += 1
        name = f"{self.count:032x}"
        self.catalogue.add_document(name, self.collection_id, f"{self.count}.txt", name * 2, 1)
        chunks = [
            Chunk(f"{name}-{at}", name, self.collection_id, f"נוהל {self.count}", (), (Span(1, 0, len(text)),), text)
            for at, text in enumerate(texts)
        ]
        self.passages.store(name, (), chunks)
        self.indexes.add(self.collection_id, name, chunks)
        return name

    def finish(self, name, state="ready"):
        with self.jobs.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE documents SET state = '{state}' WHERE id = '{name}'")

    def add(self, *texts):
        name = self.store(*texts)
        self.finish(name)
        return name

    def manifest(self):
        return manifests.read(self.folder)

    def found(self, question):
        searcher = Searcher(self.data, FakeEmbedder(), self.passages, embedder_of=self.embedders.of)
        return {hit.chunk.document_id for hit in searcher.search([self.collection_id], question, 10)}

    def vectors(self):
        """Every vector that is searched, by chunk id."""
        found = {}
        for segment in self.manifest().segments:
            folder = self.folder / segment.name
            ids = [name.decode() for name in np.load(folder / "chunks.npy")]
            found |= dict(zip(ids, read_vectors(folder), strict=True))
        return found

    def rewrite(self, **changes):
        """Changes the manifest by hand."""
        path = self.folder / manifests.FILE
        path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.fixture
def library(engine, tmp_path):
    return Library(engine, tmp_path / "data")


def after(count):
    """Something that lets so many questions pass, and then ends the work."""
    asked = []

    def still():
        asked.append(1)
        if len(asked) > count:
            raise Enough

    return still


def test_the_first_document_is_embedded_by_the_chosen_one(library):
    """And nothing is left to do."""
    library.add("ארנונה", "מים")
    assert library.manifest().embedder == "one"
    assert library.indexes.renew(library.collection_id)
    progress = library.indexes.progress(library.collection_id)
    assert (progress.embedder, progress.done, progress.total) == ("one", 2, 2)


def test_a_new_choice_gives_every_passage_a_new_vector(library):
    """In one swap; the documents stay the same, and so do the words."""
    names = {library.add(f"ארנונה {number}", f"מים {number}") for number in range(5)}
    before = library.vectors()
    library.choice = "two"
    progress = library.indexes.progress(library.collection_id)
    assert (progress.embedder, progress.done, progress.total) == ("one", 0, 10)
    assert library.indexes.renew(library.collection_id)
    assert library.manifest().embedder == "two"
    assert library.manifest().documents == names
    after_it, texts = library.vectors(), library.passages.chunks(list(before))
    assert after_it.keys() == before.keys()
    for chunk_id, vector in after_it.items():
        assert vector == pytest.approx(Other("two").passages([texts[chunk_id].searchable])[0], abs=1e-3)
    assert library.found("ארנונה 3") <= names
    assert not list(library.folder.glob("next-*"))


def test_until_the_swap_documents_join_the_old_state_and_are_carried_over(library):
    """The old index serves however long it takes; what came and went meanwhile is as it should be."""
    gone, stays = library.add("ארנונה ישנה", "מים"), library.add(*(f"ביוב {n}" for n in range(3 * PIECE)))
    library.choice = "two"
    with pytest.raises(Enough):
        library.indexes.renew(library.collection_id, after(4))
    assert library.manifest().embedder == "one"
    comes = library.add("גינה חדשה")
    assert library.manifest().embedder == "one"
    assert comes in library.found("גינה")
    library.indexes.remove(library.collection_id, gone)
    library.finish(gone, "deleting")
    assert gone not in library.found("ארנונה ישנה")
    assert library.indexes.renew(library.collection_id)
    assert library.manifest().documents == {stays, comes}
    assert comes in library.found("גינה")


def test_work_that_was_ended_goes_on_where_it_was(library):
    """However often it is ended, each try makes some progress, and no passage is embedded twice."""
    library.add(*(f"סעיף {number}" for number in range(4 * PIECE)))
    library.choice, done = "two", [0]
    for _ in range(3):
        with pytest.raises(Enough):
            library.indexes.renew(library.collection_id, after(2))
        done.append(library.indexes.progress(library.collection_id).done)
    assert done == [0, PIECE, 2 * PIECE, 3 * PIECE]
    assert library.indexes.renew(library.collection_id)


def test_a_document_that_is_not_finished_holds_the_swap_back(library):
    """Between its place in the index and the word ready nothing may take it out again."""
    library.add("ארנונה")
    library.choice = "two"
    unfinished = library.store("מים")
    library.finish(unfinished, "indexing")
    assert not library.indexes.renew(library.collection_id)
    assert library.manifest().embedder == "one"
    assert library.manifest().documents >= {unfinished}
    library.finish(unfinished)
    assert library.indexes.renew(library.collection_id)
    assert unfinished in library.manifest().documents


def test_a_choice_that_changes_again_begins_anew(library):
    """Vectors of two embedders are never mixed, and what was made for the one in between is thrown away."""
    library.add(*(f"סעיף {number}" for number in range(3 * PIECE)))
    library.choice = "two"
    with pytest.raises(Enough):
        library.indexes.renew(library.collection_id, after(3))
    library.choice = "three"
    assert library.indexes.renew(library.collection_id)
    texts = library.passages.chunks(list(library.vectors()))
    for chunk_id, vector in library.vectors().items():
        assert vector == pytest.approx(Other("three").passages([texts[chunk_id].searchable])[0], abs=1e-3)
    library.choice = "two"
    with pytest.raises(Enough):
        library.indexes.renew(library.collection_id, after(3))
    library.choice = "three"
    assert library.indexes.renew(library.collection_id)
    assert not list(library.folder.glob("next-*"))


@pytest.mark.parametrize("change", [{"folding": "0"}, {"format": 1}, {"segments": 5}])
def test_what_was_begun_by_another_version_or_is_damaged_is_begun_anew(library, change):
    """An update in the middle of the work, or a bad disk, does no harm."""
    names = {library.add(*(f"סעיף {number}" for number in range(1100))), library.add("מים")}
    library.choice = "two"
    with pytest.raises(Enough):
        library.indexes.renew(library.collection_id, after(45))
    (beside,) = library.folder.glob("next-*")
    path = beside / manifests.FILE
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    assert library.indexes.renew(library.collection_id)
    assert library.manifest().embedder == "two"
    assert library.manifest().documents == names
    assert library.manifest().folding != "0"


def test_nothing_is_left_of_what_is_deleted_meanwhile(library):
    """Neither in the index that is searched nor in the one that is on its way."""
    gone = library.add("סוד ארנונה")
    library.add(*(f"סעיף {number}" for number in range(1100)))
    library.add("מים")
    library.choice = "two"
    with pytest.raises(Enough):
        library.indexes.renew(library.collection_id, after(45))
    (beside,) = library.folder.glob("next-*")
    assert gone in manifests.read(beside).documents
    library.indexes.remove(library.collection_id, gone)
    library.finish(gone, "deleting")
    library.indexes.purge(library.collection_id)
    assert gone not in manifests.read(beside).documents
    left = b"".join(path.read_bytes() for path in library.folder.rglob("*") if path.is_file())
    assert gone.encode() not in left


def test_vectors_of_what_is_deleted_in_the_middle_of_a_batch_go_too(library):
    """Those of the other documents of the batch stay, so that they are not made again."""
    gone, stays = library.add(*(f"סוד {n}" for n in range(PIECE))), library.add(*(f"סעיף {n}" for n in range(PIECE)))
    library.add(*(f"עוד {n}" for n in range(PIECE)))
    library.choice = "two"
    with pytest.raises(Enough):
        library.indexes.renew(library.collection_id, after(3))
    (beside,) = library.folder.glob("next-*")
    assert KeptVectors(FakeEmbedder(), beside / "vectors").count == 2 * PIECE
    library.indexes.remove(library.collection_id, gone)
    library.finish(gone, "deleting")
    library.indexes.purge(library.collection_id)
    kept = KeptVectors(FakeEmbedder(), beside / "vectors")
    assert kept.count == PIECE
    kept.keep_only(chunk.searchable for chunk in library.passages.chunks_of_document(stays))
    assert kept.count == PIECE


def test_only_one_process_makes_an_index_anew(library):
    """Another one sees how far it is, and does nothing."""
    library.add("ארנונה")
    library.choice = "two"
    with (library.folder / "renewing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert not library.indexes.renew(library.collection_id)
        assert library.manifest().embedder == "one"
    assert library.indexes.renew(library.collection_id)


def test_an_embedder_that_is_away_leaves_the_old_index_alone(library):
    """The error says so, and searching goes on."""
    name = library.add("ארנונה")
    library.choice = "away"
    with pytest.raises(EmbedderUnavailable):
        library.indexes.renew(library.collection_id)
    assert library.manifest().embedder == "one"
    assert library.found("ארנונה") == {name}


def test_an_index_with_another_folding_is_made_again_with_its_vectors(library):
    """After an update: it is not searched until then, the vectors are not made again, and documents can be added."""
    name = library.add("ארנונה", "מים")
    before = library.vectors()
    library.rewrite(folding="0")
    with pytest.raises(IndexMismatch, match="the worker makes it again"):
        library.found("ארנונה")
    library.choice = "away"
    library.indexes.purge(library.collection_id)
    assert library.found("ארנונה") == {name}
    assert all(np.array_equal(library.vectors()[key], row) for key, row in before.items())
    library.choice = "one"
    library.rewrite(folding="0")
    other = library.add("גינה")
    assert library.manifest().documents == {name, other}


def test_an_index_of_another_format_is_found_by_words_at_once_and_by_meaning_later(library):
    """What a slow embedder made before an update is not waited for."""
    name = library.add("ארנונה", "מים")
    library.rewrite(format=1)
    library.indexes.purge(library.collection_id)
    assert library.manifest().embedder == "none"
    assert library.found("ארנונה") == {name}
    assert library.indexes.renew(library.collection_id)
    assert library.manifest().embedder == "one"


def test_rebuilding_uses_the_chosen_embedder(library):
    """`darash reindex`, which also repairs a damaged index."""
    name = library.add("ארנונה")
    library.choice = "two"
    (library.folder / manifests.FILE).write_text("{")
    library.indexes.rebuild(library.collection_id)
    assert library.manifest().embedder == "two"
    assert library.found("ארנונה") == {name}


def test_a_change_over_in_the_middle_of_an_addition_is_noticed(library, monkeypatch):
    """A document embedded for the old state is embedded again for the new one, and not refused."""
    library.add("ארנונה")
    add, tries = LocalIndex.add, []

    def late(index, *arguments, **options):
        tries.append(index)
        if len(tries) == 1:
            library.choice = "two"
            assert library.indexes.renew(library.collection_id)
        return add(index, *arguments, **options)

    monkeypatch.setattr(LocalIndex, "add", late)
    name = library.add("מים")
    assert len(tries) == 2
    assert library.manifest().embedder == "two"
    assert name in library.manifest().documents


def test_collections_with_different_embedders_are_searched_together(library):
    """While one is on its way, and another is there already, both are found in one search."""
    first = library.add("ארנונה בעיר")
    library.choice = "two"
    other_id = library.catalogue.collection_named("אחר").id
    chunk = Chunk("x-0", "x", other_id, "אחר", (), (Span(1, 0, 6),), "ארנונה אחרת")
    library.catalogue.add_document("x", other_id, "x.txt", "x" * 64, 1)
    library.passages.store("x", (), [chunk])
    library.indexes.add(other_id, "x", [chunk])
    library.finish("x")
    searcher = Searcher(library.data, FakeEmbedder(), library.passages, embedder_of=library.embedders.of)
    hits = searcher.search([library.collection_id, other_id], "ארנונה", 10)
    assert {hit.chunk.document_id for hit in hits} == {first, "x"}
    assert all(hit.parts["meaning"] >= 0 for hit in hits)
