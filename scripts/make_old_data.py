"""Makes a data folder as an older version left it, and packs it for the tests: `tests/fixtures/data-0004.tar.xz`.

It is run once for each version whose folders must still open, with the code of that version and not with today's:

    git archive REVISION | tar -x -C /somewhere/old
    PYTHONPATH=/somewhere/old python scripts/make_old_data.py tests/fixtures/data-0004.tar.xz

`data-0004` was made with the last revision whose newest migration is 0004: one account, answers kept in detail.
"""

import asyncio
import sys
import tarfile
import tempfile
import threading
import zipfile
from pathlib import Path

from answers.settings import AnswerSettings
from indexes.accept import accept_file
from indexes.database import drop_journal
from indexes.settings import IndexSettings
from indexes.storage import Storage, open_storage
from ingest.pipeline import open_pipeline
from ingest.samples import sample_files
from ingest.settings import IngestSettings
from ingest.worker import run
from webui.services import open_services
from webui.settings import WebSettings

COLLECTION = "נהלי המועצה"
QUESTIONS = ("כמה ימים מראש מגישים בקשה לחופשה ללא תשלום?", "אחרי כמה זמן נמחקים צילומי המצלמות?")
ALONE = ("נוהל חופשה ללא תשלום.pdf", "נוהל הגנת הפרטיות.docx", "הנחיות לשעת חירום.txt")
PACKED = ("מדריך לעובד החדש.md", "הספרייה האזורית.html")
OWN_PAIR = ('חל"ת', "חופשה ללא תשלום")


def main() -> None:
    """Makes the folder and packs it into the file that is named on the command line."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        storage = open_storage(IndexSettings(data=data))
        take_in(storage, Path(folder))
        asyncio.run(use(storage))
        drop_journal(storage.engine)
        storage.engine.dispose()
        for image in (data / "files").glob("*/pages/*.webp"):
            if image.stem != "1":  # pictures are most of the size, and one shows as much as all
                image.unlink()
        with tarfile.open(sys.argv[1], "w:xz") as packed:
            packed.add(data, "data")


def take_in(storage: Storage, folder: Path) -> None:
    """Three documents by themselves and two in an archive, read by the worker."""
    samples = {path.name: path for path in sample_files()}
    archive = folder / "הדרכה.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for name in PACKED:
            target.write(samples[name], name)
    collection = storage.catalogue.collection_named(COLLECTION)
    for path in (*(samples[name] for name in ALONE), archive):
        accept_file(storage.catalogue, storage.files, collection.id, path, storage.settings.max_upload)
    run(open_pipeline(storage, IngestSettings()), threading.Event(), until_idle=True)


async def use(storage: Storage) -> None:
    """A conversation of two questions, answered by quotation, and a pair of the person in the glossary."""
    services = open_services(storage, WebSettings(), AnswerSettings(model_url=""))
    account = services.accounts.local()
    collection = storage.catalogue.collection_named(COLLECTION)
    storage.glossaries.add(collection.id, OWN_PAIR, account.id)
    conversation_id = None
    for question in QUESTIONS:
        async for turn in services.chat.ask(account.id, conversation_id, question):
            conversation_id = turn.conversation_id


if __name__ == "__main__":
    main()
