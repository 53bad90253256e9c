"""Darash as tools: the SDK's own client against a real server."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult

from answers.answer import Answer
from indexes.indexes import Indexes
from tests import database
from tests.served import served
from tests.web_parts import FakeAnswering, app_of, build_services, citation_of, new_collection, ready_document
from tests.worker_process import fake_embedders
from webui.services import Services
from webui.texts import texts


@dataclass
class World:
    """A server with one document, and a collection that nobody but a stranger may read."""

    address: str
    services: Services
    answering: FakeAnswering
    secret_id: str
    done: Answer

    def headers(self, *scopes: str, account_id: str = "") -> dict[str, str]:
        account_id = account_id or self.services.accounts.owner().id
        return {"authorization": f"Bearer {self.services.keys.new(account_id, 'x', scopes, 3600.0)[1]}"}

    def with_client(self, do: Callable[[Client], Awaitable[Any]], mode: str = "auto") -> Any:
        async def run() -> Any:
            async with httpx2.AsyncClient(headers=self.headers("ask"), timeout=30) as http:
                transport = streamable_http_client(f"{self.address}/mcp", http_client=http)
                async with Client(transport, mode=mode) as client:
                    return await do(client)

        return asyncio.run(run())

    def call(self, tool: str, **arguments: object) -> CallToolResult:
        return self.with_client(lambda client: client.call_tool(tool, arguments))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    data = tmp_path_factory.mktemp("mcp")
    engine, answering = database.new_engine(data), FakeAnswering()
    services = build_services(data, engine, answering, questions_a_minute=1000)
    fees = new_collection(services, "אגרות")
    secret = new_collection(services, "סודי", services.accounts.create("avi", "אבי", "member").id)
    for collection in (fees, secret):
        ready_document(services, collection.id)
        Indexes(data, services.catalogue, services.passages, fake_embedders(data)).rebuild(collection.id)
    citation = citation_of(services.catalogue.documents(fees.id)[0])
    done = Answer("האגרה היא 1,250 שקלים [1]", (citation,), finished=True, verified=1.0)
    with served(app_of(services)) as address:
        yield World(address, services, answering, secret.id, done)
    engine.dispose()


@pytest.fixture(autouse=True)
def answered(world: World) -> None:
    """Every question has the same answer."""
    world.answering.parts, world.answering.pause, world.answering.closed = (Answer("האגרה"), world.done), 0.0, False


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_there_are_two_tools_that_only_read(world: World, mode: str) -> None:
    """Whichever revision of the protocol the client speaks."""
    tools = world.with_client(lambda client: client.list_tools(), mode).tools
    assert [tool.name for tool in tools] == ["search", "ask"]
    assert all(tool.annotations.read_only_hint for tool in tools)


def test_the_search_tool_finds_passages(world: World) -> None:
    """Of collections that the holder of the key may read, and no others."""
    result = world.call("search", question="מה גובה האגרה?")
    (passage,) = result.structured_content["passages"]
    assert passage["document_id"] == world.done.citations[0].document_id
    assert "1,250" in passage["quote"]


def test_the_ask_tool_answers_with_citations(world: World) -> None:
    """As structure for programs and as text for models; nothing is kept."""
    result = world.call("ask", question="מה גובה האגרה?")
    assert result.structured_content["text"] == world.done.text
    assert result.structured_content["citations"][0]["quote"] == world.done.citations[0].quote
    assert world.done.text in result.content[0].text
    assert world.services.conversations.list(world.services.accounts.owner().id) == ()


@pytest.mark.parametrize("tool", ["search", "ask"])
@pytest.mark.parametrize("arguments", [{}, {"question": ""}, {"question": 1}, {"question": "x", "collections": "y"}])
def test_bad_arguments_are_an_error_of_the_tool(world: World, tool: str, arguments: dict[str, object]) -> None:
    """Told so that a model can do better, without what was sent."""
    assert world.call(tool, **arguments).is_error


@pytest.mark.parametrize("tool", ["search", "ask"])
def test_collections_of_others_are_not_there(world: World, tool: str) -> None:
    """The same error as for an id that names nothing."""
    theirs = world.call(tool, question="אגרה", collections=[world.secret_id])
    none = world.call(tool, question="אגרה", collections=["0" * 32])
    assert theirs.is_error
    assert theirs.content == none.content


def test_too_many_questions_are_an_error_of_the_tool(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits of the person hold here as well."""
    monkeypatch.setitem(world.services.limits.most, "answers", 0)
    result = world.call("ask", question="אגרה")
    assert result.is_error
    assert result.content[0].text == texts.TOO_MUCH["answers"]


def test_the_protocol_is_closed_without_the_scope(world: World) -> None:
    """401 without a key, 403 without `ask`, 413 for too much, 405 for what is no POST."""
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    with httpx2.Client(base_url=world.address, headers={"accept": "application/json"}) as http:
        asking = world.headers("ask", "read", "write")
        assert http.post("/mcp", json=body).status_code == 401
        assert http.post("/mcp", json=body, headers=world.headers("read", "write")).status_code == 403
        assert http.post("/mcp", content=b" " * 2**21, headers=asking).status_code == 413
        assert http.get("/mcp", headers=asking).status_code == 405
        assert http.post("/mcp/x", json=body, headers=asking).status_code == 404


HOSTILE = [b"", b"null", b"[" * 60_000, b'{"jsonrpc":"2.0","id":' + b"9" * 5000 + b"}", b"\xff", b'{"id":"\\ud800"}']


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("version", ["", "2025-06-18", "2026-07-28", "x"])
def test_no_body_is_a_defect(world: World, body: bytes, version: str) -> None:
    """What is no request of the protocol is refused."""
    headers = world.headers("ask") | {"accept": "application/json, text/event-stream"}
    headers |= {"content-type": "application/json", "mcp-protocol-version": version}
    with httpx2.Client(base_url=world.address) as http:
        assert 400 <= http.post("/mcp", content=body, headers=headers).status_code < 500


def test_an_answer_stops_when_the_client_goes_away(world: World) -> None:
    """Nobody waits for it any more."""
    world.answering.parts, world.answering.pause = tuple(Answer("א" * count) for count in range(1, 400)), 0.05
    body = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "ask", "arguments": {"question": "?"}},
    }
    headers = world.headers("ask") | {"accept": "application/json, text/event-stream"}
    with httpx2.Client(base_url=world.address, timeout=1) as http, pytest.raises(httpx2.ReadTimeout):
        http.post("/mcp", json=body, headers=headers)
    deadline = time.monotonic() + 10
    while not world.answering.closed and time.monotonic() < deadline:
        time.sleep(0.05)
    assert world.answering.closed
