"""The settings pages in a real browser: the navigation, the state, the charts, and choices that belong together."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.people import grant, invitation, join
from tests.e2e.screen import Screen
from tests.e2e.server import Server
from tests.e2e.told import tell
from tests.fake_model_server import FakeModelServer, stream, words
from webui.texts import people_texts, status_texts, texts

pytestmark = pytest.mark.timeout(180)

Open = Callable[..., BrowserContext]
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}}


def collection_of(page: Page, name: str) -> str:
    """A new collection of whoever is signed in there; its id."""
    made = page.request.post("/api/collections", data={"name": name}, headers={"sec-fetch-site": "same-origin"})
    return str(made.json()["id"])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_navigation_stands_where_reading_begins(theme: str, server: Server, open_browser: Open) -> None:
    """At the right of the page, beside the text and never over it."""
    page = open_browser(server, color_scheme=theme, **DESKTOP).new_page()
    page.goto("/account")
    side, text = page.locator(".places").bounding_box(), page.locator("main h1").bounding_box()
    assert side["x"] >= text["x"] + text["width"]
    assert side["y"] < text["y"] + text["height"]


def test_the_open_page_is_seen_in_the_strip_of_a_phone(server: Server, open_browser: Open) -> None:
    """On a phone the navigation is a strip that shows the open page, above the text, and the page is not wider."""
    page = open_browser(server, **PHONE).new_page()
    page.goto("/usage")
    here = page.locator(".places [aria-current]")
    expect(here).to_be_in_viewport(ratio=0.9)
    assert here.bounding_box()["y"] < page.locator("main h1").bounding_box()["y"]
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_the_state_shows_the_server_and_how_fast_it_was(
    server: Server, model: FakeModelServer, open_browser: Open
) -> None:
    """After an answer the page has which model wrote it and how fast, and it renews itself without being loaded."""
    context = open_browser(server, **DESKTOP)
    page = context.new_page()
    page.goto("/status")
    expect(page.get_by_text(status_texts.SERVER_FINE)).to_be_visible()
    tell(model, stream(*words("אם אין ממ״ד, ", "יורדים ", "לחדר המדרגות [1]."), pause=0.05))
    screen = Screen(context.new_page())
    screen.open()
    screen.ask("לאן יורדים ברעידת אדמה אם אין ממ״ד?")
    screen.answered("חדר המדרגות")
    page.bring_to_front()
    expect(page.get_by_text(status_texts.FIRST_TOKEN)).to_be_visible(timeout=15_000)
    expect(page.get_by_text(status_texts.RATE)).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_begin_at_the_right_and_can_be_read_as_a_table(
    theme: str, server: Server, model: FakeModelServer, open_browser: Open
) -> None:
    """Today's bar is the leftmost one, it can be told from its ground, and the same numbers are in a table."""
    context = open_browser(server, color_scheme=theme, **DESKTOP)
    screen = Screen(context.new_page())
    screen.open()
    tell(model, stream(*words("יורדים לחדר המדרגות [1].")))
    screen.ask("לאן יורדים ברעידת אדמה אם אין ממ״ד?")
    screen.answered("חדר המדרגות")
    page = screen.page
    page.goto("/usage")
    chart = page.locator(".chart.questions svg")
    box, bar = chart.bounding_box(), chart.locator("rect.part-0").last.bounding_box()
    assert bar["x"] + bar["width"] < box["x"] + box["width"] / 10
    scale = page.locator(".chart.questions .scale").bounding_box()
    assert scale["x"] > bar["x"], "the scale stands where reading begins"
    fill, ground = chart.locator("rect.part-0").last.evaluate(
        "bar => [getComputedStyle(bar).fill, getComputedStyle(bar.closest('.box')).backgroundColor]"
    )
    assert fill != ground
    page.get_by_text(status_texts.AS_TABLE).first.click()
    expect(page.locator(".numbers table").first.locator("tbody tr")).to_have_count(1)


def test_choosing_a_successor_ticks_the_choice(server: Server, open_browser: Open) -> None:
    """Who chooses somebody for the collections of a person who goes has chosen to hand them over."""
    owner = open_browser(server, **DESKTOP).new_page()
    member = join(open_browser(server, signed_in=False).new_page(), invitation(owner), "dana", "דנה לוי")
    collection_of(member.page, "תיקים של דנה")
    owner.goto("/team")
    owner.get_by_role("link", name="דנה לוי").click()
    owner.get_by_role("link", name=people_texts.DELETE_LINK).click()
    hand, delete = owner.locator('input[value="hand"]'), owner.locator('input[value="delete"]')
    delete.check()
    owner.locator('select[name="successor"]').select_option(index=1)
    expect(hand).to_be_checked()
    expect(delete).not_to_be_checked()


def test_namesakes_are_told_apart_and_groups_say_who_is_in_them(server: Server, open_browser: Open) -> None:
    """Two people of one name have their sign-in names beside it; a collection opened to a group names its members."""
    owner = open_browser(server, **DESKTOP).new_page()
    for name in ("cohen1", "cohen2"):
        join(open_browser(server, signed_in=False).new_page(), invitation(owner), name, "משה כהן")
    owner.goto("/team")
    for name in ("cohen1", "cohen2"):
        expect(
            owner.get_by_role("link", name=people_texts.NAMESAKE.format(name="משה כהן", sign_in=name))
        ).to_be_visible()
    owner.goto("/groups")
    owner.locator('input[name="name"]').fill("הנהלת חשבונות")
    owner.locator("form button.main").click()
    owner.locator('select[name="person"]').select_option(label="משה כהן (cohen1)")
    owner.locator("form button.main").click()
    expect(owner.get_by_text(people_texts.RENAME_HINT)).to_have_count(0)
    collection_id = collection_of(owner, "תקציב")
    grant(owner, collection_id, "הנהלת חשבונות")
    row = owner.locator(".grants li", has_text="הנהלת חשבונות")
    expect(row).to_contain_text("משה כהן")
    expect(row).to_contain_text("cohen1")


def test_guests_learn_no_names_of_owners(server: Server, open_browser: Open) -> None:
    """A guest sees the collection that was opened to them, and not whose it is."""
    owner = open_browser(server, **DESKTOP).new_page()
    guest = join(open_browser(server, signed_in=False).new_page(), invitation(owner, "guest"), "visitor", "אורחת")
    member = join(open_browser(server, signed_in=False).new_page(), invitation(owner), "keeper", "בעלת המאגר")
    collection_id = collection_of(member.page, "מכרזים פתוחים")
    grant(member.page, collection_id, "אורחת")
    guest.page.goto("/collections")
    expect(guest.page.get_by_text("מכרזים פתוחים").first).to_be_visible()
    expect(guest.page.get_by_text("בעלת המאגר")).to_have_count(0)
    assert texts.TEAM not in guest.page.locator("#me").inner_text()
