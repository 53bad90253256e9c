"""Passwords as they are kept and compared: Argon2id hashes. The only file that imports `argon2`.

Parameters and the same work for unknown names follow the OWASP cheat sheets on password storage (19 MiB, 2 rounds, 1
lane) and on authentication. Which passwords may be chosen, `weakness.py` says.
"""

import unicodedata
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import anyio
import anyio.to_thread
import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from indexes.database import writing
from webui.accounts.account import Account, accounts

AT_ONCE = 2
"""Hashes that are made at the same time; the others wait in line, without holding a thread."""

STORED = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

P = ParamSpec("P")
T = TypeVar("T")


class Passwords:
    """The passwords of accounts in the database."""

    def __init__(self, engine: sa.Engine, hasher: PasswordHasher = STORED) -> None:
        self.engine = engine
        self.hasher = hasher
        self._nobodys = hasher.hash("a password that nobody has")
        self._turns = anyio.CapacityLimiter(AT_ONCE)

    async def hashed(self, password: str) -> str:
        """What is kept of a password."""
        return await self._in_turn(self.hasher.hash, prepared(password))

    async def holder(self, name: str, password: str) -> Account | None:
        """The account of that name, if it is not suspended and the password is its own.

        The same work is done where there is no such account or it has no password, so that time tells nothing.
        """
        query = sa.select(accounts).where(accounts.c.name == name)
        return await self._in_turn(self._holder, query, prepared(password))

    async def is_right(self, account_id: str, password: str) -> bool:
        """Whether that is the password of an account."""
        query = sa.select(accounts).where(accounts.c.id == account_id)
        return await self._in_turn(self._holder, query, prepared(password)) is not None

    def keep(self, account_id: str, hashed: str) -> None:
        """Gives an account another password, as its hash."""
        with writing(self.engine).begin() as connection:
            connection.execute(accounts.update().where(accounts.c.id == account_id).values(password=hashed))

    def has_one(self, account_id: str) -> bool:
        """Whether an account has a password."""
        return self._any(accounts.c.id == account_id)

    def exist(self) -> bool:
        """Whether anybody has a password: before, a form that asks for one would help nobody."""
        return self._any(sa.true())

    def _any(self, whose: sa.ColumnElement[bool]) -> bool:
        with self.engine.connect() as connection:
            query = sa.select(accounts.c.id).where(whose, accounts.c.password != "").limit(1)
            return connection.execute(query).first() is not None

    def _holder(self, query: sa.Select[tuple[object, ...]], password: str) -> Account | None:
        with self.engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        kept = str(row["password"]) if row else ""
        try:
            self.hasher.verify(kept or self._nobodys, password)
        except VerificationError:
            return None
        if row is None or not kept or row["suspended_at"] is not None:
            return None
        if self.hasher.check_needs_rehash(kept):
            self.keep(row["id"], self.hasher.hash(password))
        return Account(**{name: row[name] for name in Account.__dataclass_fields__})

    async def _in_turn(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await anyio.to_thread.run_sync(lambda: work(*args, **kwargs), limiter=self._turns)


def prepared(password: str) -> str:
    """One spelling of a password, however a keyboard composes its letters (NIST SP 800-63B, 5.1.1.2: NFKC)."""
    return unicodedata.normalize("NFKC", password)
