"""API keys: revoked, run out, of too small a scope, of somebody else, and where none should open anything."""

import pytest

from tests.integration.attacks.attempt import Attempt, each_of, fails, tells_nothing
from tests.integration.attacks.team import Team
from tests.integration.attacks.wishes import CHANGING, EVERYTHING, READING
from webui.accounts.sessions import COOKIE

BY_KEY = [*READING, *CHANGING]
ASK = {"question": "כמה?", "stream": False}
CHAT = {"model": "darash", "messages": [{"role": "user", "content": "כמה?"}]}

READ_ONLY = [
    Attempt("to ask", "POST", "/api/ask", 403, json=ASK),
    Attempt("to chat", "POST", "/v1/chat/completions", 403, json=CHAT),
    Attempt("to call a tool", "POST", "/mcp", 403, json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"}),
    Attempt("a collection", "POST", "/api/collections", 403, json={"name": "שלי"}),
    Attempt("to rename a collection", "PATCH", "/api/collections/{public}", 403, json={"name": "שלי"}),
    Attempt("to upload", "POST", "/api/documents?collection={public}", 403, files={"file": ("a.pdf", b"%PDF")}),
    Attempt("to delete", "DELETE", "/api/documents/{public_document}", 403),
    Attempt("to read again", "POST", "/api/documents/{public_document}/retry", 403),
    Attempt("to delete a conversation", "DELETE", "/api/conversations/{conversation}", 403),
]
ASK_ONLY = [
    Attempt("the collections", "GET", "/api/collections", 403),
    Attempt("a document", "GET", "/api/documents/{public_document}", 403),
    Attempt("a file", "GET", "/api/documents/{public_document}/original", 403),
    Attempt("the models", "GET", "/v1/models", 403),
    Attempt("the conversations", "GET", "/api/conversations", 403),
    Attempt("to delete", "DELETE", "/api/documents/{public_document}", 403),
]
WRITE_ONLY = [
    Attempt("to ask", "POST", "/api/ask", 403, json=ASK),
    Attempt("to read", "GET", "/api/documents/{public_document}/pages/1", 403),
]
NOT_THE_API = [
    *("/", "/account", "/keys", "/collections", "/team", "/audit", "/shares", "/documents/list", "/config"),
    *("/share/{conversation}", "/source/{turn}/1", "/glossary/{public}", "/screen/texts.json", "/gradio_api/app_id"),
    *("/apix", "/API/collections", "/v1x", "/mcpx", "/export/conversation/{conversation}.pdf"),
]


@pytest.mark.parametrize("who", ["colleague", "owner"])
@each_of(BY_KEY)
def test_a_program_of_another_wants(attempt: Attempt, who: str, team: Team) -> None:
    """A key is what its person may do, never more."""
    fails(attempt, team.with_key(who, "read", "ask", "write"), team)


@each_of(READ_ONLY)
def test_a_key_that_reads_wants(attempt: Attempt, team: Team) -> None:
    """A key that may read neither asks nor changes anything."""
    fails(attempt, team.with_key("editor", "read"), team)


@each_of(ASK_ONLY)
def test_a_key_that_asks_wants(attempt: Attempt, team: Team) -> None:
    """A key that may ask lists and downloads nothing."""
    fails(attempt, team.with_key("editor", "ask"), team)


@each_of(WRITE_ONLY)
def test_a_key_that_writes_wants(attempt: Attempt, team: Team) -> None:
    """A key that may write, such as that of a program that uploads, reads nothing."""
    fails(attempt, team.with_key("editor", "write"), team)


@pytest.mark.parametrize("path", NOT_THE_API)
def test_a_key_opens_no_page(team: Team, path: str) -> None:
    """Keys open the API alone: no page of the account, by which it could make itself more rights."""
    client = team.with_key("lawyer", "read", "ask", "write")
    answer = client.get(path.format(**team.names))
    assert answer.status_code in (401, 404)
    tells_nothing(answer.content)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("POST", path) for path in ("/keys", "/account/password", "/team/invite", "/sign-out", "/collections")),
        *(("POST", f"/keys/{{key}}/{change}") for change in ("revoke", "renew")),
        ("POST", "/gradio_api/queue/join"),
    ],
)
def test_a_key_changes_nothing_of_its_account(team: Team, method: str, path: str) -> None:
    """A stolen key makes no other key, no password and no invitation."""
    before = team.state()
    client = team.with_key("owner", "read", "ask", "write")
    answer = client.request(method, path.format(**team.names), data={"name": "x", "role": "owner", "days": "7"})
    assert answer.status_code in (401, 404, 405)
    after = team.state()
    assert {**after, "api_keys": 0} == {**before, "api_keys": 0}


@each_of([each for each in EVERYTHING if each.path.startswith(("/api/", "/v1/"))])
def test_a_revoked_key_wants(attempt: Attempt, team: Team) -> None:
    """A key that was revoked opens nothing from the next request on, of its own person neither."""
    key, secret = team.services.keys.new(team.people["lawyer"].id, "lost", ("read", "ask", "write"), 3600.0)
    client = team.program(secret)
    assert client.get("/api/collections").status_code == 200
    team.services.keys.revoke(key.account_id, key.id)
    fails(Attempt(**{**_fields(attempt), "status": 401}), client, team)


def _fields(attempt: Attempt) -> dict[str, object]:
    return {name: getattr(attempt, name) for name in Attempt.__dataclass_fields__}


def test_a_key_that_ran_out_opens_nothing(team: Team) -> None:
    """A key ends by itself."""
    _, secret = team.services.keys.new(team.people["lawyer"].id, "old", ("read",), 0.001)
    assert team.program(secret).get("/api/collections").status_code == 401


def test_a_bad_key_is_not_helped_by_a_good_cookie(team: Team) -> None:
    """Whoever names a key is that key alone: a browser with a session cannot be used to give it rights."""
    client = team.signed_in("lawyer")
    client.headers["authorization"] = "Bearer darash_x"
    assert client.get("/api/collections").status_code == 401


def test_a_good_key_is_no_cookie(team: Team) -> None:
    """The secret of a key in the place of a session opens nothing, and that of a session is no key."""
    _, secret = team.services.keys.new(team.people["lawyer"].id, "key", ("read",), 3600.0)
    visitor = team.visitor()
    visitor.cookies.set(COOKIE, secret)
    assert visitor.get("/api/collections").status_code == 401
    session = team.signed_in("lawyer").cookies[COOKIE]
    for key in (session, f"darash_{session}", team.names["link"], team.names["key"]):
        assert team.program(key).get("/api/collections").status_code == 401


@pytest.mark.parametrize("where", ["key", "token", "access_token", "api_key"])
def test_a_key_in_an_address_opens_nothing(team: Team, where: str) -> None:
    """Addresses end up in logs: a key counts in its header alone."""
    _, secret = team.services.keys.new(team.people["lawyer"].id, "key", ("read",), 3600.0)
    assert team.visitor().get(f"/api/collections?{where}={secret}").status_code == 401


def test_a_guest_has_no_key(team: Team) -> None:
    """A key of somebody who became a guest opens nothing."""
    _, secret = team.services.keys.new(team.people["guest"].id, "key", ("read",), 3600.0)
    assert team.program(secret).get("/api/collections").status_code == 401


def test_an_error_of_a_program_tells_nothing(team: Team) -> None:
    """What went wrong inside is in the log, not in the answer."""
    client = team.with_key("colleague", "ask")
    for path, body in (
        ("/api/ask", {"question": "fail", "stream": False}),
        ("/api/ask", {"question": "fail", "stream": True}),
        ("/v1/chat/completions", {**CHAT, "messages": [{"role": "user", "content": "fail"}]}),
        ("/v1/chat/completions", {**CHAT, "stream": True, "messages": [{"role": "user", "content": "fail"}]}),
    ):
        tells_nothing(client.post(path, json=body).content)
