"""Passwords: which may be chosen, and how they are kept and compared."""

import asyncio
import threading
import time

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from indexes.database import now
from webui.accounts.account import Accounts, accounts
from webui.accounts.password import STORED, Passwords
from webui.accounts.weakness import weakness

GOOD = "חתול אוכל גבינה"
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


class CountingHasher(PasswordHasher):
    """Counts what is compared, and how much of it at the same time."""

    def __init__(self, pause: float = 0.0) -> None:
        super().__init__(time_cost=1, memory_cost=64, parallelism=1)
        self.pause, self.compared, self.running, self.most = pause, 0, 0, 0
        self.lock = threading.Lock()

    def verify(self, hash, password):
        with self.lock:
            self.compared, self.running = self.compared + 1, self.running + 1
            self.most = max(self.most, self.running)
        time.sleep(self.pause)
        try:
            return super().verify(hash, password)
        finally:
            with self.lock:
                self.running -= 1


@pytest.fixture
def passwords(engine: sa.Engine) -> Passwords:
    """Passwords that cost little."""
    return Passwords(engine, CHEAP)


@pytest.fixture
def dana(engine: sa.Engine, passwords: Passwords) -> str:
    """The id of somebody with a password."""
    account = Accounts(engine).create("dana", "דנה כהן", "member")
    passwords.keep(account.id, asyncio.run(passwords.hashed(GOOD)))
    return account.id


def test_the_right_password_opens_its_own_account(passwords, dana):
    """Name and password lead to the account; another password, name or account do not."""
    assert asyncio.run(passwords.holder("dana", GOOD)).id == dana
    assert asyncio.run(passwords.holder("dana", GOOD + " ")) is None
    assert asyncio.run(passwords.holder("dan", GOOD)) is None
    assert asyncio.run(passwords.holder("", "")) is None


def test_one_spelling_of_a_password(passwords, dana):
    """A letter that another keyboard composes otherwise is the same letter."""
    passwords.keep(dana, asyncio.run(passwords.hashed("caf\u00e9 au lait")))
    assert asyncio.run(passwords.is_right(dana, "cafe\u0301 au lait"))


def test_without_a_password_nothing_fits(engine, passwords, dana):
    """An account without a password is not opened by an empty one, nor by that of nobody."""
    other = Accounts(engine).create("yossi", "", "member")
    for guess in ("", "a password that nobody has"):
        assert asyncio.run(passwords.holder("yossi", guess)) is None
        assert not asyncio.run(passwords.is_right(other.id, guess))
    assert passwords.has_one(dana)
    assert not passwords.has_one(other.id)


def test_somebody_suspended_is_not_let_in(engine, passwords, dana):
    """The right password of a suspended account is worth nothing."""
    with engine.begin() as connection:
        connection.execute(accounts.update().values(suspended_at=now()))
    assert asyncio.run(passwords.holder("dana", GOOD)) is None


def test_unknown_names_cost_the_same_work(engine, dana):
    """A password is compared exactly once, whether there is such an account or not, so that time tells nothing."""
    Accounts(engine).create("yossi", "", "member")
    hasher = CountingHasher()
    passwords = Passwords(engine, hasher)
    for number, name in enumerate(("dana", "yossi", "nobody"), start=1):
        asyncio.run(passwords.holder(name, "wrong wrong wrong"))
        assert hasher.compared == number


def test_at_most_two_at_once(engine, dana):
    """Of many who sign in at once two are looked at, and the others wait without keeping anybody else waiting."""
    hasher = CountingHasher(pause=0.01)
    passwords = Passwords(engine, hasher)

    async def many() -> None:
        await asyncio.gather(*(passwords.holder("dana", "x") for _ in range(12)))

    asyncio.run(many())
    assert (hasher.compared, hasher.most) == (12, 2)


def test_an_old_hash_is_renewed(engine, passwords, dana):
    """A hash made with other parameters is replaced when its owner signs in, and not when somebody else tries."""

    def kept() -> str:
        with engine.connect() as connection:
            return connection.execute(sa.select(accounts.c.password)).scalar_one()

    before, stronger = kept(), Passwords(engine, PasswordHasher(time_cost=2, memory_cost=128, parallelism=1))
    assert asyncio.run(stronger.holder("dana", "wrong")) is None
    assert kept() == before
    assert asyncio.run(stronger.holder("dana", GOOD)) is not None
    assert "m=128,t=2" in kept()


def test_parameters_are_those_of_owasp():
    """Argon2id with 19 MiB, two rounds and one lane."""
    assert STORED.hash("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize(
    "password",
    [
        "password123!",
        "P@ssw0rd2024",
        "1234567890",
        "0541234567",
        "qwertyuiop1",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "סיסמה12345",
        "שדגכעיחלך1",
        "Israel2024!",
        "iloveyou2020",
        "Welcome2025!",
        "אבגדהוזחטי",
        "zxcvbnm123456",
    ],
)
def test_obvious_passwords_are_refused(password):
    """What everybody tries first may not be chosen, however it is dressed up."""
    assert weakness(password) == "obvious"


@pytest.mark.parametrize("password", ["dana cohen 1", "DanaCohen2024", "2024כהן-דנה!"])
def test_ones_own_name_is_refused(password):
    """One's own name is no password."""
    assert weakness(password, "dana.cohen", "דנה כהן") == "obvious"


@pytest.mark.parametrize("password", [GOOD, "correct horse battery", "K7#vq9!mZp", "93#8@1-5!6 4"])
def test_good_passwords_may_be_chosen(password):
    """A few unrelated words are enough, and so is what a password manager makes."""
    assert weakness(password, "dana.cohen", "דנה כהן") is None


@pytest.mark.parametrize(("length", "expected"), [(9, "short"), (10, None), (128, None), (129, "long")])
def test_the_length_counts(length, expected):
    """From 10 to 128 characters, in any letters."""
    assert weakness(("חתול אוכל" * 20)[:length]) == expected
