"""Invitations: who may still use one, and what becomes of it."""

import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from indexes.database import now
from webui.accounts.account import Account, Accounts, Role, accounts
from webui.accounts.invitation import Invitations

ADDRESS = "http://localhost:1"


@pytest.fixture
def owner_id(engine: sa.Engine) -> str:
    """Somebody who may invite."""
    return Accounts(engine).owner().id


@pytest.fixture
def invitations(engine: sa.Engine) -> Invitations:
    """Invitations into an empty Darash."""
    return Invitations(engine)


def invite(invitations: Invitations, by: str, role: Role = "member", lifetime: float = 60) -> str:
    """The secret of a new invitation."""
    return invitations.new(by, role, "דנה", ADDRESS, lifetime)[1].removeprefix(f"{ADDRESS}/join?token=")


def change(engine: sa.Engine, account_id: str, **values: object) -> None:
    with engine.begin() as connection:
        connection.execute(accounts.update().where(accounts.c.id == account_id).values(**values))


def test_an_invitation_makes_one_account(engine, invitations, owner_id):
    """The first to use it has an account of its role; the second has none, and it no longer waits."""
    token = invite(invitations, owner_id, "guest")
    assert [waiting.shown_name for waiting in invitations.pending()] == ["דנה"]
    account = invitations.use(token, "dana", "דנה כהן", "hash")
    assert Accounts(engine).get(account.id) == account
    assert (account.name, account.shown_name, account.role) == ("dana", "דנה כהן", "guest")
    assert invitations.use(token, "yossi", "יוסי") is None
    assert invitations.is_good(token) is None
    assert invitations.pending() == []


def test_of_many_at_once_one_gets_in(engine, invitations, owner_id):
    """Ten browsers with the same invitation at the same moment: exactly one account is made."""
    token = invite(invitations, owner_id)
    made: list[Account | None] = []
    threads = [
        threading.Thread(target=lambda number=number: made.append(invitations.use(token, f"person{number}", "x")))
        for number in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(account is not None for account in made) == 1
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(accounts)).scalar_one() == 2


def test_a_name_that_is_taken_uses_nothing_up(engine, invitations, owner_id):
    """Who chooses somebody's name may choose again."""
    Accounts(engine).create("dana", "", "member")
    token = invite(invitations, owner_id)
    with pytest.raises(IntegrityError):
        invitations.use(token, "dana", "דנה")
    assert invitations.use(token, "dana2", "דנה") is not None


def test_it_can_be_taken_back_and_runs_out(invitations, owner_id):
    """A revoked invitation, one past its time and one that never was let nobody in."""
    token = invite(invitations, owner_id)
    invitations.revoke(invitations.pending()[0].id)
    for bad in (token, invite(invitations, owner_id, lifetime=-1), "never-was", ""):
        assert invitations.is_good(bad) is None
        assert invitations.use(bad, "dana", "דנה") is None


def test_it_dies_with_the_rights_of_who_made_it(engine, invitations, owner_id):
    """Nobody joins on the word of somebody who was suspended, or may no longer invite."""
    manager = Accounts(engine).create("manager", "", "manager")
    token = invite(invitations, manager.id)
    assert invitations.is_good(token)
    change(engine, manager.id, role="member")
    assert invitations.is_good(token) is None
    change(engine, manager.id, role="manager", suspended_at=now())
    assert invitations.use(token, "dana", "דנה") is None
    change(engine, manager.id, suspended_at=None)
    assert invitations.is_good(token)


@pytest.mark.parametrize("role", ["owner", "manager"])
def test_nobody_is_invited_above_what_the_inviter_is(engine, invitations, owner_id, role):
    """An invitation as an owner or a manager that was made by an owner dies when that owner becomes a manager."""
    other = Accounts(engine).create("other", "", "owner")
    token = invite(invitations, other.id, role)
    assert invitations.is_good(token)
    change(engine, other.id, role="manager")
    assert invitations.is_good(token) is None


def test_the_database_holds_no_secret(engine, invitations, owner_id):
    """The secret of an invitation is kept as a hash alone."""
    token = invite(invitations, owner_id)
    with engine.connect() as connection:
        assert token not in repr(connection.execute(sa.text("SELECT * FROM invitations")).all())
