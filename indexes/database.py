"""The connection to the one database: SQLite in WAL mode, or PostgreSQL by its address. Knows no table."""

import secrets
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from indexes import revision

metadata = sa.MetaData()
"""Every table of Darash, whichever room owns it; `indexes/migrations` holds the same schema as steps."""


_PATIENCE = "busy_timeout=30000"


def new_id() -> str:
    """A random name for a thing: 128 bits, so that it cannot be guessed from another one."""
    return secrets.token_hex(16)


def now() -> float:
    """Seconds since 1970, as all time columns hold them."""
    return time.time()


def connect(url: str) -> sa.Engine:
    """An engine for `url`.

    SQLite gets WAL, foreign keys, durable commits, a 30 s wait for a locked database, and zeros over what is deleted.
    Errors do not quote the values of a statement, which may be questions, into the log.
    """
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)
    database = sa.make_url(url).database
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, connect_args={"timeout": 30}, hide_parameters=True)

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sa.engine.interfaces.DBAPIConnection, _: object) -> None:
        # The driver's own transactions begin too late for WAL (a read that turns into a write fails at once
        # instead of waiting); `begin` below opens them explicitly. See SQLAlchemy, "SQLite transactional isolation".
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", _PATIENCE, "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine


def drop_journal(engine: sa.Engine) -> bool:
    """Empties the journal of SQLite (WAL), where what was deleted can still be read. False while somebody reads in it.

    PostgreSQL looks after its own.
    """
    if engine.dialect.name != "sqlite":
        return True
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA busy_timeout=2000")  # nobody can write meanwhile
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        told = cursor.fetchone()  # busy, pages in the journal, pages written
        cursor.execute(f"PRAGMA {_PATIENCE}")
    return told is not None and not told[0]


def writing(engine: sa.Engine) -> sa.Engine:
    """The same engine for transactions that write: on SQLite they take the write lock at once and wait their turn."""
    return engine.execution_options(writes=True)


def migrate(engine: sa.Engine) -> None:
    """Brings the schema of the database up to this version of Darash. Safe to call at every start."""
    with writing(engine).connect() as connection, _without_references(connection), connection.begin():
        revision.upgrade(connection)


@contextmanager
def _without_references(connection: sa.Connection) -> Iterator[None]:
    """Lets SQLite put another table in the place of one that others refer to, as its manual on ALTER TABLE has it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()  # no transaction has begun, where this could not be changed
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()
