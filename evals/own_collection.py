"""Questions put to a real collection of the data folder, as Darash is set up here. Changes nothing there."""

from collections.abc import Mapping

from evals.measured import DEPTH, Ask
from evals.questions import Passage
from indexes.chunk import Hit
from indexes.errors import NotFound
from indexes.settings import IndexSettings
from indexes.storage import open_search, open_storage


def open_collection(name: str, settings: IndexSettings) -> tuple[Ask, int]:
    """The way to ask the collection of that name, and how many documents it has.

    A hit becomes a passage with the title and the file name of its document. Raises `NotFound`, and the errors of
    `indexes.errors` when its index cannot be opened.
    """
    storage = open_storage(settings)
    names = {collection.name: collection.id for collection in storage.catalogue.collections()}
    if name not in names:
        raise NotFound(f"no collection {name!r}; there are: {', '.join(map(repr, names))}")
    search, collection_id = open_search(storage), names[name]
    filenames = {record.id: record.filename for record in storage.catalogue.documents(collection_id)}

    def ask(question: str) -> list[Passage]:
        return [_passage(hit, filenames) for hit in search.search([collection_id], question, DEPTH)]

    return ask, len(filenames)


def _passage(hit: Hit, filenames: Mapping[str, str]) -> Passage:
    chunk = hit.chunk
    return Passage(chunk.id, chunk.title, chunk.text, filenames.get(chunk.document_id, ""))
