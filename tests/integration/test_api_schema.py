"""The API against its own OpenAPI document: requests made up from it, right and wrong, and whether the answers fit."""

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from answers.answer import Answer
from indexes.indexes import Indexes
from tests import database
from tests.web_parts import (
    ADDRESS,
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
from webui.api.models import model_id
from webui.services import Services

EXAMPLES = 12
"""Requests of each kind to each operation: right ones about things that are there, right ones, wrong ones."""

RULES = ("team_not_owner", "guests_read")
"""Codes of refusals for which two fields have to be seen together: no schema says so."""

LAST = [
    "DELETE /api/collections/{collection_id}/grants",
    "DELETE /api/conversations/{conversation_id}",
    "POST /api/conversations/{conversation_id}/restore",
    "DELETE /api/documents/{document_id}",
    "DELETE /api/collections/{collection_id}",
]
"""Operations after which there is less to ask the others for."""

BODIES = [
    b"",
    b"\xff\xfe\x00",
    b'{"question": "\\ud800", "title": "\\udfff", "name": "\\ud800", "model": "\\ud800"}',
    b'{"question": "\\u0000", "title": "\\u0000", "name": "\\u0000"}',
    b'{"model": "\\u0000", "messages": [{"role": "user", "content": "\\u0000"}]}',
    b'{"model": "darash", "messages": [{"role": "user", "content": "\\u0000"}]}',
    b'{"model": "darash", "messages": [{"role": "user"}]}',
    b'{"\\ud800": 1, "question": {"\\u0000": []}}',
    b'{"question": 1e999, "limit": NaN, "stream": Infinity, "n": -0.0}',
    b'{"limit": ' + b"9" * 5000 + b"}",
    b'{"question": "a", "limit": 9223372036854775808}',
    b"[" * 50_000 + b"]" * 50_000,
    b'{"messages": ' + b'{"content": ' * 20_000 + b"1" + b"}" * 20_001,
    b'{"question": "' + b"a" * 2**20 + b'"}',
    b'{"question": "a", "question": ["b"], "collections": "c", "messages": {"role": "user"}}',
    b"null",
]
IDS = ["%00", "%ED%A0%80", "%F0%28%8C%28", "..%2f..%2fetc", "%E2%80%AE", "a" * 4000, "0" * 32, "1e999", "-1", "9" * 400]
QUERIES = ["%00", "%ED%A0%80", "9" * 400, "-1", "", "nan", "%FF", "0&collection=1"]


@dataclass
class World:
    """A Darash with things to ask for: `headers` carry a key with every scope, `ids` is what there is by its name."""

    app: FastAPI
    document: dict[str, Any]
    headers: dict[str, str]
    ids: dict[str, list[str]]
    services: Services


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """It has a document that every answer cites, and no limit that these tests could reach."""
    data = tmp_path_factory.mktemp("schema")
    engine, answering = database.new_engine(data), FakeAnswering()
    services = build_services(data, engine, answering, questions_a_minute=10**5)
    owner = services.accounts.owner().id
    collection = new_collection(services, "נהלים")
    record = ready_document(services, collection.id, image=b"webp")
    Indexes(data, services.catalogue, services.passages, fake_embedders(data)).rebuild(collection.id)
    cited = Answer("האגרה היא 1,250 שקלים [1]", (citation_of(record),))
    answering.parts = (Answer("האגרה"), cited, Answer(cited.text, cited.citations, finished=True, verified=1.0))
    conversation = services.conversations.create(owner, "שיחה")
    asyncio.run(_asked(services.chat.ask(owner, conversation.id, "מה גובה האגרה?")))
    secret = services.keys.new(owner, "x", ("read", "ask", "write"), 3600.0)[1]
    app, headers = app_of(services), {"authorization": f"Bearer {secret}"}
    ids = {
        "collection_id": [collection.id],
        "collection": [collection.id],
        "document_id": [record.id],
        "conversation_id": [conversation.id],
        "turn_id": [services.conversations.turns(owner, conversation.id)[-1].id],
        "model": [model_id(collection), "darash"],
        "number": ["1"],
    }
    yield World(app, browser(app).get("/api/openapi.json", headers=headers).json(), headers, ids, services)
    engine.dispose()


async def _asked(turns: Any) -> None:
    async for _ in turns:
        pass


def about_what_is_there(world: World) -> dict[str, Any]:
    """The document with things that are there in place of any id, so that requests get further than a 404."""
    document = json.loads(json.dumps(world.document))

    def named(node: Any) -> None:
        for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            named(each)
        if not isinstance(node, dict):
            return
        if "model" in node.get("properties", {}):
            node["properties"]["model"] = {"enum": world.ids["model"]}
        if isinstance(node.get("in"), str) and node["name"] in world.ids:
            node["schema"] = {"enum": world.ids[node["name"]]}
        if node.get("pattern") == "^[0-9a-f]{32}$":
            node.pop("pattern")
            node["enum"] = world.ids["collection_id"] + world.ids["conversation_id"]

    named(document)
    return document


def statuses_of(world: World, document: dict[str, Any], mode: GenerationMode) -> dict[str, set[int]]:
    """Sends requests to every operation, the same in every run, and checks each answer. The statuses by operation."""
    schema = schemathesis.openapi.from_dict(document)
    schema.app = world.app
    found = [result.ok() for result in schema.get_all_operations()]
    found.sort(key=lambda operation: LAST.index(operation.label) if operation.label in LAST else -1)
    return {operation.label: sent(world, operation, mode) for operation in found}


def sent(world: World, operation: Any, mode: GenerationMode) -> set[int]:
    """The statuses of some requests to one operation."""
    statuses: set[int] = set()

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        response = case.call(base_url=ADDRESS, headers=world.headers)
        statuses.add(response.status_code)
        assert response.status_code < 500, case.as_curl_command()
        if response.status_code != 422 or response.json().get("code") not in RULES:
            case.validate_response(response)

    with suppress(Unsatisfiable):  # nothing about the operation can be wrong
        send()
    return statuses


def test_right_requests_are_answered_as_the_document_says(world: World) -> None:
    """Every operation, with ids of anything; what comes back has the shape and the statuses of the document."""
    statuses = statuses_of(world, world.document, GenerationMode.POSITIVE)
    assert {status for each in statuses.values() for status in each} == {200, 201, 404}


def test_wrong_requests_are_refused_as_the_document_says(world: World) -> None:
    """Missing parts, other types, numbers out of range: 4xx in one shape, never a defect."""
    statuses = statuses_of(world, world.document, GenerationMode.NEGATIVE)
    assert {status for each in statuses.values() for status in each} <= {400, 404, 405, 422}


def test_what_is_there_is_answered_as_the_document_says(world: World) -> None:
    """With ids of things that are there every operation gets to do its work, and its answers fit."""
    statuses = statuses_of(world, about_what_is_there(world), GenerationMode.POSITIVE)
    assert not [label for label, each in statuses.items() if not each & {200, 201, 204, 400, 409}]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_no_body_is_a_defect(world: World, body: bytes) -> None:
    """NUL, half characters, huge numbers, deep nesting, a megabyte, doubled keys: refused, or understood."""
    client = browser(world.app)
    for path, methods in world.document["paths"].items():
        for method in set(methods) & {"post", "put", "patch"}:
            address = path.format(**{name: found[0] for name, found in world.ids.items()} | {"change": "pause"})
            headers = {**world.headers, "content-type": "application/json"}
            response = client.request(method, address, content=body, headers=headers)
            assert response.status_code < 500, (method, path)


def test_no_address_is_a_defect(world: World) -> None:
    """The same in ids and in queries."""
    client = browser(world.app)
    for path, methods in world.document["paths"].items():
        for method in methods:
            for one in IDS:
                address = re.sub(r"\{\w+\}", one, path)
                response = client.request(method, address, headers=world.headers)
                assert response.status_code < 500, (method, address)
            for one in QUERIES:
                address = path.format(**{name: found[0] for name, found in world.ids.items()} | {"change": "retry"})
                query = f"?collection={one}&first={one}&limit={one}&replaces={one}&whom={one}"
                response = client.request(method, address + query, headers=world.headers)
                assert response.status_code < 500, (method, address, query)


@pytest.mark.parametrize(
    "page", ["/glossary/{}", "/documents/{}/check", "/source/{}/1", "/collections/{}", "/groups/{}"]
)
@pytest.mark.parametrize("name", IDS)
def test_no_address_of_a_page_is_a_defect(world: World, page: str, name: str) -> None:
    """Our own pages bear the same names, from somebody who is signed in."""
    client = sign_in(browser(world.app), world.services)
    assert client.get(page.format(name)).status_code < 500
    assert client.get(f"/documents/list?collection={name}&state={name}&parent={name}").status_code < 500
    assert client.post("/sign-in", content=f"name={name}&password={name}&token={name}").status_code < 500
