"""Changing the standing of people, and that an owner always stays."""

import threading

import pytest
import sqlalchemy as sa

from indexes.errors import NotFound
from webui.accounts.account import Accounts
from webui.accounts.people import LastOwner, People
from webui.accounts.sessions import Sessions


@pytest.fixture
def people(engine: sa.Engine) -> People:
    return People(engine)


def test_suspending_takes_every_access_at_once(people: People, engine: sa.Engine) -> None:
    """Who is suspended is not active and has no session left; restoring brings back the account, not the sessions."""
    accounts, sessions = Accounts(engine), Sessions(engine, 60.0)
    accounts.owner()
    dana = accounts.create("dana", "דנה", "member")
    token = sessions.start(dana.id)
    people.suspend(dana.id)
    assert (accounts.active(dana.id), sessions.holder(token)) == (None, None)
    at = accounts.get(dana.id).suspended_at
    people.suspend(dana.id)
    assert accounts.get(dana.id).suspended_at == at
    people.restore(dana.id)
    assert accounts.active(dana.id) is not None
    assert sessions.holder(token) is None


def test_the_last_owner_can_neither_go_nor_step_down(people: People, engine: sa.Engine) -> None:
    """The only owner who can sign in is neither suspended nor given another role; with a second one it may be done."""
    accounts = Accounts(engine)
    first = accounts.owner()
    assert people.is_last_owner(first.id)
    other = accounts.create("uri", "אורי", "owner")
    assert not people.is_last_owner(first.id)
    people.suspend(other.id)
    with pytest.raises(LastOwner):
        people.suspend(first.id)
    with pytest.raises(LastOwner):
        people.give_role(first.id, "member")
    people.give_role(first.id, "owner")
    people.restore(other.id)
    people.give_role(first.id, "member")
    assert [account.role for account in people.all()] == ["member", "owner"]
    assert people.is_last_owner(other.id)


def test_nobody_is_not_found(people: People, engine: sa.Engine) -> None:
    """Somebody who does not exist is `NotFound`."""
    Accounts(engine).owner()
    for act in (people.suspend, people.restore, lambda account_id: people.give_role(account_id, "guest")):
        with pytest.raises(NotFound):
            act("nobody")


def test_two_owners_cannot_remove_each_other(people: People, engine: sa.Engine) -> None:
    """Of owners who demote each other at the same moment, one stays owner."""
    check_two_owners(people, Accounts(engine))


def check_two_owners(people: People, accounts: Accounts) -> None:
    """The same on whichever database."""
    first = accounts.owner()
    other = accounts.create("uri", "אורי", "owner")
    for _ in range(5):
        start, refused = threading.Barrier(2), list[str]()

        def demote(account_id: str, start: threading.Barrier, refused: list[str]) -> None:
            start.wait()
            try:
                people.give_role(account_id, "member")
            except LastOwner:
                refused.append(account_id)

        threads = [threading.Thread(target=demote, args=(one.id, start, refused)) for one in (first, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(refused) == 1
        assert [account.id for account in people.all() if account.role == "owner"] == refused
        for one in (first, other):
            people.give_role(one.id, "owner")
