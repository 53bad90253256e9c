"""What a team asks of PostgreSQL: rights changed by two at once, everybody at the same moment, an old database."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from answers.answer import Answer
from indexes.database import connect, migrate
from tests import database
from tests.old_rows import fill_schema_before_teams
from tests.web_parts import ADDRESS, FakeAnswering, app_of, browser, build_services, new_collection, sign_in
from webui.grants import Grant, NoOwnerLeft
from webui.services import Services

AT_ONCE = 60


@pytest.fixture
def address(postgresql: None) -> Iterator[str]:
    """The address of an empty database."""
    address = database.new_database()
    yield address
    database.drop_database(address)


@pytest.fixture
def engine(address: str) -> Iterator[sa.Engine]:
    """Only one connection to it: who holds it while asking for another, or while waiting, is found out."""
    engine = sa.create_engine(address, pool_size=1, max_overflow=0, pool_timeout=60)
    yield engine
    engine.dispose()


def in_threads(work: Callable[[int], object]) -> None:
    """Does that in many threads at once, each with a number of its own; fails where one of them does."""
    failures = list[Exception]()

    def tried(number: int) -> None:
        try:
            work(number)
        except (sa.exc.SQLAlchemyError, LookupError) as error:
            failures.append(error)

    threads = [threading.Thread(target=tried, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_one_connection_is_enough_for_many_threads(engine: sa.Engine, tmp_path: Path) -> None:
    """Rights are read, changed and recorded from many threads; each gets the connection in its turn."""
    services = build_services(tmp_path, engine, FakeAnswering())
    owner_id, collection = services.accounts.owner().id, new_collection(services, "מאגר")
    people = [services.accounts.create(f"p{number}", f"p{number}", "member").id for number in range(AT_ONCE)]

    def work(number: int) -> None:
        services.grants.put(Grant(collection.id, people[number], None, "editor"))
        services.grants.put(Grant(collection.id, None, None, "reader"))
        services.audit.record(owner_id, "granted", collection.id)
        assert services.permissions.levels(people[number]) == {collection: "editor"}

    in_threads(work)
    assert len(services.grants.of(collection.id)) == AT_ONCE + 2  # the owner's, and one of the team
    assert (services.audit.check().rows, services.audit.check().broken_at) == (AT_ONCE, 0)


def test_answers_hold_no_connection(engine: sa.Engine, tmp_path: Path) -> None:
    """Many answers are streamed at once, and none goes on before all have begun: one connection serves them all."""
    begun = list[str]()

    async def answering(question: str, *_: object) -> AsyncGenerator[Answer]:
        begun.append(question)
        yield Answer("ת")
        while len(begun) < AT_ONCE:
            await asyncio.sleep(0.02)
        yield Answer("תשובה", finished=True)

    services = build_services(tmp_path, engine, answering, answers_at_once=AT_ONCE, questions_a_minute=1000)
    new_collection(services, "מאגר")
    app = app_of(services)
    cookies = dict(sign_in(browser(app), services).cookies)

    async def ask_all() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, cookies=cookies, timeout=None) as client:
            headers = {"origin": ADDRESS}
            asked = [client.post("/api/ask", json={"question": f"ש{n}"}, headers=headers) for n in range(AT_ONCE)]
            return await asyncio.gather(*asked)

    answers = asyncio.run(ask_all())
    assert {(one.status_code, "תשובה" in one.text) for one in answers} == {(200, True)}


def test_of_two_owners_one_stays(address: str, tmp_path: Path) -> None:
    """Two owners of a collection take it from each other at the same moment, again and again: one always keeps it."""
    engines = [connect(address) for _ in range(2)]
    one, other = (build_services(tmp_path, engine, FakeAnswering()) for engine in engines)
    collection = new_collection(one, "מאגר")
    grants = [
        Grant(collection.id, one.accounts.owner().id, None, "owner"),
        Grant(collection.id, one.accounts.create("b", "ב", "member").id, None, "owner"),
    ]

    def take(services: Services, grant: Grant, ready: threading.Barrier) -> None:
        ready.wait()
        with suppress(NoOwnerLeft):
            services.grants.put(replace(grant, level="reader"))

    for _ in range(20):
        for grant in grants:
            one.grants.put(grant)
        ready = threading.Barrier(2)
        pairs = zip((one, other), grants, strict=True)
        threads = [threading.Thread(target=take, args=(*pair, ready)) for pair in pairs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(grant.level for grant in one.grants.of(collection.id)) == ["owner", "reader"]
    for engine in engines:
        engine.dispose()


def test_rights_are_looked_up_with_indexes(engine: sa.Engine, tmp_path: Path) -> None:
    """The grants that do not count for a person are not read: every part of the question can be put to an index."""
    permissions, asked = build_services(tmp_path, engine, FakeAnswering()).permissions, list[tuple[str, object]]()

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    sa.event.listen(engine, "before_cursor_execute", note)
    permissions.levels("a")
    permissions.levels("a", "c")
    sa.event.remove(engine, "before_cursor_execute", note)
    with engine.connect() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # small tables are read whole, given the choice
        plans = [connection.exec_driver_sql(f"EXPLAIN {one}", values).scalars().all() for one, values in asked]
    read = [(each, after) for plan in plans for each, after in pairwise(plan) if " on grants" in each]
    assert len(read) == 6
    assert all(" Cond: " in after for _, after in read), read  # what an index was asked for


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_database_from_before_teams(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Its collections are the owner's alone, who may now call another one the same; what was in them is there."""
    if kind == "postgresql":
        request.getfixturevalue("postgresql")
    address = database.new_database(template="template0") if kind == "postgresql" else database.sqlite_in(tmp_path)
    engine = connect(address)
    fill_schema_before_teams(engine)
    migrate(engine)
    services = build_services(tmp_path, engine, FakeAnswering())
    owner = services.accounts.owner()
    assert (owner.id, owner.name, owner.role) == ("a1", "local", "owner")
    assert [each.name for each in services.permissions.owned(owner.id)] == ["נהלים", "מכרזים", "Legal"]
    assert {record.id: record.added_by for record in services.catalogue.documents("c1")} == {"d1": "", "d2": ""}
    assert [turn.said.text for turn in services.conversations.turns("a1", "t1")] == ["מה?", "שלום [1]"]
    assert new_collection(services, "נהלים").id != "c1"
    assert services.permissions.readable(services.accounts.create("b", "ב", "manager").id) == []
    engine.dispose()
    if kind == "postgresql":
        database.drop_database(address)
