"""The load test in small: a few people at once, through the same doors as a hundred for ten minutes."""

import pytest

from tests.bench.load import measure

pytestmark = pytest.mark.timeout(300)


def test_ten_people_ask_at_once_and_all_are_answered() -> None:
    """Everybody gets whole answers and sources, and nobody an error. How long it takes, `tests.bench.load` measures."""
    met, figures = measure(people=10, seconds=10, pause=(1, 3), passages=0)
    assert met.errors == []
    assert figures["answers"] >= 10
    assert met.looks
