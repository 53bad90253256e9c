"""Accounts: who uses this Darash. Today there is one, made on first start. Knows nothing of cookies."""

from dataclasses import dataclass

import sqlalchemy as sa

from indexes.database import metadata, new_id, now, writing

LOCAL_NAME = "local"

accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("created_at", sa.Float, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    id: str
    name: str
    created_at: float


class Accounts:
    """Accounts in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def local(self) -> Account:
        """The one local account, made if it is not there."""
        with writing(self.engine).begin() as connection:
            row = connection.execute(sa.select(accounts).where(accounts.c.name == LOCAL_NAME)).mappings().first()
            if row is not None:
                return Account(**row)
            account = Account(new_id(), LOCAL_NAME, now())
            connection.execute(
                accounts.insert().values(id=account.id, name=account.name, created_at=account.created_at)
            )
            return account
