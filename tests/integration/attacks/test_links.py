"""Share links and invitations: what a link opens, what it does not lead to, and when it opens nothing any more."""

import pytest
import sqlalchemy as sa

from tests.integration.attacks.attempt import Attempt, each_of, fails, tells_nothing
from tests.integration.attacks.team import MARK, Team
from tests.integration.attacks.wishes import EVERYTHING, at
from tests.web_parts import ADDRESS, PAGE_HTML
from webui.accounts.token import digest, new_token
from webui.sharing.share import shares
from webui.sharing.snapshot import taken

BELOW = [
    Attempt("the conversation behind the link", "GET", "/api/conversations/{conversation}", 401),
    Attempt("the source behind the link", "GET", "/source/{turn}/1", 401),
    Attempt("what is below the link", "GET", "/shared/{link}/original", 404),
    Attempt("another page of the link", "GET", "/shared/{link}/../../api/collections", (401, 404)),
    Attempt("to write by the link", "POST", "/shared/{link}", 404),
    Attempt("to delete by the link", "DELETE", "/shared/{link}", 404),
    Attempt("to put by the link", "PUT", "/shared/{link}", 404),
    Attempt("a link in other letters", "GET", "/shared/{share}", 404),
    Attempt("a link by the id of the conversation", "GET", "/shared/{conversation}", 404),
    Attempt("the link as a session", "GET", "/api/collections", 401, headers={"cookie": "darash_session={link}"}),
    Attempt("every link", "GET", "/shared/", 404),
    Attempt("every link by a wildcard", "GET", "/shared/%25", 404),
    Attempt("a link by injection", "GET", "/shared/' or '1'='1", 404),
]


def new_link(team: Team) -> str:
    """A link to the lawyer's conversation."""
    account_id, conversation_id = team.people["lawyer"].id, team.names["conversation"]
    conversation = team.services.conversations.get(account_id, conversation_id)
    snapshot = taken(team.services.conversations.turns(account_id, conversation_id), True)
    _share, token = team.services.shares.by_link(conversation, snapshot, True, 7)
    return token


def test_a_link_shows_its_conversation(team: Team) -> None:
    """The link is good: what follows tries to get more out of it."""
    answer = team.visitor().get(f"/shared/{new_link(team)}", headers=PAGE_HTML)
    assert answer.status_code == 200
    assert MARK in answer.text


@each_of([*at(401, EVERYTHING), *BELOW])
def test_who_has_a_link_wants(attempt: Attempt, team: Team) -> None:
    """A link opens its snapshot and nothing else, whatever was opened with it before."""
    visitor = team.visitor()
    assert visitor.get(f"/shared/{team.names['link']}").status_code == 200
    fails(attempt, visitor, team)


def test_a_link_leads_nowhere(team: Team) -> None:
    """The shared page holds no id of a collection, a document, a turn or a person."""
    page = team.visitor().get(f"/shared/{team.names['link']}", headers=PAGE_HTML).text
    for name in ("collection", "document", "conversation", "turn", "lawyer", "share", "link"):
        assert team.names[name] not in page


def test_a_link_tells_no_other_site_where_it_is(team: Team) -> None:
    """The secret in the address is in no Referer and in no cache."""
    headers = team.visitor().get(f"/shared/{team.names['link']}", headers=PAGE_HTML).headers
    assert headers["referrer-policy"] == "no-referrer"
    assert "no-store" in headers["cache-control"]


@pytest.mark.parametrize("how", ["revoked", "run out", "suspended", "deleted", "made up"])
def test_a_dead_link_opens_nothing(team: Team, how: str) -> None:
    """However a link ended, it gets the answer of one that never was."""
    services, account_id = team.services, team.people["lawyer"].id
    token = new_link(team)
    (share_id,) = _ids(team, token)
    if how == "revoked":
        services.shares.revoke(account_id, share_id)
    elif how == "run out":
        with services.engine.begin() as connection:
            connection.execute(shares.update().where(shares.c.id == share_id).values(expires_at=0))
    elif how == "suspended":
        services.people.suspend(account_id)
    elif how == "deleted":
        with services.engine.begin() as connection:
            connection.execute(shares.delete().where(shares.c.id == share_id))
    else:
        token = new_token()
    try:
        answer = team.visitor().get(f"/shared/{token}", headers=PAGE_HTML)
        never = team.visitor().get(f"/shared/{new_token()}", headers=PAGE_HTML)
    finally:
        services.people.restore(account_id)
    assert answer.status_code == 404
    assert answer.text == never.text
    tells_nothing(answer.content)


def _ids(team: Team, token: str) -> list[str]:
    with team.services.engine.connect() as connection:
        return list(connection.execute(sa.select(shares.c.id).where(shares.c.digest == digest(token))).scalars())


def test_no_secret_is_in_the_database(team: Team) -> None:
    """Links, keys, sessions and invitations are kept as hashes: who reads the database or a backup gets in nowhere."""
    services = team.services
    _, key = services.keys.new(team.people["lawyer"].id, "key", ("read",), 3600.0)
    _, invitation = services.invitations.new(team.people["owner"].id, "member", "", ADDRESS)
    sign_in_link = services.links.new(team.people["lawyer"].id, ADDRESS)
    session = services.sessions.start(team.people["lawyer"].id)
    tokens = [key, session, new_link(team), *(link.partition("token=")[2] for link in (invitation, sign_in_link))]
    with services.engine.connect() as connection:
        tables = sa.inspect(services.engine).get_table_names()
        kept = repr([connection.execute(sa.text(f"SELECT * FROM {table}")).all() for table in tables])
    assert not [token for token in tokens if token in kept]


@pytest.mark.parametrize("how", ["used", "revoked", "run out", "its maker was suspended", "made up"])
def test_a_dead_invitation_lets_nobody_in(team: Team, how: str) -> None:
    """However an invitation ended, nobody joins by it."""
    services, manager = team.services, team.people["manager"].id
    lifetime = 0.001 if how == "run out" else 3600.0
    made, link = services.invitations.new(manager, "member", "", ADDRESS, lifetime)
    token = link.partition("token=")[2]
    if how == "used":
        assert services.invitations.use(token, f"joined-{made.id}", "x") is not None
    elif how == "revoked":
        services.invitations.revoke(made.id)
    elif how == "its maker was suspended":
        services.people.suspend(manager)
    else:
        token = token if how == "run out" else new_token()
    form = {"token": token, "name": "intruder", "shown_name": "x", "password": "a long pass phrase 7", "again": ""}
    try:
        answer = team.visitor().post("/join", data={**form, "again": form["password"]}, headers=PAGE_HTML)
    finally:
        services.people.restore(manager)
    assert answer.status_code == 410
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("role", ["owner", "manager"])
def test_an_invitation_gives_no_other_role(team: Team, role: str) -> None:
    """Whoever joins has the role of the invitation, whatever the form says."""
    services = team.services
    _made, link = services.invitations.new(team.people["owner"].id, "guest", "", ADDRESS)
    name = f"guest-{role}"
    form = {"token": link.partition("token=")[2], "name": name, "shown_name": "x", "role": role}
    secret = "a long pass phrase 7"
    visitor = team.visitor()
    answer = visitor.post("/join", data={**form, "password": secret, "again": secret})
    assert answer.status_code == 303, answer.text
    assert services.accounts.by_name(name).role == "guest"
    assert visitor.get("/team").status_code == 404
