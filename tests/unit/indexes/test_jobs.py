import threading

import pytest
import sqlalchemy as sa

from indexes.arrival import FRESH
from indexes.catalogue import Catalogue
from indexes.errors import NotFound
from indexes.jobs import SEEN, Jobs
from indexes.record import DocumentRecord, State, documents


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


def test_an_abandoned_document_is_begun_again_behind_the_others(engine: sa.Engine) -> None:
    """When the lease of a dead worker has run out its document gets its turn, and cannot keep others from theirs."""
    catalogue = queue(engine, "d1", "d2")
    jobs = Jobs(engine)
    jobs.claim("dead")
    lease_runs_out(engine)
    claimed = [jobs.claim("alive"), jobs.claim("alive"), jobs.claim("alive")]
    assert [record and record.id for record in claimed] == ["d2", "d1", None]
    assert catalogue.document("d1").attempts == 2


@pytest.mark.parametrize("to_blame", [True, False])
def test_what_a_dead_worker_held_is_free_at_once(engine: sa.Engine, to_blame: bool) -> None:
    """Who saw it die frees its documents and no others; when it was not killed, that counts for many attempts."""
    catalogue = queue(engine, "d1", "d2", "d3")
    jobs = Jobs(engine)
    for owner in ("my_host-7-abc", "my_host-77-abc", "my-host-7-abc"):
        jobs.claim(owner)
    jobs.abandon("my_host-7-", to_blame=to_blame)
    assert [jobs.is_held(*each) for each in (("d2", "my_host-77-abc"), ("d3", "my-host-7-abc"))] == [True, True]
    record = jobs.claim("alive")
    assert record is not None
    assert (record.id, record.attempts) == ("d1", SEEN if to_blame else 1)
    assert catalogue.document("d2").attempts == 1


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


def test_what_came_to_nothing_is_counted(engine: sa.Engine) -> None:
    """Whoever claims a document is told how many workers have died with it before."""
    queue(engine, "d1")
    jobs = Jobs(engine)
    told = []
    for attempt in range(3):
        record = jobs.claim(f"w{attempt}")
        assert record is not None
        told.append(record.attempts)
        lease_runs_out(engine)
    assert told == [0, 1, 2]


def test_work_given_back_does_not_count(engine: sa.Engine) -> None:
    """A worker that is told to stop puts its document back as if nothing had been done."""
    catalogue = queue(engine, "d1")
    jobs = Jobs(engine)
    for _ in range(5):
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


@pytest.mark.parametrize("state", ["queued", "reading", "indexing"])
def test_a_paused_document_waits_until_it_is_resumed(engine: sa.Engine, state: State) -> None:
    """Pausing takes a document from the queue, or from whoever works on it, as if nothing had been done."""
    catalogue = queue(engine, "d1")
    jobs = Jobs(engine)
    if state != "queued":
        jobs.claim("a")
        jobs.progress("d1", "a", state, 3, 9)
    assert jobs.pause("d1")
    assert not jobs.pause("d1")
    assert not jobs.is_held("d1", "a")
    assert not jobs.finish("d1", "a", "ready")
    assert jobs.claim("b") is None
    assert (catalogue.document("d1").state, catalogue.document("d1").pages_done) == ("paused", 0)
    assert jobs.resume("d1")
    assert not jobs.resume("d1")
    record = jobs.claim("b")
    assert record is not None
    assert record.attempts == 0
    assert jobs.is_held("d1", "b")


@pytest.mark.parametrize("state", ["ready", "failed"])
def test_what_is_finished_cannot_be_paused(engine: sa.Engine, state: State) -> None:
    """Nor resumed; what failed can be tried again, what is ready cannot."""
    catalogue = queue(engine, "d1")
    jobs = Jobs(engine)
    jobs.claim("a")
    jobs.finish("d1", "a", state, "unreadable", "x")
    assert not jobs.pause("d1")
    assert not jobs.resume("d1")
    assert jobs.retry("d1") == (state == "failed")
    assert catalogue.document("d1").state == ("queued" if state == "failed" else "ready")
    assert not jobs.retry("d1")
    assert not jobs.pause("unknown")


def test_a_whole_collection_is_paused_resumed_and_cancelled(engine: sa.Engine) -> None:
    """What waits or is worked on stops; what is finished, and other collections, stay as they are."""
    catalogue = queue(engine, "d1", "d2", "d3", "d4")
    jobs, here = Jobs(engine), catalogue.collection_named("א").id
    catalogue.add_document("other", catalogue.collection_named("ב").id, "x.txt", "x", 1)
    jobs.claim("a")
    jobs.finish("d1", "a", "ready")
    jobs.claim("a")
    assert jobs.pause_all(here) == 3
    states = {record.id: record.state for record in catalogue.documents(here)}
    assert states == {"d1": "ready", "d2": "paused", "d3": "paused", "d4": "paused"}
    assert jobs.resume_all(here) == 3
    jobs.pause("d4")
    jobs.claim("a")
    assert jobs.cancel_waiting(here) == 2
    assert {record.id: record.state for record in catalogue.documents(here)} == {"d1": "ready", "d2": "reading"}
    assert jobs.are_deletions_left()
    assert catalogue.document("other").state == "queued"


def test_those_that_failed_for_one_reason_are_tried_again(engine: sa.Engine) -> None:
    """When the reason is gone, as that of a damaged index, the documents need not be looked for one by one."""
    catalogue = queue(engine, "d1", "d2")
    jobs, here = Jobs(engine), catalogue.collection_named("א").id
    for document_id, reason in (("d1", "index_unusable"), ("d2", "encrypted")):
        jobs.claim("a")
        jobs.finish(document_id, "a", "failed", reason, "x")
    assert jobs.retry_all(here, "index_unusable") == 1
    assert {record.id: record.state for record in catalogue.documents(here)} == {"d1": "queued", "d2": "failed"}


def test_thousands_are_deleted_at_once(engine: sa.Engine) -> None:
    """There is no number of documents, or of parts of one, that a statement cannot hold."""
    catalogue, jobs = Catalogue(engine), Jobs(engine)
    here = catalogue.collection_named("א").id
    with engine.begin() as connection:
        for number in range(3000):
            names = {"id": f"p{number}", "sha256": f"sha{number}", "filename": "x", "title": "x"}
            row = {**names, "collection_id": here, "size": 1}
            parent = "" if number % 2 else "p1"
            connection.execute(documents.insert().values(**row, **FRESH, created_at=1, updated_at=1, parent_id=parent))
    assert catalogue.inside("p1") == (1500, 1500)
    assert jobs.cancel_waiting(here) == 3000
    assert catalogue.documents(here) == []
