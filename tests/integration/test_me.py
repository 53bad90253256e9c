"""The menu of the person, and what the empty page suggests."""

import gradio as gr
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from darash.taking import SAMPLE_COLLECTION
from tests.web_parts import browser, new_collection, sign_in
from webui.accounts.account import Account, Role
from webui.grants import Grant
from webui.screen.talk import Talk
from webui.services import Services
from webui.texts import texts


def somebody(services: Services, name: str, role: Role) -> Account:
    """A person of that role."""
    return services.accounts.create(name, f"שם של {name}", role)


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
    menu = client.get("/me").text
    assert f"שם של menu-{role}" in menu
    assert texts.ROLES[role] in menu
    assert {address for address in ("/account", "/collections", "/shares", "/keys", "/team", "/groups", "/audit")
            if f'href="{address}"' in menu} == offered  # fmt: skip
    assert '<form method="post" action="/sign-out">' in menu


def test_a_name_cannot_be_html_or_turn_the_line(app: FastAPI, services: Services) -> None:
    """What somebody is called is text, and characters that nobody sees are shown."""
    account = services.accounts.create("evil", "<b>שם</b> \u202eהפוך", "member")
    menu = sign_in(browser(app), services, account.id).get("/me").text
    assert "<b>" not in menu
    assert "\u202e" not in menu


def test_the_menu_is_closed_to_strangers(visitor: TestClient) -> None:
    """Without a session there is nobody to show."""
    assert visitor.get("/me").status_code == 401


def test_suggestions_are_for_whoever_may_read_the_samples(services: Services) -> None:
    """The questions of the empty page are about the samples; whoever may read nothing is told so in their place."""
    assert texts.SAMPLES == SAMPLE_COLLECTION
    member, guest = somebody(services, "reads", "member"), somebody(services, "does-not", "guest")
    samples = new_collection(services, texts.SAMPLES)
    services.grants.put(Grant(samples.id, None, None, "reader"))
    talk = Talk(services.conversations, services.chat, services.passages, services.audit)
    offered = [talk.arrive(request_of(account))[1] for account in (member, guest)]
    assert offered[0]["examples"] == [{"text": suggestion} for suggestion in texts.SUGGESTIONS]
    assert texts.NOTHING_TO_SEARCH in offered[1]["placeholder"]


def request_of(account: Account) -> gr.Request:
    """A request of Gradio's, as the gate leaves it."""

    class State:
        account_id = account.id

    class Inner:
        state = State

    return gr.Request(Inner())
