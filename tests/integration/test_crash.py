"""The command that kills workers, in small; the large one is `python -m evals.crash`."""

import random
from pathlib import Path

import pytest

from evals.crash import torture


@pytest.mark.sqlite("it fills many data folders, each with its database; test_kills runs on both")
@pytest.mark.timeout(900)
def test_kills_at_random_moments_change_nothing(tmp_path: Path) -> None:
    """Samples, a zip and a mail, with the worker killed twenty times: the same documents, passages and hits."""
    run, peaceful = torture(tmp_path, None, 12, 20, random.Random(5), 0.7)
    assert run.differences == []
    assert sum(run.kills.values()) == 20
    assert {state for state, _, _ in peaceful.documents.values()} == {"ready"}
    assert len(peaceful.documents) == 12 + 4 + 2
