"""Commands that take documents in: by name, by watching a folder, or as the worker that reads what was uploaded."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from darash import texts
from darash.terminal import explained, log_to_terminal
from indexes.accept import accept_file
from indexes.record import DocumentRecord
from indexes.settings import IndexSettings
from indexes.storage import Storage, open_storage
from ingest.folder import files_in
from ingest.settings import IngestSettings

CollectionName = Annotated[str, typer.Option("--collection", help="Name of the collection; made if it is not there")]


def worker(parent: Annotated[int, typer.Option(help="Stop when this process, which started it, is gone")] = 0) -> None:
    """Read uploaded documents until told to stop."""
    from ingest.keeper import KeptWorker
    from ingest.pipeline import open_pipeline
    from ingest.worker import run, stop_on_signals, stop_with_parent

    log_to_terminal()
    stop = stop_on_signals()
    if not parent:  # the one that works is a child, so that somebody sees how it ends
        with explained(), KeptWorker(open_storage(IndexSettings()).jobs):
            stop.wait()
        return
    stop_with_parent(stop, parent)
    with explained():
        run(open_pipeline(open_storage(IndexSettings()), IngestSettings()), stop)


def ingest(paths: list[Path], name: CollectionName = texts.SAMPLE_COLLECTION) -> None:
    """Take files, or all files of folders, into a collection, and wait until they are searchable."""
    from ingest.pipeline import open_pipeline
    from ingest.worker import run, stop_on_signals

    log_to_terminal()
    with explained():
        storage = open_storage(IndexSettings())
        collection_id = collection_of(storage, name)
        taken = {taken.id for path in paths for taken in accept_all(storage, collection_id, path)}
        stop, pipeline = stop_on_signals(), open_pipeline(storage, IngestSettings())
        while True:
            run(pipeline, stop, until_idle=True)
            ended = with_parts(storage.catalogue.documents(collection_id), taken)
            if stop.is_set() or all(record.state in ("ready", "failed", "paused") for record in ended):
                break
            stop.wait(1)  # another worker has the rest
    for record in ended:
        name, pages = record.path or record.filename, f"{record.pages_total} pages"
        print(f"{record.state}\t{name}\t{pages}\t{record.reason} {record.detail}".rstrip())
    raise typer.Exit(int(any(record.state != "ready" for record in ended)))


def watch(
    folder: Path,
    name: CollectionName = texts.SAMPLE_COLLECTION,
    delete: Annotated[
        bool, typer.Option("--delete", help="Delete a document when its file is deleted from the folder")
    ] = False,
) -> None:
    """Keep a collection as the files of a folder are: new, changed and moved ones are taken in until told to stop."""
    from ingest.watch import follow
    from ingest.worker import stop_on_signals

    log_to_terminal()
    with explained():
        storage = open_storage(IndexSettings())
        follow(folder, storage, collection_of(storage, name), stop_on_signals(), delete=delete)


def read(file: Path) -> None:
    """Print the text of a document as Darash reads it; pages are separated by form feeds."""
    from ingest.readers import read as read_document

    with explained():
        document = read_document(file, file.name, None, lambda _done, _total: None)
    print("\f".join(page.text for page in document.pages))


def collection_of(storage: Storage, name: str, team: bool = False) -> str:
    """The id of the oldest collection of that name which the owner may write to, or of a new one.

    A new one, or one that nobody has been given yet, is the owner's, and with `team` the team reads it too. Collections
    of others are passed over, whatever they are called: who takes a name first must not be handed the documents.
    """
    from webui.accounts.account import Accounts
    from webui.grants import Grants
    from webui.permissions import Permissions

    owner = Accounts(storage.engine).owner()  # documents may come in before anybody was here
    grants, catalogue = Grants(storage.engine), storage.catalogue
    ours = Permissions(catalogue).writable(owner.id)
    nobodys = (each for each in catalogue.collections() if not grants.of(each.id))
    named = next((each for each in (*ours, *nobodys) if each.name == name), None) or catalogue.create_collection(name)
    grants.adopt(named.id, team)
    return named.id


def accept_all(storage: Storage, collection_id: str, path: Path) -> Iterator[DocumentRecord]:
    """Takes in a file, or every file of a folder, as an upload would be."""
    kept, limit = (storage.catalogue, storage.files, collection_id), storage.settings.max_upload
    for place, file in files_in(path).items() if path.is_dir() else [("", path)]:
        yield accept_file(*kept, file, limit, place)[0]


def with_parts(records: Iterable[DocumentRecord], ids: set[str]) -> list[DocumentRecord]:
    """Those of the documents, oldest first, that have one of the ids or come out of one that has."""
    wanted, found = set(ids), []
    for record in sorted(records, key=lambda record: record.created_at):
        if record.id in wanted or record.parent_id in wanted:
            wanted.add(record.id)
            found.append(record)
    return found


def load_samples(storage: Storage) -> None:
    """On the very first start, before anybody was here: the sample collection, for the worker to read."""
    from ingest.samples import sample_files
    from webui.audit import Audit, Wanted

    was_used = bool(Audit(storage.engine).entries(Wanted(), 0, 1))
    if not was_used and not storage.catalogue.collections():
        collection_id = collection_of(storage, texts.SAMPLE_COLLECTION, team=True)
        storage.catalogue.suggest(collection_id, texts.SAMPLE_QUESTIONS)
        for path in sample_files():
            list(accept_all(storage, collection_id, path))
