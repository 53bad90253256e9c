"""The database that tests run on: SQLite in their folder, or PostgreSQL with `DARASH_TEST_DATABASE=postgresql`.

Every test of `tests/integration` with a folder of its own then finds an empty database in `DARASH_DATABASE_URL`, as do
the processes that it starts; it is copied from one that was brought up to date once. The server is one of our own, on a
socket in a folder of our own.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from indexes.database import connect, migrate, new_id

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
ON_POSTGRESQL = os.environ.get("DARASH_TEST_DATABASE") == "postgresql"
NOWHERE = "postgresql+psycopg://darash@/nowhere?host=/nowhere"
"""The address of no database."""

_SERVER = "DARASH_TEST_SERVER"
_TEMPLATE = "darash"
_HASTE = "-c fsync=off -c full_page_writes=off -c autovacuum=off"
"""Nothing has to survive these tests, and many databases come and go."""


@contextmanager
def postgresql() -> Iterator[None]:
    """A server that runs meanwhile; `new_database` makes databases on it."""
    folder = Path(tempfile.mkdtemp(prefix="darash-postgresql-", dir="/tmp"))
    as_user = []
    if os.getuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]

    def call(program: str, *arguments: str) -> None:
        command = [*as_user, str(PROGRAMS[-1] / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd="/tmp")

    call("initdb", "--auth=trust", "--username=darash", "--encoding=UTF8", "--locale=C.UTF-8", str(folder / "data"))
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c max_connections=300 {_HASTE}"
    call("pg_ctl", "--wait", "-D", str(folder / "data"), "-o", options, "-l", str(folder / "log"), "start")
    os.environ[_SERVER] = f"postgresql+psycopg://darash@/DATABASE?host={folder}"
    try:
        address = new_database(_TEMPLATE, "template0")
        engine = connect(address)
        migrate(engine)
        engine.dispose()
        yield
    finally:
        del os.environ[_SERVER]
        call("pg_ctl", "--wait", "-D", str(folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(folder)


def new_database(name: str = "", template: str = _TEMPLATE) -> str:
    """The address of a new database on the running server, with the current schema and no rows."""
    name = name or f"test_{new_id()}"
    _administrate(f"CREATE DATABASE {name} TEMPLATE {template}")
    return os.environ[_SERVER].replace("DATABASE", name)


def drop_database(address: str) -> None:
    """Removes such a database, whoever is connected to it."""
    _administrate(f"DROP DATABASE {sa.make_url(address).database} WITH (FORCE)")


def new_engine(data: Path) -> sa.Engine:
    """An empty database with the current schema, for tests that share a data folder."""
    engine = connect(new_database() if ON_POSTGRESQL else sqlite_in(data))
    migrate(engine)
    return engine


def address_of(data: Path) -> str:
    """The address of the database that belongs to the data folder of the running test."""
    return os.environ.get("DARASH_DATABASE_URL") or sqlite_in(data)


def sqlite_in(data: Path) -> str:
    """The address of the SQLite database of a data folder."""
    return f"sqlite:///{data / 'darash.sqlite3'}"


def _administrate(statement: str) -> None:
    engine = sa.create_engine(os.environ[_SERVER].replace("DATABASE", "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
