"""Groups of people, and the groups that claims of an OIDC provider name."""

import pytest
import sqlalchemy as sa

from indexes.errors import NotFound
from webui.accounts.account import Accounts
from webui.accounts.group import LONGEST_NAME, Groups, NameTaken


@pytest.fixture
def groups(engine: sa.Engine) -> Groups:
    return Groups(engine)


@pytest.fixture
def person(engine: sa.Engine) -> str:
    return Accounts(engine).create("dana", "דנה", "member").id


def names(groups: Groups, account_id: str) -> list[str]:
    return [group.name for group in groups.of(account_id)]


def test_people_come_and_go(groups: Groups, person: str) -> None:
    """Somebody is in a group from when they are added, once, until they are removed."""
    group = groups.create("  המחלקה   המשפטית ")
    groups.add(group.id, person)
    groups.add(group.id, person)
    assert names(groups, person) == ["המחלקה המשפטית"]
    assert [account.id for account in groups.members(group.id)] == [person]
    groups.remove(group.id, person)
    assert (groups.of(person), groups.members(group.id)) == ([], [])


def test_a_name_belongs_to_one_group(groups: Groups) -> None:
    """A name that is taken, empty or too long is refused, when a group is made and when it is renamed."""
    groups.create("הנהלה")
    other = groups.create("גבייה")
    for name in ("הנהלה", "  ", "א" * (LONGEST_NAME + 1)):
        with pytest.raises(NameTaken):
            groups.create(name)
        with pytest.raises(NameTaken):
            groups.rename(other.id, name)
    groups.rename(other.id, "גבייה ואכיפה")
    assert [group.name for group in groups.all()] == ["גבייה ואכיפה", "הנהלה"]


def test_what_is_not_there_is_not_found(groups: Groups, person: str) -> None:
    """Groups and people that do not exist are `NotFound`, a deleted group takes its memberships along."""
    group = groups.create("הנהלה")
    groups.add(group.id, person)
    groups.delete(group.id)
    assert groups.of(person) == []
    for act in (
        lambda: groups.get(group.id),
        lambda: groups.delete(group.id),
        lambda: groups.rename(group.id, "אחרת"),
        lambda: groups.add(group.id, person),
        lambda: groups.add(groups.create("עוד").id, "nobody"),
    ):
        with pytest.raises(NotFound):
            act()


def test_claims_set_their_own_memberships_alone(groups: Groups, person: str) -> None:
    """What claims name is exactly what somebody is in by claim; what was given by hand stays, named or not."""
    by_hand = groups.create("ועד")
    groups.add(by_hand.id, person)
    groups.sync(person, ["הנהלה", " גבייה ", "", "א" * (LONGEST_NAME + 1), "ועד"])
    assert names(groups, person) == ["גבייה", "הנהלה", "ועד"]
    assert groups.claimed(by_hand.id) == set()
    groups.sync(person, ["הנהלה"])
    assert names(groups, person) == ["הנהלה", "ועד"]
    groups.sync(person, [])
    assert names(groups, person) == ["ועד"]


def test_a_membership_given_by_hand_outlives_the_claim(groups: Groups, person: str) -> None:
    """Somebody who came by claim and is then added by hand stays when the claim is gone."""
    groups.sync(person, ["הנהלה"])
    (group,) = groups.of(person)
    assert groups.claimed(group.id) == {person}
    groups.add(group.id, person)
    groups.sync(person, [])
    assert names(groups, person) == ["הנהלה"]


def test_claims_of_one_person_touch_nobody_else(groups: Groups, engine: sa.Engine, person: str) -> None:
    """Two people whose claims name the same group are both in it, and one of them leaves alone."""
    other = Accounts(engine).create("uri", "אורי", "member").id
    groups.sync(person, ["הנהלה"])
    groups.sync(other, ["הנהלה"])
    groups.sync(person, [])
    assert (names(groups, person), names(groups, other)) == ([], ["הנהלה"])
