"""Accounts, one-time links and sessions."""

import threading

import pytest
import sqlalchemy as sa

from webui.accounts.account import Accounts
from webui.accounts.sessions import Sessions
from webui.accounts.sign_in import SignInLinks, sign_in_links


@pytest.fixture
def account_id(engine: sa.Engine) -> str:
    """The local account of an empty database."""
    return Accounts(engine).owner().id


def token_of(link: str) -> str:
    return link.partition("token=")[2]


def test_the_local_account_is_made_once(engine, account_id):
    """Asking for the local account again returns the same one."""
    assert Accounts(engine).owner().id == account_id


def test_a_link_works_once(engine, account_id):
    """A link signs in to its account the first time and never again."""
    links = SignInLinks(engine)
    token = token_of(links.new(account_id, "http://localhost:1"))
    assert links.is_good(token)
    assert links.use(token) == account_id
    assert not links.is_good(token)
    assert links.use(token) is None


def test_looking_at_a_link_uses_nothing_up(engine, account_id):
    """Asking whether a link is good leaves it good."""
    links = SignInLinks(engine)
    token = token_of(links.new(account_id, "http://localhost:1"))
    assert links.is_good(token)
    assert links.is_good(token)
    assert links.use(token) == account_id


def test_an_expired_or_unknown_link_is_refused(engine, account_id):
    """A link past its time, and one that never was, sign nobody in."""
    links = SignInLinks(engine)
    assert links.use(token_of(links.new(account_id, "http://localhost:1", lifetime=-1))) is None
    assert links.use("never-was") is None


def test_of_many_at_once_one_gets_in(engine, account_id):
    """Ten browsers that use the same link at the same moment: exactly one is signed in."""
    links = SignInLinks(engine)
    token = token_of(links.new(account_id, "http://localhost:1"))
    results: list[str | None] = []
    threads = [threading.Thread(target=lambda: results.append(links.use(token))) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results, key=str) == sorted([account_id] + [None] * 9, key=str)


def test_the_database_holds_no_secret(engine, account_id):
    """Neither the secret of a link nor that of a session stands in the database."""
    token = token_of(SignInLinks(engine).new(account_id, "http://localhost:1"))
    cookie = Sessions(engine, 60).start(account_id)
    with engine.connect() as connection:
        rows = [
            *connection.execute(sa.text("SELECT * FROM sign_in_links")),
            *connection.execute(sa.text("SELECT * FROM sessions")),
        ]
    stored = repr(rows)
    assert token not in stored
    assert cookie not in stored


def test_a_session_can_be_ended(engine, account_id):
    """A session knows its account until it is ended; ending one leaves the others, ending all leaves none."""
    sessions = Sessions(engine, 60)
    first, second, third = (sessions.start(account_id) for _ in range(3))
    assert sessions.account_of(first) == account_id
    sessions.end(first)
    assert sessions.account_of(first) is None
    assert sessions.account_of(second) == account_id
    sessions.end_all(account_id)
    assert sessions.account_of(third) is None


def test_a_session_runs_out(engine, account_id):
    """A session past its time is no session, nor is a made-up one."""
    assert Sessions(engine, 60).account_of(Sessions(engine, -1).start(account_id)) is None
    assert Sessions(engine, 60).account_of("") is None


def test_old_links_are_swept(engine, account_id):
    """Making a link removes those that ran out, so that the table does not grow."""
    links = SignInLinks(engine)
    links.new(account_id, "http://localhost:1", lifetime=-1)
    links.new(account_id, "http://localhost:1")
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(sign_in_links)).scalar_one() == 1
