"""The menu of the person."""

import re

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.web_parts import browser, sign_in
from webui.accounts.account import Account, Role
from webui.services import Services
from webui.texts import texts


def somebody(services: Services, name: str, role: Role) -> Account:
    """A person of that role."""
    return services.accounts.create(name, f"שם של {name}", role)


def menu_in(page: str) -> str:
    """The menu of the person on a page."""
    return re.search(r'<details id="me">.*?</details>', page, re.DOTALL)[0]


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("owner", {"/account", "/collections", "/shares", "/keys", "/team", "/groups", "/audit"}),
        ("manager", {"/account", "/collections", "/shares", "/keys", "/team", "/groups"}),
        ("member", {"/account", "/collections", "/shares", "/keys"}),
        ("guest", {"/account", "/collections", "/shares"}),
    ],
)
def test_the_menu_names_the_person_and_offers_what_the_role_may_open(
    role: Role, offered: set[str], app: FastAPI, services: Services
) -> None:
    """The menu says who is signed in and as what, and has a link to each page of that role and to no other."""
    client = sign_in(browser(app), services, somebody(services, f"menu-{role}", role).id)
    menu = menu_in(client.get("/account").text)
    assert f"שם של menu-{role}" in menu
    assert texts.ROLES[role] in menu
    assert {address for address in ("/account", "/collections", "/shares", "/keys", "/team", "/groups", "/audit")
            if f'href="{address}"' in menu} == offered  # fmt: skip
    assert '<form method="post" action="/sign-out">' in menu


def test_a_name_cannot_be_html_or_turn_the_line(app: FastAPI, services: Services) -> None:
    """What somebody is called is text, and characters that nobody sees are shown."""
    account = services.accounts.create("evil", "<b>שם</b> \u202eהפוך", "member")
    menu = menu_in(sign_in(browser(app), services, account.id).get("/account").text)
    assert "<b>" not in menu
    assert "\u202e" not in menu


def test_the_menu_is_closed_to_strangers(visitor: TestClient) -> None:
    """Without a session there is nobody to show: the page for signing in has no menu."""
    assert 'id="me"' not in visitor.get("/sign-in").text
