import pytest
import sqlalchemy as sa

from indexes.catalogue import Catalogue
from indexes.database import writing
from indexes.errors import NotFound, PairRefused
from indexes.glossary import LONGEST_MEANING, LONGEST_TERM, Found, Glossaries
from indexes.page import Page, Place
from indexes.passages import Passages
from indexes.record import documents

LEAVE = ('חל"ת', "חופשה ללא תשלום")


def collection_with(engine: sa.Engine, *document_ids: str) -> str:
    """A collection with ready documents of those ids, of one page each; returns its id."""
    catalogue = Catalogue(engine)
    collection = catalogue.collection_named("נהלים")
    for document_id in document_ids:
        catalogue.add_document(document_id, collection.id, f"{document_id}.pdf", document_id, 1)
        Passages(engine).store(document_id, [Page(1, "", Place("page", "iv"))], [])
        set_state(engine, document_id, "ready")
    return collection.id


def set_state(engine: sa.Engine, document_id: str, state: str) -> None:
    """Puts a document into a state."""
    with writing(engine).begin() as connection:
        connection.execute(documents.update().where(documents.c.id == document_id).values(state=state))


def check_glossary(engine: sa.Engine) -> None:
    """What a glossary does on any database."""
    glossaries, other = Glossaries(engine), Glossaries(engine)
    collection_id = collection_with(engine, "d1", "d2")
    assert glossaries.pairs(collection_id) == ()
    glossaries.store("d1", collection_id, [Found(*LEAVE, page=1)])
    glossaries.store("d2", collection_id, [Found(*LEAVE, page=1)])
    glossaries.add(collection_id, ("גמלאי", "פנסיונר"), "someone")
    assert set(other.pairs(collection_id)) == {LEAVE, ("גמלאי", "פנסיונר")}
    pensioner, leave = glossaries.lines(collection_id)
    assert [(entry.title, entry.place, entry.page) for entry in leave.found] == [
        ("d1", Place("page", "iv"), 1),
        ("d2", Place("page", "iv"), 1),
    ]
    assert pensioner.own is not None
    assert pensioner.own.account_id == "someone"
    glossaries.remove(collection_id, leave.id, "someone")
    assert other.pairs(collection_id) == (("גמלאי", "פנסיונר"),)
    set_state(engine, "d1", "deleting")
    with writing(engine).begin() as connection:
        connection.execute(documents.delete().where(documents.c.id == "d1"))
    (leave,) = (line for line in glossaries.lines(collection_id) if line.found)
    assert leave.is_hidden
    assert [entry.document_id for entry in leave.found] == ["d2"]


def test_a_glossary_holds_what_is_found_and_what_is_written(engine: sa.Engine) -> None:
    """Pairs of documents and of people come back, seen by every process, and go with their documents."""
    check_glossary(engine)


def test_what_was_switched_off_does_not_come_back(engine: sa.Engine) -> None:
    """A pair that a person removed stays off when the document is read again, and can be taken into use again."""
    glossaries, collection_id = Glossaries(engine), collection_with(engine, "d1")
    glossaries.store("d1", collection_id, [Found(*LEAVE, page=1)])
    glossaries.remove(collection_id, glossaries.lines(collection_id)[0].id, "a")
    glossaries.store("d1", collection_id, [Found("חל״ת", LEAVE[1], page=2)])
    (line,) = glossaries.lines(collection_id)
    assert line.is_hidden
    assert not line.is_used
    assert glossaries.pairs(collection_id) == ()
    glossaries.use(collection_id, line.id, "a")
    assert glossaries.pairs(collection_id) == (LEAVE,)


def test_reading_a_document_again_replaces_what_was_found_in_it(engine: sa.Engine) -> None:
    """What a new reading does not define any more is gone; what people wrote stays."""
    glossaries, collection_id = Glossaries(engine), collection_with(engine, "d1")
    glossaries.add(collection_id, ("גמלאי", "פנסיונר"), "a")
    glossaries.store("d1", collection_id, [Found(*LEAVE, page=1)])
    glossaries.store("d1", collection_id, [])
    assert glossaries.pairs(collection_id) == (("גמלאי", "פנסיונר"),)


def test_only_searchable_documents_count(engine: sa.Engine) -> None:
    """What a document defines is used from the moment it is ready until it is being deleted."""
    glossaries, collection_id = Glossaries(engine), collection_with(engine, "d1")
    glossaries.store("d1", collection_id, [Found(*LEAVE, page=1)])
    for state, pairs in {"indexing": (), "ready": (LEAVE,), "deleting": ()}.items():
        set_state(engine, "d1", state)
        assert glossaries.pairs(collection_id) == pairs


def test_collections_keep_to_themselves(engine: sa.Engine) -> None:
    """A pair of one collection is neither used nor changed from another one."""
    glossaries, here = Glossaries(engine), collection_with(engine, "d1")
    there = Catalogue(engine).collection_named("מכרזים").id
    glossaries.add(here, LEAVE, "a")
    assert glossaries.pairs(there) == ()
    assert glossaries.lines(there) == []
    with pytest.raises(NotFound):
        glossaries.remove(there, glossaries.lines(here)[0].id, "a")
    assert glossaries.pairs(here) == (LEAVE,)


def test_a_term_with_several_meanings_waits_for_a_person(engine: sa.Engine) -> None:
    """A term that documents define in different ways is not searched for until somebody says which is meant."""
    glossaries, collection_id = Glossaries(engine), collection_with(engine, "d1", "d2")
    glossaries.store("d1", collection_id, [Found("המזמין", "משרד החינוך", 1)])
    glossaries.store("d2", collection_id, [Found("המזמין", "עיריית חדרה", 1)])
    assert [line.doubt for line in glossaries.lines(collection_id)] == ["several", "several"]
    assert glossaries.pairs(collection_id) == ()
    glossaries.use(collection_id, glossaries.lines(collection_id)[0].id, "a")
    assert glossaries.pairs(collection_id) == (("המזמין", "משרד החינוך"),)


def test_a_longer_name_of_the_same_is_no_other_meaning(engine: sa.Engine) -> None:
    """Two documents that define a term, one at more length, do not contradict each other."""
    glossaries, collection_id = Glossaries(engine), collection_with(engine, "d1", "d2")
    glossaries.store("d1", collection_id, [Found("המזמין", "עיריית חדרה", 1)])
    glossaries.store("d2", collection_id, [Found("המזמין", "עיריית חדרה מחלקת הנדסה", 1)])
    assert [line.is_used for line in glossaries.lines(collection_id)] == [True, True]


def test_a_short_name_made_of_the_long_one_is_not_searched(engine: sa.Engine) -> None:
    """The council for the council of Shkamim: its words are found anyway, so searches leave the pair alone."""
    glossaries, collection_id = Glossaries(engine), collection_with(engine, "d1")
    glossaries.store("d1", collection_id, [Found("המועצה", "המועצה המקומית נחל שקמים", 1)])
    assert [line.doubt for line in glossaries.lines(collection_id)] == ["part"]
    assert glossaries.pairs(collection_id) == ()


def test_a_pair_is_changed(engine: sa.Engine) -> None:
    """A pair that a person wrote is replaced; in place of one that a document defines another one is used."""
    glossaries, collection_id = Glossaries(engine), collection_with(engine, "d1")
    glossaries.store("d1", collection_id, [Found(*LEAVE, page=1)])
    glossaries.change(collection_id, glossaries.lines(collection_id)[0].id, (LEAVE[0], "חופשה בלי שכר"), "a")
    assert glossaries.pairs(collection_id) == ((LEAVE[0], "חופשה בלי שכר"),)
    (changed,) = (line for line in glossaries.lines(collection_id) if line.is_used)
    glossaries.change(collection_id, changed.id, (LEAVE[0], "חופשה  בלי שכר!"), "a")
    assert glossaries.pairs(collection_id) == ((LEAVE[0], "חופשה בלי שכר!"),)
    assert len(glossaries.lines(collection_id)) == 2


@pytest.mark.parametrize(
    ("term", "meaning", "code"),
    [
        ("", "פנסיונר", "empty"),
        ("גמלאי", "...", "empty"),
        ("א" * (LONGEST_TERM + 1), "פנסיונר", "too_long"),
        ("גמלאי", "ב" * (LONGEST_MEANING + 1), "too_long"),
        ("גמלאי", " גמלאי. ", "same"),
        ("פנסיונר", "גמלאי", "known"),
    ],
)
def test_a_pair_that_says_nothing_is_refused(engine: sa.Engine, term: str, meaning: str, code: str) -> None:
    """An empty or endless side, the same on both sides, or what is there already in either order, has a code."""
    glossaries, collection_id = Glossaries(engine), collection_with(engine)
    glossaries.add(collection_id, ("גמלאי", "פנסיונר"), "a")
    with pytest.raises(PairRefused) as refused:
        glossaries.add(collection_id, (term, meaning), "a")
    assert refused.value.code == code
