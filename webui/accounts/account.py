"""Accounts: the people who use this Darash, what each may do in general, and whether they may still come in.

Roles, from most to least: `owner` runs this Darash; `manager` invites and suspends people and keeps groups; `member`
makes collections, uploads, shares and holds API keys; `guest` only reads and asks what was expressly granted. No role
reads what was not granted. Knows nothing of cookies, passwords or links.
"""

from dataclasses import asdict, dataclass
from typing import Literal

import sqlalchemy as sa

from indexes.database import metadata, new_id, now, writing
from indexes.errors import NotFound

LOCAL_NAME = "local"

Role = Literal["owner", "manager", "member", "guest"]

accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("shown_name", sa.Text, nullable=False, server_default=""),
    sa.Column("password", sa.Text, nullable=False, server_default=""),
    sa.Column("subject", sa.Text, nullable=False, server_default=""),
    sa.Column("role", sa.String(16), nullable=False, server_default="owner"),
    sa.Column("suspended_at", sa.Float, nullable=True),
)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in, by `name` and password, or as `subject` ("issuer sub") of an OIDC provider.

    `name` is unique and in lower case; `shown_name` is how others see them. Who is suspended has no access of any kind.
    """

    id: str
    name: str
    created_at: float
    shown_name: str = ""
    subject: str = ""
    role: Role = "member"
    suspended_at: float | None = None


ACCOUNT_COLUMNS = [accounts.c[name] for name in Account.__dataclass_fields__]


class Accounts:
    """Accounts in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def owner(self) -> Account:
        """The first owner, made if there is nobody yet."""
        oldest = sa.select(*ACCOUNT_COLUMNS).where(accounts.c.role == "owner").order_by(accounts.c.created_at)
        with writing(self.engine).begin() as connection:
            row = connection.execute(oldest).mappings().first()
            if row is not None:
                return Account(**row)
            account = Account(new_id(), LOCAL_NAME, now(), role="owner")
            connection.execute(accounts.insert().values(asdict(account)))
            return account

    def active(self, account_id: str) -> Account | None:
        """The account, if there is one that is not suspended: the one check behind sessions, keys and shares."""
        query = sa.select(*ACCOUNT_COLUMNS).where(accounts.c.id == account_id, accounts.c.suspended_at.is_(None))
        with self.engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return Account(**row) if row else None

    def get(self, account_id: str) -> Account:
        """The account, suspended or not. Raises `NotFound`."""
        with self.engine.connect() as connection:
            query = sa.select(*ACCOUNT_COLUMNS).where(accounts.c.id == account_id)
            row = connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(f"no account {account_id!r}")
        return Account(**row)

    def create(self, name: str, shown_name: str, role: Role, subject: str = "") -> Account:
        """A new account without a password. Raises `sqlalchemy.exc.IntegrityError` where the name is taken."""
        account = Account(new_id(), name.strip().lower(), now(), shown_name.strip(), subject, role)
        with writing(self.engine).begin() as connection:
            connection.execute(accounts.insert().values(asdict(account)))
        return account
