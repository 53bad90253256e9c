"""The one place that says which collections an account may read and change.

Every route asks here before it touches a collection or a document, because ids come from the browser. What an account
may not see is `NotFound`, the same as what does not exist. Each question is answered from the database as it is now.

An account may do with a collection the most that was granted to it, to a group it is in, or, unless it is a guest, to
the team. A guest reads at most. Whoever is suspended may do nothing. No role adds to this.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from indexes.catalogue import COLLECTION_COLUMNS, Catalogue, Collection, DocumentRecord, collections
from indexes.errors import NotFound
from webui.accounts.account import accounts
from webui.accounts.group import memberships
from webui.grants import LEVELS, Level, grants


class Permissions:
    """Who may do what, answered from the database."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def levels(self, account_id: str, collection_id: str | None = None) -> dict[Collection, Level]:
        """What the account may do with each collection it may read, oldest first. All other answers come of it.

        With a `collection_id`, only with that one.
        """
        mine = sa.select(memberships.c.group_id).where(memberships.c.account_id == account_id)
        is_team = sa.and_(grants.c.account_id.is_(None), grants.c.group_id.is_(None), accounts.c.role != "guest")
        ways = (grants.c.account_id == account_id, grants.c.group_id.in_(mine), is_team)
        # Each way is a question of its own, as PostgreSQL answers one with OR by reading every grant there is.
        query = sa.union_all(*(_granted(way, account_id, collection_id) for way in ways))
        with self.catalogue.engine.connect() as connection:
            rows = connection.execute(query).all()
        found = dict[Collection, Level]()
        for row in sorted(rows, key=lambda row: (row.created_at, row.id, LEVELS.index(row.level))):
            found[Collection(row.id, row.name, row.created_at)] = LEVELS[0] if row.role == "guest" else row.level
        return found

    def at_least(self, account_id: str, level: Level) -> list[Collection]:
        """The collections for which the account has that level or more, oldest first."""
        wanted = LEVELS.index(level)
        return [each for each, has in self.levels(account_id).items() if LEVELS.index(has) >= wanted]

    def readable(self, account_id: str) -> list[Collection]:
        """The collections an account may search and read."""
        return self.at_least(account_id, "reader")

    def writable(self, account_id: str) -> list[Collection]:
        """The collections in which an account may add, repeat and delete documents."""
        return self.at_least(account_id, "editor")

    def owned(self, account_id: str) -> list[Collection]:
        """The collections which an account may open to others, rename and delete."""
        return self.at_least(account_id, "owner")

    def may_still_read(self, account_id: str, collection_ids: Iterable[str]) -> bool:
        """Whether the account is not suspended and may read all of those collections."""
        query = sa.select(accounts.c.id).where(accounts.c.id == account_id, accounts.c.suspended_at.is_(None))
        with self.catalogue.engine.connect() as connection:
            if connection.execute(query).first() is None:
                return False
        return {each.id for each in self.readable(account_id)}.issuperset(collection_ids)

    def chosen(self, account_id: str, collection_ids: Sequence[str]) -> list[str]:
        """The ids of the collections to search: those, or all that the account may read where none are named.

        Raises `NotFound` where one of them may not be read.
        """
        readable = [collection.id for collection in self.readable(account_id)]
        if unknown := set(collection_ids) - set(readable):
            raise NotFound(f"no collections {sorted(unknown)}")
        return [each for each in readable if each in collection_ids] if collection_ids else readable

    def collection_to_read(self, account_id: str, collection_id: str) -> Collection:
        """The collection, if the account may read it. Raises `NotFound`."""
        return self._one(account_id, collection_id, "reader")

    def collection_to_write(self, account_id: str, collection_id: str) -> Collection:
        """The collection, if the account may change it. Raises `NotFound`."""
        return self._one(account_id, collection_id, "editor")

    def collection_to_own(self, account_id: str, collection_id: str) -> Collection:
        """The collection, if the account may open it to others. Raises `NotFound`."""
        return self._one(account_id, collection_id, "owner")

    def document_to_read(self, account_id: str, document_id: str) -> DocumentRecord:
        """The document, if the account may read its collection. Raises `NotFound`, also while it is being deleted."""
        return self._document(account_id, document_id, "reader")

    def document_to_write(self, account_id: str, document_id: str) -> DocumentRecord:
        """The document, if the account may change its collection. Raises `NotFound`, also while it is being deleted."""
        return self._document(account_id, document_id, "editor")

    def _one(self, account_id: str, collection_id: str, level: Level) -> Collection:
        for collection, has in self.levels(account_id, collection_id).items():
            if LEVELS.index(has) >= LEVELS.index(level):
                return collection
        raise NotFound(f"no collection {collection_id!r}")

    def _document(self, account_id: str, document_id: str, level: Level) -> DocumentRecord:
        record = self.catalogue.document(document_id)
        self._one(account_id, record.collection_id, level)
        if record.state == "deleting":
            raise NotFound(f"document {document_id!r} is being deleted")
        return record


def _granted(
    way: sa.ColumnElement[bool], account_id: str, collection_id: str | None
) -> sa.Select[str, str, float, str, Level]:
    """The collections granted to the account in one way, each with the level; the account's role is in every row."""
    query = (
        sa.select(*COLLECTION_COLUMNS, accounts.c.role, grants.c.level)
        .select_from(accounts.join(grants, way).join(collections, collections.c.id == grants.c.collection_id))
        .where(accounts.c.id == account_id, accounts.c.suspended_at.is_(None), collections.c.deleted_at.is_(None))
        .where(grants.c.level.in_(LEVELS))
    )
    return query if collection_id is None else query.where(collections.c.id == collection_id)
