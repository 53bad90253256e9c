"""Nobody: who has no session, no key and no link."""

import pytest

from tests.integration.attacks.attempt import Attempt, each_of, fails, tells_nothing
from tests.integration.attacks.team import Team
from tests.integration.attacks.wishes import EVERYTHING, at
from tests.web_parts import PAGE_HTML
from webui.accounts.api_key import PREFIX
from webui.accounts.token import new_token

GUESSES = [
    Attempt("the screen", "GET", "/", 401),
    Attempt("the API document", "GET", "/api/openapi.json", 401),
    Attempt("to hear a question", "GET", "/gradio_api/queue/data?session_hash=x", 401),
    Attempt("to ask on the screen", "POST", "/gradio_api/queue/join", 401, json={"session_hash": "x"}),
    Attempt("to stop an answer", "POST", "/gradio_api/cancel", 401, json={"session_hash": "x", "event_id": "x"}),
    Attempt("a file of Gradio", "GET", "/gradio_api/file=/etc/passwd", 401),
    Attempt("who is in the team", "GET", "/team", 401),
    Attempt("what happened", "GET", "/audit", 401),
    Attempt("the collections", "GET", "/api/collections", 401),
    Attempt("the conversations", "GET", "/api/conversations", 401),
    Attempt("the models", "GET", "/v1/models", 401),
    Attempt("the tools", "POST", "/mcp", 401, json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"}),
    Attempt("to invite himself", "POST", "/team/invite", 401, form={"name": "x", "role": "owner", "days": "7"}),
    Attempt("a role", "POST", "/team/{lawyer}/role", 401, form={"role": "guest"}),
    Attempt("to suspend somebody", "POST", "/team/{lawyer}/suspend", 401),
    Attempt("to delete somebody", "POST", "/team/{lawyer}/delete", 401),
    Attempt("a new key", "POST", "/keys", 401, form={"name": "x", "scopes": "read"}),
    Attempt("to change a password", "POST", "/account/password", 401, form={"new": "x" * 20}),
    Attempt("a way around the gate by dots", "GET", "/static/../api/collections", (401, 404)),
    Attempt("a way around the gate by escapes", "GET", "/static/%2e%2e/api/collections", (401, 404)),
    Attempt("a way around the gate by slashes", "GET", "//api/collections", (401, 421)),
    Attempt("a way around the gate below a share", "GET", "/shared/../api/collections", (401, 404)),
    Attempt("a way around the gate by case", "GET", "/API/collections", 401),
    Attempt("a file of the server", "GET", "/static/../../app.py", (401, 404)),
]


@each_of([*at(401, EVERYTHING), *GUESSES])
def test_a_stranger_wants(attempt: Attempt, team: Team) -> None:
    """Without a session, everything is a 401."""
    fails(attempt, team.visitor(), team)


@each_of(at(303, [each for each in EVERYTHING if each.method == "GET"]))
def test_a_stranger_opens_an_address(attempt: Attempt, team: Team) -> None:
    """Whoever opens an address without a session is sent to sign in, whether or not there is something."""
    visitor = team.visitor()
    visitor.headers.update(PAGE_HTML)
    fails(attempt, visitor, team)


@pytest.mark.parametrize(
    "secret", ["", "x", PREFIX, PREFIX + "A" * 43, "null", "undefined", "a" * 5000, "' or 1=1 --", "\u05d0"]
)
def test_a_stranger_guesses_a_key(team: Team, secret: str) -> None:
    """A key that was never made opens nothing."""
    attacker = team.visitor()
    answer = attacker.get("/api/collections", headers={"authorization": f"Bearer {secret}".encode()})
    assert answer.status_code == 401
    tells_nothing(answer.content)


@pytest.mark.parametrize("name", ["darash_session", "__Host-darash_session", "session", "access-token"])
@pytest.mark.parametrize("value", ["", "x", "A" * 43, "../../x", "a" * 5000])
def test_a_stranger_guesses_a_session(team: Team, name: str, value: str) -> None:
    """A cookie that nobody was given opens nothing."""
    answer = team.visitor().get("/api/collections", headers={"cookie": f"{name}={value}"})
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/sign-in", "/join"])
def test_a_stranger_guesses_a_link(team: Team, path: str) -> None:
    """A secret that was never in a link opens nothing, and sets no cookie."""
    for token in ("", "x", new_token()):
        answer = team.visitor().post(path, data={"token": token, "name": "x", "password": "x" * 20}, headers=PAGE_HTML)
        assert answer.status_code in (200, 303, 400, 401, 403, 404, 410, 422, 429)
        assert "set-cookie" not in answer.headers


def test_a_stranger_brings_an_oidc_answer_that_nobody_asked_for(team: Team) -> None:
    """A code and a state from elsewhere sign nobody in (login CSRF, RFC 6749, 10.12)."""
    answer = team.visitor().get("/oidc/back?code=x&state=y", headers=PAGE_HTML)
    assert answer.status_code in (303, 400, 401, 403, 404)
    assert "set-cookie" not in answer.headers or "session" not in answer.headers["set-cookie"]


def test_a_stranger_is_not_told_what_there_is(team: Team) -> None:
    """The answer about what exists is the same, to the byte, as about what never did."""
    visitor = team.visitor()
    there = visitor.get(f"/api/documents/{team.names['document']}")
    never = visitor.get(f"/api/documents/{'0' * 32}")
    assert (there.status_code, there.content) == (never.status_code, never.content)
