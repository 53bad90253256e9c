"""Moving documents between collections: which go, what goes with them, and what stays as it was."""

import pytest
import sqlalchemy as sa

from indexes.arrival import Arrival, register_part
from indexes.catalogue import Catalogue, taking_in
from indexes.chunk import Chunk, Span
from indexes.errors import MoveRefused, NotFound
from indexes.glossary import Glossaries, glossary
from indexes.jobs import Jobs
from indexes.page import Page
from indexes.passages import Passages
from indexes.record import DocumentRecord, documents
from ingest.defined import Found


@pytest.fixture
def catalogue(engine: sa.Engine) -> Catalogue:
    """Two collections, `from` and `to`."""
    catalogue = Catalogue(engine)
    for name in ("from", "to"):
        catalogue.create_collection(name)
    return catalogue


def id_of(catalogue: Catalogue, name: str) -> str:
    """The collection of that name."""
    return catalogue.collection_named(name).id


def add(catalogue: Catalogue, name: str, collection: str = "from", **origin: str) -> DocumentRecord:
    """A document that waits, whose id and bytes are its name."""
    return catalogue.add_document(
        f"{name}-{collection}", id_of(catalogue, collection), f"{name}.txt", name, 1, **origin
    )


def ready(catalogue: Catalogue, name: str, **origin: str) -> DocumentRecord:
    """One that was read, with a passage and a pair of the glossary."""
    record = add(catalogue, name, **origin)
    chunk = Chunk(f"{record.id}-0", record.id, record.collection_id, name, (), (Span(1, 0, 4),), "טקסט")
    Passages(catalogue.engine).store(record.id, [Page(1, "טקסט")], [chunk])
    Glossaries(catalogue.engine).store(record.id, record.collection_id, [Found("מבע״ת", "מבנה עת", 1)])
    set_state(catalogue, record, "ready", pages_total=1, pages_done=1)
    return catalogue.document(record.id)


def set_state(catalogue: Catalogue, record: DocumentRecord, state: str, **values: object) -> None:
    """As a worker would leave it."""
    with catalogue.engine.begin() as connection:
        which = documents.update().where(documents.c.id == record.id)
        connection.execute(which.values(state=state, **values))


def refusal(catalogue: Catalogue, record: DocumentRecord, to: str = "to") -> str:
    """Why a document does not go."""
    with pytest.raises(MoveRefused) as refused:
        catalogue.move_document(record.id, id_of(catalogue, to))
    assert catalogue.document(record.id) == record
    return refused.value.code


def test_a_searchable_document_waits_to_be_carried(catalogue: Catalogue) -> None:
    """Its rows are of the other collection at once, passages with them, and a worker finds what is to be done."""
    record = ready(catalogue, "a")
    target = id_of(catalogue, "to")
    catalogue.move_document(record.id, target)
    moved = catalogue.document(record.id)
    assert (moved.collection_id, moved.state, moved.moved_from) == (target, "queued", record.collection_id)
    (chunk,) = Passages(catalogue.engine).chunks_of_document(record.id)
    assert chunk.collection_id == target
    with catalogue.engine.connect() as connection:
        assert set(connection.execute(sa.select(glossary.c.collection_id)).scalars()) == {target}
    assert catalogue.documents(record.collection_id) == []
    jobs = Jobs(catalogue.engine)
    claimed = jobs.claim("w")
    assert claimed is not None
    assert claimed.moved_from == record.collection_id
    assert jobs.finish(record.id, "w", "ready")
    assert catalogue.document(record.id).moved_from == ""


@pytest.mark.parametrize("state", ["queued", "paused", "failed"])
def test_what_was_never_searchable_only_changes_its_collection(catalogue: Catalogue, state: str) -> None:
    """A document that waits, is held or has failed stays so."""
    record = add(catalogue, "a")
    set_state(catalogue, record, state)
    catalogue.move_document(record.id, id_of(catalogue, "to"))
    moved = catalogue.document(record.id)
    assert (moved.state, moved.moved_from, moved.collection_id) == (state, "", id_of(catalogue, "to"))


def test_moved_once_more_it_remembers_the_index_it_was_in(catalogue: Catalogue) -> None:
    """Before a worker came, the passages are still in the first index."""
    record = ready(catalogue, "a")
    third = catalogue.create_collection("third").id
    catalogue.move_document(record.id, id_of(catalogue, "to"))
    catalogue.move_document(record.id, third)
    moved = catalogue.document(record.id)
    assert (moved.collection_id, moved.moved_from) == (third, record.collection_id)


def test_what_is_inside_goes_along(catalogue: Catalogue) -> None:
    """An archive and its files are one thing to whoever moves it; a file of it does not go alone."""
    archive = ready(catalogue, "zip")
    with taking_in(catalogue.engine, archive.collection_id) as connection:
        part = register_part(connection, Arrival("part", archive.collection_id, "b.txt", "b", 1, "zip/b.txt"), archive)
    assert refusal(catalogue, catalogue.document(part.id)) == "part"
    catalogue.move_document(archive.id, id_of(catalogue, "to"))
    moved = catalogue.document("part")
    assert (moved.collection_id, moved.parent_id, moved.state) == (id_of(catalogue, "to"), archive.id, "queued")


@pytest.mark.parametrize("state", ["reading", "indexing"])
def test_nothing_goes_while_it_is_worked_on(catalogue: Catalogue, state: str) -> None:
    """The worker that has it would go on where it began."""
    record = add(catalogue, "a")
    set_state(catalogue, record, state)
    assert refusal(catalogue, catalogue.document(record.id)) == "busy"


def test_nothing_goes_while_one_replaces_another(catalogue: Catalogue) -> None:
    """Neither the old version nor the new one, until the new one is ready."""
    old = ready(catalogue, "old")
    new = add(catalogue, "new", replaces=old.id)
    assert refusal(catalogue, catalogue.document(old.id)) == "busy"
    assert refusal(catalogue, catalogue.document(new.id)) == "busy"


def test_the_same_bytes_are_there_once(catalogue: Catalogue) -> None:
    """A collection has a file once; the one that is there stays."""
    record = ready(catalogue, "a")
    add(catalogue, "a", "to")
    assert refusal(catalogue, record) == "there"


def test_a_path_that_is_taken_is_left_behind(catalogue: Catalogue) -> None:
    """Two documents that came from folders of the same name are no versions of each other."""
    kept, lost = ready(catalogue, "a", path="x/1.txt"), ready(catalogue, "b", path="x/2.txt")
    add(catalogue, "c", "to", path="x/2.txt")
    for record in (kept, lost):
        catalogue.move_document(record.id, id_of(catalogue, "to"))
    assert [catalogue.document(record.id).path for record in (kept, lost)] == ["x/1.txt", ""]


def test_nowhere_to_go(catalogue: Catalogue) -> None:
    """A collection that is gone takes nothing, and where a document is already nothing happens."""
    record = ready(catalogue, "a")
    catalogue.move_document(record.id, record.collection_id)
    assert catalogue.document(record.id) == record
    target = id_of(catalogue, "to")
    catalogue.delete_collection(target)
    for place in (target, "0" * 32):
        with pytest.raises(NotFound):
            catalogue.move_document(record.id, place)
    assert catalogue.document(record.id) == record


def test_the_new_version_is_found_wherever_it_is(catalogue: Catalogue) -> None:
    """A citation of an old version leads to the new one after that one was moved."""
    old = ready(catalogue, "old")
    new = add(catalogue, "new", replaces=old.id)
    jobs = Jobs(catalogue.engine)
    jobs.claim("w")
    jobs.finish(new.id, "w", "ready")
    catalogue.move_document(new.id, id_of(catalogue, "to"))
    following = catalogue.following(old.id)
    assert following is not None
    assert following.id == new.id


def test_suggestions_belong_to_a_collection(catalogue: Catalogue) -> None:
    """They are kept in the order in which they were written, and only collections with any are named."""
    catalogue.suggest(id_of(catalogue, "to"), ["מתי?", "כמה?"])
    ids = [id_of(catalogue, name) for name in ("from", "to")]
    assert catalogue.suggestions(ids) == {ids[1]: ["מתי?", "כמה?"]}
    assert catalogue.suggestions(ids[:1]) == {}
