"""The people of a team as a whole: who they are, and changing the standing of one. Who may do so, `roles` says.

There is always an owner who can sign in: what would take the last one away is refused in the transaction that does it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from indexes.database import now, writing
from indexes.errors import NotFound
from webui.accounts.account import ACCOUNT_COLUMNS, Account, Role, accounts
from webui.accounts.sessions import sessions
from webui.accounts.sign_in import sign_in_links


class LastOwner(Exception):  # what happened, as the other errors here
    """Nobody would be left who runs this Darash."""


class People:
    """Everybody who has an account."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def all(self) -> list[Account]:
        """Everybody, suspended or not, oldest account first."""
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(*ACCOUNT_COLUMNS).order_by(accounts.c.created_at)).mappings()
            return [Account(**row) for row in rows]

    def is_last_owner(self, account_id: str) -> bool:
        """Whether that account is the only owner who can still sign in."""
        with self.engine.connect() as connection:
            return set(connection.execute(_OWNERS).scalars()) == {account_id}

    def give_role(self, account_id: str, role: Role) -> None:
        """Gives somebody another role. Raises `LastOwner`, `NotFound`."""
        with self.changing(account_id, stays=role == "owner") as connection:
            if role != "owner":
                _end_links(connection, account_id)
            connection.execute(accounts.update().where(accounts.c.id == account_id).values(role=role))

    def suspend(self, account_id: str) -> None:
        """Takes every access from somebody at once, and ends sessions and links. Raises `LastOwner`, `NotFound`."""
        with self.changing(account_id) as connection:
            _end_links(connection, account_id)
            suspended = accounts.update().where(accounts.c.id == account_id, accounts.c.suspended_at.is_(None))
            connection.execute(suspended.values(suspended_at=now()))
            connection.execute(sessions.delete().where(sessions.c.account_id == account_id))

    def restore(self, account_id: str) -> None:
        """Lets somebody who was suspended in again; they sign in anew. Raises `NotFound`."""
        with self.changing(account_id, stays=True) as connection:
            connection.execute(accounts.update().where(accounts.c.id == account_id).values(suspended_at=None))

    @contextmanager
    def changing(self, account_id: str, *, stays: bool = False) -> Iterator[sa.Connection]:
        """A transaction that changes or removes somebody. Raises `NotFound`, and `LastOwner` unless the owner `stays`.

        Two such changes wait for each other: of two owners who remove each other, one fails.
        """
        with writing(self.engine).begin() as connection:
            owners = set(connection.execute(_OWNERS.with_for_update()).scalars())
            if owners == {account_id} and not stays:
                raise LastOwner(account_id)
            if connection.execute(sa.select(accounts.c.id).where(accounts.c.id == account_id)).first() is None:
                raise NotFound(f"no account {account_id!r}")
            yield connection


def _end_links(connection: sa.Connection, account_id: str) -> None:
    """Ends the sign-in links of somebody; of an owner all that there are, who may have made them into any account."""
    is_owner = sa.exists().where(accounts.c.id == account_id, accounts.c.role == "owner")
    connection.execute(sign_in_links.delete().where(sa.or_(sign_in_links.c.account_id == account_id, is_owner)))


_OWNERS = sa.select(accounts.c.id).where(accounts.c.role == "owner", accounts.c.suspended_at.is_(None))
