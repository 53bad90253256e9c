"""Commands of the web server."""

import os
import signal
import sys
from contextlib import nullcontext
from typing import Annotated

import typer

from answers.settings import AnswerSettings
from darash.keeping import report_model
from darash.taking import load_samples
from darash.terminal import explained, log_to_terminal
from indexes.settings import IndexSettings
from indexes.storage import open_storage

ADDRESS = "address"  # in the data folder: where the server was started last, for `darash link` in another window


def serve(
    worker: Annotated[bool, typer.Option(help="Also start a worker that reads uploaded documents")] = True,
) -> None:
    """Start the web server, and a worker beside it, and print a link that signs in once."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # noqa: TID251 - Gradio reads it when it is imported
    import uvicorn

    from ingest.keeper import KeptWorker
    from webui.accounts.account import Accounts
    from webui.app import create_app
    from webui.services import open_services
    from webui.settings import WebSettings

    log_to_terminal()
    settings, answer_settings = WebSettings(), AnswerSettings()
    with explained():
        storage = open_storage(IndexSettings())
        owner = Accounts(storage.engine).owner()
        load_samples(storage)
        services = open_services(storage, settings, answer_settings)
        (storage.settings.data / ADDRESS).write_text(settings.address, encoding="utf-8")
    report_model(answer_settings)
    # uvicorn passes a signal on after its own shutdown: it has to end the context, not this process.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    with KeptWorker(storage.jobs) if worker else nullcontext():
        # Whoever has a password needs no link, which would stay in the logs as a secret.
        known = services.passwords.has_one(owner.id)
        print(f"Darash: {settings.address if known else services.links.new(owner.id, settings.address)}", flush=True)
        uvicorn.run(create_app(services), **settings.listening, log_level="warning", timeout_graceful_shutdown=3)


def link() -> None:
    """Print a new link that signs a browser in once."""
    from webui.accounts.account import Accounts
    from webui.accounts.sign_in import SignInLinks
    from webui.settings import WebSettings

    storage = open_storage(IndexSettings())
    kept = storage.settings.data / ADDRESS
    address = kept.read_text(encoding="utf-8") if kept.exists() else WebSettings().address
    print(SignInLinks(storage.engine).new(Accounts(storage.engine).owner().id, address))
