"""Grants: to which people and groups a collection was opened, and how far. What follows from it, `permissions` says."""

from dataclasses import asdict, dataclass
from typing import Literal

import sqlalchemy as sa

from indexes.database import metadata, new_id, now, writing
from webui.accounts import group  # noqa: F401 - its table is named here
from webui.accounts.account import accounts

Level = Literal["reader", "editor", "owner"]
"""`reader` searches and reads; `editor` also adds, replaces and deletes documents; `owner` also grants and deletes."""

grants = sa.Table(
    "grants",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("collection_id", sa.ForeignKey("collections.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=True, index=True),
    sa.Column("group_id", sa.ForeignKey("groups.id", ondelete="CASCADE"), nullable=True, index=True),
    sa.Column("level", sa.String(8), nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Grant:
    """A collection opened to an account, to a group, or, where both are None, to the team: everybody but guests."""

    collection_id: str
    account_id: str | None
    group_id: str | None
    level: Level


class Grants:
    """Grants in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def of(self, collection_id: str) -> list[Grant]:
        """The grants of a collection, oldest first."""
        columns = [grants.c[name] for name in Grant.__dataclass_fields__]
        query = sa.select(*columns).where(grants.c.collection_id == collection_id).order_by(grants.c.created_at)
        with self.engine.connect() as connection:
            return [Grant(**row) for row in connection.execute(query).mappings()]

    def put(self, grant: Grant) -> None:
        """Sets the level of one subject of a collection, in place of the one it had."""
        with writing(self.engine).begin() as connection:
            connection.execute(grants.delete().where(_same(grant)))
            connection.execute(grants.insert().values(id=new_id(), created_at=now(), **asdict(grant)))

    def remove(self, grant: Grant) -> None:
        """Takes back what one subject was granted, whatever its level."""
        with writing(self.engine).begin() as connection:
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


def _same(grant: Grant) -> sa.ColumnElement[bool]:
    return sa.and_(
        grants.c.collection_id == grant.collection_id,
        grants.c.account_id.is_not_distinct_from(grant.account_id),
        grants.c.group_id.is_not_distinct_from(grant.group_id),
    )
