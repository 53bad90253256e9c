"""The API as a program uses it, from a new collection to an answer."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from starlette.testclient import TestClient

from answers.answer import Answer
from answers.errors import ModelUnavailable
from indexes.indexes import Indexes
from tests import database
from tests.web_parts import (
    QUOTE,
    TEXT,
    FakeAnswering,
    app_of,
    browser,
    build_services,
    citation_of,
    new_collection,
    ready_document,
    sign_in,
)
from tests.worker_process import fake_embedders
from webui.accounts.api_key import SCOPES
from webui.grants import Grant
from webui.security import MOST_BODY
from webui.services import Services
from webui.texts import collection_texts, texts


@dataclass
class World:
    """A Darash with one document; `client` is a program with a key of the owner."""

    services: Services
    answering: FakeAnswering
    client: TestClient
    collection_id: str
    document_id: str

    def program(self, account_id: str) -> TestClient:
        client = browser(self.client.app)
        secret = self.services.keys.new(account_id, "x", SCOPES, 3600.0)[1]
        client.headers["authorization"] = f"Bearer {secret}"
        return client

    def ask(self, **asked: object) -> list[tuple[str, dict]]:
        """The events of an answer."""
        response = self.client.post("/api/ask", json=asked)
        assert (response.status_code, response.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
        events = [event.split("\n") for event in response.text.strip().split("\n\n")]
        return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in events]


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    engine, answering = database.new_engine(tmp_path), FakeAnswering(pause=0.05)
    services = build_services(tmp_path, engine, answering, questions_a_minute=1000)
    collection = new_collection(services, "אגרות")
    record = ready_document(services, collection.id, image=b"webp")
    Indexes(tmp_path, services.catalogue, services.passages, fake_embedders(tmp_path)).rebuild(collection.id)
    done = Answer(f"{QUOTE} [1]", (citation_of(record),), finished=True, verified=1.0)
    answering.parts = (Answer(""), Answer("האגרה"), Answer("האגרה היא"), done)
    world = World(services, answering, browser(app_of(services)), collection.id, record.id)
    world.client = world.program(services.accounts.owner().id)
    yield world
    engine.dispose()


def test_a_collection_lives(world: World) -> None:
    """Made, found, renamed, opened and closed to others, deleted."""
    client = world.client
    made = client.post("/api/collections", json={"name": "  חוזים   ונהלים "})
    assert (made.status_code, made.json()["name"], made.json()["level"]) == (201, "חוזים ונהלים", "owner")
    address = f"/api/collections/{made.json()['id']}"
    assert client.patch(address, json={"name": "חוזים"}).json()["name"] == "חוזים"
    assert "חוזים" in [each["name"] for each in client.get("/api/collections").json()]
    member = world.services.accounts.create("dana", "דנה", "member").id
    subjects = {each["name"]: each["whom"] for each in client.get("/api/subjects").json()}
    assert subjects["דנה"] == f"person-{member}"
    grant = {"whom": subjects["דנה"], "level": "editor"}
    assert client.put(f"{address}/grants", json=grant).status_code == 204
    assert grant in client.get(f"{address}/grants").json()
    theirs = world.program(member)
    assert theirs.get("/api/collections").json()[0]["level"] == "editor"
    assert theirs.get(f"{address}/grants").status_code == 404
    assert client.delete(f"{address}/grants", params={"whom": subjects["דנה"]}).status_code == 204
    assert theirs.get("/api/collections").json() == []
    assert client.delete(address).status_code == 204
    assert client.get(f"/api/documents?collection={made.json()['id']}").status_code == 404


def test_a_collection_keeps_an_owner(world: World) -> None:
    """Taking the last one away is a conflict, with a sentence that says what to do first."""
    owner = world.services.accounts.owner().id
    response = world.client.delete(f"/api/collections/{world.collection_id}/grants?whom=person-{owner}")
    assert (response.status_code, response.json()["code"]) == (409, "last_owner")
    assert response.json()["message"] == collection_texts.LAST_OWNER


def test_a_document_comes_in_and_goes(world: World) -> None:
    """Uploaded, polled, held, downloaded, deleted; whose it is is noted."""
    client, address = world.client, f"/api/documents?collection={world.collection_id}"
    taken = client.post(address, files=[("path", (None, "נהלים/חופשה.txt")), ("file", ("x.txt", "נוהל".encode()))])
    (file,) = taken.json()["files"]
    assert (taken.status_code, file["new"], file["error"], file["name"]) == (200, True, None, "חופשה.txt")
    one = f"/api/documents/{file['id']}"
    assert client.get(one).json() | {"path": "נהלים/חופשה.txt", "state": "queued"} == client.get(one).json()
    assert world.services.catalogue.document(file["id"]).added_by == world.services.accounts.owner().id
    assert client.post(f"{one}/pause").status_code == 204
    assert client.get(one).json()["state"] == "paused"
    assert client.post(f"{one}/pause").json()["code"] == "conflict"
    assert client.get(f"{one}/original").content == "נוהל".encode()
    assert file["id"] in [each["id"] for each in client.get(address).json()]
    assert [each["id"] for each in client.get(address + "&limit=1&first=1").json()] == [world.document_id]
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404


def test_what_was_read_of_a_page_can_be_checked(world: World) -> None:
    """A citation points into the text of its page, and the page has a picture."""
    page = world.client.get(f"/api/documents/{world.document_id}/pages/1").json()
    citation = world.ask(question="מה גובה האגרה?")[-1][1]["citations"][0]
    assert (page["text"], page["pages"], page["place"]) == (TEXT, 1, "עמוד 1")
    assert page["text"][citation["start"] : citation["end"]] == citation["quote"] == QUOTE
    assert world.client.get(f"/api/documents/{world.document_id}/pages/1.webp").content == b"webp"
    for number in ("2", "2.webp"):
        assert world.client.get(f"/api/documents/{world.document_id}/pages/{number}").status_code == 404


def test_searching_finds_passages(world: World) -> None:
    """With their place, their text letter for letter, and a score."""
    found = world.client.post("/api/search", json={"question": "מה גובה האגרה?", "limit": 3}).json()["passages"]
    assert [(each["document_id"], each["pages"], each["quote"]) for each in found] == [(world.document_id, [1], TEXT)]
    assert found[0]["score"] > 0


def test_an_answer_is_told_in_events(world: World) -> None:
    """From the conversation in which it is kept, over the text as it grows, to the whole with its citations."""
    events = world.ask(question="מה גובה האגרה?")
    assert [name for name, _ in events] == ["begun", "text", "text", "answer"]
    assert "".join(data["text"] for name, data in events if name == "text") == "האגרה היא"
    answer = events[-1][1]
    assert (answer["text"], answer["finished"], answer["problem"]) == (f"{QUOTE} [1]", True, "")
    kept = world.client.get(f"/api/conversations/{answer['conversation']}").json()
    assert [turn["role"] for turn in kept["turns"]] == ["user", "assistant"]
    assert (kept["turns"][1]["id"], kept["turns"][1]["said"]["text"]) == (answer["turn"], answer["text"])


def test_every_state_of_an_answer_has_its_event(world: World) -> None:
    """The line, reading, text that is taken back, and what might be asked next."""
    done = world.answering.parts[-1]
    world.answering.parts = (
        Answer("", place_in_line=2),
        Answer("", progress=(1, 3)),
        Answer("אולי"),
        Answer("כן"),
        done,
        Answer(done.text, done.citations, finished=True, verified=1.0, next_questions=("ומתי?",)),
    )
    events = world.ask(question="מה?")
    assert [name for name, _ in events] == [
        "begun", "waiting", "reading", "text", "text_again", "answer", "next_questions"
    ]  # fmt: skip
    assert [data for name, data in events if name not in ("begun", "answer")] == [
        {"place": 2}, {"done": 1, "parts": 3}, {"text": "אולי"}, {"text": "כן"}, {"questions": ["ומתי?"]}
    ]  # fmt: skip


def test_an_answer_comes_as_one_object(world: World) -> None:
    """For scripts; in a conversation that goes on, over chosen collections."""
    ask = {"question": "מה גובה האגרה?", "stream": False, "collections": [world.collection_id]}
    first = world.client.post("/api/ask", json=ask).json()
    again = world.client.post("/api/ask", json={**ask, "conversation": first["conversation"]}).json()
    assert again["conversation"] == first["conversation"]
    question, turns, collection_ids = world.answering.asked[-1]
    assert (question, len(turns), collection_ids) == ("מה גובה האגרה?", 2, [world.collection_id])


def test_what_goes_wrong_with_an_answer_is_in_it(world: World) -> None:
    """The question is kept, so the request was done; the code of the problem and its sentence say the rest."""
    world.answering.parts = (Answer("חל", finished=True, problem=ModelUnavailable.code),)
    answer = world.client.post("/api/ask", json={"question": "?", "stream": False}).json()
    assert (answer["problem"], answer["problem_text"]) == ("model_unavailable", texts.PROBLEMS["model_unavailable"])


def test_conversations_are_listed_renamed_and_deleted(world: World) -> None:
    """Those of the person, the last one first."""
    client = world.client
    ids = [world.ask(question=each)[0][1]["conversation"] for each in ("ראשונה", "שנייה")]
    assert [each["id"] for each in client.get("/api/conversations").json()] == ids[::-1]
    assert client.patch(f"/api/conversations/{ids[0]}", json={"title": "אגרות"}).json()["title"] == "אגרות"
    assert client.delete(f"/api/conversations/{ids[1]}").status_code == 204
    assert [each["title"] for each in client.get("/api/conversations").json()] == ["אגרות"]


def test_a_kept_answer_quotes_nothing_that_was_closed(world: World) -> None:
    """The answer stays with whom it was given to, with the names of its sources; what stands in them closes."""
    member = world.services.accounts.create("dana", "דנה", "member").id
    grant = Grant(world.collection_id, member, None, "reader")
    world.services.grants.put(grant)
    theirs = world.program(member)
    answer = theirs.post("/api/ask", json={"question": "?", "stream": False}).json()
    address = f"/api/conversations/{answer['conversation']}"
    assert theirs.get(address).json()["turns"][1]["said"]["citations"][0]["quote"] == QUOTE
    world.services.grants.remove(grant)
    (citation,) = theirs.get(address).json()["turns"][1]["said"]["citations"]
    assert (citation["title"], citation["quote"]) == ("אגרות", "")


def test_too_much_at_once_is_refused_before_it_begins(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """429 with the time to wait, in the shape of each API; nothing is stored."""
    monkeypatch.setitem(world.services.limits.most, "answers", 0)
    chat = {"model": "darash", "messages": [{"role": "user", "content": "?"}]}
    for stream in (True, False):
        ours = world.client.post("/api/ask", json={"question": "?", "stream": stream})
        theirs = world.client.post("/v1/chat/completions", json={**chat, "stream": stream})
        assert (ours.status_code, theirs.status_code) == (429, 429)
        assert int(ours.headers["retry-after"]) > 0
        assert (ours.json()["code"], theirs.json()["error"]["code"]) == ("too_many_answers", "too_many_answers")
    assert world.client.get("/api/conversations").json() == []


def test_an_error_has_one_shape(world: World) -> None:
    """A code for programs, a Hebrew sentence for people, and in English what is wrong where, without what was sent."""
    refused = world.client.post("/api/ask", json={"question": 17, "stream": "maybe"})
    assert (refused.status_code, set(refused.json())) == (422, {"code", "message", "detail"})
    assert refused.json()["code"] == "not_valid"
    assert "body.question" in refused.json()["detail"]
    assert "17" not in refused.text
    missing = world.client.get(f"/api/documents/{'0' * 32}").json()
    assert (missing["code"], missing["message"]) == ("not_found", texts.NOT_FOUND)
    large = world.client.post(
        "/api/search", content=b" " * (MOST_BODY + 1), headers={"content-type": "application/json"}
    )
    assert (large.status_code, large.json()["code"]) == (413, "too_large")
    assert world.client.get("/api/nothing").json()["code"] == "not_found"


def test_the_document_of_the_api_is_for_those_who_are_in(world: World) -> None:
    """It lists the API alone; no page of ours loads a viewer of it from another host."""
    assert browser(world.client.app).get("/api/openapi.json").status_code == 401
    document = world.client.get("/api/openapi.json").json()
    assert all(path.startswith(("/api/", "/v1/")) for path in document["paths"])
    assert [world.client.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [401] * 3


def test_guests_read_and_make_nothing(world: World) -> None:
    """In a browser, for they have no keys: the API answers them like anybody else, with what they may do."""
    guest = world.services.accounts.create("guest", "אורח", "guest").id
    world.services.grants.put(Grant(world.collection_id, guest, None, "reader"))
    client = sign_in(browser(world.client.app), world.services, guest)
    assert [each["level"] for each in client.get("/api/collections").json()] == ["reader"]
    assert client.post("/api/collections", json={"name": "שלי"}).status_code == 404
    assert client.get("/api/subjects").status_code == 404
    assert client.delete(f"/api/documents/{world.document_id}").status_code == 404
