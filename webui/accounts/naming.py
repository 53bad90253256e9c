"""How people are called on the screen."""

from collections import Counter
from collections.abc import Iterable

import sqlalchemy as sa

from webui.accounts.account import ACCOUNT_COLUMNS, LOCAL_NAME, Account, accounts
from webui.filename import visible
from webui.texts import people_texts, texts


def name_of(account: Account) -> str:
    """The name that others see; the first owner has none until one is chosen, and is called by the role."""
    return visible(account.shown_name or (texts.ROLES[account.role] if account.name == LOCAL_NAME else account.name))


def told_apart(everybody: Iterable[Account]) -> dict[str, str]:
    """Account id -> the name that others see, with the name for signing in where several are called the same."""
    names = {one.id: (name_of(one), visible(one.name)) for one in everybody}
    called = Counter(name for name, _ in names.values())
    return {
        account_id: people_texts.NAMESAKE.format(name=name, sign_in=sign_in) if called[name] > 1 else name
        for account_id, (name, sign_in) in names.items()
    }


def names_of(connection: sa.Connection, account_ids: Iterable[str]) -> dict[str, str]:
    """Account id -> that name, for those of the ids that are accounts."""
    query = sa.select(*ACCOUNT_COLUMNS).where(accounts.c.id.in_(set(account_ids)))
    return {row["id"]: name_of(Account(**row)) for row in connection.execute(query).mappings()}
