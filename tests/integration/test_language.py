"""In which language a request is answered, and choosing it."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.web_parts import PAGE_HTML, browser, sign_in
from webui.services import Services
from webui.speaking import COOKIE
from webui.texts.english import texts as english
from webui.texts.hebrew import texts as hebrew


def choose(client: TestClient, language: str, back: str = "/account") -> tuple[int, str]:
    """Chooses a language; the status of the answer and where it leads."""
    response = client.post("/language", data={"language": language, "back": back}, follow_redirects=False)
    return response.status_code, response.headers.get("location", "")


def test_a_browser_hears_hebrew_whatever_it_prefers(visitor: TestClient) -> None:
    """Most browsers in Israel say that they prefer English; nobody is asked for a language by their browser."""
    page = visitor.get("/sign-in", headers={**PAGE_HTML, "accept-language": "en-US,en;q=0.9"}).text
    assert '<html lang="he" dir="rtl"' in page


def test_a_stranger_chooses_for_the_browser(app: FastAPI) -> None:
    """Before signing in the choice is kept in the browser, and the sign-in page and refusals follow it."""
    stranger = browser(app)
    assert choose(stranger, "en", "/sign-in") == (303, "/sign-in")
    page = stranger.get("/sign-in", headers=PAGE_HTML).text
    assert '<html lang="en" dir="ltr"' in page
    assert stranger.get("/me").json()["message"] == english.NOT_SIGNED_IN
    assert choose(stranger, "he", "/sign-in") == (303, "/sign-in")
    assert '<html lang="he" dir="rtl"' in stranger.get("/sign-in", headers=PAGE_HTML).text


def test_an_account_takes_its_language_to_every_browser(app: FastAPI, services: Services) -> None:
    """What somebody chose holds wherever they sign in, and over what was chosen in that browser before."""
    account = services.accounts.create("speaks-english", "דנה", "member")
    assert choose(sign_in(browser(app), services, account.id), "en") == (303, "/account")
    elsewhere = sign_in(browser(app), services, account.id)
    elsewhere.cookies.set(COOKIE, "he")
    for path in ("/", "/account", "/shares"):
        assert '<html lang="en" dir="ltr"' in elsewhere.get(path, headers=PAGE_HTML).text
    assert elsewhere.get("/screen/texts.json").json()["script"]["cancel"] == english.SCRIPT["cancel"]
    assert elsewhere.get("/api/collections/none").json()["message"] == english.NOT_FOUND


def test_everybody_is_answered_in_their_own_language(app: FastAPI, services: Services) -> None:
    """Two people at once: the language of one is not that of the other, whoever asked first."""
    people = {}
    for language in ("he", "en"):
        account = services.accounts.create(f"both-{language}", "דנה", "member")
        services.accounts.prefer(account.id, language=language)
        people[language] = sign_in(browser(app), services, account.id)
    for _ in range(2):
        for language, said in (("he", hebrew.SCRIPT), ("en", english.SCRIPT)):
            assert people[language].get("/screen/texts.json").json()["script"]["delete"] == said["delete"]


@pytest.mark.parametrize("language", ["", "xx", "en-US", "__import__"])
def test_a_language_that_is_none_is_refused(language: str, client: TestClient) -> None:
    """Only what the screen speaks can be chosen, and a cookie that names something else is overheard."""
    assert choose(client, language)[0] == 422
    client.cookies.set(COOKIE, language)
    assert '<html lang="he" dir="rtl"' in client.get("/account", headers=PAGE_HTML).text


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "", "/a\nb", "account"])
def test_the_choice_leads_nowhere_else(back: str, client: TestClient) -> None:
    """The address to return to is one of this server (OWASP, unvalidated redirects)."""
    assert choose(client, "he", back) == (303, "/")
