"""What is wrong with the names and the password that somebody chose, in Hebrew. Knows no requests."""

from collections.abc import Mapping

from webui.accounts.account import shown_name, sign_in_name
from webui.accounts.weakness import LONGEST, SHORTEST, weakness
from webui.texts import account_texts


def names_problem(form: Mapping[str, str]) -> str:
    """What is wrong with the names that somebody chose; "" when nothing is."""
    if not shown_name(form.get("shown_name", "")):
        return account_texts.SHOWN_NAME_MISSING
    return "" if sign_in_name(form.get("name", "")) else account_texts.NAME_BAD


def password_problem(form: Mapping[str, str], *own_names: str) -> str:
    """What is wrong with the password that somebody with those names chose; "" when nothing is."""
    password = form.get("password", "")
    weak = weakness(password, *own_names)
    if weak:
        return account_texts.WEAK[weak].format(shortest=SHORTEST, longest=LONGEST)
    return "" if password == form.get("again") else account_texts.PASSWORD_DIFFERS
