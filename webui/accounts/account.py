"""Accounts: the people who use this Darash, what each may do in general, and whether they may still come in.

Roles, from most to least: `owner` runs this Darash; `manager` invites and suspends people and keeps groups; `member`
makes collections, uploads, shares and holds API keys; `guest` only reads and asks what was expressly granted. No role
reads what was not granted. Knows nothing of cookies, passwords or links.
"""

import re
import unicodedata
from dataclasses import asdict, dataclass
from typing import Literal

import sqlalchemy as sa

from indexes.database import metadata, new_id, now, writing
from indexes.errors import NotFound

LOCAL_NAME = "local"
"""What the first owner is called who has not chosen a name yet. Nobody else can be."""

_NAME = re.compile(r"[a-z0-9\u05d0-\u05ea](?:[a-z0-9\u05d0-\u05ea '._@+-]{0,62}[a-z0-9\u05d0-\u05ea'])")
LONGEST_SHOWN = 80

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
    sa.Column("language", sa.String(8), nullable=False, server_default=""),
    sa.Column("theme", sa.String(8), nullable=False, server_default=""),
    sa.Column("guided_at", sa.Float, nullable=True),
)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in, by `name` and password, or as `subject` ("issuer sub") of an OIDC provider.

    `name` is unique and in lower case; `shown_name` is how others see them. Who is suspended has no access of any kind.
    `language` and `theme` are chosen on the screen, "" where they were not; `guided_at` is when the guided start was
    ended.
    """

    id: str
    name: str
    created_at: float
    shown_name: str = ""
    subject: str = ""
    role: Role = "member"
    suspended_at: float | None = None
    language: str = ""
    theme: str = ""
    guided_at: float | None = None


ACCOUNT_COLUMNS = [accounts.c[name] for name in Account.__dataclass_fields__]


class Accounts:
    """Accounts in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def owner(self) -> Account:
        """The first owner who is not suspended, made if there is nobody yet."""
        oldest = sa.select(*ACCOUNT_COLUMNS).where(accounts.c.role == "owner")
        oldest = oldest.order_by(accounts.c.suspended_at.is_not(None), accounts.c.created_at)
        with writing(self.engine).begin() as connection:
            row = connection.execute(oldest).mappings().first()
            if row is not None:
                return Account(**row)
            account = Account(new_id(), LOCAL_NAME, now(), role="owner")
            connection.execute(accounts.insert().values(asdict(account)))
            return account

    def active(self, account_id: str) -> Account | None:
        """The account, if there is one that is not suspended: the one check behind sessions, keys and shares."""
        return self._one(sa.and_(accounts.c.id == account_id, accounts.c.suspended_at.is_(None)))

    def by_name(self, name: str) -> Account | None:
        """The account that signs in by that name, suspended or not."""
        return self._one(accounts.c.name == name)

    def by_subject(self, subject: str) -> Account | None:
        """The account of somebody whom an OIDC provider calls so, suspended or not."""
        return self._one(sa.and_(accounts.c.subject == subject, accounts.c.subject != ""))

    def get(self, account_id: str) -> Account:
        """The account, suspended or not. Raises `NotFound`."""
        account = self._one(accounts.c.id == account_id)
        if account is None:
            raise NotFound(f"no account {account_id!r}")
        return account

    def create(self, name: str, shown_name: str, role: Role, subject: str = "") -> Account:
        """A new account without a password. Raises `sqlalchemy.exc.IntegrityError` where the name is taken."""
        account = Account(new_id(), name.strip().lower(), now(), shown_name.strip(), subject, role)
        with writing(self.engine).begin() as connection:
            connection.execute(accounts.insert().values(asdict(account)))
        return account

    def rename(self, account_id: str, name: str, shown_name: str) -> None:
        """Gives somebody other names. Raises `sqlalchemy.exc.IntegrityError` where the name is taken."""
        change = accounts.update().where(accounts.c.id == account_id).values(name=name, shown_name=shown_name)
        with writing(self.engine).begin() as connection:
            connection.execute(change)

    def prefer(self, account_id: str, **chosen: str) -> None:
        """Keeps what somebody chose for the screen: `language` or `theme`, "" for whatever is usual."""
        change = accounts.update().where(accounts.c.id == account_id).values(chosen)
        with writing(self.engine).begin() as connection:
            connection.execute(change)

    def guide(self, account_id: str, ended_at: float | None) -> None:
        """Keeps when somebody ended the guided start, in seconds since 1970; None begins it again."""
        change = accounts.update().where(accounts.c.id == account_id).values(guided_at=ended_at)
        with writing(self.engine).begin() as connection:
            connection.execute(change)

    def _one(self, which: sa.ColumnElement[bool]) -> Account | None:
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(*ACCOUNT_COLUMNS).where(which)).mappings().first()
        return Account(**row) if row else None


def sign_in_name(typed: str) -> str:
    """A name as it is kept and compared; "" where it cannot be one.

    Hebrew and Latin letters, digits and a little between them: names in other letters can look like somebody else's.
    """
    name = " ".join(unicodedata.normalize("NFKC", typed).lower().split())
    return name if _NAME.fullmatch(name) and name != LOCAL_NAME else ""


def shown_name(typed: str) -> str:
    """How somebody wants to be called: one line without characters that nobody sees or that turn text around."""
    line = "".join(letter for letter in " ".join(typed.split()) if letter.isprintable())
    return line[:LONGEST_SHOWN].strip()
