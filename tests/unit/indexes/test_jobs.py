import threading

import pytest
import sqlalchemy as sa

from indexes.catalogue import Catalogue, DocumentRecord, documents
from indexes.errors import NotFound
from indexes.jobs import MOST_ATTEMPTS, Jobs


def queue(engine: sa.Engine, *ids: str) -> Catalogue:
    """A catalogue with documents waiting in that order."""
    catalogue = Catalogue(engine)
    collection = catalogue.collection_named("א")
    for document_id in ids:
        catalogue.add_document(document_id, collection.id, f"{document_id}.txt", document_id, 1)
    return catalogue


def lease_runs_out(engine: sa.Engine) -> None:
    """As if a minute had passed."""
    with engine.begin() as connection:
        connection.execute(documents.update().values(lease_until=0.0))


def test_documents_are_claimed_in_order_and_once(engine: sa.Engine) -> None:
    """Two workers get different documents, the oldest first; then there is nothing to do."""
    queue(engine, "d1", "d2")
    jobs = Jobs(engine)
    claimed = [jobs.claim("a"), jobs.claim("b"), jobs.claim("a")]
    assert [record and record.id for record in claimed] == ["d1", "d2", None]


def test_many_workers_never_share_a_document(engine: sa.Engine) -> None:
    """Eight threads that claim as fast as they can divide forty documents among them."""
    queue(engine, *(f"d{number}" for number in range(40)))
    got: list[DocumentRecord] = []

    def work(owner: str) -> None:
        jobs = Jobs(engine)
        while (record := jobs.claim(owner)) is not None:
            got.append(record)

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(record.id for record in got) == sorted(f"d{number}" for number in range(40))


def test_an_abandoned_document_is_claimed_before_new_ones(engine: sa.Engine) -> None:
    """When the lease of a dead worker has run out, its document is begun again, first of all."""
    catalogue = queue(engine, "d1", "d2")
    jobs = Jobs(engine)
    jobs.claim("dead")
    lease_runs_out(engine)
    record = jobs.claim("alive")
    assert record is not None
    assert record.id == "d1"
    assert catalogue.document("d1").attempts == 2


def test_only_the_holder_of_the_lease_moves_a_document(engine: sa.Engine) -> None:
    """A worker that lost its lease is told so and changes nothing."""
    catalogue = queue(engine, "d1")
    jobs = Jobs(engine)
    jobs.claim("dead")
    lease_runs_out(engine)
    jobs.claim("alive")
    assert jobs.progress("d1", "alive", "reading", 3, 7)
    assert not jobs.progress("d1", "dead", "indexing", 9, 9)
    assert not jobs.finish("d1", "dead", "ready")
    assert not jobs.give_back("d1", "dead")
    record = catalogue.document("d1")
    assert (record.state, record.pages_done, record.pages_total) == ("reading", 3, 7)
    assert jobs.finish("d1", "alive", "ready")
    assert catalogue.document("d1").state == "ready"


def test_progress_renews_the_lease(engine: sa.Engine) -> None:
    """Telling progress keeps others away."""
    queue(engine, "d1")
    jobs = Jobs(engine)
    jobs.claim("a")
    lease_runs_out(engine)
    jobs.progress("d1", "a", "reading", 1, 2)
    assert jobs.claim("b") is None


def test_a_document_that_kills_its_workers_is_given_up(engine: sa.Engine) -> None:
    """After the last attempt it is failed with a reason, and the next document gets its turn."""
    catalogue = queue(engine, "bad", "good")
    jobs = Jobs(engine)
    for attempt in range(MOST_ATTEMPTS):
        record = jobs.claim(f"w{attempt}")
        assert record is not None
        assert record.id == "bad"
        lease_runs_out(engine)
    record = jobs.claim("last")
    assert record is not None
    assert record.id == "good"
    assert (catalogue.document("bad").state, catalogue.document("bad").reason) == ("failed", "worker_died")


def test_work_given_back_does_not_count(engine: sa.Engine) -> None:
    """A worker that is told to stop puts its document back as if nothing had been done."""
    catalogue = queue(engine, "d1")
    jobs = Jobs(engine)
    for _ in range(MOST_ATTEMPTS + 2):
        assert jobs.claim("a") is not None
        assert jobs.give_back("d1", "a")
    record = catalogue.document("d1")
    assert (record.state, record.attempts) == ("queued", 0)


def test_deleting_takes_the_document_from_whoever_works_on_it(engine: sa.Engine) -> None:
    """The worker is told at its next step; the deletion is claimed like any work, and the rows go at its end."""
    catalogue = queue(engine, "d1")
    jobs = Jobs(engine)
    jobs.claim("a")
    jobs.request_delete("d1")
    assert not jobs.progress("d1", "a", "reading", 1, 2)
    record = jobs.claim("b")
    assert record is not None
    assert record.state == "deleting"
    assert jobs.claim("c") is None
    jobs.forget("d1")
    with pytest.raises(NotFound):
        catalogue.document("d1")
