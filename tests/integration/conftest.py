"""A whole web app that the tests of a file share, and the database that a test runs on."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests import database
from tests.web_parts import FakeAnswering, app_of, browser, build_services, sign_in
from webui.services import Services


@pytest.fixture(scope="session", autouse=True)
def server() -> Iterator[None]:
    """The database server, where the tests run on one."""
    if not database.ON_POSTGRESQL:
        yield
        return
    with database.postgresql():
        yield


@pytest.fixture(scope="module")
def postgresql(server: None) -> Iterator[None]:
    """A PostgreSQL server for tests that need one whatever the others run on."""
    if not database.PROGRAMS:
        pytest.skip("NOT RUN: PostgreSQL is not installed (Debian: postgresql)")
    with nullcontext() if database.ON_POSTGRESQL else database.postgresql():
        yield


@pytest.fixture(autouse=True)
def own_database(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    """A database on that server for each test that has a folder of its own, and for all processes of the test.

    The others share the data folder of their file, with its database; making one takes a fifth of a second.
    """
    if not database.ON_POSTGRESQL:
        yield
        return
    if of_sqlite := request.node.get_closest_marker("sqlite"):
        pytest.skip(f"only on SQLite: {of_sqlite.args[0]}")
    if "tmp_path" not in request.fixturenames:
        monkeypatch.setenv("DARASH_DATABASE_URL", database.NOWHERE)
        yield
        return
    address = database.new_database()
    monkeypatch.setenv("DARASH_DATABASE_URL", address)
    yield
    database.drop_database(address)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """The Darash that the tests of a file share; each has its own browser and collection."""
    data = tmp_path_factory.mktemp("web")
    return build_services(data, database.new_engine(data), FakeAnswering())


@pytest.fixture(scope="module")
def app(services: Services) -> FastAPI:
    """Its app."""
    return app_of(services)


@pytest.fixture
def visitor(app: FastAPI) -> TestClient:
    """A browser that is not signed in."""
    return browser(app)


@pytest.fixture
def client(app: FastAPI, services: Services) -> TestClient:
    """A browser signed in to the local account."""
    return sign_in(browser(app), services)
