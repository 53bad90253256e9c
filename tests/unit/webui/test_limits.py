"""How much one person may ask at once."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import pytest

from webui.limits import MINUTE, SOON, Limits, TooMuch


class Clock:
    """A clock that stands still until it is moved. In seconds."""

    def __init__(self) -> None:
        self.moment = 1000.0

    def __call__(self) -> float:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    """A clock of the test's own."""
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> Limits:
    """Two answers and two uploads at once, five questions a minute."""
    return Limits(2, 5, 2, clock)


@pytest.mark.parametrize("what", ["answer", "upload"])
def test_a_person_has_as_much_as_the_limit_at_once(limits, what):
    """The third is refused, another person's is not, and what ends makes room."""
    held = getattr(limits, what)
    with held("dana"), held("avi"):
        with held("dana"):
            with pytest.raises(TooMuch) as refused, held("dana"):
                raise AssertionError
            assert (refused.value.what, refused.value.seconds) == (f"{what}s", SOON)
        with held("dana"):
            pass
    assert not limits.running


def test_an_answer_and_an_upload_do_not_stand_in_each_others_way(limits):
    """Uploading two files leaves room for two answers."""
    with limits.upload("dana"), limits.upload("dana"), limits.answer("dana"), limits.answer("dana"):
        pass


def test_questions_are_counted_over_any_minute(limits, clock):
    """The sixth within 60 seconds is told when the first of them will be a minute old, and is let in then."""
    for _ in range(5):
        with limits.answer("dana"):
            clock.moment += 2
    with pytest.raises(TooMuch) as refused, limits.answer("dana"):
        raise AssertionError
    assert (refused.value.what, refused.value.seconds) == ("questions", MINUTE - 10)
    with limits.answer("avi"):
        pass
    clock.moment += refused.value.seconds
    with limits.answer("dana"):
        pass


def test_what_was_refused_is_not_counted(limits, clock):
    """Somebody who keeps trying is not kept out by the trying."""
    with limits.answer("dana"), limits.answer("dana"):
        for _ in range(50):
            with suppress(TooMuch), limits.answer("dana"):
                raise AssertionError
    assert len(limits.asked["dana"]) == 2


@pytest.mark.parametrize("problem", [RuntimeError, GeneratorExit, KeyboardInterrupt, asyncio.CancelledError])
def test_every_way_out_makes_room(limits, problem):
    """A defect, a stream that is closed and a task that is cancelled give back what they held."""
    for held in (limits.answer, limits.upload):
        with suppress(problem), held("dana"):
            raise problem
    assert not limits.running


def test_nobody_is_remembered_for_longer_than_needed(limits, clock):
    """Whoever asked nothing for a minute is forgotten, so that memory does not grow with the years."""
    for number in range(100):
        with limits.answer(f"person {number}"):
            pass
    clock.moment += MINUTE
    with limits.answer("dana"):
        assert list(limits.asked) == ["dana"]


def test_it_is_exact_between_threads():
    """Of many that begin at the same moment, exactly as many get in as may."""
    limits, start, inside = Limits(3, 1000, 3), threading.Barrier(24), []

    def attempt(number: int) -> bool:
        with ExitStack() as held:
            start.wait()
            try:
                held.enter_context(limits.upload("dana"))
            except TooMuch:
                got = False
            else:
                got = True
                inside.append(number)
            start.wait()  # nobody goes before everybody has tried
            return got

    with ThreadPoolExecutor(24) as pool:
        assert sum(pool.map(attempt, range(24))) == len(inside) == 3
    assert not limits.running
