"""Who is asking just now, for what every page shows of them: their menu, and the theme that they chose."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from webui.accounts.account import Account

_present: ContextVar[Account | None] = ContextVar("present", default=None)


def present() -> Account | None:
    """The account of the request that is being answered; None where nobody is signed in."""
    return _present.get()


@contextmanager
def asking(account: Account | None) -> Iterator[None]:
    """Inside, that account is present; also in the threads and tasks that are started there."""
    before = _present.set(account)
    try:
        yield
    finally:
        _present.reset(before)
