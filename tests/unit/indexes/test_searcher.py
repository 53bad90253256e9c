import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from indexes.catalogue import Catalogue
from indexes.chunk import Chunk, Span
from indexes.errors import IndexDamaged, IndexMismatch
from indexes.index import Search
from indexes.jobs import Jobs
from indexes.local import LocalIndex, index_folder
from indexes.passages import Passages
from indexes.searcher import Searcher
from tests.fake_embedder import FakeEmbedder


class Library:
    """Collections with stored and indexed documents: what the worker leaves behind."""

    def __init__(self, engine, data, embedder):
        self.catalogue, self.jobs, self.passages = Catalogue(engine), Jobs(engine), Passages(engine)
        self.data, self.embedder = data, embedder

    def collection(self, name):
        return self.catalogue.collection_named(name).id

    def index(self, collection_id):
        return LocalIndex(index_folder(self.data, collection_id), self.embedder, self.passages.chunks)

    def add(self, collection_id, document_id, *texts):
        self.catalogue.add_document(document_id, collection_id, f"{document_id}.txt", document_id * 2, 1)
        chunks = [
            Chunk(
                f"{document_id}-{number}", document_id, collection_id, document_id, (), (Span(1, 0, len(text)),), text
            )
            for number, text in enumerate(texts)
        ]
        self.passages.store(document_id, [], chunks)
        self.index(collection_id).add(document_id, chunks)
        record = self.jobs.claim("test")
        self.jobs.finish(record.id, "test", "ready")


@pytest.fixture
def library(engine, tmp_path):
    return Library(engine, tmp_path / "data", FakeEmbedder())


@pytest.fixture
def searcher(library):
    return Searcher(library.data, library.embedder, library.passages)


def found(hits):
    return [hit.chunk.id for hit in hits]


def test_the_searcher_is_a_search(searcher):
    """It keeps the contract that answers are written against."""
    search: Search = searcher
    assert search.search([], "ארנונה", 5) == []


def test_the_best_passage_comes_first_with_its_parts_and_reasons(library, searcher):
    """A hit carries its stored chunk, what its score is made of, and the words that matched, as they stand there."""
    town = library.collection("town")
    library.add(town, "fees", "שעות הפתיחה של המשרד", "הנחה בארנונה לנכים ולקשישים", "תעריפי המים")
    hits = searcher.search([town], "מי זכאי להנחה בארנונה?", 3)
    assert found(hits)[0] == "fees-1"
    assert hits[0].chunk == library.passages.chunks(["fees-1"])["fees-1"]
    assert {"words", "meaning"} <= hits[0].parts.keys()
    assert "בארנונה" in hits[0].why
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_only_the_collections_handed_in_are_searched(library, searcher):
    """A passage of another collection cannot be found, however well it fits."""
    town, school = library.collection("town"), library.collection("school")
    library.add(town, "fees", "הנחה בארנונה")
    library.add(school, "rules", "הנחה בארנונה למורים")
    assert set(found(searcher.search([town], "הנחה בארנונה", 9))) == {"fees-0"}
    assert set(found(searcher.search([school], "הנחה בארנונה", 9))) == {"rules-0"}
    assert set(found(searcher.search([town, school, town], "הנחה בארנונה", 9))) == {"fees-0", "rules-0"}
    assert len(searcher.search([town, school], "הנחה בארנונה", 1)) == 1


def test_new_and_removed_documents_show_without_a_restart(library, searcher):
    """The next question sees what a worker, in another object, has added or removed meanwhile."""
    town = library.collection("town")
    assert searcher.search([town], "ארנונה", 5) == []
    library.add(town, "fees", "הנחה בארנונה")
    assert found(searcher.search([town], "ארנונה", 5)) == ["fees-0"]
    library.add(town, "more", "תשלום ארנונה")
    assert set(found(searcher.search([town], "ארנונה", 5))) == {"fees-0", "more-0"}
    library.index(town).remove("fees")
    assert found(searcher.search([town], "ארנונה", 5)) == ["more-0"]


def test_a_passage_the_database_lost_is_no_hit(library, searcher):
    """Deleted rows vanish from the results at once, before the index hears of it."""
    town = library.collection("town")
    library.add(town, "fees", "הנחה בארנונה")
    library.add(town, "more", "תשלום ארנונה")
    library.passages.store("fees", [], [])
    assert found(searcher.search([town], "ארנונה", 5)) == ["more-0"]


def test_questions_without_any_match(library, searcher):
    """An empty question has no hits, and one of unknown words raises nothing."""
    town = library.collection("town")
    library.add(town, "fees", "הנחה בארנונה")
    assert searcher.search([town], " \n", 5) == []
    assert searcher.search([town], "?!", 5) == []
    searcher.search([town], "קסלופון", 5)


def test_a_lost_index_is_reported_and_not_taken_for_an_empty_one(library, searcher):
    """When the folder of a collection with ready documents is gone, the message says what to do."""
    town = library.collection("town")
    library.add(town, "fees", "הנחה בארנונה")
    assert searcher.search([town], "ארנונה", 5)
    shutil.rmtree(index_folder(library.data, town))
    with pytest.raises(IndexDamaged, match="darash reindex"):
        searcher.search([town], "ארנונה", 5)


def test_an_index_of_another_embedder_is_reported(library):
    """Vectors of two embedders are never compared."""
    town = library.collection("town")
    library.add(town, "fees", "הנחה בארנונה")
    with pytest.raises(IndexMismatch, match="darash reindex"):
        Searcher(library.data, FakeEmbedder("other-2", 8), library.passages).search([town], "ארנונה", 5)


def test_an_embedder_without_weight_does_not_change_the_order(engine, tmp_path):
    """With weight 0 the words alone decide."""
    library = Library(engine, tmp_path / "data", FakeEmbedder(weight=0.0))
    town = library.collection("town")
    library.add(town, "fees", *(f"ארנונה {'הנחה ' * number} {number}" for number in range(5)))
    hits = Searcher(library.data, library.embedder, library.passages).search([town], "הנחה בארנונה", 5)
    assert all(hit.parts["words"] > 0 for hit in hits)
    assert "rerank" in hits[0].parts


def test_many_threads_may_search_while_documents_arrive(library, searcher):
    """Every search of every thread gives whole, current results."""
    town = library.collection("town")
    library.add(town, "d0", "ארנונה אחת")

    def ask(_):
        return [found(searcher.search([town], "ארנונה", 50)) for _ in range(20)]

    with ThreadPoolExecutor() as threads:
        asking = [threads.submit(ask, number) for number in range(4)]
        for number in range(1, 8):
            library.add(town, f"d{number}", "ארנונה נוספת")
        assert all("d0-0" in ids for each in asking for ids in each.result())
    assert len(searcher.search([town], "ארנונה", 50)) == 8
