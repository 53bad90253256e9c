"""Signing in with an OpenID Connect provider: a real one as a process beside the real app."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from starlette.testclient import TestClient

from indexes.database import new_id
from tests.database import new_engine
from tests.web_parts import ADDRESS, PAGE_HTML, FakeAnswering, app_of, browser, build_services
from webui.audit import Wanted
from webui.pages.oidc import COOKIE
from webui.services import Services
from webui.texts import account_texts


@dataclass
class Provider:
    """The provider process."""

    url: str

    def knows(self, sub: str, **claims: object) -> None:
        """Makes somebody known there."""
        httpx.put(f"{self.url}/users/{sub}", json=claims).raise_for_status()

    def agrees(self, address: str, sub: str = "", **changed: str) -> str:
        """Somebody signs in there and agrees, or refuses without `sub`: the address that the browser is sent back to.

        `changed` are parameters that were changed on the way.
        """
        parts = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()} | changed
        form = {"sub": sub} if sub else {"action": "deny"}
        response = httpx.post(f"{self.url}{parts.path}?{urlencode(asked)}", data=form)
        assert response.status_code == 302, response.text
        return response.headers["location"].removeprefix(ADDRESS)


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """A provider that lets everybody in who says who they are."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"],
        env={**os.environ, "NO_COLOR": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        found = Provider(f"http://localhost:{port}")
        for _ in range(300):
            try:
                httpx.get(found.url).raise_for_status()
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield found
    finally:
        process.terminate()
        process.wait(20)


def services_with(provider: Provider, data: Path, engine: sa.Engine, **settings: object) -> Services:
    oidc = {"oidc_issuer": provider.url, "oidc_client_id": "darash", "oidc_client_secret": "s", "oidc_name": "העירייה"}
    return build_services(data, engine, FakeAnswering(), **{**oidc, **settings})


@pytest.fixture(scope="module")
def services(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Services:
    """A Darash that offers the provider."""
    data = tmp_path_factory.mktemp("oidc")
    return services_with(provider, data, new_engine(data))


@pytest.fixture(scope="module")
def app(services: Services) -> FastAPI:
    """Its app."""
    return app_of(services)


def leave(client: TestClient) -> str:
    """Where the button sends a browser."""
    response = client.get("/oidc/start")
    assert response.status_code == 303
    return response.headers["location"]


def sign_in(client: TestClient, provider: Provider, sub: str) -> httpx.Response:
    """Presses the button, agrees at the provider and comes back."""
    return client.get(provider.agrees(leave(client), sub), headers=PAGE_HTML)


def is_in(client: TestClient) -> bool:
    return client.get("/api/collections").status_code == 200


def group_names(services: Services, sub: str, provider: Provider) -> list[str]:
    account = services.accounts.by_subject(f"{provider.url} {sub}")
    return [group.name for group in services.groups.of(account.id)]


def test_somebody_signs_in_and_is_known_again(provider, services, app):
    """The first time makes an account, the next finds it; groups come and go with what the provider says."""
    provider.knows(
        "17", name="דנה כהן", preferred_username="Dana", email="dana@example.org", groups=["משפטית", "גבייה"]
    )
    client = browser(app)
    assert "כניסה עם העירייה" in client.get("/sign-in", headers=PAGE_HTML).text
    response = sign_in(client, provider, "17")
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert is_in(client)
    account = services.accounts.by_subject(f"{provider.url} 17")
    assert (account.name, account.shown_name, account.role) == ("dana", "דנה כהן", "member")
    assert group_names(services, "17", provider) == ["גבייה", "משפטית"]

    provider.knows("17", name="אחרת לגמרי", email="other@example.org", groups=["גבייה"])
    again = browser(app)
    assert sign_in(again, provider, "17").status_code == 303
    assert services.accounts.by_subject(f"{provider.url} 17") == account
    assert group_names(services, "17", provider) == ["גבייה"]
    provider.knows("17")  # no claim: no groups
    sign_in(again, provider, "17")
    assert group_names(services, "17", provider) == []


def test_what_is_asked_of_the_provider(provider, app):
    """Code flow with PKCE, state and nonce, back to our own address and to no other."""
    client = browser(app)
    address = leave(client)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert (asked["response_type"], asked["client_id"]) == ("code", "darash")
    assert (asked["redirect_uri"], asked["scope"]) == (f"{ADDRESS}/oidc/back", "openid profile email")
    assert asked["code_challenge_method"] == "S256"
    assert all(re.fullmatch(r"[\w-]{43}", asked[name]) for name in ("state", "nonce", "code_challenge"))
    secret = client.cookies[COOKIE]
    assert secret not in address
    assert leave(browser(app)) != address


def test_the_e_mail_address_is_nobodys_identity(provider, services, app):
    """Somebody else with the same e-mail address and name at the provider has another account."""
    for sub in ("1", "2"):
        provider.knows(sub, email="ruth@example.org", preferred_username="ruth", name="רות")
        assert sign_in(browser(app), provider, sub).status_code == 303
    first, second = (services.accounts.by_subject(f"{provider.url} {sub}") for sub in ("1", "2"))
    assert (first.name, second.name) == ("ruth", "ruth-2")
    assert first.id != second.id


def test_an_account_with_a_password_is_not_taken_over(provider, services, app):
    """Whoever is called at the provider as somebody here becomes somebody new, and never the owner."""
    owner, yael = services.accounts.owner(), services.accounts.create("yael", "יעל", "manager")
    for sub, name in (("31", "yael"), ("32", "local")):
        provider.knows(sub, preferred_username=name, name=name)
        client = browser(app)
        assert sign_in(client, provider, sub).status_code == 303
        account = services.accounts.by_subject(f"{provider.url} {sub}")
        assert account.id not in (owner.id, yael.id)
        assert account.role == "member"


@pytest.mark.parametrize("state", ["", "x", "A" * 43, "\u05d0"])
def test_a_wrong_state_is_refused(provider, app, state):
    """An answer that does not belong to what this browser asked leads nowhere."""
    client = browser(app)
    back = provider.agrees(leave(client), "5")
    code = parse_qs(urlsplit(back).query)["code"][0]
    response = client.get("/oidc/back", params={"code": code, "state": state}, headers=PAGE_HTML)
    assert response.status_code == 400
    assert account_texts.PROVIDER_REFUSED.format(provider="העירייה") in response.text
    assert not is_in(client)


def test_an_answer_belongs_to_the_browser_that_asked(provider, app):
    """Somebody who is sent another's answer is not signed in as that other (RFC 6749, 10.12)."""
    attacker, victim = browser(app), browser(app)
    back = provider.agrees(leave(attacker), "666")
    leave(victim)
    assert victim.get(back).status_code == 400
    assert browser(app).get(back).status_code == 400
    assert not is_in(victim)


def test_a_wrong_nonce_is_refused(provider, app):
    """A token that was made for another request is not taken, though the state is right."""
    client = browser(app)
    assert client.get(provider.agrees(leave(client), "5", nonce="another-nonce-of-somebody")).status_code == 400
    assert not is_in(client)


def test_a_code_works_once(provider, app):
    """The same answer a second time, with the same cookie, leads nowhere."""
    client = browser(app)
    back = provider.agrees(leave(client), "5")
    secret = client.cookies[COOKIE]
    assert client.get(back).status_code == 303
    assert COOKIE not in client.cookies
    other = browser(app)
    other.cookies.set(COOKIE, secret)
    assert other.get(back).status_code == 400
    assert not is_in(other)


def test_a_made_up_code_is_refused(provider, app):
    """Who makes up a code is nobody."""
    client = browser(app)
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    assert client.get("/oidc/back", params={"code": "made-up", "state": state}).status_code == 400


def test_who_refuses_at_the_provider_comes_back_to_the_sign_in_page(provider, app):
    """A person who presses No at the provider reads what to do, and can start again."""
    client = browser(app)
    response = client.get(provider.agrees(leave(client)), headers=PAGE_HTML)
    assert response.status_code == 400
    assert 'href="/oidc/start"' in response.text


def test_suspended_people_are_refused(provider, services, app):
    """The provider lets them in, Darash does not: no session, groups as they were, and it is on record."""
    provider.knows("9", groups=["גבייה"])
    sign_in(browser(app), provider, "9")
    account = services.accounts.by_subject(f"{provider.url} 9")
    services.people.suspend(account.id)
    provider.knows("9", groups=["הנהלה"])
    client = browser(app)
    response = sign_in(client, provider, "9")
    assert response.status_code == 403
    assert account_texts.SUSPENDED in response.text
    assert not is_in(client)
    assert group_names(services, "9", provider) == ["גבייה"]
    assert [entry.subject for entry in services.audit.every(Wanted(action="sign_in_failed"))] == [account.id]


def test_only_the_domains_of_the_settings_come_in(provider, tmp_path, engine):
    """With domains set, only verified addresses of these come in, and nobody else gets an account."""
    services = services_with(provider, tmp_path, engine, oidc_domains="example.org Muni.example", oidc_role="guest")
    app = app_of(services)
    cases = [
        ("in", {"email": "a@muni.example", "email_verified": True}, 303),
        ("unverified", {"email": "a@example.org", "email_verified": False}, 403),
        ("unsaid", {"email": "a@example.org"}, 403),
        ("outside", {"email": "a@example.org.evil.example", "email_verified": True}, 403),
        ("none", {"email_verified": True}, 403),
    ]
    for sub, claims, status in cases:
        provider.knows(sub, **claims)
        assert sign_in(browser(app), provider, sub).status_code == status
        assert (services.accounts.by_subject(f"{provider.url} {sub}") is not None) == (status == 303)
    assert services.accounts.by_subject(f"{provider.url} in").role == "guest"


def test_another_claim_may_list_the_groups(provider, tmp_path, engine):
    """The claim is a setting; what is in it that is no name is passed over."""
    services = services_with(provider, tmp_path, engine, oidc_groups_claim="roles")
    provider.knows("40", roles=["גבייה", 7, None, {"x": 1}, ""], groups=["הנהלה"])
    sign_in(browser(app_of(services)), provider, "40")
    assert group_names(services, "40", provider) == ["גבייה"]


def test_a_silent_provider_is_told(tmp_path, engine):
    """Without the provider the other ways in still work, and the page says what to do."""
    services = services_with(Provider("http://localhost:9"), tmp_path, engine)
    client = browser(app_of(services))
    assert client.get("/sign-in", headers=PAGE_HTML).status_code == 200  # asks nobody
    response = client.get("/oidc/start", headers=PAGE_HTML)
    assert response.status_code == 503
    assert account_texts.PROVIDER_SILENT.format(provider="העירייה") in response.text


def test_without_the_setting_there_is_nothing(tmp_path, engine):
    """No button, no routes, nobody asked."""
    client = browser(app_of(build_services(tmp_path, engine, FakeAnswering())))
    assert "/oidc/start" not in client.get("/sign-in", headers=PAGE_HTML).text
    assert client.get("/oidc/start").status_code == 404
    assert client.get("/oidc/back", params={"code": "x", "state": "x"}).status_code == 404


def test_nowhere_else_is_anybody_sent(provider, app):
    """There is no open redirect: what the request says about where to go is not heard."""
    for path in ("/oidc/start?next=https://evil.example", "/oidc/start?redirect_uri=https://evil.example"):
        location = browser(app).get(path, headers={"host": "127.0.0.1"}).headers["location"]
        assert location.startswith(provider.url)
        assert "evil.example" not in location
    client = browser(app)
    back = provider.agrees(leave(client), new_id())
    assert client.get(f"{back}&next=//evil.example").headers["location"] == "/"


def test_the_secret_is_in_no_log(provider, app, caplog):
    """Neither the client secret nor tokens appear in logs."""
    caplog.set_level("DEBUG", logger="webui")
    client = browser(app)
    sign_in(client, provider, "50")
    client.get("/oidc/back", params={"code": "made-up", "state": "x"})
    told = json.dumps([record.getMessage() for record in caplog.records if record.name.startswith("webui")])
    assert "made-up" not in told
