"""What is removed when it is not to be kept any longer."""

import asyncio

import pytest
import sqlalchemy as sa

from indexes.database import connect, now, writing
from webui.accounts.account import Accounts
from webui.accounts.api_key import api_keys
from webui.accounts.invitation import Invitations, invitations
from webui.accounts.sessions import Sessions, sessions
from webui.accounts.sign_in import SignInLinks, sign_in_links
from webui.accounts.throttle import REMEMBERED_SECONDS, Throttle, sign_in_tries
from webui.audit import Audit, Wanted, audit, seal
from webui.conversations import Conversations, conversations
from webui.retention import DAY, DEAD_KEYS_KEPT, UNDO_SECONDS, Retention
from webui.sharing.share import shares
from webui.turn import turns


def count(engine: sa.Engine, table: sa.Table) -> int:
    with engine.connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def set_all(engine: sa.Engine, table: sa.Table, **values: object) -> None:
    with writing(engine).begin() as connection:
        connection.execute(table.update().values(**values))


def insert(engine: sa.Engine, table: sa.Table, **values: object) -> None:
    with writing(engine).begin() as connection:
        connection.execute(table.insert().values(**values))


def test_what_ran_out_is_removed_and_nothing_else(engine: sa.Engine) -> None:
    """Sessions, links, invitations, tries, shares and keys go once they open nothing; those that do stay."""
    owner, retention = Accounts(engine).owner(), Retention(engine, Audit(engine), 0, 0)
    for lifetime in (60.0, -60.0):
        Sessions(engine, lifetime).start(owner.id)
        SignInLinks(engine).new(owner.id, "http://x", lifetime)
        Invitations(engine).new(owner.id, "guest", "", "http://x", lifetime)
    Throttle(engine).begin("dana", "10.0.0.1")
    set_all(engine, sign_in_tries, at=now() - REMEMBERED_SECONDS - 1)
    Throttle(engine).begin("uri", "10.0.0.1")
    conversation = Conversations(engine).create(owner.id, "שאלה")
    for number, until in enumerate((now() + 60, now() - 60)):
        shared = {"conversation_id": conversation.id, "account_id": owner.id, "title": "", "snapshot": "[]"}
        insert(engine, shares, id=str(number), with_passages=True, created_at=0.0, expires_at=until, **shared)
    dead = now() - DEAD_KEYS_KEPT - 60
    for number, (until, revoked) in enumerate([(now() + 60, None), (now() - 60, None), (dead, None), (now(), dead)]):
        key = {"digest": str(number), "account_id": owner.id, "name": "", "scopes": "read", "created_at": 0.0}
        insert(engine, api_keys, id=str(number), expires_at=until, revoked_at=revoked, **key)
    retention.apply()
    kept = {table.name: count(engine, table) for table in (sessions, sign_in_links, invitations, shares, api_keys)}
    assert kept == {"sessions": 1, "sign_in_links": 1, "invitations": 1, "shares": 1, "api_keys": 2}
    assert count(engine, sign_in_tries) == len({"here", "anywhere", "address"})
    assert count(engine, conversations) == 1
    assert Audit(engine).count(Wanted()) == 0


def test_conversations_are_kept_as_long_as_the_setting_says(engine: sa.Engine) -> None:
    """A conversation goes that many days after its last question, with its turns, and the log says how many went."""
    owner, kept = Accounts(engine).owner(), Conversations(engine)
    for title in ("ישנה", "חדשה"):
        kept.add_question(owner.id, kept.create(owner.id, title).id, "כמה?")
        set_all(engine, conversations, updated_at=now() - 29 * DAY)
    for days, left in ((30, 2), (29, 0)):
        Retention(engine, Audit(engine), days, 0).apply()
        assert (count(engine, conversations), count(engine, turns)) == (left, 2 * left)
    (entry,) = Audit(engine).every(Wanted())
    assert (entry.action, entry.actor_id, entry.detail) == ("retention_applied", "", {"conversations": "2"})


def test_a_deleted_conversation_goes_when_nobody_brings_it_back(engine: sa.Engine) -> None:
    """For some minutes it is still there; then it goes with its turns, and the others stay."""
    owner, kept = Accounts(engine).owner(), Conversations(engine)
    for title in ("נמחקת", "נשארת"):
        kept.add_question(owner.id, kept.create(owner.id, title).id, "כמה?")
    kept.delete(owner.id, kept.list(owner.id)[1].id)
    retention = Retention(engine, Audit(engine), 0, 0)
    retention.apply()
    assert count(engine, turns) == 4
    set_all(engine, conversations, deleted_at=sa.text(f"deleted_at - {UNDO_SECONDS + 1}"))
    retention.apply()
    assert (count(engine, conversations), count(engine, turns)) == (1, 2)
    assert [one.title for one in kept.list(owner.id)] == ["נשארת"]


def test_the_audit_log_is_kept_as_long_as_the_setting_says(engine: sa.Engine) -> None:
    """Rows older than that go, the rest checks, and 0 keeps everything."""
    log = Audit(engine)
    old = {"actor_id": "a", "action": "uploaded", "subject": "", "detail": "{}", "address": "", "at": now() - 31 * DAY}
    insert(engine, audit, **old, digest=seal("", old))
    log.record("a", "downloaded")
    Retention(engine, log, 0, 0).apply()
    assert log.count(Wanted()) == 2
    Retention(engine, log, 0, 30).apply()
    assert [entry.action for entry in log.every(Wanted())] == ["downloaded", "retention_applied"]
    assert log.check().broken_at == 0


def test_a_database_that_refuses_is_tried_again(engine: sa.Engine, caplog: pytest.LogCaptureFixture) -> None:
    """When the database takes no changes, the loop says so and goes on until it is cancelled."""
    broken = connect("sqlite://")  # no tables

    async def run() -> None:
        task = asyncio.create_task(Retention(broken, Audit(broken), 0, 0).keep_on())
        while not caplog.records:
            await asyncio.sleep(0.01)
        assert not task.done()
        task.cancel()

    asyncio.run(run())
    broken.dispose()
    assert "another hour" in caplog.text
