import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import numpy as np
import pytest

from indexes.catalogue import Catalogue
from indexes.chunk import Chunk, Span
from indexes.errors import CrossEncoderUnavailable, IndexDamaged
from indexes.fusion import among_few
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
        return LocalIndex(index_folder(self.data, collection_id), self.embedder)

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


def test_the_best_passage_comes_first_with_its_parts_and_terms(library, searcher):
    """A hit carries its stored chunk, what its score is made of, and what was looked for."""
    town = library.collection("town")
    library.add(town, "fees", "שעות הפתיחה של המשרד", "הנחה בארנונה לנכים ולקשישים", "תעריפי המים")
    hits = searcher.search([town], "מי זכאי להנחה בארנונה?", 3)
    assert found(hits)[0] == "fees-1"
    assert hits[0].chunk == library.passages.chunks(["fees-1"])["fees-1"]
    assert {"words", "meaning"} <= hits[0].parts.keys()
    assert hits[0].terms == searcher.terms(town, "מי זכאי להנחה בארנונה?")
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


def test_an_index_of_another_embedder_is_searched_by_words(library):
    """Vectors of two embedders are never compared."""
    town = library.collection("town")
    library.add(town, "fees", "הנחה בארנונה")
    hits = Searcher(library.data, FakeEmbedder("other-2", 8), library.passages).search([town], "ארנונה", 5)
    assert [hit.parts["meaning"] for hit in hits] == [0.0]


def test_where_words_cover_the_question_a_weak_embedder_is_not_heard(engine, tmp_path):
    """Where a passage has most of the words, one of weight 0 counts only as among any few passages."""
    library = Library(engine, tmp_path / "data", FakeEmbedder(weight=0.0))
    town = library.collection("town")
    library.add(town, "fees", *(f"ארנונה {'הנחה ' * number} {number}" for number in range(5)))
    searcher = Searcher(library.data, library.embedder, library.passages)
    weights = {hit.parts["weight of meaning"] for hit in searcher.ranked([town], "הנחה בארנונה", 5)}
    assert list(weights) == pytest.approx([among_few(5)])
    assert searcher.ranked([town], "הנחה למעטפות כתומות", 5)[0].parts["weight of meaning"] > among_few(5) + 0.1


def test_a_word_of_the_glossary_finds_its_passage(library):
    """What a collection says is the same finds a passage that has no word of the question."""

    class OneGlossary:
        def pairs(self, collection_id):
            return (("גמלאי", "פנסיונר"),)

    town = library.collection("town")
    library.add(town, "fees", "תעריפי המים בעיר", "הטבות לפנסיונר", "שעות הפתיחה")
    searcher = Searcher(library.data, library.embedder, library.passages, glossaries=OneGlossary())
    hits = searcher.search([town], "גמלאי", 3)
    assert found(hits)[0] == "fees-1"
    assert hits[0].parts["covered"] > 0


class Liking:
    """A cross-encoder that likes one word."""

    name = "liking"

    def scores(self, question, texts):
        return np.array(["פטור" in text for text in texts], np.float32)


class Gone:
    """A cross-encoder that does not answer."""

    name = "gone"

    def scores(self, question, texts):
        raise CrossEncoderUnavailable("it does not answer")


def test_a_cross_encoder_reorders_the_best(library):
    """What it likes comes first, and the hits say what it said."""
    town = library.collection("town")
    library.add(town, "fees", "הנחה בארנונה לנכים", "פטור מתשלום ארנונה", "תעריפי המים")
    searcher = Searcher(library.data, library.embedder, library.passages, cross_encoder=Liking())
    hits = searcher.ranked([town], "הנחה בארנונה", 3)
    assert found(hits)[0] == "fees-1"
    assert hits[0].parts["cross"] == 1
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_without_its_cross_encoder_a_search_goes_on(library, searcher):
    """The order is that of the first search."""
    town = library.collection("town")
    library.add(town, "fees", "הנחה בארנונה לנכים", "פטור מתשלום ארנונה", "תעריפי המים")
    asked = Searcher(library.data, library.embedder, library.passages, cross_encoder=Gone())
    assert found(asked.search([town], "הנחה בארנונה", 3)) == found(searcher.search([town], "הנחה בארנונה", 3))


def test_copies_in_two_documents_are_one_hit(library, searcher):
    """The better one is the hit and names the other; in the plain ranking both are there."""
    text = "תושב המבקש הנחה בארנונה יגיש בקשה בכתב אל מחלקת הגבייה עד סוף חודש מרץ"
    town = library.collection("town")
    library.add(town, "fees", text)
    library.add(town, "copy", text)
    hits = searcher.search([town], "הנחה בארנונה", 5)
    assert len(hits) == 1
    assert {hits[0].chunk.document_id, *(chunk.document_id for chunk in hits[0].also)} == {"fees", "copy"}
    assert len(searcher.ranked([town], "הנחה בארנונה", 5)) == 2


def test_many_threads_may_search_while_documents_arrive(library, searcher):
    """Every search of every thread gives whole, current results."""
    town = library.collection("town")
    library.add(town, "d0", "ארנונה אחת")

    def ask(_):
        return [found(searcher.search([town], "ארנונה", 50)) for _ in range(20)]

    with ThreadPoolExecutor() as threads:
        asking = [threads.submit(ask, number) for number in range(4)]
        for number in range(1, 8):
            library.add(town, f"d{number}", f"ארנונה נוספת {number}")
        assert all("d0-0" in ids for each in asking for ids in each.result())
    assert len(searcher.search([town], "ארנונה", 50)) == 8


def test_equal_passages_come_in_one_order_however_they_came_in(library):
    """Documents that score the same are ranked by what they say, not by which of them was indexed first."""
    collection = library.collection("a")
    for name, text in {"x": "תשלום 11", "y": "תשלום 22", "z": "תשלום 33"}.items():
        library.add(collection, name, text)
    by_words = Searcher(library.data, FakeEmbedder("another"), library.passages)
    rankings = set()
    for order in permutations("xyz"):
        library.index(collection).rebuild([library.passages.chunks_of_document(name) for name in order])
        hits = by_words.ranked([collection], "תשלום", 8)
        assert len({hit.score for hit in hits}) == 1
        rankings.add(tuple(hit.chunk.text for hit in hits))
    assert len(rankings) == 1
