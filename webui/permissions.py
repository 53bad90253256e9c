"""The one place that says which collections an account may read and change.

Every route asks here before it touches a collection or a document, because ids come from the browser. What an account
may not see is `NotFound`, the same as what does not exist. Today every account may read and change every collection.
"""

from indexes.catalogue import Catalogue, Collection, DocumentRecord
from indexes.errors import NotFound


class Permissions:
    """Who may do what, answered from the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def readable(self, account_id: str) -> list[Collection]:
        """The collections an account may search and read."""
        return self.catalogue.collections() if account_id else []

    def writable(self, account_id: str) -> list[Collection]:
        """The collections in which an account may add, repeat and delete documents."""
        return self.readable(account_id)

    def collection_to_read(self, account_id: str, collection_id: str) -> Collection:
        """The collection, if the account may read it. Raises `NotFound`."""
        return _one(self.readable(account_id), collection_id)

    def collection_to_write(self, account_id: str, collection_id: str) -> Collection:
        """The collection, if the account may change it. Raises `NotFound`."""
        return _one(self.writable(account_id), collection_id)

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
