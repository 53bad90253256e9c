"""Commands that look after an installation."""

import asyncio
import shutil
import sys
from pathlib import Path

from answers.model_server import find_model_server
from answers.settings import AnswerSettings
from darash.terminal import explained
from indexes.settings import IndexSettings
from indexes.storage import open_search, open_storage
from ingest.errors import IndexUnusable
from ingest.settings import IngestSettings


def reindex() -> None:
    """Make every index again from the database, after a change of the embedder or an update that asks for it."""
    from ingest.pipeline import open_pipeline

    with explained():
        storage = open_storage(IndexSettings())
        pipeline = open_pipeline(storage, IngestSettings())
        for collection in storage.catalogue.collections():
            index = pipeline.index_of(collection.id)
            documents = storage.passages.ready_documents(collection.id)
            index.rebuild(storage.passages.chunks_of_document(document_id) for document_id in documents)
            waiting = storage.jobs.retry_all(collection.id, IndexUnusable.code)
            again = f", {waiting} that failed are read again" if waiting else ""
            print(f"{collection.name}: {len(documents)} documents{again}")


def doctor() -> None:
    """Say what this machine has and lacks for Darash, and which model servers answer."""
    settings, answer_settings = IndexSettings(), AnswerSettings()
    print(f"python      {sys.version.split()[0]}")
    print(f"data        {settings.data.absolute()}, {shutil.disk_usage(Path.cwd()).free >> 30} GB free")
    print(f"tesseract   {shutil.which('tesseract') or 'not found: scanned pages stay without text'}")
    with explained():
        storage = open_storage(settings)
        print(f"database    {storage.engine.url.render_as_string()}")
        search = open_search(storage)
        print(f"embedder    {search.embedder.name}")
        for collection in storage.catalogue.collections():
            search.search([collection.id], "בדיקה", 1)
            print(f"collection  {collection.name}: {len(storage.catalogue.documents(collection.id))} documents")
        report_model(answer_settings)


def report_model(settings: AnswerSettings) -> None:
    """Looks for a model server, and says what was found and what follows from it."""
    probes = asyncio.run(find_model_server(settings.model_url, settings.model_api_key.get_secret_value()))
    for probe in probes:
        if probe.models or settings.model_url:
            print(f"model       {probe.name} at {probe.url}: {', '.join(probe.models) or probe.reason}")
    if not settings.model_url:
        found = next((f"; set DARASH_MODEL_URL={probe.url} to use it" for probe in probes if probe.models), "")
        looked = "" if found else f" (looked for {', '.join(f'{probe.name} at {probe.url}' for probe in probes)})"
        print(f"model       none is set: answers are quotations from the documents{found}{looked}")
