"""API keys: secrets by which programs act for a person, within scopes and for a limited time.

A key is what its account may do, never more; it is shown once and kept as a hash. It opens the API, not the screen.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

import sqlalchemy as sa

from indexes.database import metadata, new_id, now, writing
from indexes.errors import NotFound
from webui.accounts.account import accounts
from webui.accounts.token import digest, new_token
from webui.audit import Audit

Scope = Literal["read", "ask", "write"]
"""`read`: what is there, and searching it. `ask`: questions to be answered. `write`: what changes something."""

SCOPES: tuple[Scope, ...] = get_args(Scope)

PREFIX = "darash_"
"""What every key begins with, so that people and scanners of secrets know what they have found."""

api_keys = sa.Table(
    "api_keys",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("scopes", sa.Text, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
    sa.Column("revoked_at", sa.Float, nullable=True),
    sa.Column("used_at", sa.Float, nullable=True),
)


LONGEST_LIFE = 365 * 86400.0
"""Seconds. A key that nobody remembers ends by itself."""

LONGEST_NAME = 80
MOST_KEYS = 50
"""Keys of one account that are good at the same time."""

NOTED_EVERY = 3600.0
"""Seconds between two notes that a key was used: a note for every request would be a write for every read."""


class TooManyKeys(Exception):
    """The account has as many keys as it may."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as lists show it, without its secret."""

    id: str
    account_id: str
    name: str
    scopes: frozenset[Scope]
    created_at: float
    expires_at: float
    revoked_at: float | None
    used_at: float | None

    @property
    def good(self) -> bool:
        """Whether it still opens anything, as far as the key goes: its account may have been suspended."""
        return self.revoked_at is None and self.expires_at > now()


KEY_COLUMNS = [api_keys.c[name] for name in ApiKey.__dataclass_fields__]


class ApiKeys:
    """API keys in the database. What becomes of them is told to `audit`."""

    def __init__(self, engine: sa.Engine, audit: Audit) -> None:
        self.engine = engine
        self.audit = audit

    def new(self, account_id: str, name: str, scopes: Collection[Scope], lifetime: float) -> tuple[ApiKey, str]:
        """A key and its secret, which is kept nowhere. `lifetime` is in seconds, at most `LONGEST_LIFE`.

        Raises `TooManyKeys`, and `ValueError` for a lifetime, a name or scopes that no key may have.
        """
        name = " ".join(name.split())
        if (
            not 0 < lifetime <= LONGEST_LIFE
            or not 0 < len(name) <= LONGEST_NAME
            or not set(scopes)
            or set(scopes) - set(SCOPES)
        ):
            raise ValueError("no key can be made of that")
        secret, moment = PREFIX + new_token(), now()
        key = ApiKey(new_id(), account_id, name, frozenset(scopes), moment, moment + lifetime, None, None)
        row = {
            **{field: getattr(key, field) for field in ApiKey.__dataclass_fields__},
            "scopes": " ".join(sorted(scopes)),
        }
        with writing(self.engine).begin() as connection:
            theirs = sa.select(sa.func.count()).where(api_keys.c.account_id == account_id, _good())
            if connection.execute(theirs).scalar_one() >= MOST_KEYS:
                raise TooManyKeys(account_id)
            connection.execute(api_keys.insert().values(**row, digest=digest(secret)))
        return key, secret

    def of(self, account_id: str) -> list[ApiKey]:
        """The keys of an account, those that ended among them, the newest first."""
        query = sa.select(*KEY_COLUMNS).where(api_keys.c.account_id == account_id)
        with self.engine.connect() as connection:
            rows = connection.execute(query.order_by(api_keys.c.created_at.desc())).mappings()
            return [_key(row) for row in rows]

    def revoke(self, account_id: str, key_id: str) -> ApiKey:
        """Ends a key of the account from its next request on. Raises `NotFound`, also for one that was revoked."""
        mine = sa.and_(api_keys.c.id == key_id, api_keys.c.account_id == account_id, api_keys.c.revoked_at.is_(None))
        with writing(self.engine).begin() as connection:
            row = connection.execute(sa.select(*KEY_COLUMNS).where(mine)).mappings().first()
            if row is None:
                raise NotFound(f"no key {key_id!r} of account {account_id!r}")
            connection.execute(api_keys.update().where(mine).values(revoked_at=now()))
        return _key(row)

    def holder(self, token: str, address: str = "") -> ApiKey | None:
        """The key with that secret, if it is good and so is its account: not suspended, and no guest.

        Notes that it was used, at most once an hour; `address` is where the request came from.
        """
        if not token.startswith(PREFIX):
            return None
        query = (
            sa.select(*KEY_COLUMNS)
            .join(accounts, accounts.c.id == api_keys.c.account_id)
            .where(api_keys.c.digest == digest(token), _good())
            .where(accounts.c.suspended_at.is_(None), accounts.c.role != "guest")
        )
        with self.engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        key = _key(row)
        if key.used_at is None or key.used_at <= now() - NOTED_EVERY:
            self._note(key, address)
        return key

    def _note(self, key: ApiKey, address: str) -> None:
        long_ago = sa.or_(api_keys.c.used_at.is_(None), api_keys.c.used_at <= now() - NOTED_EVERY)
        change = api_keys.update().where(api_keys.c.id == key.id, long_ago).values(used_at=now())
        with writing(self.engine).begin() as connection:
            first = connection.execute(change).rowcount == 1  # of several requests at once
        if first:
            self.audit.record(key.account_id, "key_used", key.id, address)


def _good() -> sa.ColumnElement[bool]:
    return sa.and_(api_keys.c.revoked_at.is_(None), api_keys.c.expires_at > now())


def _key(row: sa.RowMapping) -> ApiKey:
    return ApiKey(**{**row, "scopes": frozenset(row["scopes"].split())})
