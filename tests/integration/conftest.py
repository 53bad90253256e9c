"""A whole web app that the tests of a file share."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from indexes.database import connect, migrate
from tests.web_parts import FakeAnswering, app_of, browser, build_services, sign_in
from webui.services import Services


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """The Darash that the tests of a file share; each has its own browser and collection."""
    data = tmp_path_factory.mktemp("web")
    engine = connect(f"sqlite:///{data / 'darash.sqlite3'}")
    migrate(engine)
    return build_services(data, engine, FakeAnswering())


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
