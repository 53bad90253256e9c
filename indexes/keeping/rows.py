"""The rows of all tables as lines of JSON, which are the same whichever database they came from.

The tables are those that the database has: a backup of an older version is one of that version. Knows no table by name.
"""

import gzip
import json
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator
from io import BytesIO

import sqlalchemy as sa

from indexes.errors import BackupDamaged

PIECE = 4_000_000
"""Bytes of JSON after which a piece of a table ends."""
AT_ONCE = 200
"""Rows that are asked for in one go; a page with its words is some 20 kB."""
MOST = 64 * PIECE
"""Bytes of a piece: its last row may be a large one. More is no piece of ours, but made to fill the memory."""

_OWN = "alembic_version"


def tables_of(connection: sa.Connection, without: Collection[str] = ()) -> list[sa.Table]:
    """The tables that the database has, those that others refer to first."""
    tables = sa.MetaData()
    tables.reflect(connection)
    return [table for table in tables.sorted_tables if table.name != _OWN and table.name not in without]


def pieces(connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
    """All rows of a table, compressed (gzip), a few megabytes at a time: a JSON object a line. Bytes are in base 64."""
    lines, size = list[bytes](), 0
    found = connection.execution_options(yield_per=AT_ONCE).execute(sa.select(table)).mappings()
    for row in found:
        lines.append(json.dumps(dict(row), ensure_ascii=False, default=_written).encode())
        size += len(lines[-1])
        if size >= PIECE:
            yield _packed(lines)
            lines, size = [], 0
    if lines:
        yield _packed(lines)


def insert(connection: sa.Connection, table: sa.Table, piece: bytes) -> None:
    """Puts the rows of a piece into an empty table, or behind those that are there. Raises `BackupDamaged`."""
    binary = {column.name for column in table.columns if isinstance(column.type, sa.LargeBinary)}
    try:
        rows = [_read(json.loads(line), binary) for line in _unpacked(piece).splitlines()]
    except (OSError, EOFError, ValueError, TypeError, AttributeError) as error:
        raise BackupDamaged(f"the rows of {table.name!r} cannot be read ({error})") from error
    for first in range(0, len(rows), AT_ONCE):
        connection.execute(table.insert(), rows[first : first + AT_ONCE])


def count_on(connection: sa.Connection, tables: Iterable[sa.Table]) -> None:
    """Lets PostgreSQL number new rows behind those that were inserted with their numbers. SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        column = table.autoincrement_column
        if column is not None and column.server_default is not None:
            sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
            last = sa.select(sa.func.max(column)).scalar_subquery()
            connection.execute(sa.select(sa.func.setval(sequence, last)).where(last.is_not(None)))


def _packed(lines: list[bytes]) -> bytes:
    return gzip.compress(b"\n".join(lines), compresslevel=4, mtime=0)


def _unpacked(piece: bytes) -> bytes:
    with gzip.GzipFile(fileobj=BytesIO(piece)) as packed:
        lines = packed.read(MOST + 1)
    if len(lines) > MOST:
        raise ValueError("they are larger than any that are written")
    return lines


def _written(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    raise TypeError(f"no column of Darash holds {type(value).__name__}")


def _read(row: dict[str, object], binary: Collection[str]) -> dict[str, object]:
    return {
        name: b64decode(str(value)) if name in binary and value is not None else value for name, value in row.items()
    }
