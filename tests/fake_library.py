from collections.abc import Sequence

from indexes.chunk import Chunk


class NoLibrary:
    """A library without documents."""

    def titles(self, collection_ids: Sequence[str]) -> dict[str, str]:
        return {}

    def chunks_of_document(self, document_id: str) -> list[Chunk]:
        return []
