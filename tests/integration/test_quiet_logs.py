"""Questions and the text of documents do not get into the logs, whatever happens to them."""

import asyncio
import logging
import threading
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from answers import conversation
from answers.means import Means
from answers.serving.model_server import ModelServer
from ingest.worker import run
from tests.fake_model_server import fake_model_server, reply
from tests.web_parts import FakeAnswering, app_of, browser, build_services, new_collection, sign_in
from tests.worker_process import pipeline_over
from webui.opinions import opinions
from webui.services import Services
from webui.turn import turns

WORD = "קרפדיאלה"
QUESTION = f"כמה עולה {WORD} בשנה?"
TEXT = f"האגרה על {WORD} היא 1,250 שקלים בשנה."


class World:
    """A Darash with one document, a signed-in browser, and everything that was logged from INFO on."""

    def __init__(self, data: Path, engine: sa.Engine, caplog: pytest.LogCaptureFixture) -> None:
        self.data, self.caplog = data, caplog
        self.answering = FakeAnswering()
        self.services: Services = build_services(data, engine, self.answer)
        self.means = Means(self.services.search, self.services.passages, None, 8, 0)
        self.collection = new_collection(self.services, "נהלים")
        self.client: TestClient = sign_in(browser(app_of(self.services)), self.services)
        caplog.set_level(logging.INFO)

    def answer(self, *asked: object) -> object:
        """The real answers."""
        return partial(conversation.answer, means=self.means)(*asked)

    def upload(self, content: bytes, name: str = "אגרות.txt") -> int:
        """Sends a file and has a worker read it."""
        form = {"file": (name, content)}
        status = self.client.post(f"/api/documents?collection={self.collection.id}", files=form).status_code
        run(pipeline_over(self.data), threading.Event(), until_idle=True)
        return status

    def ask(self) -> tuple[int, str]:
        """Asks over the API, and returns the status and the text of the reply."""
        reply = self.client.post("/api/ask", json={"question": QUESTION, "collections": [self.collection.id]})
        return reply.status_code, reply.text

    def logged(self) -> str:
        """Everything that was logged, with tracebacks."""
        form = logging.Formatter("%(levelname)s %(name)s %(message)s")
        ours = [record for record in self.caplog.records if not record.name.startswith("httpx")]  # the browser here
        return "\n".join(map(form.format, ours))


@pytest.fixture
def world(tmp_path: Path, engine: sa.Engine, caplog: pytest.LogCaptureFixture) -> World:
    return World(tmp_path, engine, caplog)


def test_reading_searching_and_asking_log_no_words(world: World) -> None:
    """A document is read, found, and quoted in an answer; the logs speak of it by its id and the name of its file."""
    assert world.upload(TEXT.encode()) == 200
    status, said = world.ask()
    assert status == 200
    assert WORD in said
    found = world.client.post("/api/search", json={"question": QUESTION, "collections": [world.collection.id]})
    assert WORD in found.text
    assert "is ready" in world.logged()
    assert WORD not in world.logged()


def test_requests_that_are_refused_log_no_words(world: World) -> None:
    """Of requests with faults, too long ones and ones for what is not there, the log has nothing of their content."""
    for body in (
        {"question": WORD * 9000},
        {"question": [WORD]},
        {WORD: WORD},
        {"question": WORD, "collections": [WORD]},
    ):
        for address in ("/api/ask", "/api/search"):
            assert world.client.post(address, json=body).status_code >= 400
    assert world.client.post("/api/ask", content=WORD.encode()).status_code >= 400
    assert WORD not in world.logged()


@pytest.mark.parametrize(
    "broken", [b"%PDF-1.4 " + TEXT.encode(), b"PK\x03\x04" + TEXT.encode(), b"\x00\xff" + TEXT.encode()]
)
def test_files_that_cannot_be_read_log_no_words(world: World, broken: bytes) -> None:
    """A file that breaks its reader is logged with a reason, and without what is in it."""
    world.upload(broken, "שבור.pdf")
    assert "failed" in world.logged()
    assert WORD not in world.logged()


def test_a_database_that_fails_does_not_quote_the_question(world: World) -> None:
    """When the question cannot be stored, or the answer, the error that is logged has no values in it."""
    with world.services.engine.begin() as connection:
        connection.execute(sa.text(f"DROP TABLE {opinions.name}"))  # which names it
        connection.execute(sa.text(f"DROP TABLE {turns.name}"))
    world.client = TestClient(
        world.client.app, base_url=str(world.client.base_url), headers=world.client.headers,
        cookies=world.client.cookies, raise_server_exceptions=False,
    )  # fmt: skip
    status, said = world.ask()
    assert status >= 500
    assert WORD not in said
    assert "turns" in world.logged()
    assert WORD not in world.logged()


def test_a_model_server_that_quotes_what_it_was_sent(world: World) -> None:
    """What an error of a model server says is not logged: many quote the request."""

    async def ask() -> str:
        async with fake_model_server() as server:
            server.scripts["/v1/chat/completions"] = [
                reply("400 Bad Request", {"detail": [{"input": QUESTION + TEXT}]})
            ]
            async with ModelServer(server.url, "", "") as model:
                world.means = Means(world.services.search, world.services.passages, model, 8, 0)
                states = [state async for state in world.services.chat.ask(owner, None, QUESTION)]
                return str(states[-1].said.problem)

    owner = world.services.accounts.owner().id
    assert world.upload(TEXT.encode()) == 200
    assert asyncio.run(ask()) == "model_error"
    assert "model_error" in world.logged()
    assert WORD not in world.logged()
