"""Every route of the app, those that nobody thought of among them: who has no rights gets nothing there."""

import re
from collections.abc import Iterator

import pytest
from starlette.routing import BaseRoute, Mount, Route

from tests.integration.attacks.attempt import REFUSED, tells_nothing
from tests.integration.attacks.team import Team

OPEN = {"/sign-in": 200, "/join": 410, "/health": 200}
"""What answers somebody who is not signed in, and how. Whatever else does is a hole, or belongs here."""

NAMED = {
    "collection_id": "collection",
    "document_id": "document",
    "conversation_id": "conversation",
    "turn_id": "turn",
    "account_id": "lawyer",
    "group_id": "group",
    "share_id": "share",
    "key_id": "key",
    "entry_id": "pair",
    "invitation_id": "invitation",
    "model": "model",
}
"""Parameters of paths, and what of the lawyer's they can name."""

CHANGES = ("delete", "remove", "revoke", "pause", "cancel", "retry", "suspend", "role", "link", "open", "name", "add")


def walked(routes: list[BaseRoute], below: str = "") -> Iterator[tuple[str, str]]:
    """Methods and paths of all routes, also of mounted apps, and of what the guard stands before."""
    for route in routes:
        included = getattr(route, "original_router", None)  # of FastAPI, around a router of ours
        if included is not None:
            yield from walked(included.routes, below)
        elif isinstance(route, Mount):
            app = getattr(route.app, "app", route.app)
            yield from walked(getattr(app, "routes", []), below + route.path)
        elif isinstance(route, Route):
            for method in route.methods or ("GET", "POST", "DELETE"):
                yield method, below + route.path


def ways(team: Team) -> set[tuple[str, str]]:
    """Methods and addresses, with the ids of what is the lawyer's in them."""
    found = set()
    for method, path in walked(team.app.routes):
        for change in CHANGES if "{change}" in path else ("",):
            filled = path.replace("{change}", change)
            for name in re.findall(r"{(\w+)(?::\w+)?}", filled):
                value = team.names.get(NAMED.get(name, ""), "1" if name == "number" else "x")
                filled = re.sub(rf"{{{name}(:\w+)?}}", value, filled)
            found.add((method, filled))
    return found


def test_the_walk_finds_the_routes(team: Team) -> None:
    """Ours, those of the API, and those of Gradio behind its guard."""
    paths = {path for _, path in ways(team)}
    assert {"/", "/sign-in", "/gradio_api/queue/join", f"/api/documents/{team.names['document']}", "/mcp"} <= paths
    assert len(paths) > 100


def test_a_stranger_tries_every_route(team: Team) -> None:
    """Without a session only the doors open, and behind them is nothing."""
    before = team.state()
    for method, path in sorted(ways(team)):
        answer = team.visitor().request(method, path, json={}, headers={"accept": "text/html"})
        if method in ("GET", "HEAD") and path in OPEN:
            assert answer.status_code == OPEN[path], path
        elif path.startswith(("/sign-in", "/join", "/language", "/oidc/", "/shared/", "/static")):
            assert answer.status_code in (*REFUSED, 400, 410, 415), (method, path)
        else:
            assert answer.status_code in (303, 401), (method, path, answer.status_code)
        tells_nothing(answer.content)
    assert team.state() == before


@pytest.mark.parametrize("who", ["colleague", "guest", "owner"])
def test_a_person_tries_every_route_with_what_is_the_lawyers(team: Team, who: str) -> None:
    """An address with an id of the lawyer's is refused to everybody else, and no other address tells of it."""
    ours = {team.names[name] for name in ("collection", "document", "conversation", "turn", "share", "key", "pair")}
    before, client = _of_lawyer(team), team.signed_in(who)
    for method, path in sorted(ways(team)):
        if who == "owner" and path.startswith(("/team/", "/groups/")):
            continue  # what owners and managers do to people is told in test_roles.py
        if "sign-out" in path or path.startswith("/gradio_api"):
            continue  # what of Gradio is closed to people is told in test_gradio_closed.py
        answer = client.request(method, path, json={})
        tells_nothing(answer.content)
        if ours & set(re.split(r"[/.]", path)):
            assert answer.status_code in REFUSED, (method, path, answer.status_code)
            assert answer.status_code != 303, (method, path)
        assert answer.status_code < 500, (method, path)
    assert _of_lawyer(team) == before


@pytest.mark.parametrize("scopes", [("read",), ("ask",), ("write",), ("read", "ask", "write")])
def test_a_program_tries_every_route(team: Team, scopes: tuple[str, ...]) -> None:
    """A key of a colleague opens nothing of the lawyer's, and nothing but the API."""
    before = _of_lawyer(team)
    client = team.with_key("colleague", *scopes)
    for method, path in sorted(ways(team)):
        if path.startswith("/gradio_api"):
            continue
        answer = client.request(method, path, json={})
        tells_nothing(answer.content)
        if not path.startswith(
            ("/api/", "/v1/", "/mcp", "/sign-in", "/join", "/language", "/oidc", "/shared", "/health")
        ):
            assert answer.status_code in (401, 404, 405), (method, path, answer.status_code)
        if answer.status_code == 200:
            assert method in ("GET", "HEAD", "OPTIONS") or path == "/mcp", (method, path)
    assert _of_lawyer(team) == before


def _of_lawyer(team: Team) -> dict[str, list[str]]:
    """The rows in which something of the lawyer's stands; attackers may change what is their own."""
    ours = {
        text
        for name, text in team.names.items()
        if name not in ("public", "public_document", "invitation", "group", "lawyer", "account")
    }
    return {
        table: [row for row in rows if any(each in row for each in ours - set(_attackers(team)))]
        for table, rows in team.state().items()
    }


def _attackers(team: Team) -> list[str]:
    return [account.id for who, account in team.people.items() if who != "lawyer"]
