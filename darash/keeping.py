"""Commands that look after an installation."""

import asyncio
import shutil
import sys
from pathlib import Path

from answers.errors import ModelError
from answers.profiles.examination import examine
from answers.serving.model_server import ModelServer
from answers.serving.probe import find_model_server
from answers.settings import AnswerSettings
from darash.embedding import report as report_embedder
from darash.terminal import explained, plain
from indexes.settings import IndexSettings
from indexes.storage import open_indexes, open_search, open_storage
from ingest.defined import defined
from ingest.errors import IndexUnusable


def reindex() -> None:
    """Make every index again from the database, with the chosen embedder, and what glossaries take from documents."""
    with explained():
        storage = open_storage(IndexSettings())
        indexes = open_indexes(storage)
        for collection in storage.catalogue.collections():
            documents = storage.passages.ready_documents(collection.id)
            indexes.rebuild(collection.id)
            for document_id in documents:
                numbers = range(1, storage.passages.page_count(document_id) + 1)
                texts = (storage.passages.text(document_id, number) for number in numbers)
                storage.glossaries.store(document_id, collection.id, defined(texts))
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
        report_embedder(storage)
        search = open_search(storage)
        for collection in storage.catalogue.collections():
            search.search([collection.id], "בדיקה", 1)
            print(f"collection  {collection.name}: {len(storage.catalogue.documents(collection.id))} documents")
        report_model(answer_settings)


def report_model(settings: AnswerSettings) -> None:
    """Looks for a model server, says what was found and what follows from it, and examines the servers that are set."""
    probes = asyncio.run(find_model_server(settings.model_url, settings.model_api_key.get_secret_value()))
    for probe in probes:
        if probe.models or settings.model_url:
            print(plain(f"model       {probe.name} at {probe.url}: {', '.join(probe.models) or probe.reason}"))
    if not settings.model_url:
        found = next((f"; set DARASH_MODEL_URL={probe.url} to use it" for probe in probes if probe.models), "")
        looked = "" if found else f" (looked for {', '.join(f'{probe.name} at {probe.url}' for probe in probes)})"
        print(f"model       none is set: answers are quotations from the documents{found}{looked}")
    for probe in probes if settings.model_url else ():
        if probe.models:
            asyncio.run(_examined(probe.url, settings))


async def _examined(url: str, settings: AnswerSettings) -> None:
    """A line for everything that is found at a server: `ok`, or `!!` where something has to be done."""
    print(f"examined    {url}")
    async with ModelServer(url, settings.model_name, settings.model_api_key.get_secret_value()) as model:
        try:
            async for finding in examine(model, settings.model_context):
                print(plain(f"            {'ok' if finding.fine else '!!'} {finding.said}"))
        except ModelError as error:
            print(plain(f"            !! {error}"))
