import pytest
import sqlalchemy as sa

from indexes.catalogue import Catalogue
from indexes.errors import NotFound
from indexes.jobs import Jobs


def test_a_collection_is_made_once(engine: sa.Engine) -> None:
    """Asking for the same name twice gives the same collection; collections come oldest first."""
    catalogue = Catalogue(engine)
    first = catalogue.collection_named("נהלים")
    other = catalogue.collection_named("מכרזים")
    assert catalogue.collection_named("נהלים") == first
    assert catalogue.collections() == [first, other]


def test_a_document_begins_queued_under_the_name_of_its_file(engine: sa.Engine) -> None:
    """A new document waits in the queue, titled like its file without the suffix."""
    catalogue = Catalogue(engine)
    collection = catalogue.collection_named("נהלים")
    record = catalogue.add_document("d1", collection.id, "נוהל 3.2 רכש.pdf", "s1", 17)
    assert (record.state, record.title, record.size, record.attempts) == ("queued", "נוהל 3.2 רכש", 17, 0)
    assert catalogue.document("d1") == record
    catalogue.rename("d1", "נוהל רכש")
    assert catalogue.document("d1").title == "נוהל רכש"


def test_the_same_bytes_are_one_document_per_collection(engine: sa.Engine) -> None:
    """A second upload of a file is the document that is there; in another collection it is its own."""
    catalogue = Catalogue(engine)
    here, there = catalogue.collection_named("א"), catalogue.collection_named("ב")
    catalogue.add_document("d1", here.id, "a.txt", "same", 1)
    assert catalogue.add_document("d2", here.id, "b.txt", "same", 1).id == "d1"
    assert catalogue.add_document("d3", there.id, "a.txt", "same", 1).id == "d3"
    assert len(catalogue.documents(here.id)) == 1


def test_uploading_a_failed_document_again_tries_again(engine: sa.Engine) -> None:
    """The failure is forgotten, with its attempts, and the document waits anew."""
    catalogue, jobs = Catalogue(engine), Jobs(engine)
    collection = catalogue.collection_named("א")
    catalogue.add_document("d1", collection.id, "a.txt", "same", 1)
    jobs.claim("w")
    jobs.finish("d1", "w", "failed", "unreadable", "x")
    again = catalogue.add_document("d2", collection.id, "a.txt", "same", 1)
    assert (again.id, again.state, again.reason, again.attempts) == ("d1", "queued", "", 0)


def test_a_file_uploaded_while_it_is_deleted_is_a_new_document(engine: sa.Engine) -> None:
    """The deletion that is under way cannot take the new upload with it."""
    catalogue, jobs = Catalogue(engine), Jobs(engine)
    collection = catalogue.collection_named("א")
    catalogue.add_document("d1", collection.id, "a.txt", "same", 1)
    jobs.request_delete("d1")
    assert jobs.claim("w") is not None
    assert catalogue.add_document("d2", collection.id, "a.txt", "same", 1).id == "d2"
    jobs.forget("d1")
    assert [each.id for each in catalogue.documents(collection.id)] == ["d2"]


def test_documents_being_deleted_are_in_no_list(engine: sa.Engine) -> None:
    """A document leaves the list the moment its deletion is asked for; unknown ids are not found."""
    catalogue = Catalogue(engine)
    collection = catalogue.collection_named("א")
    catalogue.add_document("d1", collection.id, "a.txt", "s", 1)
    Jobs(engine).request_delete("d1")
    assert catalogue.documents(collection.id) == []
    with pytest.raises(NotFound):
        catalogue.document("d9")
