from evals.kills_promises import Promises

NAME = ("name", "1")


def test_while_a_change_is_under_way_old_and_new_are_right() -> None:
    """What was acknowledged has to be there; of what was not, either is right, but nothing else."""
    promises = Promises()
    promises.begin({NAME: "a"})
    assert list(promises.broken({})) == []
    promises.keep({NAME: "a"})
    assert list(promises.broken({})) == ["('name', '1') is None and not 'a'"]
    promises.keep({NAME: "a"})
    promises.begin({NAME: "b"})
    assert (promises.open, promises.sure(NAME)) == (1, None)
    assert list(promises.broken({NAME: "b"})) == []
    assert (promises.open, promises.sure(NAME)) == (0, "b")
    promises.begin({NAME: None})
    (said,) = promises.broken({NAME: "a"})
    assert said.startswith("('name', '1') is 'a' and not ")


def test_things_are_found_by_the_beginning_of_their_keys() -> None:
    """Changes of several things at once are kept together."""
    promises = Promises()
    promises.keep({("file", "1", "a"): "x", ("file", "2", "b"): "y", ("grant", "1"): "reader"})
    assert promises.below("file", "1") == [("file", "1", "a")]
    assert promises.acknowledged == {"file": 1, "grant": 1}
