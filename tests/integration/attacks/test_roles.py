"""People who may do something and want more: editors, managers, guests, and whoever was something before."""

import pytest

from tests.integration.attacks.attempt import Attempt, each_of, fails, tells_nothing
from tests.integration.attacks.team import Team
from tests.web_parts import PAGE_HTML
from webui.accounts.sessions import COOKIE

EDITOR = [
    Attempt("the page of rights", "GET", "/collections/{public}", 404),
    Attempt(
        "to open what he edits",
        "POST",
        "/collections/{public}/open",
        404,
        form={"whom": "person-{guest}", "level": "owner"},
    ),
    Attempt(
        "to own what he edits",
        "POST",
        "/collections/{public}/open",
        404,
        form={"whom": "person-{editor}", "level": "owner"},
    ),
    Attempt("to take it over", "POST", "/collections/{public}/hand-over", 404, form={"whom": "person-{editor}"}),
    Attempt("to shut the owner out", "POST", "/collections/{public}/close", 404, form={"whom": "person-{owner}"}),
    Attempt("to rename it", "POST", "/collections/{public}/name", 404, form={"name": "שלי"}),
    Attempt("to delete it", "POST", "/collections/{public}/delete", 404),
    Attempt("to delete it by the API", "DELETE", "/api/collections/{public}", 404),
    Attempt(
        "to put a private document in place of his",
        "POST",
        "/api/documents?collection={public}&replaces={document}",
        404,
        files={"file": ("a.pdf", b"%PDF")},
    ),
    Attempt("a private pair through his glossary", "POST", "/glossary/{public}/{pair}/remove", (404, 422, 303)),
    Attempt("who is in the team", "GET", "/team", 404),
    Attempt("the groups", "GET", "/groups", 404),
    Attempt("the audit log", "GET", "/audit", 404),
    Attempt("the audit log as a file", "POST", "/audit/download", 404),
    Attempt("to invite somebody", "POST", "/team/invite", 404, form={"name": "x", "role": "member", "days": "7"}),
    Attempt("to take an invitation back", "POST", "/team/invitations/{invitation}/revoke", 404),
    Attempt("to suspend the owner", "POST", "/team/{owner}/suspend", 404),
    Attempt("to be the owner", "POST", "/team/{editor}/role", 404, form={"role": "owner"}),
    Attempt("a link into the lawyer's account", "POST", "/team/{lawyer}/link", 404),
    Attempt("to delete the lawyer", "POST", "/team/{lawyer}/delete", 404, form={"collections": "delete"}),
    Attempt("a group", "POST", "/groups", 404, form={"name": "שלי"}),
    Attempt("to be in a group", "POST", "/groups/{group}/add", 404, form={"person": "{editor}"}),
]

READER = [
    Attempt("to upload", "POST", "/api/documents?collection={public}", 404, files={"file": ("a.pdf", b"%PDF")}),
    Attempt("to delete a document", "DELETE", "/api/documents/{public_document}", 404),
    Attempt("to read a document again", "POST", "/api/documents/{public_document}/retry", 404),
    Attempt("to stop the reading", "POST", "/api/collections/{public}/cancel", 404),
    Attempt("to rename", "PATCH", "/api/collections/{public}", 404, json={"name": "שלי"}),
    Attempt("to write into the glossary", "POST", "/glossary/{public}", 404, form={"term": "א", "meaning": "ב"}),
    Attempt(
        "to replace a document",
        "POST",
        "/api/documents?collection={public}&replaces={public_document}",
        404,
        files={"file": ("a.pdf", b"%PDF")},
    ),
]

GUEST = [
    Attempt("a collection of his own", "POST", "/collections", (403, 404), form={"name": "שלי"}),
    Attempt("a collection by the API", "POST", "/api/collections", (403, 404), json={"name": "שלי"}),
    Attempt("a key", "POST", "/keys", (403, 404), form={"name": "x", "scope-read": "on", "days": "7"}),
]

MANAGER = [
    Attempt("to be an owner", "POST", "/team/{manager}/role", 403, form={"role": "owner"}),
    Attempt("to make an owner", "POST", "/team/{lawyer}/role", 403, form={"role": "owner"}),
    Attempt("to make the owner a guest", "POST", "/team/{owner}/role", 403, form={"role": "guest"}),
    Attempt("to suspend the owner", "POST", "/team/{owner}/suspend", 403),
    Attempt("to be in the lawyer's group", "POST", "/groups/{group}/add", 403, form={"person": "{manager}"}),
    Attempt("to suspend another manager", "POST", "/team/{manager}/suspend", 403),
    Attempt("a link into the owner's account", "POST", "/team/{owner}/link", 403),
    Attempt("a link into the lawyer's account", "POST", "/team/{lawyer}/link", 403),
    Attempt("to invite an owner", "POST", "/team/invite", 403, form={"name": "x", "role": "owner", "days": "7"}),
    Attempt("to invite a manager", "POST", "/team/invite", 403, form={"name": "x", "role": "manager", "days": "7"}),
    Attempt("to invite a root", "POST", "/team/invite", 422, form={"name": "x", "role": "root", "days": "7"}),
    Attempt("an invitation without end", "POST", "/team/invite", 422, form={"role": "member", "days": "99999"}),
    Attempt("to take a manager's invitation back", "POST", "/team/invitations/{invitation}/revoke", 403),
    Attempt("to delete the lawyer", "POST", "/team/{lawyer}/delete", (403, 404), form={"collections": "delete"}),
    Attempt(
        "to inherit from the lawyer",
        "POST",
        "/team/{lawyer}/delete",
        (403, 404),
        form={"collections": "hand", "successor": "{manager}"},
    ),
    Attempt("to see what would be deleted", "GET", "/team/{lawyer}/delete", (403, 404)),
    Attempt("the audit log", "GET", "/audit", 404),
    Attempt("the audit log as a file", "POST", "/audit/download", 404),
]


@each_of(EDITOR)
def test_an_editor_wants(attempt: Attempt, team: Team) -> None:
    """An editor changes documents, not rights, and nothing of the team."""
    fails(attempt, team.signed_in("editor"), team)


@pytest.mark.parametrize("who", ["colleague", "guest"])
@each_of(READER)
def test_a_reader_wants(attempt: Attempt, who: str, team: Team) -> None:
    """A reader reads and asks."""
    fails(attempt, team.signed_in(who), team)


@each_of(GUEST)
def test_a_guest_wants(attempt: Attempt, team: Team) -> None:
    """A guest makes nothing that could be shared."""
    fails(attempt, team.signed_in("guest"), team)


@each_of(MANAGER)
def test_a_manager_wants(attempt: Attempt, team: Team) -> None:
    """A manager invites and suspends members and guests, and does nothing to anybody else."""
    fails(attempt, team.signed_in("manager"), team)


@pytest.mark.parametrize("path", ["/", "/documents/cards", "/keys", "/shares", "/account", "/api/collections"])
@pytest.mark.parametrize("who", ["colleague", "editor", "guest", "manager", "owner"])
def test_the_own_pages_of_a_person_show_nothing_of_another(team: Team, who: str, path: str) -> None:
    """Lists hold what is one's own: names of collections, conversations, keys and shares of the lawyer are in none."""
    answer = team.signed_in(who).get(path, headers=PAGE_HTML)
    assert answer.status_code == 200 or (who, path) == ("guest", "/keys")
    tells_nothing(answer.content)


@pytest.mark.parametrize("path", ["/team", "/groups", "/audit", "/audit?first=0"])
def test_who_keeps_the_team_sees_no_names_of_what_is_private(team: Team, path: str) -> None:
    """The owner sees who did what, but not what private collections and conversations are called."""
    tells_nothing(team.signed_in("owner").get(path, headers=PAGE_HTML).content)
    if path.startswith("/audit"):
        tells_nothing(team.signed_in("owner").post("/audit/download").content)
    else:
        tells_nothing(team.signed_in("manager").get(path, headers=PAGE_HTML).content)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/api/collections"),
        ("GET", "/api/documents/{public_document}/original"),
        ("POST", "/api/ask"),
        ("POST", "/gradio_api/queue/join"),
        ("POST", "/sign-out"),
        ("GET", "/account"),
    ],
)
def test_a_suspended_person_uses_an_old_cookie(team: Team, method: str, path: str) -> None:
    """From the moment of the suspension no session of the person opens anything."""
    account_id = team.people["suspended"].id
    team.services.people.restore(account_id)
    client = team.signed_in("suspended")
    assert client.get("/api/collections").status_code == 200
    cookie = client.cookies[COOKIE]
    team.services.people.suspend(account_id)
    client.cookies.set(COOKIE, cookie)
    answer = client.request(method, path.format(**team.names), json={"question": "כמה?"})
    assert answer.status_code == 401
    tells_nothing(answer.content)


def test_a_suspended_person_uses_an_old_key(team: Team) -> None:
    """The keys of a suspended person open nothing."""
    account_id = team.people["suspended"].id
    team.services.people.restore(account_id)
    client = team.with_key("suspended", "read", "ask", "write")
    assert client.get("/api/collections").status_code == 200
    team.services.people.suspend(account_id)
    for method, path in (("GET", "/api/collections"), ("GET", "/v1/models"), ("POST", "/api/ask"), ("POST", "/mcp")):
        assert client.request(method, path, json={"question": "כמה?"}).status_code == 401


def test_a_suspended_person_asks_for_a_link(team: Team) -> None:
    """Sign-in links that were made before the suspension sign nobody in."""
    account_id = team.people["suspended"].id
    team.services.people.restore(account_id)
    link = team.services.links.new(account_id, "")
    team.services.people.suspend(account_id)
    visitor = team.visitor()
    answer = visitor.post("/sign-in", data={"token": link.partition("token=")[2]})
    assert visitor.get("/api/collections").status_code == 401, answer.status_code
