"""Small files that become huge when they are read: refused or limited with a reason, and the worker stays as it was."""

import pytest

from evals.bombs import BOMBS, Bomb, is_harmless, set_off


@pytest.mark.timeout(300)
@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.name)
def test_a_bomb_does_no_harm(bomb: Bomb) -> None:
    """A reason that names what was too much; no memory of it in this process, and little on the disk."""
    outcome = set_off(bomb)
    assert is_harmless(bomb, outcome), outcome
