"""API keys in the database."""

import pytest
import sqlalchemy as sa

from indexes.errors import NotFound
from webui.accounts import api_key
from webui.accounts.account import Accounts, accounts
from webui.accounts.api_key import LONGEST_LIFE, MOST_KEYS, NOTED_EVERY, ApiKeys, TooManyKeys, api_keys
from webui.audit import Audit, audit

DAY = 86400.0


@pytest.fixture
def keys(engine: sa.Engine) -> ApiKeys:
    return ApiKeys(engine, Audit(engine))


@pytest.fixture
def member(engine: sa.Engine) -> str:
    return Accounts(engine).create("dana", "דנה", "member").id


def notes(engine: sa.Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(sa.select(audit.c.subject).where(audit.c.action == "key_used")).scalars())


def test_a_key_is_told_once_and_kept_as_a_hash(engine: sa.Engine, keys: ApiKeys, member: str) -> None:
    """The secret begins with our prefix and is in no column; its holder has what was given."""
    key, secret = keys.new(member, " סקריפט  לילי ", ("ask", "read"), DAY)
    with engine.connect() as connection:
        row = connection.execute(sa.select(api_keys)).mappings().one()
    assert secret.startswith("darash_")
    assert not [value for value in row.values() if secret.removeprefix("darash_") in str(value)]
    assert (key.name, key.scopes, key.expires_at - key.created_at) == ("סקריפט לילי", {"read", "ask"}, DAY)
    assert keys.holder(secret) == key
    assert [each.id for each in keys.of(member)] == [key.id]


@pytest.mark.parametrize("token", ["", "darash_", "darash_אבג", "x" * 10_000, "darash_\0"])
def test_what_is_no_key_opens_nothing(keys: ApiKeys, member: str, token: str) -> None:
    """Any text may come in a header."""
    keys.new(member, "x", ("read",), DAY)
    assert keys.holder(token) is None


@pytest.mark.parametrize(
    ("name", "scopes", "lifetime"),
    [
        ("", ("read",), DAY),
        ("  ", ("read",), DAY),
        ("x" * 81, ("read",), DAY),
        ("x", (), DAY),
        ("x", ("admin",), DAY),
        ("x", ("read",), 0.0),
        ("x", ("read",), LONGEST_LIFE + 1),
        ("x", ("read",), float("nan")),
    ],
)
def test_no_key_without_name_scope_or_end(
    keys: ApiKeys, member: str, name: str, scopes: tuple, lifetime: float
) -> None:
    """A key has a name, at least one scope of ours, and ends within a year."""
    with pytest.raises(ValueError, match="no key"):
        keys.new(member, name, scopes, lifetime)


def test_a_key_ends(keys: ApiKeys, member: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time it opens nothing, and the list says so."""
    key, secret = keys.new(member, "x", ("read",), DAY)
    monkeypatch.setattr(api_key, "now", lambda: key.expires_at)
    assert keys.holder(secret) is None
    assert not keys.of(member)[0].good


def test_a_revoked_key_ends_at_once(engine: sa.Engine, keys: ApiKeys, member: str) -> None:
    """Only by whose it is, and once."""
    key, secret = keys.new(member, "x", ("read",), DAY)
    stranger = Accounts(engine).create("avi", "אבי", "owner").id
    with pytest.raises(NotFound):
        keys.revoke(stranger, key.id)
    assert keys.holder(secret)
    keys.revoke(member, key.id)
    assert keys.holder(secret) is None
    with pytest.raises(NotFound):
        keys.revoke(member, key.id)


@pytest.mark.parametrize("change", [{"suspended_at": 1.0}, {"role": "guest"}])
def test_a_key_is_worth_no_more_than_its_account(
    engine: sa.Engine, keys: ApiKeys, member: str, change: dict[str, object]
) -> None:
    """Who is suspended, or became a guest, has keys that open nothing."""
    secret = keys.new(member, "x", ("read",), DAY)[1]
    with engine.begin() as connection:
        connection.execute(accounts.update().where(accounts.c.id == member).values(change))
    assert keys.holder(secret) is None


def test_the_use_of_a_key_is_noted_once_an_hour(
    engine: sa.Engine, keys: ApiKeys, member: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading with a key a hundred times a minute writes once."""
    key, secret = keys.new(member, "x", ("read",), DAY)
    for _ in range(3):
        keys.holder(secret, "10.0.0.1")
    assert notes(engine) == [key.id]
    used_at = keys.of(member)[0].used_at
    assert used_at is not None
    monkeypatch.setattr(api_key, "now", lambda: used_at + NOTED_EVERY)
    keys.holder(secret)
    assert notes(engine) == [key.id, key.id]


def test_an_account_has_so_many_keys(engine: sa.Engine, keys: ApiKeys, member: str) -> None:
    """Keys that ended do not count."""
    made = [keys.new(member, "x", ("read",), DAY)[0] for _ in range(MOST_KEYS)]
    with pytest.raises(TooManyKeys):
        keys.new(member, "x", ("read",), DAY)
    keys.revoke(member, made[0].id)
    assert keys.new(member, "x", ("read",), DAY)
