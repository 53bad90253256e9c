"""The sample collection, read and indexed as the product does it: for measuring without any other data."""

from pathlib import Path

from indexes.accept import accept, pieces_of
from indexes.local import LocalIndex, index_folder
from indexes.searcher import Searcher
from indexes.settings import IndexSettings
from indexes.storage import Storage, open_search, open_storage
from ingest.chunker import chunk
from ingest.readers import read
from ingest.samples import sample_files
from ingest.settings import IngestSettings


def open_samples(data: Path) -> tuple[Storage, Searcher, str]:
    """Fills the empty folder `data`: what is stored, the search over it, and the id of the collection."""
    storage = open_storage(IndexSettings(data=data))
    search = open_search(storage)
    collection = storage.catalogue.collection_named("samples")
    index = LocalIndex(index_folder(storage.settings.data, collection.id), search.embedder)
    for path in sample_files():
        record, _ = accept(
            storage.catalogue, storage.files, collection.id, path.name, pieces_of(path), storage.settings.max_upload
        )
        document = read(path, path.name, None, lambda _done, _total: None)
        chunks = chunk(document, record.id, collection.id, IngestSettings().chunk_characters)
        storage.passages.store(record.id, document.pages, chunks)
        index.add(record.id, chunks)
    return storage, search, collection.id
