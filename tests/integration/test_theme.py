"""Light or dark: what is chosen, and what pages make of it."""

from itertools import count

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.web_parts import browser, sign_in
from webui.services import Services

PAGE_HTML = {"accept": "text/html"}
_numbers = count()
MEDIA = {"": "screen and (prefers-color-scheme: dark)", "dark": "screen", "light": "not all"}


@pytest.fixture
def hers(app: FastAPI, services: Services) -> TestClient:
    """The browser of somebody."""
    return sign_in(browser(app), services, services.accounts.create(f"theme{next(_numbers)}", "דנה", "member").id)


@pytest.mark.parametrize("theme", ["dark", "light", ""])
def test_a_chosen_theme_holds_on_every_page(theme: str, hers: TestClient) -> None:
    """Pages of their own and the screen say the theme in their first bytes; without a choice the machine decides."""
    assert hers.post("/theme", data={"theme": theme}).status_code == 204
    for path in ("/account", "/"):
        page = hers.get(path, headers=PAGE_HTML).text
        assert f'media="{MEDIA[theme]}"' in page
        assert ('data-theme="' in page) == bool(theme)
        assert f'name="theme" value="{theme}" aria-pressed="true"' in page


def test_without_a_script_choosing_leads_back_to_the_account(hers: TestClient) -> None:
    """A form that the browser sends by itself is answered with the page that it stood on."""
    answer = hers.post("/theme", data={"theme": "dark"}, headers=PAGE_HTML, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account#theme")


def test_only_themes_that_there_are_may_be_chosen(hers: TestClient, visitor: TestClient) -> None:
    """Anything else is refused, and so is somebody who is not signed in."""
    assert hers.post("/theme", data={"theme": "sepia"}).status_code == 422
    assert visitor.post("/theme", data={"theme": "dark"}).status_code == 401


def test_the_theme_is_that_of_whoever_asks(app: FastAPI, services: Services, hers: TestClient) -> None:
    """What one person chose is not seen by another."""
    hers.post("/theme", data={"theme": "dark"})
    other = sign_in(browser(app), services, services.accounts.create(f"theme{next(_numbers)}", "גיל", "member").id)
    assert "data-theme" not in other.get("/account").text
    assert 'data-theme="dark"' in hers.get("/account").text
