"""The one place that says which collections an account may read and change.

Every route asks here before it touches a collection or a document, because ids come from the browser. What an account
may not see is `NotFound`, the same as what does not exist. Each question is answered from the database as it is now.

An account may do with a collection the most that was granted to it, to a group it is in, or, unless it is a guest, to
the team. A guest reads at most. Whoever is suspended may do nothing. No role adds to this.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from indexes.catalogue import COLLECTION_COLUMNS, Catalogue, Collection, DocumentRecord, collections
from indexes.errors import NotFound
from webui.accounts.account import accounts
from webui.accounts.group import memberships
from webui.grants import Level, grants

AT_LEAST: dict[Level, Sequence[Level]] = {
    "reader": ("reader", "editor", "owner"),
    "editor": ("editor", "owner"),
    "owner": ("owner",),
}


class Permissions:
    """Who may do what, answered from the database."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def at_least(self, account_id: str, level: Level) -> list[Collection]:
        """The collections for which the account has that level or more, oldest first. All other answers come of it."""
        who = sa.select(accounts.c.role).where(accounts.c.id == account_id, accounts.c.suspended_at.is_(None))
        mine = sa.select(memberships.c.group_id).where(memberships.c.account_id == account_id)
        with self.catalogue.engine.connect() as connection:
            role = connection.execute(who).scalar()
            if role is None or (role == "guest" and level != "reader"):
                return []
            granted = sa.or_(grants.c.account_id == account_id, grants.c.group_id.in_(mine))
            if role != "guest":
                granted = sa.or_(granted, sa.and_(grants.c.account_id.is_(None), grants.c.group_id.is_(None)))
            found = sa.select(grants.c.collection_id).where(granted, grants.c.level.in_(AT_LEAST[level]))
            query = sa.select(*COLLECTION_COLUMNS).where(
                collections.c.id.in_(found), collections.c.deleted_at.is_(None)
            )
            rows = connection.execute(query.order_by(collections.c.created_at)).mappings()
            return [Collection(**row) for row in rows]

    def readable(self, account_id: str) -> list[Collection]:
        """The collections an account may search and read."""
        return self.at_least(account_id, "reader")

    def writable(self, account_id: str) -> list[Collection]:
        """The collections in which an account may add, repeat and delete documents."""
        return self.at_least(account_id, "editor")

    def owned(self, account_id: str) -> list[Collection]:
        """The collections which an account may open to others, rename and delete."""
        return self.at_least(account_id, "owner")

    def collection_to_read(self, account_id: str, collection_id: str) -> Collection:
        """The collection, if the account may read it. Raises `NotFound`."""
        return _one(self.readable(account_id), collection_id)

    def collection_to_write(self, account_id: str, collection_id: str) -> Collection:
        """The collection, if the account may change it. Raises `NotFound`."""
        return _one(self.writable(account_id), collection_id)

    def collection_to_own(self, account_id: str, collection_id: str) -> Collection:
        """The collection, if the account may open it to others. Raises `NotFound`."""
        return _one(self.owned(account_id), collection_id)

    def document_to_read(self, account_id: str, document_id: str) -> DocumentRecord:
        """The document, if the account may read its collection. Raises `NotFound`, also while it is being deleted."""
        record = self.catalogue.document(document_id)
        _one(self.readable(account_id), record.collection_id)
        if record.state == "deleting":
            raise NotFound(f"document {document_id!r} is being deleted")
        return record

    def document_to_write(self, account_id: str, document_id: str) -> DocumentRecord:
        """The document, if the account may change its collection. Raises `NotFound`."""
        record = self.document_to_read(account_id, document_id)
        _one(self.writable(account_id), record.collection_id)
        return record


def _one(collections: list[Collection], collection_id: str) -> Collection:
    for collection in collections:
        if collection.id == collection_id:
            return collection
    raise NotFound(f"no collection {collection_id!r}")
