"""Accounts, one-time links and sessions."""

import threading

import pytest
import sqlalchemy as sa

from indexes.database import now
from webui.accounts.account import Accounts, accounts, shown_name, sign_in_name
from webui.accounts.sessions import Sessions
from webui.accounts.sign_in import SignInLinks, sign_in_links
from webui.accounts.token import digest


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
    assert sessions.holder(first).id == account_id
    sessions.end(first)
    assert sessions.holder(first) is None
    assert sessions.holder(second).id == account_id
    sessions.end_all(account_id)
    assert sessions.holder(third) is None


def test_a_session_runs_out(engine, account_id):
    """A session past its time is no session, nor is a made-up one."""
    assert Sessions(engine, 60).holder(Sessions(engine, -1).start(account_id)) is None
    assert Sessions(engine, 60).holder("") is None


def test_old_links_are_swept(engine, account_id):
    """Making a link removes those that ran out, so that the table does not grow."""
    links = SignInLinks(engine)
    links.new(account_id, "http://localhost:1", lifetime=-1)
    links.new(account_id, "http://localhost:1")
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(sign_in_links)).scalar_one() == 1


def test_all_but_one_session_can_be_ended(engine, account_id):
    """Changing a password ends the sessions of all other browsers and leaves this one."""
    sessions = Sessions(engine, 60)
    here, elsewhere = sessions.start(account_id), sessions.start(account_id)
    sessions.end_all(account_id, but=digest(here))
    assert sessions.holder(here) is not None
    assert sessions.holder(elsewhere) is None


def test_suspended_people_have_neither_session_nor_link(engine, account_id):
    """Whoever is suspended gets nothing from a cookie or a link they had, and everything back when restored."""
    cookie, links = Sessions(engine, 60).start(account_id), SignInLinks(engine)
    token = token_of(links.new(account_id, "http://localhost:1"))
    for suspended_at in (now(), None):
        with engine.begin() as connection:
            connection.execute(accounts.update().values(suspended_at=suspended_at))
        assert (Sessions(engine, 60).holder(cookie) is None) == bool(suspended_at)
        assert links.is_good(token) == (None if suspended_at else account_id)
    assert links.use(token) == account_id


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" Dana.Cohen@Example.org ", "dana.cohen@example.org"),
        ("דנה  כהן", "דנה כהן"),
        ("צ'רלי", "צ'רלי"),
        ("Ｄａｎａ", "dana"),
        ("d", ""),
        ("", ""),
        ("local", ""),
        ("d\u0430na", ""),  # a Cyrillic letter
        ("dana\u202e", ""),
        ("dana/../x", ""),
        ("x" * 65, ""),
    ],
)
def test_what_a_sign_in_name_may_be(typed, name):
    """Hebrew and Latin letters in one spelling; nothing that looks like another name."""
    assert sign_in_name(typed) == name


def test_a_shown_name_is_one_visible_line():
    """Characters that nobody sees or that turn text around are left out of names."""
    assert shown_name(" דנה\u202e \n כהן\u200b ") == "דנה כהן"
    assert len(shown_name("ד" * 500)) == 80


def test_people_of_a_provider_are_found_by_its_name_for_them(engine, account_id):
    """An account is found by its subject; those without one never are."""
    people = Accounts(engine)
    made = people.create("dana", "דנה", "member", "https://provider.example 17")
    assert people.by_subject("https://provider.example 17") == made
    assert people.by_subject("") is None
