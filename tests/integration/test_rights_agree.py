"""Whatever people, groups and grants there are: the real app lets somebody read exactly what a ten-line model says.

Hypothesis changes roles, memberships, grants, suspensions and deletions in any order, and in between somebody tries
every door: lists, search, answers, sources, page images, files, text, glossary, settings, and conversations of others.
"""

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from answers import conversation
from answers.answer import Answer, Citation
from answers.means import Means
from indexes.catalogue import Catalogue, collections
from indexes.chunk import Chunk, Span
from indexes.database import writing
from indexes.files import DocumentFiles
from indexes.glossary import Glossaries
from indexes.jobs import Jobs
from indexes.local import LocalIndex, index_folder
from indexes.page import Page, Place
from indexes.passages import Passages
from indexes.record import documents
from indexes.searcher import Searcher
from indexes.settings import IndexSettings
from indexes.storage import Storage
from tests.database import new_engine
from tests.fake_embedder import FakeEmbedder
from tests.web_parts import app_of, browser
from webui.accounts.account import accounts
from webui.accounts.group import memberships
from webui.accounts.sessions import COOKIE
from webui.grants import LEVELS, Grant, NoOwnerLeft, grants
from webui.services import Services, services_of
from webui.settings import WebSettings
from webui.texts import texts

ROLES = ("manager", "member", "guest")
SECRETS = ("אקליפטוס", "ברקוני", "גרניום", "דולומיט")
"""A word for each collection, which only its document holds."""
PEOPLE, GROUPS, COLLECTIONS = st.integers(0, 4), st.integers(0, 1), st.integers(0, len(SECRETS) - 1)
TEAM = "team"

Door = tuple[str, str, int, int]
DOORS: list[Door] = [
    ("GET", "/documents/list?collection={collection}", 1, 200),
    ("GET", "/glossary/{collection}", 1, 200),
    ("GET", "/documents/{document}/check", 1, 200),
    ("GET", "/api/documents?collection={collection}", 1, 200),
    ("GET", "/api/documents/{document}", 1, 200),
    ("GET", "/api/documents/{document}/original", 1, 200),
    ("GET", "/api/documents/{document}/pages/1.webp", 1, 200),
    ("GET", "/api/documents/{document}/pages/1", 1, 200),
    ("POST", "/api/collections/{collection}/pause", 2, 200),
    ("POST", "/api/documents/{document}/retry", 2, 409),
    ("GET", "/collections/{collection}", 3, 200),
    ("GET", "/api/collections/{collection}/grants", 3, 200),
]
"""Method, path, how much one must be allowed to do, and the status of whoever is."""


class Model:
    """Who may do how much with what: 0 nothing, 1 read, 2 edit, 3 own."""

    def __init__(self) -> None:
        self.roles: dict[int, str] = {}
        self.suspended: set[int] = set()
        self.deleted: set[int] = set()
        self.members: set[tuple[int, int]] = set()
        self.grants: dict[tuple[int, str], int] = {}

    def level(self, person: int, collection: int) -> int:
        """The ten lines."""
        if person in self.suspended or collection in self.deleted:
            return 0
        subjects = {f"person {person}"}
        subjects |= {f"group {group}" for group, member in self.members if member == person}
        if self.roles[person] != "guest":
            subjects.add(TEAM)
        best = max(self.grants.get((collection, subject), 0) for subject in subjects)
        return min(best, 1) if self.roles[person] == "guest" else best


class World:
    """A Darash with five people, two groups, and four collections of a document each, all of which can begin anew."""

    def __init__(self, data: Path) -> None:
        engine = new_engine(data)
        if engine.dialect.name == "sqlite":
            engine.dispose()  # the connections to come are fast, and lost with the machine
            sa.event.listen(engine, "connect", lambda each, _: each.execute("PRAGMA synchronous=OFF").close())
        passages, glossaries = Passages(engine), Glossaries(engine)
        kept = IndexSettings(_env_file=None, data=data)
        storage = Storage(kept, engine, Catalogue(engine), passages, glossaries, DocumentFiles(data), Jobs(engine))
        search = Searcher(data, FakeEmbedder(), passages, glossaries)
        answering = partial(conversation.answer, means=Means(search, passages, None))
        web = WebSettings(_env_file=None, questions_a_minute=10**9)
        self.services: Services = services_of(storage, web, search, answering)
        self.client = browser(app_of(self.services))
        self.people = [self.services.accounts.create(f"p{at}", f"person {at}", "member").id for at in range(5)]
        self.groups = [self.services.groups.create(f"group {at}").id for at in range(2)]
        self.collections, self.documents = list[str](), list[str]()
        self.citations, self.turns = list[Citation](), list[tuple[str, str]]()
        for secret in SECRETS:
            self._add_collection(data, secret)
        for person in self.people:
            self._add_conversation(person)

    def _add_collection(self, data: Path, secret: str) -> None:
        collection_id, document_id = self.services.catalogue.create_collection(secret).id, f"{len(self.documents):032x}"
        text = f"הוראה בעניין {secret}: האגרה היא {len(self.documents)}00 שקלים לשנה."
        self.services.catalogue.add_document(document_id, collection_id, f"{secret}.txt", document_id, len(text))
        chunk = Chunk(f"{document_id}-0", document_id, collection_id, secret, (), (Span(1, 0, len(text)),), text)
        self.services.passages.store(document_id, [Page(1, text, width=10.0, height=10.0)], [chunk])
        LocalIndex(index_folder(data, collection_id), FakeEmbedder()).add(document_id, [chunk])
        files = self.services.files
        files.page_image(document_id, 1).parent.mkdir(parents=True)
        files.page_image(document_id, 1).write_bytes(secret.encode())
        files.original(document_id).write_bytes(secret.encode())
        self.collections.append(collection_id)
        self.documents.append(document_id)
        quote = Citation(len(self.documents), chunk.id, document_id, collection_id, secret, 1, Place(), 0, 10**3, text)
        self.citations.append(quote)

    def _add_conversation(self, person: str) -> None:
        """An old answer that cites every document."""
        kept = self.services.conversations
        turn = kept.add_question(person, kept.create(person, "").id, "כמה?")
        kept.save_answer(turn.id, Answer("כך [1] [2] [3] [4]", tuple(self.citations), finished=True))
        self.turns.append((turn.conversation_id, turn.id))

    def begin(self, roles: list[str]) -> None:
        """Everything as it was, but for the roles: person 0 runs this Darash and owns the first two collections."""
        with writing(self.services.engine).begin() as connection:
            for table in (grants, memberships):
                connection.execute(table.delete())
            connection.execute(collections.update().values(deleted_at=None))
            connection.execute(documents.update().values(state="ready", sha256=documents.c.id))
            for person, role in zip(self.people, roles, strict=True):
                change = accounts.update().where(accounts.c.id == person)
                connection.execute(change.values(role=role, suspended_at=None))
        self.cookies = [self.services.sessions.start(person) for person in self.people]

    def ask_for(self, person: int, method: str, path: str, **rest: object) -> tuple[int, str]:
        """Status and text of what somebody asks for with their cookie."""
        headers = {"cookie": f"{COOKIE}={self.cookies[person]}"}
        response = self.client.request(method, path, headers=headers, **rest)
        return response.status_code, response.text


class Rights(RuleBasedStateMachine):
    """The app and the model side by side."""

    world: World

    @initialize(roles=st.lists(st.sampled_from(ROLES), min_size=4, max_size=4))
    def begin(self, roles: list[str]) -> None:
        """A new world."""
        self.model = Model()
        self.model.roles = dict(enumerate(["owner", *roles]))
        self.world.begin(["owner", *roles])
        for collection, person in enumerate((0, 0, 1, 2)):
            owner = 0 if self.model.roles[person] == "guest" else person
            self._granted(collection, f"person {owner}", 3)

    @rule(collection=COLLECTIONS, person=PEOPLE, level=st.integers(0, 3))
    def grant_to_person(self, collection: int, person: int, level: int) -> None:
        """Something is granted to somebody, or taken back."""
        self._granted(collection, f"person {person}", level)

    @rule(collection=COLLECTIONS, group=GROUPS, level=st.integers(0, 3))
    def grant_to_group(self, collection: int, group: int, level: int) -> None:
        """Something is granted to a group, or taken back."""
        self._granted(collection, f"group {group}", level)

    @rule(collection=COLLECTIONS, level=st.integers(0, 2))
    def grant_to_team(self, collection: int, level: int) -> None:
        """Something is granted to the team, or taken back."""
        self._granted(collection, TEAM, level)

    @rule(group=GROUPS, person=PEOPLE)
    def join_or_leave(self, group: int, person: int) -> None:
        """Somebody comes into a group, or leaves it."""
        of_group = self.world.services.groups
        change = of_group.remove if (group, person) in self.model.members else of_group.add
        change(self.world.groups[group], self.world.people[person])
        self.model.members ^= {(group, person)}

    @rule(person=st.integers(1, 4), role=st.sampled_from(ROLES))
    def give_role(self, person: int, role: str) -> None:
        """Somebody gets another role."""
        self.world.services.people.give_role(self.world.people[person], role)
        self.model.roles[person] = role

    @rule(person=st.integers(1, 4))
    def suspend_or_restore(self, person: int) -> None:
        """Somebody is suspended, or comes back; a session that outlived the suspension opens nothing meanwhile."""
        change = self.world.services.people
        (change.restore if person in self.model.suspended else change.suspend)(self.world.people[person])
        self.world.cookies[person] = self.world.services.sessions.start(self.world.people[person])
        self.model.suspended ^= {person}

    @rule(person=PEOPLE)
    def ask_permissions(self, person: int) -> None:
        """Permissions know it by themselves, whatever the gate has let in."""
        levels = self.world.services.permissions.levels(self.world.people[person])
        found = {collection.id: LEVELS.index(level) + 1 for collection, level in levels.items()}
        model = {each: self.model.level(person, at) for at, each in enumerate(self.world.collections)}
        assert found == {each: level for each, level in model.items() if level}

    @rule(person=PEOPLE, collection=COLLECTIONS, name=st.sampled_from(["א", "ב"]))
    def try_to_rename(self, person: int, collection: int, name: str) -> None:
        """Whoever owns a collection renames it, and nobody else."""
        address = f"/collections/{self.world.collections[collection]}/name"
        status, _ = self.world.ask_for(person, "POST", address, data={"name": name})
        assert status == self._expected(person, collection, 3, 303)

    @rule(person=PEOPLE, collection=COLLECTIONS, whom=PEOPLE, level=st.integers(1, 3))
    def try_to_share(self, person: int, collection: int, whom: int, level: int) -> None:
        """Whoever owns a collection opens it to others; what they may not get is refused, and nothing is granted."""
        address, form = f"/collections/{self.world.collections[collection]}/open", {"level": LEVELS[level - 1]}
        form["whom"] = f"person-{self.world.people[whom]}"
        status, _ = self.world.ask_for(person, "POST", address, data=form)
        if self._expected(person, collection, 3, 303) != 303:
            assert status == self._expected(person, collection, 3, 303)
        elif self.model.roles[whom] == "guest" and level > 1:
            assert status == 422
        elif status == 303:
            self.model.grants[collection, f"person {whom}"] = level
        else:
            assert status == 409
            assert self.model.grants[collection, f"person {whom}"] == 3

    @rule(person=PEOPLE, collection=COLLECTIONS)
    def try_to_delete(self, person: int, collection: int) -> None:
        """Whoever owns a collection deletes it, and nobody else."""
        if self.model.deleted and self.model.level(person, collection) == 3:
            return  # enough of them stay for the other rules
        status, _ = self.world.ask_for(person, "POST", f"/collections/{self.world.collections[collection]}/delete")
        assert status == self._expected(person, collection, 3, 303)
        if status == 303:
            self.model.deleted.add(collection)

    @rule(person=PEOPLE, collection=COLLECTIONS, doors=st.sets(st.sampled_from(DOORS), min_size=3, max_size=3))
    def try_doors(self, person: int, collection: int, doors: set[Door]) -> None:
        """Each thing of a collection is there for those who may read, edit or own it, and for the others it is not."""
        collection_id, document_id = self.world.collections[collection], self.world.documents[collection]
        for method, address, level, status in doors:
            path = address.format(collection=collection_id, document=document_id)
            found, text = self.world.ask_for(person, method, path)
            assert found == self._expected(person, collection, level, status), path
            assert found < 400 or SECRETS[collection] not in text, path

    @rule(person=PEOPLE, path=st.sampled_from(["/api/collections", "/documents/cards"]))
    def look_at_a_list(self, person: int, path: str) -> None:
        """Lists name exactly the collections that may be read."""
        readable = {at for at in range(len(SECRETS)) if self.model.level(person, at)}
        status, text = self.world.ask_for(person, "GET", path)
        assert status == (401 if person in self.model.suspended else 200)
        assert {at for at, each in enumerate(self.world.collections) if each in text} == readable, path

    @rule(person=PEOPLE, collection=COLLECTIONS)
    def search(self, person: int, collection: int) -> None:
        """A search finds a document where it may be read, and says nothing of it where it may not."""
        asked = {"question": SECRETS[collection]}
        status, text = self.world.ask_for(person, "POST", "/api/search", json=asked)
        assert status == (401 if person in self.model.suspended else 200)
        assert (SECRETS[collection] in text) == bool(self.model.level(person, collection))
        asked["collections"] = [self.world.collections[collection]]
        status, _ = self.world.ask_for(person, "POST", "/api/search", json=asked)
        assert status == self._expected(person, collection, 1, 200)

    @rule(person=PEOPLE, collection=COLLECTIONS, kind=st.sampled_from(["מהי האגרה בעניין {}?", "סכם את {}"]))
    def ask(self, person: int, collection: int, kind: str) -> None:
        """An answer cites a document, or reads the whole of it, only where it may be read."""
        if person in self.model.suspended:
            return  # the gate is tried by the other rules

        async def last() -> list[str]:
            question = kind.format(SECRETS[collection])
            stream = self.world.services.chat.ask(self.world.people[person], None, question)
            turn = [turn async for turn in stream][-1]
            return [one.collection_id for one in turn.said.citations]

        cited = asyncio.run(last())
        readable = {each for at, each in enumerate(self.world.collections) if self.model.level(person, at)}
        assert set(cited) <= readable
        assert (self.world.collections[collection] in cited) == bool(self.model.level(person, collection))

    @rule(person=PEOPLE, collection=COLLECTIONS, door=st.sampled_from(["source", "view"]))
    def open_an_old_source(self, person: int, collection: int, door: str) -> None:
        """A source of one's old answer opens where it may be read now; else it says that it is closed, and no more."""
        _, turn_id = self.world.turns[person]
        status, text = self.world.ask_for(person, "GET", f"/{door}/{turn_id}/{collection + 1}")
        may_read = bool(self.model.level(person, collection))
        assert status == (401 if person in self.model.suspended else 200)
        assert (SECRETS[collection] in text) == may_read
        assert status != 200 or (texts.SOURCE_CLOSED in text) != may_read

    @rule(person=PEOPLE, asker=PEOPLE)
    def open_a_conversation(self, person: int, asker: int) -> None:
        """One's own conversation opens, with the passages that may be read now; that of somebody else is not there."""
        conversation_id, turn_id = self.world.turns[asker]
        own = 401 if person in self.model.suspended else 200 if person == asker else 404
        status, text = self.world.ask_for(person, "GET", f"/api/conversations/{conversation_id}")
        assert (status, self.world.ask_for(person, "GET", f"/source/{turn_id}/1")[0]) == (own, own)
        for at, citation in enumerate(self.world.citations):
            assert (citation.quote in text) == (own == 200 and self.model.level(person, at) > 0)

    def _granted(self, collection: int, subject: str, level: int) -> None:
        """Grants, or takes back with 0, in the app and in the model; unless nobody would be left who owns it."""
        kind, _, at = subject.partition(" ")
        person = self.world.people[int(at)] if kind == "person" else None
        group = self.world.groups[int(at)] if kind == "group" else None
        grant = Grant(self.world.collections[collection], person, group, LEVELS[max(level - 1, 0)])
        if collection in self.model.deleted:
            return
        try:
            (self.world.services.grants.put if level else self.world.services.grants.remove)(grant)
        except NoOwnerLeft:
            assert self.model.grants[collection, subject] == 3 > level
        else:
            self.model.grants[collection, subject] = level

    def _expected(self, person: int, collection: int, level: int, status: int) -> int:
        """That status for whoever may do so much with the collection, 404 for the others, 401 for the suspended."""
        if person in self.model.suspended:
            return 401
        return status if self.model.level(person, collection) >= level else 404


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world of this file."""
    world = World(tmp_path_factory.mktemp("world"))
    with world.client:  # one event loop for all requests
        yield world
    world.services.engine.dispose()


def test_everybody_reads_what_was_granted_and_nothing_else(world: World) -> None:
    """Random people, groups, grants, revocations, suspensions and deletions agree with the model at every door."""
    Rights.world = world
    phases = (Phase.reuse, Phase.generate)  # making a failure shorter would take longer than a test may
    tries = settings(
        max_examples=25,
        stateful_step_count=40,
        phases=phases,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Rights, settings=tries)
    assert world.services.audit.check().broken_at == 0
