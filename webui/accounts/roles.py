"""Who may do what to whom: the rights that follow from roles alone. What people may read is granted, see `permissions`.

An owner may do everything, also to other owners, as long as one owner stays. A manager invites members and guests,
suspends and restores them, keeps the groups, and sees how Darash is doing. A sign-in link opens everything that a
person has, so only owners make one. Members and guests do nothing to others.
"""

from collections.abc import Mapping
from typing import Literal

from webui.accounts.account import Role

Deed = Literal[
    "see_team", "invite", "revoke_invitation", "suspend", "restore", "change_role", "make_link", "delete",
    "keep_groups", "read_audit", "see_status",
]  # fmt: skip
"""`see_team`, `keep_groups`, `read_audit` and `see_status` are done to nobody, the others to somebody of a role or
invited as one."""

EVERYBODY: frozenset[Role] = frozenset({"owner", "manager", "member", "guest"})
BELOW: frozenset[Role] = frozenset({"member", "guest"})
NOBODY: frozenset[Role] = frozenset()

TAKES_AWAY: frozenset[Deed] = frozenset({"suspend", "change_role", "delete"})
"""Deeds after which somebody may be an owner no more."""

_MANAGER: Mapping[Deed, frozenset[Role]] = {
    "see_team": EVERYBODY,
    "keep_groups": EVERYBODY,
    "see_status": EVERYBODY,
    "invite": BELOW,
    "revoke_invitation": BELOW,
    "suspend": BELOW,
    "restore": BELOW,
}


def may(actor: Role, deed: Deed, whom: Role = "guest", *, last_owner: bool = False) -> bool:
    """Whether somebody of the role `actor` may do that to somebody of the role `whom`.

    `last_owner` says that `whom` is the only owner who can still sign in.
    """
    if last_owner and deed in TAKES_AWAY:
        return False
    if actor == "owner":
        return True
    return actor == "manager" and whom in _MANAGER.get(deed, NOBODY)
