"""Signing in with a password, joining by an invitation, and one's own account, through the real app."""

import asyncio
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from indexes.database import new_id, now
from tests.web_parts import ADDRESS, PAGE_HTML, FakeAnswering, app_of, browser, build_services
from tests.web_parts import sign_in as signed_in
from webui.accounts import throttle
from webui.accounts.account import LOCAL_NAME, Account, Role
from webui.accounts.sessions import COOKIE, SECURE_COOKIE
from webui.accounts.throttle import FIRST_WAIT, FREE_HERE, sign_in_tries
from webui.audit import Wanted
from webui.services import Services
from webui.texts import account_texts

PASSWORD = "חתול אוכל גבינה"
OTHER = "כלב שותה תה ירוק"


@pytest.fixture(autouse=True)
def _nothing_tried(services: Services) -> Iterator[None]:
    yield
    with services.engine.begin() as connection:
        connection.execute(sign_in_tries.delete())


def person(services: Services, role: Role = "member", password: str = PASSWORD) -> Account:
    """Somebody new with a password."""
    account = services.accounts.create(new_id(), "דנה כהן", role)
    services.passwords.keep(account.id, asyncio.run(services.passwords.hashed(password)))
    return account


def at(app: FastAPI, address: str) -> TestClient:
    """A browser whose requests come from that address."""
    return TestClient(
        app, base_url=ADDRESS, follow_redirects=False, headers={"origin": ADDRESS, **PAGE_HTML}, client=(address, 5000)
    )


def try_in(client: TestClient, name: str, password: str = PASSWORD) -> int:
    return client.post("/sign-in", data={"name": name, "password": password}).status_code


def is_in(client: TestClient) -> bool:
    return client.get("/api/collections").status_code == 200


def actions(services: Services, account_id: str) -> list[tuple[str, str]]:
    """What the audit log says of an account: actions and who did them."""
    return [
        (row.action, row.actor_id)
        for row in services.audit.every(Wanted())
        if account_id in (row.actor_id, row.subject)
    ]


class TestPassword:
    def test_name_and_password_sign_in(self, app, services):
        """A name in any spelling and the password lead in, with a safe cookie, and it is on record."""
        account, client = person(services), at(app, "10.0.0.1")
        assert "darash link" in client.get("/sign-in").text
        response = client.post("/sign-in", data={"name": f" {account.name.upper()} ", "password": PASSWORD})
        assert (response.status_code, response.headers["location"]) == (303, "/")
        cookie = response.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert is_in(client)
        assert ("signed_in", account.id) in actions(services, account.id)

    def test_wrong_name_and_wrong_password_look_alike(self, app, services):
        """Whether there is such an account cannot be seen; the log names the account and never what was typed."""
        account, client = person(services), at(app, "10.0.0.1")
        typed = "סוד שהוקלד בטעות"
        wrong = client.post("/sign-in", data={"name": account.name, "password": typed})
        unknown = client.post("/sign-in", data={"name": typed, "password": typed})
        assert (wrong.status_code, unknown.status_code) == (401, 401)
        assert account_texts.WRONG in wrong.text
        assert wrong.text.replace(account.name, "") == unknown.text.replace(typed, "")
        assert not is_in(client)
        assert ("sign_in_failed", "") in actions(services, account.id)
        assert typed not in repr(list(services.audit.every(Wanted())))

    def test_typed_names_are_escaped(self, visitor):
        """What was typed as a name comes back as text."""
        name = '"><script>x</script>'
        page = visitor.post("/sign-in", data={"name": name, "password": "x"}, headers=PAGE_HTML).text
        assert "<script>" not in page

    def test_a_hundred_wrong_tries_are_stopped(self, app, services, monkeypatch):
        """After a few wrong tries even the right password waits, a Hebrew sentence and Retry-After say how long."""
        at_once = now()
        monkeypatch.setattr(throttle, "now", lambda: at_once)
        account, other, attacker = person(services), person(services), at(app, "10.6.6.6")
        statuses = [try_in(attacker, account.name, f"ניחוש מספר {number}") for number in range(100)]
        assert statuses == [401] * FREE_HERE + [429] * (100 - FREE_HERE)
        response = attacker.post("/sign-in", data={"name": account.name, "password": PASSWORD})
        assert response.status_code == 429
        assert response.headers["retry-after"] == "15"
        assert account_texts.WAIT_SECONDS.partition("{")[0] in response.text
        assert not is_in(attacker)

        elsewhere = at(app, "10.0.0.2")
        assert try_in(elsewhere, other.name) == 303  # another account from another address
        assert try_in(at(app, "10.0.0.3"), account.name) == 303  # the same account from another address
        assert try_in(attacker, account.name) == 429  # which does not help whoever tries here
        monkeypatch.setattr(throttle, "now", lambda: at_once + FIRST_WAIT)
        assert try_in(attacker, account.name) == 303
        assert try_in(attacker, account.name, "wrong wrong") == 401  # success has forgotten the wrong tries

    def test_a_link_is_never_held_up(self, app, services):
        """Nobody is locked out for good: a sign-in link works during every wait."""
        account, client = person(services), at(app, "10.0.0.4")
        for _ in range(FREE_HERE + 1):
            status = try_in(client, account.name, "wrong wrong")
        assert status == 429
        assert is_in(signed_in(client, services, account.id))

    def test_a_forgotten_password_is_chosen_anew_by_a_link(self, app, services):
        """The page of a link takes a new password; a bad one uses nothing up, a good one ends all older sessions."""
        account, client = person(services), browser(app)
        elsewhere = signed_in(browser(app), services, account.id)
        link = services.links.new(account.id, ADDRESS)
        assert 'name="password"' in client.get(link, headers=PAGE_HTML).text
        form = {"token": link.partition("token=")[2], "password": OTHER, "again": OTHER}
        bad = client.post("/sign-in", data={**form, "again": "x"}, headers=PAGE_HTML)
        assert bad.status_code == 422
        assert account_texts.PASSWORD_DIFFERS in bad.text
        assert client.post("/sign-in", data=form).status_code == 303
        assert (is_in(client), is_in(elsewhere)) == (True, False)
        assert try_in(browser(app), account.name, OTHER) == 303
        assert client.post("/sign-in", data=form).status_code == 410

    def test_a_new_sign_in_ends_the_session_before(self, app, services):
        """The cookie of whoever used the browser before is worth nothing afterwards."""
        client = signed_in(browser(app), services, person(services).id)
        before = client.cookies[COOKIE]
        assert try_in(client, person(services).name) == 303
        assert services.sessions.holder(before) is None

    def test_without_passwords_there_is_no_form(self, tmp_path, engine):
        """As long as nobody has a password, the page says how to get in and asks for none."""
        page = browser(app_of(build_services(tmp_path, engine, FakeAnswering()))).get("/sign-in", headers=PAGE_HTML)
        assert 'type="password"' not in page.text
        assert "darash link" in page.text

    def test_behind_tls_the_cookie_is_of_this_host_alone(self, tmp_path, engine):
        """With https the cookie is Secure and cannot be set by a neighbouring host; one without the prefix is none."""
        services = build_services(tmp_path, engine, FakeAnswering(), public_url="https://darash.example.org")
        client = signed_in(browser(app_of(services), "https://darash.example.org"), services)
        assert SECURE_COOKIE in client.cookies
        assert is_in(client)
        client.cookies = {COOKIE: client.cookies[SECURE_COOKIE]}
        assert not is_in(client)


class TestJoining:
    def form(self, token: str, **changed: str) -> dict[str, str]:
        filled = {"token": token, "name": f"dana-{new_id()[:8]}", "shown_name": "דנה כהן"}
        return {**filled, "password": PASSWORD, "again": PASSWORD, **changed}

    def token(self, services: Services, role: Role = "member") -> str:
        link = services.invitations.new(services.accounts.owner().id, role, "דנה", ADDRESS)[1]
        return link.partition("token=")[2]

    def test_an_invitation_makes_an_account(self, visitor, services):
        """Looking uses nothing up; the form makes an account of the invited role, signs in, and is on record."""
        token = self.token(services, "guest")
        for _ in range(2):
            assert "דנה" in visitor.get(f"/join?token={token}", headers=PAGE_HTML).text
        response = visitor.post("/join", data=self.form(token, name="Dana.Cohen"))
        assert (response.status_code, response.headers["location"]) == (303, "/")
        account = services.accounts.by_name("dana.cohen")
        assert (account.role, account.shown_name) == ("guest", "דנה כהן")
        assert is_in(visitor)
        assert ("joined", account.id) in actions(services, account.id)
        assert asyncio.run(services.passwords.holder("dana.cohen", PASSWORD)) == account

    def test_it_works_once(self, app, services):
        """The second browser with the same link is told that it is used up."""
        token, first, second = self.token(services), browser(app), browser(app)
        assert first.post("/join", data=self.form(token)).status_code == 303
        assert second.post("/join", data=self.form(token)).status_code == 410
        assert second.get(f"/join?token={token}", headers=PAGE_HTML).status_code == 410
        assert not is_in(second)

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"name": "x"}, account_texts.NAME_BAD),
            ({"name": LOCAL_NAME}, account_texts.NAME_BAD),
            ({"shown_name": " "}, account_texts.SHOWN_NAME_MISSING),
            ({"password": "קצר", "again": "קצר"}, account_texts.WEAK["short"].format(shortest=10)),
            ({"password": "דנה כהן 12345", "again": "דנה כהן 12345"}, account_texts.WEAK["obvious"]),
            ({"again": "משהו אחר לגמרי"}, account_texts.PASSWORD_DIFFERS),
        ],
    )
    def test_what_cannot_be_chosen_is_said(self, visitor, services, changed, sentence):
        """A form with a mistake comes back with a sentence and uses nothing up."""
        token = self.token(services)
        response = visitor.post("/join", data=self.form(token, **changed))
        assert response.status_code == 422
        assert sentence in response.text
        assert PASSWORD not in response.text
        assert services.invitations.is_good(token)

    def test_a_taken_name_is_said(self, visitor, services):
        """Somebody else's name cannot be chosen, and another one can."""
        token, taken = self.token(services), person(services)
        response = visitor.post("/join", data=self.form(token, name=taken.name))
        assert account_texts.NAME_TAKEN in response.text
        assert visitor.post("/join", data=self.form(token)).status_code == 303

    def test_whoever_is_in_needs_no_invitation(self, client, services):
        """Somebody signed in who opens an invitation does not use it up by mistake."""
        page = client.get(f"/join?token={self.token(services)}", headers=PAGE_HTML)
        assert account_texts.JOIN_SIGNED_IN in page.text


class TestOwnAccount:
    def test_the_first_owner_chooses_a_name_and_a_password(self, tmp_path, engine):
        """After the first link the owner is in, chooses a name, then a password, and gets in with both."""
        services = build_services(tmp_path, engine, FakeAnswering())
        app = app_of(services)
        client = signed_in(browser(app), services)
        assert 'action="/account/password"' not in client.get("/account").text
        assert client.post("/account/password", data={"password": PASSWORD, "again": PASSWORD}).status_code == 422
        names = {"name": "Ruth", "shown_name": "רות"}
        assert client.post("/account/names", data=names).headers["location"] == "/account?done=names"
        done = client.post("/account/password", data={"password": PASSWORD, "again": PASSWORD})
        assert done.headers["location"] == "/account?done=password"
        assert account_texts.PASSWORD_KEPT in client.get("/account?done=password").text
        assert is_in(client)
        assert try_in(browser(app), "ruth") == 303

    def test_another_password_ends_all_other_sessions(self, app, services):
        """It takes the old password, leaves this browser in, throws every other one out, and is on record."""
        account = person(services)
        here, elsewhere = (signed_in(browser(app), services, account.id) for _ in range(2))
        form = {"old": PASSWORD, "password": OTHER, "again": OTHER}
        assert here.post("/account/password", data={**form, "old": "משהו אחר לגמרי"}).status_code == 422
        assert is_in(elsewhere)
        assert here.post("/account/password", data=form).status_code == 303
        assert (is_in(here), is_in(elsewhere)) == (True, False)
        assert ("password_changed", account.id) in actions(services, account.id)
        assert try_in(browser(app), account.name, PASSWORD) == 401
        assert try_in(browser(app), account.name, OTHER) == 303

    def test_the_old_password_cannot_be_tried_out(self, app, services):
        """Whoever finds an open browser may not guess the password in it."""
        client = signed_in(browser(app), services, person(services).id)
        form = {"old": "ניחוש אחרי ניחוש", "password": OTHER, "again": OTHER}
        statuses = [client.post("/account/password", data=form).status_code for _ in range(FREE_HERE + 3)]
        assert statuses == [422] * FREE_HERE + [429] * 3

    def test_signing_out_everywhere(self, app, services):
        """Every session of the person ends, this one too, and nobody else's."""
        account, other = person(services), signed_in(browser(app), services, person(services).id)
        browsers = [signed_in(browser(app), services, account.id) for _ in range(3)]
        assert browsers[0].post("/account/sign-out-everywhere").headers["location"] == "/sign-in"
        assert [is_in(each) for each in (*browsers, other)] == [False, False, False, True]
        assert ("signed_out", account.id) in actions(services, account.id)

    def test_people_of_a_provider_have_no_password_here(self, app, services):
        """Otherwise somebody who left the organisation could still come in."""
        account = services.accounts.create(new_id(), "דנה", "member", "https://provider.example 1")
        client = signed_in(browser(app), services, account.id)
        assert 'action="/account/password"' not in client.get("/account").text
        assert client.post("/account/password", data={"password": OTHER, "again": OTHER}).status_code == 422
        token = services.links.new(account.id, ADDRESS).partition("token=")[2]
        browser(app).post("/sign-in", data={"token": token, "password": OTHER, "again": OTHER})
        assert not services.passwords.has_one(account.id)

    def test_a_taken_name_is_said(self, app, services):
        """Nobody takes somebody else's name to sign in with, nor that of the first owner."""
        client = signed_in(browser(app), services, person(services).id)
        for name, sentence in ((person(services).name, account_texts.NAME_TAKEN), ("local", account_texts.NAME_BAD)):
            response = client.post("/account/names", data={"name": name, "shown_name": "דנה"})
            assert response.status_code == 422
            assert sentence in response.text
