"""How fast a server writes, by a clock that the test turns."""

from collections.abc import Iterator

import pytest

from answers.serving.speed import Speed, Speedometer


class Clock:
    """Says the time that it was set to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Iterator[Clock]:
    return Clock()


def answered(speedometer: Speedometer, clock: Clock, first: float, *after: float) -> None:
    """One answer whose pieces come after those seconds."""
    timing = speedometer.begin()
    for seconds in (first, *after):
        clock.now += seconds
        timing.piece()
    clock.now += 7  # the end of a stream is no part of its speed
    speedometer.keep(timing)


def test_nothing_is_said_of_a_server_that_wrote_nothing(clock: Clock) -> None:
    """A server that was never asked, or failed before its first piece, has no speed."""
    speedometer = Speedometer(clock)
    speedometer.keep(speedometer.begin())
    assert speedometer.speed() == Speed()


def test_the_first_piece_counts_by_the_median_and_the_others_by_their_sum(clock: Clock) -> None:
    """One slow start among many does not show; long answers weigh more than short ones."""
    speedometer = Speedometer(clock)
    answered(speedometer, clock, 0.5, 0.25, 0.25)
    answered(speedometer, clock, 0.7, 0.5)
    answered(speedometer, clock, 60.0)
    assert speedometer.speed() == Speed(3, pytest.approx(0.7), pytest.approx(3.0))


def test_only_the_last_answers_count(clock: Clock) -> None:
    """What a server did long ago is forgotten."""
    speedometer = Speedometer(clock, kept=2)
    for first in (9.0, 1.0, 1.0):
        answered(speedometer, clock, first)
    assert speedometer.speed() == Speed(2, pytest.approx(1.0), 0.0)
