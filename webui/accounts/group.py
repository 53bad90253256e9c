"""Groups of people, to whom collections and conversations can be opened at once. Knows nothing of what they may do."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from indexes.database import metadata, new_id, now, writing
from indexes.errors import NotFound
from webui.accounts.account import ACCOUNT_COLUMNS, Account, accounts

LONGEST_NAME = 80

groups = sa.Table(
    "groups",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("created_at", sa.Float, nullable=False),
)

memberships = sa.Table(
    "memberships",
    metadata,
    sa.Column("group_id", sa.ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True),
    sa.Column("by_claim", sa.Boolean, nullable=False),  # the OIDC provider says so, and may take it back
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people. Names are unique, because claims call a group by its name."""

    id: str
    name: str
    created_at: float


class NameTaken(Exception):  # what happened, as the other errors here
    """A group cannot be called so: another one is, or the name is empty or too long."""


class Groups:
    """Groups in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def all(self) -> list[Group]:
        """Every group, by name."""
        with self.engine.connect() as connection:
            return [Group(**row) for row in connection.execute(sa.select(groups).order_by(groups.c.name)).mappings()]

    def get(self, group_id: str) -> Group:
        """One group. Raises `NotFound`."""
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(groups).where(groups.c.id == group_id)).mappings().first()
        if row is None:
            raise NotFound(f"no group {group_id!r}")
        return Group(**row)

    def create(self, name: str) -> Group:
        """A new group without people. Raises `NameTaken`."""
        group = Group(new_id(), _clean(name), now())
        try:
            with writing(self.engine).begin() as connection:
                connection.execute(groups.insert().values(asdict(group)))
        except sa.exc.IntegrityError as error:
            raise NameTaken(group.name) from error
        return group

    def rename(self, group_id: str, name: str) -> None:
        """Gives a group another name. Raises `NameTaken`, `NotFound`."""
        change = groups.update().where(groups.c.id == group_id).values(name=_clean(name))
        try:
            with writing(self.engine).begin() as connection:
                changed = connection.execute(change).rowcount
        except sa.exc.IntegrityError as error:
            raise NameTaken(name) from error
        if not changed:
            raise NotFound(f"no group {group_id!r}")

    def delete(self, group_id: str) -> None:
        """Removes a group, and with it what was opened to it. Raises `NotFound`."""
        with writing(self.engine).begin() as connection:
            if not connection.execute(groups.delete().where(groups.c.id == group_id)).rowcount:
                raise NotFound(f"no group {group_id!r}")

    def add(self, group_id: str, account_id: str) -> None:
        """Puts somebody into a group by hand, which no claim takes back. Raises `NotFound`."""
        try:
            with writing(self.engine).begin() as connection:
                connection.execute(memberships.delete().where(_is(group_id, account_id)))
                connection.execute(
                    memberships.insert().values(group_id=group_id, account_id=account_id, by_claim=False)
                )
        except sa.exc.IntegrityError as error:
            raise NotFound(f"no group {group_id!r} or no account {account_id!r}") from error

    def remove(self, group_id: str, account_id: str) -> None:
        """Takes somebody out of a group. What a claim says comes back with the next sign-in."""
        with writing(self.engine).begin() as connection:
            connection.execute(memberships.delete().where(_is(group_id, account_id)))

    def of(self, account_id: str) -> list[Group]:
        """The groups somebody is in, by name."""
        query = sa.select(groups).join(memberships, memberships.c.group_id == groups.c.id)
        query = query.where(memberships.c.account_id == account_id).order_by(groups.c.name)
        with self.engine.connect() as connection:
            return [Group(**row) for row in connection.execute(query).mappings()]

    def members(self, group_id: str) -> list[Account]:
        """The people in a group, suspended or not, oldest account first."""
        query = sa.select(*ACCOUNT_COLUMNS).join(memberships, memberships.c.account_id == accounts.c.id)
        query = query.where(memberships.c.group_id == group_id).order_by(accounts.c.created_at)
        with self.engine.connect() as connection:
            return [Account(**row) for row in connection.execute(query).mappings()]

    def counts(self) -> dict[str, int]:
        """How many people are in each group that has any."""
        query = sa.select(memberships.c.group_id, sa.func.count()).group_by(memberships.c.group_id)
        with self.engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def claimed(self, group_id: str) -> set[str]:
        """The ids of those who are in a group because the OIDC provider says so."""
        query = sa.select(memberships.c.account_id).where(memberships.c.group_id == group_id, memberships.c.by_claim)
        with self.engine.connect() as connection:
            return set(connection.execute(query).scalars())

    def sync(self, account_id: str, names: Iterable[str]) -> None:
        """Makes what claims say of somebody's groups so: groups that are missing are made, and those not named left.

        Memberships given by hand stay as they are. Names that no group can have are passed over.
        """
        named = {name.strip() for name in names if 0 < len(name.strip()) <= LONGEST_NAME}
        with writing(self.engine).begin() as connection:
            # Two sign-ins of one person wait for each other here.
            connection.execute(sa.select(accounts.c.id).where(accounts.c.id == account_id).with_for_update())
            claimed = {_group_id(connection, name) for name in sorted(named)}
            mine = memberships.c.account_id == account_id
            connection.execute(
                memberships.delete().where(mine, memberships.c.by_claim, memberships.c.group_id.not_in(claimed))
            )
            there = set(connection.execute(sa.select(memberships.c.group_id).where(mine)).scalars())
            for group_id in claimed - there:
                connection.execute(memberships.insert().values(group_id=group_id, account_id=account_id, by_claim=True))


def _group_id(connection: sa.Connection, name: str) -> str:
    """The group of that name, made if there is none; of two that make it at once, one finds the other's."""
    query = sa.select(groups.c.id).where(groups.c.name == name)
    found = connection.execute(query).scalar()
    if found is not None:
        return str(found)
    try:
        with connection.begin_nested():
            group = Group(new_id(), name, now())
            connection.execute(groups.insert().values(asdict(group)))
            return group.id
    except sa.exc.IntegrityError:
        return str(connection.execute(query).scalar_one())


def _clean(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise NameTaken(name)
    return name


def _is(group_id: str, account_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(memberships.c.group_id == group_id, memberships.c.account_id == account_id)
