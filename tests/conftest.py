"""Fixtures that every kind of test may use."""

import os
from pathlib import Path

import pytest
import sqlalchemy as sa

from indexes.database import connect, migrate
from tests import database

ROOT = Path(__file__).parent.parent


def pytest_configure(config: pytest.Config) -> None:
    """Names the mark of tests that only SQLite can pass."""
    config.addinivalue_line("markers", "sqlite(reason): is about what only SQLite does")


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The development data (real documents, truth sets); tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("DARASH_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no development data at {folder}; set DARASH_TEST_DATA")
    return folder


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    """An empty database with the current schema."""
    engine = connect(database.address_of(tmp_path))
    migrate(engine)
    return engine
