"""The audit log: its chain of seals, with many writers, and cut off at its old end."""

import json
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from indexes.catalogue import Collection
from indexes.database import connect, now
from webui.accounts.account import Accounts
from webui.audit import Audit, Checked, Wanted, audit
from webui.audit_reading import day_end, day_start, json_lines, named


@pytest.fixture
def log(engine: sa.Engine) -> Audit:
    return Audit(engine)


def test_a_row_seals_the_one_before_it(log: Audit) -> None:
    """Rows that were only added make a whole chain, from nothing on."""
    assert log.check() == Checked(0, 0, "")
    for number in range(3):
        log.record("a", "signed_in", str(number), "10.0.0.1", {"role": "guest"})
    newest = log.entries(Wanted(), 0, 1)[0]
    assert (newest.subject, newest.address, newest.detail) == ("2", "10.0.0.1", {"role": "guest"})
    assert log.check() == Checked(3, 0, newest.digest)


@pytest.mark.parametrize(
    ("change", "broken_at"),
    [
        (audit.update().where(audit.c.number == 3).values(actor_id="b"), 3),
        (audit.update().where(audit.c.number == 3).values(detail="no json"), 3),
        (audit.update().where(audit.c.number == 1).values(at=1.0), 1),
        (audit.delete().where(audit.c.number == 3), 4),
        (audit.delete().where(audit.c.number < 3), 3),
        (
            audit.insert().values(
                number=9, at=1.0, actor_id="", action="joined", subject="", detail="{}", address="", digest="0" * 64
            ),
            9,
        ),
    ],
)
def test_what_was_changed_is_found(log: Audit, change: sa.Executable, broken_at: int) -> None:
    """A row that was changed, taken out, put in, or cut off at the beginning breaks the chain at that place."""
    for number in range(5):
        log.record("a", "uploaded", str(number))
    with log.engine.begin() as connection:
        connection.execute(change)
    assert log.check().broken_at == broken_at


def test_old_rows_are_forgotten_and_the_rest_still_checks(log: Audit) -> None:
    """What is too old goes, a row says how much, and the chain is whole from the oldest row left, again and again."""
    for turn in range(3):
        for _ in range(2):
            log.record("a", "uploaded", str(turn))
        moment = now()
        log.record("a", "downloaded")
        # Of the row before, only what came in this turn is left: the download, and what says that rows were forgotten.
        assert log.forget(moment) == (2 if turn == 0 else 4)
        assert log.forget(moment) == 0
        assert log.check().broken_at == 0
        assert [entry.action for entry in log.entries(Wanted(), 0, 9)] == ["retention_applied", "downloaded"]
    with log.engine.begin() as connection:
        connection.execute(
            audit.delete().where(audit.c.number == sa.select(sa.func.min(audit.c.number)).scalar_subquery())
        )
    assert log.check().broken_at > 0


def test_everything_may_be_forgotten(log: Audit) -> None:
    """When all rows are too old, the one that says so is left, and the chain goes on from it."""
    log.record("a", "uploaded")
    assert log.forget(now() + 1) == 1
    log.record("a", "uploaded")
    assert log.check() == Checked(2, 0, log.entries(Wanted(), 0, 1)[0].digest)


def test_many_writers_make_one_chain(log: Audit) -> None:
    """Threads that write and forget at the same time leave a whole chain without a row lost."""
    check_many_writers(log, log)


def test_two_processes_make_one_chain(tmp_path: Path, log: Audit) -> None:
    """Writers over engines of their own, as processes have them, do so too."""
    check_many_writers(log, Audit(connect(f"sqlite:///{tmp_path / 'darash.sqlite3'}")))


def check_many_writers(one: Audit, other: Audit) -> None:
    """The same over two engines of whichever database."""
    errors = list[Exception]()

    def write(log: Audit, name: str) -> None:
        try:
            for number in range(25):
                log.record(name, "uploaded", str(number))
        except sa.exc.SQLAlchemyError as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(log, f"{number}")) for number, log in enumerate([one, other] * 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    checked = one.check()
    assert (checked.rows, checked.broken_at) == (100, 0)
    mine = [entry.subject for entry in one.every(Wanted(actor_id="0"))]
    assert mine == [str(number) for number in range(25)]


def test_rows_are_found_by_person_action_and_time(log: Audit) -> None:
    """Rows are picked by who acted, by what was done and by when, and counted and paged alike."""
    log.record("a", "uploaded")
    log.record("b", "uploaded")
    middle = now()
    log.record("a", "downloaded")

    def found(wanted: Wanted) -> list[int]:
        assert log.count(wanted) == len(log.entries(wanted, 0, 9))
        return [entry.number for entry in log.every(wanted)]

    assert found(Wanted()) == [1, 2, 3]
    assert found(Wanted(actor_id="a")) == [1, 3]
    assert found(Wanted(action="uploaded")) == [1, 2]
    assert found(Wanted(since=middle)) == [3]
    assert found(Wanted(until=middle, actor_id="a")) == [1]
    assert [entry.number for entry in log.entries(Wanted(), 1, 1)] == [2]


def test_the_last_time_of_each_person(log: Audit) -> None:
    """The log knows when each account did something last."""
    for who in ("a", "b", "a"):
        log.record(who, "signed_in")
    times = log.last_times("signed_in")
    assert (times["a"] > times["b"], set(times), log.last_times("joined")) == (True, {"a", "b"}, {})


def test_names_are_those_of_today_and_of_what_is_open(log: Audit) -> None:
    """People are called as they are called now, collections only where they are open to the reader."""
    accounts = Accounts(log.engine)
    dana = accounts.create("dana", "דנה", "member")
    log.record(dana.id, "granted", "secret", detail={"account": dana.id, "level": "reader"})
    log.record("gone", "granted", "open")
    accounts.rename(dana.id, "dana", "דנה כהן")
    first, second = named(log.engine, list(log.every(Wanted())), [Collection("open", "נהלים", 0.0)])
    assert (first.actor, first.subject, first.whom) == ("דנה כהן", "", "דנה כהן")
    assert (second.actor, second.subject, second.whom) == ("", "נהלים", "")


def test_json_lines_hold_what_is_stored(log: Audit) -> None:
    """Each row is a line that a program can read, with the raw values that the seal is over, and the time in words."""
    log.record("gone", "role_changed", "x", "10.0.0.1", {"role": "guest"})
    (line,) = json_lines(log, Wanted(), [])
    said = json.loads(line)
    (entry,) = log.every(Wanted())
    assert (said["number"], said["at"], said["digest"]) == (entry.number, entry.at, entry.digest)
    assert (said["action"], said["detail"], said["address"]) == ("role_changed", {"role": "guest"}, "10.0.0.1")
    assert said["time"].endswith("+00:00")


def test_a_day_begins_and_ends() -> None:
    """A day is from its midnight to the next one; what is no day asks for nothing."""
    begin, end = day_start("2026-03-01"), day_end("2026-03-01")
    assert begin is not None
    assert end == day_start("2026-03-02")
    for text in ("", "היום", "2026-13-01", "0001-01-01", "9999-12-31"):
        assert day_end(text) is None or text == "0001-01-01"
