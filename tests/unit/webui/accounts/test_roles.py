"""Who may do what to whom, over every pair of roles and every deed."""

from itertools import product
from typing import get_args

import pytest

from webui.accounts.account import Role
from webui.accounts.roles import Deed, may

ROLES: tuple[Role, ...] = get_args(Role)
DEEDS: tuple[Deed, ...] = get_args(Deed)

OF_A_MANAGER = {
    *product(["see_team", "keep_groups", "see_status"], ROLES),
    *product(["invite", "revoke_invitation", "suspend", "restore"], ["member", "guest"]),
}


@pytest.mark.parametrize(("deed", "whom"), list(product(DEEDS, ROLES)))
def test_an_owner_may_do_everything(deed: Deed, whom: Role) -> None:
    """An owner may do every deed to everybody, other owners among them."""
    assert may("owner", deed, whom)


@pytest.mark.parametrize(("deed", "whom"), list(product(DEEDS, ROLES)))
def test_a_manager_invites_and_suspends_those_below_and_keeps_groups(deed: Deed, whom: Role) -> None:
    """A manager may do what is listed, and nothing else: no roles, no sign-in links, no deleting, no audit log."""
    assert may("manager", deed, whom) == ((deed, whom) in OF_A_MANAGER)


@pytest.mark.parametrize(("actor", "deed", "whom"), list(product(["member", "guest"], DEEDS, ROLES)))
def test_members_and_guests_do_nothing_to_others(actor: Role, deed: Deed, whom: Role) -> None:
    """Members and guests may do none of it to anybody."""
    assert not may(actor, deed, whom)


@pytest.mark.parametrize(("actor", "deed", "whom"), list(product(ROLES, DEEDS, ROLES)))
def test_the_last_owner_stays(actor: Role, deed: Deed, whom: Role) -> None:
    """What would take the last owner away nobody may do; everything else is as it is for the other owners."""
    takes_away = deed in ("suspend", "change_role", "delete")
    expected = False if takes_away else may(actor, deed, whom)
    assert may(actor, deed, whom, last_owner=True) == expected
