"""Commands about the embedder, which turns text into vectors for searching by meaning: `darash embedder`."""

import time
from pathlib import Path
from typing import Annotated

import typer

from darash.machine import gpu_gb, memory_gb
from darash.terminal import explained, log_to_terminal
from indexes.embedder import STATIC, check_embedder, open_embedder
from indexes.errors import EmbedderUnavailable, IndexDamaged, IndexMismatch
from indexes.indexes import Indexes
from indexes.recommended import CROSS_ENCODERS, EMBEDDERS, Recommended, find, for_machine
from indexes.selftest import self_test
from indexes.settings import IndexSettings
from indexes.storage import Storage, choice_of, open_indexes, open_storage

app = typer.Typer(help=__doc__, no_args_is_help=True)

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask")]
Anyway = Annotated[bool, typer.Option("--anyway", help="Use it although it failed the Hebrew self-test")]

MINUTE, HOUR = 60, 3600
WORKER_SECONDS = 2.0
"""A worker that runs notices a change within this time."""


@app.command("list")
def list_() -> None:
    """List the recommended models, and those that are installed."""
    with explained():
        choice = choice_of(IndexSettings())
        chosen = choice.read()
    kept = {path.name for path in choice.models.glob("*") if path.is_dir() and path.suffix != ".part"}
    print(f"{STATIC:30} ships with Darash{_mark(chosen == STATIC)}")
    for model in (*EMBEDDERS, *CROSS_ENCODERS):
        print(f"{model.name:30} {_described(model)}{_mark(choice.located(model.name) == chosen, model.name in kept)}")
    for name in sorted(kept - {model.name for model in (*EMBEDDERS, *CROSS_ENCODERS)}):
        print(f"{name:30} brought in from a folder{_mark(choice.located(name) == chosen, kept=True)}")
    print(recommendation())


@app.command()
def install(source: str, yes: Yes = False, anyway: Anyway = False) -> None:
    """Bring a model in, by its name (see `list`), its name on the hub, or a folder; test it, and change over to it."""
    log_to_terminal()
    with explained():
        storage = open_storage(IndexSettings())
        name = _brought_in(source, storage, yes)
        if name:
            _tested(str(choice_of(storage.settings).models / name), storage, anyway)
            _change_over(name, storage)


@app.command()
def use(name: str, anyway: Anyway = False) -> None:
    """Change over to a model that is installed, to `static`, or to the address of a server."""
    log_to_terminal()
    with explained():
        storage = open_storage(IndexSettings())
        where = choice_of(storage.settings).located(name)
        if name == where and Path(name).is_dir():
            name = where = str(Path(name).absolute())
        check_embedder(where)
        _tested(where, storage, anyway or name == STATIC)
        _change_over(name, storage)


@app.command()
def status() -> None:
    """Say which embedder is used, and how far each collection is on its way to it."""
    with explained():
        report(open_storage(IndexSettings()))


def report(storage: Storage) -> None:
    """Says which embedder is used, and how far each collection is on its way to it."""
    choice, indexes = choice_of(storage.settings), open_indexes(storage)
    whence = "by DARASH_EMBEDDER" if choice.setting else "by `darash embedder`" if choice.is_written else "as delivered"
    chosen = indexes.embedders.chosen()
    print(f"embedder    {chosen.name}, {chosen.dimension} numbers a passage; chosen {whence}")
    for collection in storage.catalogue.collections():
        try:
            at = indexes.progress(collection.id)
            way = f"{at.done} of {at.total} passages are embedded; searched with {at.embedder} until all are"
            said = "up to date" if at.done == at.total else way
        except (IndexMismatch, IndexDamaged) as error:
            said = str(error)
        print(f"            {collection.name}: {said}")
    if choice.setting or not choice.is_written:
        print(f"            {recommendation()}")


def recommendation() -> str:
    """Which model this machine can bear, in a sentence."""
    memory, card = memory_gb(), gpu_gb()
    model = for_machine(memory, card)
    machine = f"{memory:.0f} GB of memory and {f'a graphics card of {card:.0f} GB' if card else 'no NVIDIA card'}"
    if model is None:
        return f"With {machine}, stay with the embedder that ships with Darash."
    return f"With {machine}, {model.name} fits: darash embedder install {model.name}"


def _brought_in(source: str, storage: Storage, yes: bool) -> str:
    """Brings a model into the folder of models; its name, or "" when it is a cross-encoder."""
    from indexes import model_folder

    models, folder = choice_of(storage.settings).models, Path(source).expanduser()
    model = find(folder.name if folder.is_dir() else source) or _unknown(source, folder.is_dir())
    if model.own_code:
        raise EmbedderUnavailable(f"{model.name} cannot be used: it {model.note}")
    check_embedder(str(folder) if folder.is_dir() else model.hub_id)  # the library, before gigabytes are moved
    print(f"{model.name}: {_described(model)}")
    if folder.is_dir():
        print(
            f"{model_folder.size_of(folder) / 1e9:.2f} GB are copied from {folder} to {models / folder.resolve().name}"
        )
    if not yes and not typer.confirm("Go on?", default=True):
        raise typer.Exit(1)
    if folder.is_dir():
        kept = model_folder.bring_in(folder, models, folder.resolve().name)
    else:
        kept = model_folder.download(model, models)
    if not model_folder.is_cross_encoder(kept) and model not in CROSS_ENCODERS:
        return kept.name
    print(f"It is a cross-encoder. To use it set DARASH_CROSS_ENCODER={kept.absolute()} and start Darash again.")
    return ""


def _unknown(source: str, is_folder: bool) -> Recommended:
    """A model that is not in our table."""
    if not is_folder and source.count("/") != 1:
        raise EmbedderUnavailable(f"{source!r} is no folder here and no model known by that name; see the list")
    name = Path(source).expanduser().resolve().name
    return Recommended(name, source, 0, 0, 0, "not known to Darash: see its card on the hub")


def _tested(where: str, storage: Storage, anyway: bool) -> None:
    """Opens the embedder, asks it the Hebrew questions, and says how long the present collections will take."""
    embedder = open_embedder(where, storage.settings.embedder_api_key.get_secret_value())
    result = self_test(embedder)
    indexes = open_indexes(storage)
    passages = sum(indexes.passages(collection.id) for collection in storage.catalogue.collections())
    print(f"{embedder.name}: {result.right} of {result.total} Hebrew questions found their passage")
    takes = _duration(passages / result.passages_a_second)
    print(f"{result.passages_a_second:.1f} passages a second here: {takes} for the {passages} that are searched now")
    if not result.understands and not anyway:
        raise EmbedderUnavailable(f"{where} hardly understands Hebrew and is not used; --anyway uses it all the same")


def _change_over(name: str, storage: Storage) -> None:
    """Makes an embedder the chosen one, and gives it to every collection; a worker that runs does so by itself."""
    choice = choice_of(storage.settings)
    choice.write(name)
    if choice.setting:
        print(f"DARASH_EMBEDDER is set to {choice.setting} and comes first: take it away to use {name}.")
        return
    print(
        f"{name} is chosen. The old vectors serve until the new ones are there. This may be stopped: a worker goes on "
        "with it by itself (`darash embedder status`)."
    )
    indexes = open_indexes(storage)
    time.sleep(WORKER_SECONDS)
    for collection in storage.catalogue.collections():
        _watched(indexes, collection.id, collection.name)


def _watched(indexes: Indexes, collection_id: str, name: str) -> None:
    """Brings an index to the chosen embedder, or looks on while a worker does; prints how far it is."""
    told = -1

    def tell() -> None:
        nonlocal told
        at = indexes.progress(collection_id)
        if at.done != told:
            told = at.done
            print(f"\r{name}: {at.done} of {at.total} passages ", end="", flush=True)

    while not indexes.renew(collection_id, tell):
        tell()
        time.sleep(1)
    tell()
    print()


def _described(model: Recommended) -> str:
    size = f"{model.size_gb} GB on disk, about {model.memory_gb} GB of memory, " if model.size_gb else ""
    kind = (
        f"{model.dimension} numbers a passage, " if model.dimension else "" if not model.tokens else "cross-encoder, "
    )
    tokens = f"reads {model.tokens} tokens, " if model.tokens else ""
    use = ", commercial use allowed" if model.commercial else ""
    note = f" ({model.note})" if model.note else ""
    return f"{size}{kind}{tokens}licence: {model.licence}{use}{note}"


def _mark(chosen: bool, kept: bool = False) -> str:
    return f"{' [installed]' if kept else ''}{' [chosen]' if chosen else ''}"


def _duration(seconds: float) -> str:
    if seconds < 2 * MINUTE:
        return f"{seconds:.0f} seconds"
    return f"{seconds / MINUTE:.0f} minutes" if seconds < 2 * HOUR else f"{seconds / HOUR:.1f} hours"
