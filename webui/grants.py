"""Grants: to which people and groups a collection was opened, and how far. What follows from it, `permissions` says.

A collection that has somebody who may own it never loses the last one by a grant: what would do so is refused in the
transaction that does it.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Literal, get_args

import sqlalchemy as sa

from indexes.catalogue import collections
from indexes.database import metadata, new_id, now, writing
from indexes.errors import NotFound
from webui.accounts.account import accounts
from webui.accounts.group import memberships

Level = Literal["reader", "editor", "owner"]
"""`reader` searches and reads; `editor` also adds, replaces and deletes documents; `owner` also grants and deletes."""

LEVELS: tuple[Level, ...] = get_args(Level)
"""From the least to the most; each holds those before it."""

grants = sa.Table(
    "grants",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("collection_id", sa.ForeignKey("collections.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=True),
    sa.Column("group_id", sa.ForeignKey("groups.id", ondelete="CASCADE"), nullable=True, index=True),
    sa.Column("level", sa.String(8), nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Index("ix_grants_subject", "account_id", "group_id"),  # those of an account, and those of the team: both NULL
)


class NoOwnerLeft(Exception):  # what happened, as the other errors here
    """Nobody would be left who may open the collection to others and delete it."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A collection opened to an account, to a group, or, where both are None, to the team: everybody but guests."""

    collection_id: str
    account_id: str | None
    group_id: str | None
    level: Level


GRANT_COLUMNS = [grants.c[name] for name in Grant.__dataclass_fields__]


class Grants:
    """Grants in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def of(self, collection_id: str) -> list[Grant]:
        """The grants of a collection, oldest first."""
        query = sa.select(*GRANT_COLUMNS).where(grants.c.collection_id == collection_id).order_by(grants.c.created_at)
        with self.engine.connect() as connection:
            return [Grant(**row) for row in connection.execute(query).mappings()]

    def among(self, collection_ids: Collection[str]) -> list[Grant]:
        """The grants of those collections, oldest first."""
        query = sa.select(*GRANT_COLUMNS).where(grants.c.collection_id.in_(collection_ids))
        with self.engine.connect() as connection:
            return [Grant(**row) for row in connection.execute(query.order_by(grants.c.created_at)).mappings()]

    def put(self, grant: Grant) -> None:
        """Sets the level of one subject of a collection, in place of the one it had.

        Raises `NoOwnerLeft`, and `NotFound` where the collection or the subject is not there.
        """
        before = sa.select(grants.c.created_at).where(_same(grant))
        try:
            with self._changing(grant.collection_id) as connection:
                since = connection.execute(before).scalar() or now()  # it keeps its place in the list
                connection.execute(grants.delete().where(_same(grant)))
                connection.execute(grants.insert().values(id=new_id(), created_at=since, **asdict(grant)))
        except sa.exc.IntegrityError as error:
            raise NotFound(f"{grant} names what is not there") from error

    def remove(self, grant: Grant) -> None:
        """Takes back what one subject was granted, whatever its level. Raises `NoOwnerLeft`, `NotFound`."""
        with self._changing(grant.collection_id) as connection:
            connection.execute(grants.delete().where(_same(grant)))

    def adopt(self, collection_id: str, team: bool = False) -> None:
        """Gives a collection that belongs to nobody, such as one made by a command, to the first owner of this Darash.

        With `team`, everybody in the team may read it as well.
        """
        if self.of(collection_id):
            return
        oldest = sa.select(accounts.c.id).where(accounts.c.role == "owner").order_by(accounts.c.created_at)
        with self.engine.connect() as connection:
            owner_id = connection.execute(oldest.limit(1)).scalar()
        if owner_id is not None:
            self.put(Grant(collection_id, owner_id, None, "owner"))
        if team:
            self.put(Grant(collection_id, None, None, "reader"))

    @contextmanager
    def _changing(self, collection_id: str) -> Iterator[sa.Connection]:
        """A transaction that changes the grants of a collection; two such changes wait for each other."""
        here = sa.select(collections.c.id).where(collections.c.id == collection_id, collections.c.deleted_at.is_(None))
        with writing(self.engine).begin() as connection:
            if connection.execute(here.with_for_update()).first() is None:
                raise NotFound(f"no collection {collection_id!r}")
            had_owner = _has_owner(connection, collection_id)
            yield connection
            if had_owner and not _has_owner(connection, collection_id):
                raise NoOwnerLeft(collection_id)


def _has_owner(connection: sa.Connection, collection_id: str) -> bool:
    """Whether somebody who may act owns the collection, by name or through a group."""
    mine = sa.select(memberships.c.group_id).where(memberships.c.account_id == accounts.c.id)
    owns = sa.exists().where(
        grants.c.collection_id == collection_id,
        grants.c.level == "owner",
        sa.or_(grants.c.account_id == accounts.c.id, grants.c.group_id.in_(mine)),
    )
    may_act = sa.and_(accounts.c.role != "guest", accounts.c.suspended_at.is_(None))
    return connection.execute(sa.select(accounts.c.id).where(may_act, owns).limit(1)).first() is not None


def _same(grant: Grant) -> sa.ColumnElement[bool]:
    return sa.and_(
        grants.c.collection_id == grant.collection_id,
        grants.c.account_id.is_not_distinct_from(grant.account_id),
        grants.c.group_id.is_not_distinct_from(grant.group_id),
    )
