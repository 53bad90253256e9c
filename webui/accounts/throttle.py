"""How often somebody may try to sign in with a password: counted in the database, as digests, for a day.

The rule. Wrong tries are counted in three ways: of one account from one address (5 are free), of one account from
anywhere (20), and of one address on any account (50, because a whole office may come from one). Every further wrong try
doubles a wait, from 15 seconds to half an hour. During the wait nobody looks at the password and nothing is counted, so
the wait ends when it was said to end; a right password forgets the wrong ones of its account from there and anywhere,
not those from other single addresses. So at most 74 passwords can be tried on an account in a day. Nobody is locked out
for good: most attacks come from one address and hold up that one alone, the longest wait is half an hour, and sign-in
links (`darash link`) and OIDC are not counted.

It follows NIST SP 800-63B, 5.2.2 (fewer than 100 failed tries on an account, waits that grow up to an hour) and
the OWASP Authentication Cheat Sheet ("Login Throttling": counted by account, waits that double, no lasting lockout).
"""

import math
from dataclasses import dataclass

import sqlalchemy as sa

from indexes.database import metadata, new_id, now, writing
from webui.accounts.token import digest

REMEMBERED_SECONDS = 24 * 3600.0
FIRST_WAIT = 15.0
LONGEST_WAIT = 1800.0
FREE_HERE, FREE_ANYWHERE, FREE_OF_ADDRESS = 5, 20, 50

sign_in_tries = sa.Table(
    "sign_in_tries",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("whose", sa.String(64), nullable=False, index=True),  # a digest of the account's name, or of an address
    sa.Column("at", sa.Float, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Try:
    """A try that was counted; one that was not has to `wait` so many seconds."""

    ids: tuple[str, ...]
    name: str
    address: str
    wait: float


class Throttle:
    """Tries in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def begin(self, name: str, address: str) -> Try:
        """Counts a try on the account called `name`, whether there is one or not, unless it has to wait.

        It is written down before it is judged, so that of a hundred at once each sees those before it.
        """
        whose = _whose(name, address)
        ids = tuple(new_id() for _ in whose)
        rows = [{"id": id_, "whose": key, "at": now()} for id_, key in zip(ids, whose, strict=True)]
        with writing(self.engine).begin() as connection:
            connection.execute(sign_in_tries.delete().where(sign_in_tries.c.at < now() - REMEMBERED_SECONDS))
            connection.execute(sign_in_tries.insert(), rows)
        with self.engine.connect() as connection:
            wait = max(_wait(connection, key, free, ids) for key, free in whose.items())
        begun = Try(ids, name, address, wait)
        if wait > 0:
            self._forget(sign_in_tries.c.id.in_(ids))
        return begun

    def succeeded(self, begun: Try) -> None:
        """Forgets the wrong tries on that account, and of the address this try alone.

        Somebody with an account could otherwise try others' passwords without end.
        """
        here, anywhere, _ = _whose(begun.name, begun.address)
        self._forget(sa.or_(sign_in_tries.c.whose.in_((here, anywhere)), sign_in_tries.c.id.in_(begun.ids)))

    def _forget(self, which: sa.ColumnElement[bool]) -> None:
        with writing(self.engine).begin() as connection:
            connection.execute(sign_in_tries.delete().where(which))


def _whose(name: str, address: str) -> dict[str, int]:
    """What a try counts for, as digests, and how many wrong ones are free for each."""
    return {
        digest(f"here\n{name}\n{address}"): FREE_HERE,
        digest(f"anywhere\n{name}"): FREE_ANYWHERE,
        digest(f"address\n{address}"): FREE_OF_ADDRESS,
    }


def _wait(connection: sa.Connection, whose: str, free: int, mine: tuple[str, ...]) -> float:
    """Seconds until the next try may be made, after all but `mine`."""
    counted = sa.and_(sign_in_tries.c.whose == whose, sign_in_tries.c.id.not_in(mine))
    counted = sa.and_(counted, sign_in_tries.c.at >= now() - REMEMBERED_SECONDS)
    query = sa.select(sa.func.count(), sa.func.max(sign_in_tries.c.at)).where(counted)
    tries, last = connection.execute(query).one()
    if tries < free:
        return 0.0
    whole = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(tries - free, 30))
    return max(0.0, float(last + whole - now()))


def seconds(wait: float) -> int:
    """A wait in whole seconds, as the header Retry-After has it (RFC 9110, 10.2.3)."""
    return max(1, math.ceil(wait))
