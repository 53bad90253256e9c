from collections import Counter
from dataclasses import replace

import pytest

from evals.crash_state import State, differences

GOOD = State(
    documents={"a": ("ready", "", "x/a.txt"), "b": ("failed", "encrypted", "")},
    passages=Counter({("a", "one"): 1, ("a", "two"): 2}),
    searches={"question": [(0.9, "one"), (0.5, "two")]},
)


@pytest.mark.parametrize(
    "found",
    [
        replace(GOOD, documents={"a": ("ready", "", "x/a.txt")}),
        replace(GOOD, documents=GOOD.documents | {"b": ("failed", "worker_died", "")}),
        replace(GOOD, documents=GOOD.documents | {"c": ("ready", "", "")}),
        replace(GOOD, passages=Counter({("a", "one"): 1, ("a", "two"): 1})),
        replace(GOOD, searches={"question": [(0.9, "one"), (0.6, "two")]}),
        replace(GOOD, searches={"question": [(0.9, "one"), (0.5, "three")]}),
        replace(GOOD, searches={"question": [(0.9, "one")]}),
        replace(GOOD, broken=["a file is left"]),
    ],
)
def test_every_kind_of_damage_is_told(found: State) -> None:
    """A document, a passage or a hit that is missing, changed or doubled is a difference."""
    assert len(differences(GOOD, found)) == 1


def test_equal_states_do_not_differ() -> None:
    """Neither does the order of hits with the same score."""
    assert differences(GOOD, GOOD) == []
    first = replace(GOOD, searches={"question": [(0.5, "two"), (0.5, "one")]})
    second = replace(GOOD, searches={"question": [(0.5, "one"), (0.5, "two")]})
    assert differences(first, second) == []
