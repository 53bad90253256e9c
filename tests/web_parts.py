"""A whole web app for tests: real database, real screen, and a stand-in only for what answers."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from fastapi import FastAPI
from starlette.testclient import TestClient

from answers.answer import Answer, Citation, Turn
from indexes.accept import accept
from indexes.catalogue import Catalogue, Collection, DocumentRecord
from indexes.chunk import Chunk, Span
from indexes.files import DocumentFiles
from indexes.glossary import Glossaries
from indexes.jobs import Jobs
from indexes.page import Page, Place, Word
from indexes.passages import Passages
from indexes.searcher import Searcher
from indexes.settings import IndexSettings
from indexes.storage import Storage
from tests.fake_embedder import FakeEmbedder
from webui.app import create_app
from webui.grants import Grant
from webui.services import Services, services_of
from webui.settings import WebSettings

ADDRESS = "http://127.0.0.1:7860"
PAGE_HTML = {"accept": "text/html"}
TEXT = "שורה ראשונה\nהאגרה היא 1,250 שקלים\nסוף"
QUOTE = "האגרה היא 1,250 שקלים"


@dataclass
class FakeAnswering:
    """Answers with the given parts, and remembers what it was asked. `pause` is in seconds, between parts.

    With `dictated`, each part waits until that is released.
    """

    parts: Sequence[Answer] = ()
    pause: float = 0.0
    dictated: asyncio.Semaphore | None = None
    error: Exception | None = None
    asked: list[tuple[str, list[Turn], list[str]]] = field(default_factory=list)
    closed: bool = False

    async def __call__(
        self, question: str, turns: Sequence[Turn], collection_ids: Sequence[str]
    ) -> AsyncGenerator[Answer]:
        self.asked.append((question, list(turns), list(collection_ids)))
        try:
            for part in self.parts:
                if self.dictated:
                    await self.dictated.acquire()
                yield part
                await asyncio.sleep(self.pause)
            if self.error:
                raise self.error
        finally:
            self.closed = True


def build_services(
    data: Path, engine: sa.Engine, answering: Callable[..., AsyncGenerator[Answer]], **web: object
) -> Services:
    """Services over an empty database; `web` are settings of the web server."""
    settings, kept = WebSettings(_env_file=None, **web), IndexSettings(_env_file=None, data=data, max_upload_mb=1)
    catalogue, passages, glossaries = Catalogue(engine), Passages(engine), Glossaries(engine)
    storage = Storage(kept, engine, catalogue, passages, glossaries, DocumentFiles(data), Jobs(engine))
    return services_of(storage, settings, Searcher(data, FakeEmbedder(), passages, glossaries), answering)


def new_collection(services: Services, name: str, account_id: str = "") -> Collection:
    """A collection of that account, of the owner unless told."""
    collection = services.catalogue.create_collection(name)
    services.grants.put(Grant(collection.id, account_id or services.accounts.owner().id, None, "owner"))
    return collection


def app_of(services: Services) -> FastAPI:
    """The app, made inside an event loop: outside of one, Gradio makes loops of its own and never closes them."""

    async def made() -> FastAPI:
        return create_app(services)

    return asyncio.run(made())


def browser(app: FastAPI, address: str = ADDRESS) -> TestClient:
    """A browser that is not signed in and whose requests come from pages of ours; `with` starts the app."""
    return TestClient(app, base_url=address, follow_redirects=False, headers={"origin": address})


def sign_in(client: TestClient, services: Services, account_id: str | None = None) -> TestClient:
    """The same browser, signed in to the account (the owner unless told)."""
    link = services.links.new(account_id or services.accounts.owner().id, ADDRESS)
    response = client.post("/sign-in", data={"token": link.partition("token=")[2]})
    assert response.status_code == 303
    return client


def claim(services: Services, document_id: str, owner: str) -> None:
    """Works the queue off until the document is the owner's."""
    while (record := services.jobs.claim(owner)) is not None:
        if record.id == document_id:
            return
        services.jobs.finish(record.id, owner, "ready")
    raise AssertionError(f"{document_id} does not wait")


def ready_document(services: Services, collection_id: str, image: bytes = b"", title: str = "אגרות") -> DocumentRecord:
    """A document of one page with words on paper, ready to be cited; with an image of the page if one is given."""
    record, _ = accept(
        services.catalogue, services.files, collection_id, f"{title}.pdf", [f"%PDF {collection_id}".encode()], 2**20
    )
    start = TEXT.index(QUOTE)
    words, at = [], start
    for position, word in enumerate(QUOTE.split(" ")):
        words.append(Word(at, at + len(word), (400.0 - 100 * position, 100.0, 480.0 - 100 * position, 112.0)))
        at += len(word) + 1
    page = Page(1, TEXT, words=tuple(words), width=600.0, height=800.0)
    chunk = Chunk(f"{record.id}-0", record.id, collection_id, title, (), (Span(1, 0, len(TEXT)),), TEXT)
    services.passages.store(record.id, [page], [chunk])
    return made_ready(services, record, image)


def made_ready(services: Services, record: DocumentRecord, image: bytes = b"") -> DocumentRecord:
    """The document as the worker leaves it; with an image of its first page if one is given."""
    if image:
        path = services.files.page_image(record.id, 1)
        path.parent.mkdir(parents=True)
        path.write_bytes(image)
    claim(services, record.id, "test")
    services.jobs.progress(record.id, "test", "indexing", 1, 1)
    services.jobs.finish(record.id, "test", "ready")
    return services.catalogue.document(record.id)


def citation_of(record: DocumentRecord) -> Citation:
    """A citation of the sentence about the fee."""
    start = TEXT.index(QUOTE)
    return Citation(
        1, f"{record.id}-0", record.id, record.collection_id, record.title, 1, Place(), start, start + len(QUOTE), QUOTE
    )
