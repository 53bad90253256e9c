"""Counting tries to sign in: what has to wait, for how long, and what is forgotten."""

import threading

import pytest
import sqlalchemy as sa

from webui.accounts import throttle as rule
from webui.accounts.throttle import FIRST_WAIT, FREE_ANYWHERE, FREE_HERE, FREE_OF_ADDRESS, LONGEST_WAIT, Throttle


class Clock:
    """A time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1e9

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time of the throttle."""
    clock = Clock()
    monkeypatch.setattr(rule, "now", clock)
    return clock


@pytest.fixture
def throttle(engine: sa.Engine, clock: Clock) -> Throttle:
    """A throttle that has seen nothing."""
    return Throttle(engine)


def rows(throttle: Throttle) -> int:
    with throttle.engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(rule.sign_in_tries)).scalar_one()


def test_a_few_tries_are_free(throttle):
    """Whoever mistypes a few times does not wait; the next try does."""
    assert [throttle.begin("dana", "10.0.0.1").wait for _ in range(FREE_HERE)] == [0] * FREE_HERE
    assert throttle.begin("dana", "10.0.0.1").wait == FIRST_WAIT


def test_of_a_hundred_tries_few_are_looked_at(throttle):
    """A hundred tries in a row on one account: all but the free ones are stopped."""
    passed = sum(throttle.begin("dana", "10.0.0.1").wait == 0 for _ in range(100))
    assert passed == FREE_HERE


def test_of_many_at_once_few_are_looked_at(throttle):
    """Tries at the same moment do not slip through beside each other."""
    waits: list[float] = []
    threads = [threading.Thread(target=lambda: waits.append(throttle.begin("dana", "a").wait)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert waits.count(0) <= FREE_HERE


def test_a_try_that_has_to_wait_does_not_lengthen_the_wait(throttle, clock):
    """Who tries again and again during a wait may still try when it is over."""
    for _ in range(FREE_HERE + 50):
        throttle.begin("dana", "a")
    clock.now += FIRST_WAIT
    assert throttle.begin("dana", "a").wait == 0


def test_waits_double_up_to_half_an_hour(throttle, clock):
    """Every wrong try after the free ones doubles the wait, and none is longer than the longest."""
    for _ in range(FREE_HERE):
        throttle.begin("dana", "a")
    waits = []
    for _ in range(9):
        waits.append(throttle.begin("dana", "a").wait)
        clock.now += waits[-1]
        assert throttle.begin("dana", "a").wait == 0
    told = [round(wait) for wait in waits]
    assert told == [min(LONGEST_WAIT, FIRST_WAIT * 2**number) for number in range(9)]


def test_others_are_not_held_up(throttle):
    """Tries from one address hold up neither the same account elsewhere nor another account there."""
    for _ in range(FREE_HERE + 1):
        throttle.begin("dana", "a")
    assert throttle.begin("dana", "b").wait == 0
    assert throttle.begin("yossi", "a").wait == 0


def test_many_addresses_are_held_up_together(throttle):
    """An account that is tried from ever other addresses has to wait as well."""
    waits = [throttle.begin("dana", str(number)).wait for number in range(FREE_ANYWHERE + 1)]
    assert waits[:-1] == [0] * FREE_ANYWHERE
    assert waits[-1] > 0


def test_many_names_from_one_address_are_held_up(throttle):
    """An address that tries ever other names has to wait as well."""
    waits = [throttle.begin(str(number), "a").wait for number in range(FREE_OF_ADDRESS + 1)]
    assert waits[:-1] == [0] * FREE_OF_ADDRESS
    assert waits[-1] > 0


def test_success_forgets_the_wrong_tries_of_the_account(throttle):
    """After the right password all tries are free again, but not those of the address on other accounts."""
    for _ in range(FREE_HERE - 1):
        throttle.begin("dana", "a")
    for _ in range(3):
        throttle.begin("yossi", "a")
    throttle.succeeded(throttle.begin("dana", "a"))
    assert [throttle.begin("dana", "a").wait for _ in range(FREE_HERE)] == [0] * FREE_HERE
    for _ in range(FREE_HERE - 3):
        assert throttle.begin("yossi", "a").wait == 0
    assert throttle.begin("yossi", "a").wait > 0


def test_a_day_later_all_is_forgotten(throttle, clock):
    """Old tries neither count nor stay in the database."""
    for _ in range(FREE_HERE + 1):
        throttle.begin("dana", "a")
    clock.now += rule.REMEMBERED_SECONDS + 1
    assert throttle.begin("dana", "a").wait == 0
    assert rows(throttle) == 3


def test_in_a_day_fewer_than_a_hundred_passwords_can_be_tried():
    """The rule keeps below what NIST allows, however patient somebody is."""
    tries, at = FREE_ANYWHERE, 0.0
    while at < rule.REMEMBERED_SECONDS:
        at += min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - FREE_ANYWHERE))
        tries += 1
    assert tries == 74


def test_the_database_holds_no_name(throttle):
    """What somebody typed and where from stands in the database as digests alone."""
    throttle.begin("dana", "10.0.0.1")
    with throttle.engine.connect() as connection:
        kept = repr(connection.execute(sa.select(rule.sign_in_tries)).all())
    assert "dana" not in kept
    assert "10.0.0.1" not in kept
