"""The person who is signed in, as every page shows them in its bar."""

from dataclasses import dataclass

from webui.accounts.account import Role
from webui.accounts.naming import name_of
from webui.accounts.present import present


@dataclass(frozen=True, slots=True)
class Me:
    """`id` is the account's, `name` is what the person is called."""

    id: str
    name: str
    role: Role


def me() -> Me | None:
    """Whoever is asking; None where nobody is signed in."""
    account = present()
    return Me(account.id, name_of(account), account.role) if account else None
