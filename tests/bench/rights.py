"""How long it takes to say what a person may do in a large team, on SQLite and on PostgreSQL, in turns.

`python -m tests.bench.rights` prints a table; it needs PostgreSQL (Debian: postgresql).
"""

import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from itertools import product
from pathlib import Path
from statistics import quantiles

import sqlalchemy as sa

from indexes.catalogue import Catalogue, collections
from indexes.database import connect, migrate, new_id, writing
from tests import database
from webui.accounts.account import accounts
from webui.accounts.group import groups, memberships
from webui.grants import LEVELS, Grant, Level, grants
from webui.permissions import Permissions

PEOPLE, COLLECTIONS, GROUPS, IN_A_GROUP, GRANTS, OF_THE_TEAM = 200, 1000, 20, 20, 8200, 50
ROUNDS = 200


def fill(engine: sa.Engine) -> tuple[list[str], list[str]]:
    """A team in an empty database, the same each time but for its ids; returns those of people and of collections.

    Each collection has an owner, some are open to the team, and the other grants go to people and groups by chance.
    """
    migrate(engine)
    chance = random.Random(0)
    people, places, teams = ([new_id() for _ in range(count)] for count in (PEOPLE, COLLECTIONS, GROUPS))
    given: list[tuple[str, str | None, str | None, Level]] = [
        (place, chance.choice(people), None, "owner") for place in places
    ]
    given += [(place, None, None, "reader") for place in places[:OF_THE_TEAM]]
    pairs = list(product(places, [*((one, None) for one in people), *((None, one) for one in teams)]))
    some = chance.sample(pairs, GRANTS - len(given))
    given += [(place, *whom, chance.choice(LEVELS)) for place, whom in some]
    rows: list[tuple[sa.Table, list[dict[str, object]]]] = [
        (accounts, [{"id": one, "name": one, "created_at": 0.0, "role": "member"} for one in people]),
        (groups, [{"id": one, "name": one, "created_at": 0.0} for one in teams]),
        (memberships, [_membership(team, one) for team in teams for one in chance.sample(people, IN_A_GROUP)]),
        (collections, [{"id": one, "name": one, "created_at": 0.0} for one in places]),
        (grants, [{"id": new_id(), "created_at": 0.0, **asdict(Grant(*one))} for one in given]),
    ]
    with writing(engine).begin() as connection:
        for table, values in rows:
            connection.execute(table.insert(), values)
    if engine.dialect.name == "postgresql":  # as its autovacuum does soon after
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    return people, places


def _membership(group_id: str, account_id: str) -> dict[str, object]:
    return {"group_id": group_id, "account_id": account_id, "by_claim": False}


def took(call: Callable[[], object]) -> float:
    """Milliseconds that it took."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Measures both questions that routes ask, on both databases in turns."""
    times = dict[tuple[str, str], list[float]]()
    with tempfile.TemporaryDirectory() as folder, database.postgresql():
        engines = [connect(database.sqlite_in(Path(folder))), connect(database.new_database())]
        teams = [(engine.dialect.name, Permissions(Catalogue(engine)), *fill(engine)) for engine in engines]
        for at in range(ROUNDS):
            for name, permissions, people, places in teams:
                who, which = people[at % PEOPLE], places[at % COLLECTIONS]
                for asked, place in (("all collections", None), ("one collection", which)):
                    spent = took(lambda: permissions.levels(who, place))  # noqa: B023 - called at once
                    times.setdefault((name, asked), []).append(spent)
        for engine in engines:
            engine.dispose()
    print(f"{PEOPLE} people, {COLLECTIONS} collections, {GRANTS} grants, {ROUNDS} rounds; milliseconds")
    for (name, asked), all_times in times.items():
        cuts = quantiles(all_times, n=20)
        print(f"{name:12} {asked:16} p50 {cuts[9]:6.2f}  p95 {cuts[18]:6.2f}")


if __name__ == "__main__":
    main()
