"""The command that kills a whole Darash in use, in small; the large one is `python -m evals.kills`."""

import random
from pathlib import Path

import pytest

from evals.kills import torture


@pytest.mark.timeout(900)
def test_nothing_acknowledged_is_lost_by_a_kill(tmp_path: Path) -> None:
    """Web, worker and backup are killed ten times in the middle of work over HTTP; `darash verify` finds nothing."""
    outcome = torture(tmp_path, 10, random.Random(7), 1.0)
    assert outcome.wrong == []
    assert outcome.kills.total() == 10
    assert {"file", "grant", "pair", "collection"} <= set(outcome.acknowledged)
    assert set(outcome.documents) == {"ready"}
