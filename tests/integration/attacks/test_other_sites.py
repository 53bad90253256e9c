"""Pages of other sites in the browser of somebody who is signed in, and requests that lie about their origin."""

import pytest
from starlette.testclient import TestClient

from tests.integration.attacks.attempt import Attempt, each_of, fails, tells_nothing
from tests.integration.attacks.team import Team
from tests.integration.attacks.wishes import CHANGING, SCREEN_CHANGING, at
from tests.web_parts import ADDRESS, app_of, browser, build_services, sign_in
from webui.accounts.sessions import COOKIE, SECURE_COOKIE
from webui.services import Services

FORGED = [
    *at(403, CHANGING, SCREEN_CHANGING),
    Attempt("to sign the person out", "POST", "/sign-out", 403),
    Attempt("to change the password", "POST", "/account/password", 403, form={"password": "x" * 20}),
    Attempt("a key", "POST", "/keys", 403, form={"name": "x", "days": "7"}),
    Attempt("to invite himself", "POST", "/team/invite", 403, form={"name": "x", "role": "member", "days": "7"}),
    Attempt("to ask in the person's name", "POST", "/api/ask", 403, json={"question": "?"}),
    Attempt("to ask on the screen", "POST", "/gradio_api/queue/join", 403, json={"session_hash": "x"}),
    Attempt("to call a tool", "POST", "/mcp", 403, json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"}),
    Attempt("to sign the browser in as himself", "POST", "/sign-in", 403, form={"name": "x", "password": "y"}),
    Attempt("to have the browser join", "POST", "/join", 403, form={"token": "x"}),
]

ELSEWHERE = [
    {"origin": "https://evil.example"},
    {"origin": "http://127.0.0.1:8000"},
    {"origin": "https://127.0.0.1:7860"},
    {"origin": "http://127.0.0.1:7860.evil.example"},
    {"origin": "http://user@127.0.0.1:7860"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "file://"},
    {"origin": "http://["},
    {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
    {"origin": "null", "sec-fetch-site": "cross-site"},
    {"origin": "null", "sec-fetch-site": "none"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "x"},
    {"referer": f"{ADDRESS}/"},
    {},
]


@each_of(FORGED)
def test_a_page_elsewhere_wants(attempt: Attempt, team: Team) -> None:
    """Nothing changes for a page of another site, though the browser sends the cookie along."""
    client = team.signed_in("lawyer")
    client.headers.update({"origin": "https://evil.example", "sec-fetch-site": "cross-site"})
    fails(attempt, client, team)


def test_a_name_and_password_in_an_address_do_not_make_a_request_ours(team: Team) -> None:
    """Browsers send those (`Basic`) for other sites too: a form there signs nobody in."""
    visitor = team.visitor()
    said = {"origin": "https://evil.example", "sec-fetch-site": "cross-site", "authorization": "Basic eDp5"}
    answer = visitor.post("/sign-in", data={"name": "x", "password": "y"}, headers=said)
    assert answer.status_code == 403


@pytest.mark.parametrize("said", ELSEWHERE, ids=repr)
def test_a_request_from_elsewhere_says(team: Team, said: dict[str, str]) -> None:
    """Whatever a request with a cookie says of its origin: if it is not surely ours, it changes nothing."""
    client = team.signed_in("lawyer")
    del client.headers["origin"]
    before = team.state()
    assert client.delete(f"/api/documents/{team.names['document']}", headers=said).status_code == 403
    assert team.state() == before
    assert COOKIE in client.cookies


@pytest.mark.parametrize(
    "said",
    [
        {"origin": ADDRESS},
        {"origin": ADDRESS, "sec-fetch-site": "same-origin"},
        {"origin": "null", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
    ],
    ids=repr,
)
def test_a_page_of_ours_says(team: Team, said: dict[str, str]) -> None:
    """Forms and scripts of our own pages are let through, however the browser puts it."""
    client = team.signed_in("lawyer")
    del client.headers["origin"]
    answer = client.post(f"/api/documents/{'0' * 32}/pause", headers=said)
    assert answer.status_code == 404


def test_a_page_elsewhere_may_read_nothing(team: Team) -> None:
    """No answer is for another origin: not by CORS, not in a frame, not as a picture or a script."""
    client = team.signed_in("lawyer")
    client.headers["origin"] = "https://evil.example"
    for path in ("/", "/api/collections", "/api/documents/{document}/pages/1.webp", "/source/{turn}/1", "/v1/models"):
        headers = client.get(path.format(**team.names)).headers
        assert not [name for name in headers if name.startswith("access-control-")]
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/api/collections", "/v1/models", "/gradio_api/queue/join", "/mcp", "/"])
def test_a_page_elsewhere_asks_for_leave(team: Team, path: str) -> None:
    """A preflight request is granted nothing."""
    headers = {
        "origin": "https://evil.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
    }
    answer = team.signed_in("lawyer").options(path, headers=headers)
    assert answer.status_code in (404, 405)
    assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "a@b", "[bad", "evil.example:7860"],
)
def test_a_name_that_was_pointed_at_us(team: Team, host: str) -> None:
    """A name of another site that leads to this machine (DNS rebinding) is not served."""
    answer = team.signed_in("lawyer").get("/api/collections", headers={"host": host})
    assert answer.status_code == 421
    tells_nothing(answer.content)


LIES = {
    "x-forwarded-host": "evil.example",
    "x-forwarded-for": "10.0.0.1",
    "x-forwarded-proto": "https",
    "x-forwarded-port": "444",
    "x-forwarded-prefix": "/evil",
    "forwarded": "for=10.0.0.1;host=evil.example;proto=https",
    "x-original-url": "/api/collections",
    "x-rewrite-url": "/api/collections",
    "x-http-method-override": "DELETE",
    "x-forwarded-user": "owner",
    "x-real-ip": "127.0.0.1",
    "remote-user": "owner",
}


@pytest.mark.parametrize("name", LIES)
def test_a_stranger_speaks_as_a_proxy(team: Team, name: str) -> None:
    """Headers of proxies let nobody in, and none of them is repeated in a page or a redirect."""
    visitor = team.visitor()
    for path in ("/api/collections", "/"):
        answer = visitor.get(path, headers={name: LIES[name], "accept": "text/html"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    page = team.signed_in("lawyer").get("/", headers={name: LIES[name], "accept": "text/html"})
    assert "evil" not in page.text
    assert "https://" not in page.text


@pytest.mark.parametrize("name", ["x-forwarded-for", "forwarded", "x-real-ip"])
def test_a_stranger_hides_behind_addresses(team: Team, name: str) -> None:
    """The audit log has the address that the connection came from, not one that a request names."""
    team.visitor().post("/sign-in", data={"name": "nobody", "password": "x"}, headers={name: "6.6.6.6"})
    with team.services.engine.connect() as connection:
        addresses = {row.address for row in connection.exec_driver_sql("SELECT address FROM audit")}
    assert "testclient" in addresses
    assert "6.6.6.6" not in addresses


def test_a_large_body_is_not_taken_in(team: Team) -> None:
    """Nobody makes the server take in more than a request may hold, whatever the header says of its length."""
    client = team.signed_in("colleague")

    def endless():
        for _ in range(64):
            yield b'{"question": "' + b"x" * 2**16

    for path in ("/api/ask", "/v1/chat/completions", "/api/search", "/mcp", "/gradio_api/queue/join", "/keys"):
        for body in (b"x" * (2**20 + 1), endless()):
            answer = client.post(path, content=body, headers={"content-type": "application/json"})
            assert answer.status_code in (400, 413), path


class TestBehindTls:
    """The same Darash behind a proxy that speaks TLS."""

    @pytest.fixture
    def services(self, tmp_path, engine) -> Services:
        """A Darash known as `https://darash.example`."""
        return build_services(tmp_path, engine, None, public_url="https://darash.example")

    @pytest.fixture
    def client(self, services: Services) -> TestClient:
        """A browser that came over TLS."""
        return browser(app_of(services), "https://darash.example")

    def test_the_cookie_does_not_travel_in_the_clear(self, client, services):
        """The cookie is Secure, bound to this host, and the browser is told to use TLS only."""
        link = services.links.new(services.accounts.owner().id, "")
        answer = client.post("/sign-in", data={"token": link.partition("token=")[2]})
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith(SECURE_COOKIE)
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= set(cookie.lower().split("; "))
        assert answer.headers["strict-transport-security"].startswith("max-age=31536000")

    def test_the_plain_address_is_another_site(self, client, services):
        """A page that somebody on the way put under the same name without TLS changes nothing."""
        sign_in(client, services)
        answer = client.post("/sign-out", headers={"origin": "http://darash.example"})
        assert answer.status_code == 403

    def test_a_cookie_from_before_tls_opens_nothing(self, client, services):
        """A cookie under the plain name, which anybody on the way could have set, is not looked at."""
        client.cookies.set(COOKIE, services.sessions.start(services.accounts.owner().id))
        assert client.get("/api/collections").status_code == 401

    def test_the_page_asks_for_its_parts_over_tls(self, client, services):
        """Gradio's page is made for the public address, though the proxy speaks to us without TLS."""
        page = sign_in(client, services).get("/", headers={"accept": "text/html"}).text
        assert "https://darash.example" in page
        assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
