"""Deleting a person and all that is theirs. Who may do so, `accounts/roles.py` says.

What they asked, shared, invited and were granted goes with the account. A collection that nobody else owns goes to a
successor or is deleted. Documents that they added to collections of others stay there, without saying by whom. The
audit log keeps the random id of the account, which says nothing any more.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from indexes.catalogue import COLLECTION_COLUMNS, Catalogue, Collection, collections
from indexes.database import drop_journal
from indexes.errors import NotFound
from indexes.glossary import glossary
from indexes.record import documents
from webui.accounts.account import Account, accounts
from webui.accounts.api_key import api_keys
from webui.accounts.group import memberships
from webui.accounts.people import People
from webui.conversations import conversations
from webui.grants import Grant, Grants, grants
from webui.sharing.share import shares


@dataclass(frozen=True, slots=True)
class Belongings:
    """What goes with a person: how many of each, and the collections that nobody else owns, with their documents."""

    conversations: int
    shares: int
    keys: int
    collections: tuple[Collection, ...]
    documents: int


class Leaving:
    """Takes people out of the database."""

    def __init__(self, catalogue: Catalogue, people: People, grants: Grants) -> None:
        self.catalogue = catalogue
        self.people = people
        self.grants = grants

    def belongings(self, account_id: str) -> Belongings:
        """What would go with that person."""
        with self.people.engine.connect() as connection:

            def count(table: sa.Table, *which: sa.ColumnElement[bool]) -> int:
                query = sa.select(sa.func.count()).select_from(table).where(table.c.account_id == account_id, *which)
                return int(connection.execute(query).scalar_one())

            query = sa.select(*COLLECTION_COLUMNS).where(collections.c.deleted_at.is_(None), _owned_alone(account_id))
            own = [Collection(**row) for row in connection.execute(query.order_by(collections.c.created_at)).mappings()]
            inside = sa.and_(documents.c.collection_id.in_([one.id for one in own]), documents.c.state != "deleting")
            held = connection.execute(sa.select(sa.func.count()).select_from(documents).where(inside)).scalar_one()
            return Belongings(
                count(conversations, conversations.c.deleted_at.is_(None)),
                count(shares),
                count(api_keys),
                tuple(own),
                int(held),
            )

    def successors(self, account_id: str) -> list[Account]:
        """Who could take over collections: everybody else who may own some."""
        return [
            one
            for one in self.people.all()
            if one.id != account_id and one.suspended_at is None and one.role != "guest"
        ]

    def leave(self, account_id: str, successor_id: str = "") -> Belongings:
        """Deletes a person; without a successor also the collections that nobody else owns. Returns what went.

        The person is suspended first, so that nothing new begins meanwhile; after a crash the whole can be repeated.
        The files and indexes of deleted collections are removed by a worker. Raises `NotFound`, also for a successor
        who can own no collection, and `LastOwner`.
        """
        if successor_id and successor_id not in {one.id for one in self.successors(account_id)}:
            raise NotFound(f"no successor {successor_id!r}")
        self.people.suspend(account_id)
        gone = self.belongings(account_id)
        for collection in gone.collections:
            if successor_id:
                self.grants.put(Grant(collection.id, successor_id, None, "owner"))
            else:
                self.catalogue.delete_collection(collection.id)
        with self.people.changing(account_id) as connection:
            connection.execute(documents.update().where(documents.c.added_by == account_id).values(added_by=""))
            connection.execute(glossary.update().where(glossary.c.account_id == account_id).values(account_id=""))
            connection.execute(accounts.delete().where(accounts.c.id == account_id))
        drop_journal(self.people.engine)
        return gone


def _owned_alone(account_id: str) -> sa.ColumnElement[bool]:
    """Whether a collection is owned by that account, itself or through a group, and by nobody else."""
    owning = sa.select(grants.c.collection_id).where(grants.c.level == "owner")
    mine = sa.select(memberships.c.group_id).where(memberships.c.account_id == account_id)
    of_others = sa.select(memberships.c.group_id).where(memberships.c.account_id != account_id)
    by_me = owning.where(sa.or_(grants.c.account_id == account_id, grants.c.group_id.in_(mine)))
    to_the_team = sa.and_(grants.c.account_id.is_(None), grants.c.group_id.is_(None))
    by_others = owning.where(
        sa.or_(grants.c.account_id != account_id, grants.c.group_id.in_(of_others), to_the_team),
    )
    return sa.and_(collections.c.id.in_(by_me), collections.c.id.not_in(by_others))
