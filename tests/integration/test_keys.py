"""API keys as people make them, and what they open."""

import re

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from answers.answer import Answer
from tests.web_parts import PAGE_HTML, browser, new_collection, ready_document, sign_in
from webui.accounts.api_key import Scope
from webui.audit import Wanted
from webui.services import Services
from webui.texts import key_texts, texts

DAY = 86400.0
FORM = {"name": "סקריפט", "scope-read": "on", "scope-ask": "on", "days": "30"}


@pytest.fixture
def member(services: Services) -> str:
    return services.accounts.create(f"dana-{len(services.people.all())}", "דנה", "member").id


@pytest.fixture(autouse=True)
def answers(services: Services) -> None:
    """Every question has an answer."""
    services.answering.parts = (Answer("כן", finished=True),)


@pytest.fixture
def person(app: FastAPI, services: Services, member: str) -> TestClient:
    """A browser signed in to the member."""
    return sign_in(browser(app), services, member)


def program(app: FastAPI, services: Services, account_id: str, *scopes: Scope) -> TestClient:
    """A program with a key of that account."""
    client = browser(app)
    del client.headers["origin"]
    client.headers["authorization"] = f"Bearer {services.keys.new(account_id, 'x', scopes, DAY)[1]}"
    return client


def test_a_key_is_made_on_its_page_and_shown_once(person: TestClient, services: Services, member: str) -> None:
    """The secret is on the page that makes it, in no address and in no cache, and never again."""
    made = person.post("/keys", data=FORM, headers=PAGE_HTML)
    (secret,) = set(re.findall(r"darash_[\w-]{43}", made.text))
    assert (made.status_code, made.headers["cache-control"]) == (200, "no-store")
    key = services.keys.holder(secret)
    assert key is not None
    assert (key.account_id, key.scopes, key.expires_at - key.created_at) == (member, {"read", "ask"}, 30 * DAY)
    again = person.get("/keys", headers=PAGE_HTML)
    assert secret not in again.text
    assert "סקריפט" in again.text
    assert ("key_made", key.id) in [
        (entry.action, entry.subject) for entry in services.audit.every(Wanted(actor_id=member))
    ]


def test_a_key_is_revoked_on_its_page(app: FastAPI, person: TestClient, services: Services, member: str) -> None:
    """From the next request on it opens nothing; nobody else can revoke it."""
    key, secret = services.keys.new(member, "x", ("read",), DAY)
    other = sign_in(browser(app), services)
    assert other.post(f"/keys/{key.id}/revoke").status_code == 404
    client = browser(app)
    client.headers["authorization"] = f"Bearer {secret}"
    assert client.get("/api/collections").status_code == 200
    assert person.post(f"/keys/{key.id}/revoke").status_code == 303
    assert client.get("/api/collections").status_code == 401
    assert key_texts.REVOKED in person.get("/keys", headers=PAGE_HTML).text
    assert person.post(f"/keys/{key.id}/revoke").status_code == 404


@pytest.mark.parametrize(
    "form", [{**FORM, "name": " \u200f "}, {"name": "x", "days": "30"}, {**FORM, "name": "x" * 81}, {}]
)
def test_a_form_that_makes_no_key_says_why(person: TestClient, form: dict[str, str]) -> None:
    """A name that can be seen and one scope at least; what was typed stays."""
    response = person.post("/keys", data=form, headers=PAGE_HTML)
    assert response.status_code == 422
    assert key_texts.REFUSED["not_valid"] in response.text


def test_guests_have_no_keys(app: FastAPI, services: Services) -> None:
    """Neither the page nor the form."""
    guest = services.accounts.create("guest-keys", "אורח", "guest").id
    client = sign_in(browser(app), services, guest)
    assert client.get("/keys").status_code == 404
    assert client.post("/keys", data=FORM).status_code == 404
    assert services.keys.of(guest) == []


WAYS: list[tuple[str, str, dict[str, object] | None, Scope]] = [
    ("GET", "/api/collections", None, "read"),
    ("GET", "/api/openapi.json", None, "read"),
    ("GET", "/v1/models", None, "read"),
    ("GET", "/api/conversations", None, "read"),
    ("POST", "/api/search", {"question": "אגרה"}, "read"),
    ("POST", "/api/ask", {"question": "אגרה", "stream": False}, "ask"),
    ("POST", "/v1/chat/completions", {"model": "darash", "messages": [{"role": "user", "content": "?"}]}, "ask"),
    ("POST", "/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, "ask"),
    ("POST", "/api/collections", {"name": "חדש"}, "write"),
    ("DELETE", "/api/documents/" + "0" * 32, None, "write"),
    ("PATCH", "/api/conversations/" + "0" * 32, {"title": "חדש"}, "write"),
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]} {way[1]}")
@pytest.mark.parametrize("scope", ["read", "ask", "write"])
def test_a_key_opens_what_its_scope_names(
    app: FastAPI, services: Services, member: str, scope: Scope, way: tuple[str, str, dict[str, object] | None, Scope]
) -> None:
    """Anything else is a 403 in the shape of errors, before the route is asked."""
    method, path, body, needed = way
    client = program(app, services, member, scope)
    headers = {"accept": "application/json, text/event-stream"}
    response = client.request(method, path, json=body, headers=headers)
    if scope == needed:
        assert response.status_code in (200, 201, 404)
    else:
        assert response.status_code == 403
        problem = response.json().get("error") or response.json()
        assert problem["code"] == "not_allowed"


@pytest.mark.parametrize("path", ["/", "/keys", "/collections", "/account", "/gradio_api/queue/join", "/team"])
def test_a_key_does_not_open_the_screen(app: FastAPI, services: Services, member: str, path: str) -> None:
    """A key that leaked makes no other keys, and nobody signs in with it."""
    assert program(app, services, member, "read", "ask", "write").get(path).status_code == 401


def test_a_bad_key_is_not_helped_by_a_cookie(person: TestClient) -> None:
    """Who sends a key is judged by it."""
    assert person.get("/api/collections", headers={"authorization": "Bearer darash_x"}).status_code == 401
    assert person.get("/api/collections").status_code == 200


def test_things_of_others_are_not_there(app: FastAPI, services: Services, member: str) -> None:
    """Collections, documents, conversations and models of somebody else: 404, like what does not exist."""
    owner = services.accounts.owner().id
    secret = new_collection(services, "סודי")
    record = ready_document(services, secret.id)
    conversation = services.conversations.create(owner, "שלי").id
    client = program(app, services, member, "read", "ask", "write")
    assert secret.id not in client.get("/api/collections").text
    assert secret.id[:12] not in client.get("/v1/models").text
    question, message = {"question": "אגרה"}, [{"role": "user", "content": "אגרה"}]
    tries = [
        client.get(f"/api/documents?collection={secret.id}"),
        client.patch(f"/api/collections/{secret.id}", json={"name": "שלי"}),
        client.delete(f"/api/collections/{secret.id}"),
        client.get(f"/api/collections/{secret.id}/grants"),
        client.put(f"/api/collections/{secret.id}/grants", json={"whom": f"person-{member}", "level": "owner"}),
        client.delete(f"/api/collections/{secret.id}/grants?whom=team"),
        client.post(f"/api/documents?collection={secret.id}", files={"file": ("a.txt", b"x")}),
        client.get(f"/api/documents/{record.id}"),
        client.get(f"/api/documents/{record.id}/original"),
        client.get(f"/api/documents/{record.id}/pages/1"),
        client.get(f"/api/documents/{record.id}/pages/1.webp"),
        client.delete(f"/api/documents/{record.id}"),
        client.post("/api/search", json={**question, "collections": [secret.id]}),
        client.post("/api/ask", json={**question, "collections": [secret.id]}),
        client.post("/api/ask", json={**question, "conversation": conversation}),
        client.get(f"/api/conversations/{conversation}"),
        client.patch(f"/api/conversations/{conversation}", json={"title": "x"}),
        client.delete(f"/api/conversations/{conversation}"),
        client.get(f"/v1/models/x-{secret.id[:12]}"),
        client.post("/v1/chat/completions", json={"model": f"x-{secret.id[:12]}", "messages": message}),
    ]
    assert [response.status_code for response in tries] == [404] * len(tries)
    assert services.conversations.get(owner, conversation).title == "שלי"
    sentences = {(response.json().get("error") or response.json())["message"] for response in tries}
    assert sentences == {texts.NOT_FOUND}
