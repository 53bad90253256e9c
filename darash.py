"""The command line of Darash. Opens the rooms and hands them to each other; decides nothing."""

import asyncio
import json
import logging
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer

from answers import conversation
from answers.answer import Answer
from answers.model_server import find_model_server, open_model_server
from answers.settings import AnswerSettings
from indexes.accept import accept, pieces_of
from indexes.catalogue import DocumentRecord
from indexes.errors import IndexesError
from indexes.settings import IndexSettings
from indexes.storage import Storage, open_search, open_storage
from ingest.errors import IngestError
from ingest.settings import IngestSettings
from webui.screen.texts import PROBLEMS

SAMPLE_COLLECTION = "מאגר לדוגמה"
ADDRESS = "address"  # in the data folder: where the server was started last, for `darash link` in another window

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
CollectionName = Annotated[str, typer.Option("--collection", help="Name of the collection; made if it is not there")]


@app.command()
def serve(
    worker: Annotated[bool, typer.Option(help="Also start a worker that reads uploaded documents")] = True,
) -> None:
    """Start the web server, and a worker beside it, and print a link that signs in once."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # noqa: TID251 - Gradio reads it when it is imported
    import uvicorn

    from ingest.keeper import KeptWorker
    from webui.app import create_app
    from webui.services import open_services
    from webui.settings import WebSettings

    log_to_terminal()
    settings, answer_settings = WebSettings(), AnswerSettings()
    with explained():
        storage = open_storage(IndexSettings())
        load_samples(storage)
        services = open_services(storage, settings, answer_settings)
        (storage.settings.data / ADDRESS).write_text(settings.address, encoding="utf-8")
    report_model(answer_settings)
    # uvicorn passes a signal on after its own shutdown: it has to end the context, not this process.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    with KeptWorker() if worker else nullcontext():
        print(f"Darash: {services.links.new(services.accounts.local().id, settings.address)}", flush=True)
        uvicorn.run(create_app(services), **settings.listening, log_level="warning", timeout_graceful_shutdown=3)


@app.command()
def link() -> None:
    """Print a new link that signs a browser in once."""
    from webui.accounts.account import Accounts
    from webui.accounts.sign_in import SignInLinks
    from webui.settings import WebSettings

    storage = open_storage(IndexSettings())
    kept = storage.settings.data / ADDRESS
    address = kept.read_text(encoding="utf-8") if kept.exists() else WebSettings().address
    print(SignInLinks(storage.engine).new(Accounts(storage.engine).local().id, address))


@app.command()
def worker(parent: Annotated[int, typer.Option(help="Stop when this process, which started it, is gone")] = 0) -> None:
    """Read uploaded documents until told to stop."""
    from ingest.pipeline import open_pipeline
    from ingest.worker import run, stop_on_signals, stop_with_parent

    log_to_terminal()
    stop = stop_on_signals()
    if parent:
        stop_with_parent(stop, parent)
    with explained():
        run(open_pipeline(open_storage(IndexSettings()), IngestSettings()), stop)


@app.command()
def ingest(paths: list[Path], name: CollectionName = SAMPLE_COLLECTION) -> None:
    """Take files, or all files of folders, into a collection, and wait until they are searchable."""
    from ingest.pipeline import open_pipeline
    from ingest.worker import run, stop_on_signals

    log_to_terminal()
    with explained():
        storage = open_storage(IndexSettings())
        collection = storage.catalogue.collection_named(name)
        found = [file for path in paths for file in ([path] if not path.is_dir() else sorted(path.rglob("*")))]
        taken = [accept_file(storage, collection.id, file) for file in found if not file.is_dir()]
        stop, pipeline = stop_on_signals(), open_pipeline(storage, IngestSettings())
        while True:
            run(pipeline, stop, until_idle=True)
            ended = [storage.catalogue.document(record.id) for record in taken]
            if stop.is_set() or all(record.state in ("ready", "failed") for record in ended):
                break
            stop.wait(1)  # another worker has the rest
    for record in ended:
        print(
            f"{record.state}\t{record.filename}\t{record.pages_total} pages\t{record.reason} {record.detail}".rstrip()
        )
    raise typer.Exit(int(any(record.state != "ready" for record in ended)))


@app.command()
def ask(
    question: str,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer with its citations as JSON")] = False,
) -> None:
    """Ask the documents a question, as in the browser."""
    log_to_terminal()
    with explained():
        answer = asyncio.run(answered(open_storage(IndexSettings()), AnswerSettings(), question, quiet=as_json))
    if as_json:
        print(json.dumps(asdict(answer), ensure_ascii=False, indent=2))
    else:
        places = [f"[{one.number}] {one.title}, {one.label or one.page}" for one in answer.citations]
        print("\n", *places, sep="\n")
    raise typer.Exit(int(answer.problem is not None))


@app.command()
def read(file: Path) -> None:
    """Print the text of a document as Darash reads it; pages are separated by form feeds."""
    from ingest.readers import read as read_document

    with explained():
        document = read_document(file, file.name, None, lambda _done, _total: None)
    print("\f".join(page.text for page in document.pages))


@app.command()
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
            print(f"{collection.name}: {len(documents)} documents")


@app.command()
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


async def answered(storage: Storage, settings: AnswerSettings, question: str, quiet: bool) -> Answer:
    """The finished answer over every collection; unless `quiet`, printed while it comes."""
    collection_ids = [collection.id for collection in storage.catalogue.collections()]
    model, answer, shown = open_model_server(settings), Answer(""), ""
    stream = conversation.answer(
        question,
        (),
        collection_ids,
        open_search(storage),
        model,
        sources=settings.sources,
        context=settings.model_context,
    )
    async for answer in stream:
        if not quiet and answer.text.startswith(shown):
            print(answer.text[len(shown) :], end="", flush=True)
            shown = answer.text
    if model is not None:
        await model.close()
    if answer.problem and not quiet:
        print(PROBLEMS.get(answer.problem, answer.problem), file=sys.stderr)
    return answer


def accept_file(storage: Storage, collection_id: str, path: Path) -> DocumentRecord:
    """Takes a file of this machine in, as an upload would be."""
    kept, limit = (storage.catalogue, storage.files), storage.settings.max_upload
    return accept(*kept, collection_id, path.name, pieces_of(path), limit)[0]


def load_samples(storage: Storage) -> None:
    """On the very first start, when there is no collection yet: the sample collection, for the worker to read."""
    from ingest.samples import sample_files

    if not storage.catalogue.collections():
        collection = storage.catalogue.collection_named(SAMPLE_COLLECTION)
        for path in sample_files():
            accept_file(storage, collection.id, path)


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


def log_to_terminal() -> None:
    """One line per event on standard error: warnings of libraries, and everything of ours."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    for room in ("darash", "hebrew", "ingest", "indexes", "answers", "webui"):
        logging.getLogger(room).setLevel(logging.INFO)


@contextmanager
def explained() -> Iterator[None]:
    """What goes wrong on purpose ends the command with its one sentence; a defect keeps its traceback."""
    try:
        yield
    except (IndexesError, IngestError, OSError, sa.exc.OperationalError) as error:
        typer.echo(f"darash: {error}", err=True)
        raise typer.Exit(1) from error


if __name__ == "__main__":
    app()
