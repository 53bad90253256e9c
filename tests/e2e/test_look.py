"""How the page looks and what it costs: the places of its parts, letters, themes, paper, and the first load."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, FloatRect, Locator, Page, expect

from tests.bench.first_load import MOST_BYTES, load
from tests.e2e.screen import Screen
from tests.e2e.server import Server
from webui.texts import texts

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 700}
PAPER = {"light": "rgb(247, 245, 240)", "dark": "rgb(18, 24, 27)"}


@pytest.fixture(scope="module")
def desktop(server: Server, module_browser: Callable[..., BrowserContext]) -> Page:
    """A window on a computer that is set to light."""
    page = module_browser(server, viewport=DESKTOP, color_scheme="light").new_page()
    Screen(page).open()
    return page


def box(place: Locator) -> FloatRect:
    """Where something stands."""
    found = place.bounding_box()
    assert found is not None
    return found


def ground(page: Page) -> str:
    """The colour of the page."""
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_the_list_is_at_the_right_and_the_talk_fills_the_rest(desktop: Page) -> None:
    """The name and the list stand at the right edge, the person at the left; nothing has to be scrolled to be found."""
    bar, side, talk = box(desktop.locator("#top")), box(desktop.locator("#side")), box(desktop.locator("#talk"))
    name, person = box(desktop.locator("#top h1")), box(desktop.locator("#me summary"))
    assert side["x"] + side["width"] == DESKTOP["width"]
    assert talk["x"] == 0
    assert talk["x"] + talk["width"] == side["x"]
    assert name["x"] > DESKTOP["width"] - 120
    assert person["x"] < 120
    assert bar["width"] == DESKTOP["width"]
    assert desktop.evaluate("document.documentElement.scrollHeight") == DESKTOP["height"]


def test_the_question_is_sent_by_a_button_at_the_left_of_its_box(desktop: Page) -> None:
    """The button stands where lines end, inside the box, and both inside the window."""
    button, field = box(desktop.locator("#question .submit-button")), box(desktop.locator("#question textarea"))
    assert button["x"] + button["width"] <= field["x"] + 1
    assert field["y"] + field["height"] <= DESKTOP["height"]


def test_the_letters_come_with_the_page(desktop: Page) -> None:
    """Hebrew, Latin and numbers are drawn in the font that is bundled, in thin and in bold."""
    desktop.evaluate("document.fonts.ready")
    loaded = desktop.evaluate(
        "[...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family)"
    )
    assert [name.strip('"') for name in loaded].count("Assistant") == 2
    for selector in ("body", "#question textarea", "#new", "#top h1"):
        family = desktop.locator(selector).first.evaluate("(element) => getComputedStyle(element).fontFamily")
        assert family.lstrip('"').startswith("Assistant"), selector


def test_a_theme_holds_at_once_and_after_loading_again(
    server: Server, open_browser: Callable[..., BrowserContext]
) -> None:
    """Chosen in the menu it is there without loading, for Gradio too; afterwards from the first byte; then undone."""
    page = open_browser(server, viewport=DESKTOP, color_scheme="light").new_page()
    screen = Screen(page)
    screen.open()
    assert ground(page) == PAPER["light"]
    page.locator("#me summary").click()
    for name, theme in (
        (texts.THEMES["dark"], "dark"),
        (texts.THEMES["light"], "light"),
        (texts.THEMES["dark"], "dark"),
    ):
        with page.expect_response("**/theme") as kept:
            page.locator("#me").get_by_role("button", name=name).click()
        assert kept.value.status == 204
        assert ground(page) == PAPER[theme]
        expect(page.locator("body")).to_have_class(
            re.compile(r"\bdark\b") if theme == "dark" else re.compile("^(?!.*dark)")
        )
    screen.open()
    assert ground(page) == PAPER["dark"]
    expect(page.locator("body")).to_have_class(re.compile(r"\bdark\b"))
    page.goto("/account")
    assert ground(page) == PAPER["dark"]
    page.locator("#theme").get_by_role("button", name=texts.THEMES[""]).click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")
    assert ground(page) == PAPER["light"]


def test_the_machine_decides_where_nothing_was_chosen(
    server: Server, open_browser: Callable[..., BrowserContext]
) -> None:
    """A browser that is set to dark gets it, on the screen and before signing in."""
    page = open_browser(server, viewport=PHONE, color_scheme="dark").new_page()
    Screen(page).open()
    assert ground(page) == PAPER["dark"]
    stranger = open_browser(server, signed_in=False, viewport=PHONE, color_scheme="dark").new_page()
    stranger.goto("/sign-in")
    assert ground(stranger) == PAPER["dark"]


def test_on_a_phone_the_list_slides_in_from_the_right(
    server: Server, open_browser: Callable[..., BrowserContext]
) -> None:
    """It lies over the talk, which cannot be reached meanwhile; Escape closes it, then the button has the focus."""
    page = open_browser(server, viewport=PHONE, reduced_motion="reduce").new_page()
    Screen(page).open()
    side, button = page.locator("#side"), page.get_by_role("button", name=texts.MENU)
    expect(side).not_to_be_visible()
    assert box(page.locator("#talk"))["width"] == PHONE["width"]
    button.click()
    expect(side).to_be_visible()
    assert box(side)["x"] + box(side)["width"] == PHONE["width"]
    assert box(side)["x"] > 40
    assert page.locator("#talk").evaluate("(element) => element.inert")
    page.keyboard.press("Escape")
    expect(side).not_to_be_visible()
    expect(button).to_be_focused()
    assert not page.locator("#talk").evaluate("(element) => element.inert")


def test_nothing_is_wider_than_the_narrowest_window(
    server: Server, open_browser: Callable[..., BrowserContext]
) -> None:
    """At 320 pixels (WCAG 2.1, 1.4.10) nothing lies outside, and the bar shows all that it has."""
    page = open_browser(server, viewport=NARROW).new_page()
    Screen(page).open()
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
        for part in ("#top h1", "#top > nav", "#me summary"):
            place = box(page.locator(part))
            assert place["x"] >= 0
            assert place["x"] + place["width"] <= NARROW["width"]
        page.locator("#top [data-view=documents]").click()


def test_on_paper_there_is_the_conversation_and_nothing_to_press(
    server: Server, open_browser: Callable[..., BrowserContext]
) -> None:
    """Printed from a dark screen it is light, all of it is there, and the bar, the list and the box are not."""
    page = open_browser(server, viewport=DESKTOP, color_scheme="dark").new_page()
    screen = Screen(page)
    screen.open()
    screen.ask("מה עושים בשעת חירום?")
    expect(screen.answer()).to_be_visible(timeout=20_000)
    screen.ready()
    page.emulate_media(media="print")
    assert ground(page) == "rgb(255, 255, 255)"
    for selector in ("#top > nav", "#me", "#side", "#question", "#picker", "#chat button"):
        for place in page.locator(selector).all():
            expect(place).not_to_be_visible()
    expect(page.locator("#chat .user-row").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('#chat .bubble-wrap')).overflowY") == "visible"


def test_what_was_done_is_said_in_passing_and_can_be_undone(desktop: Page) -> None:
    """The line at the lower edge is a status, its button acts once, and the line goes with it."""
    desktop.evaluate(
        """async () => {
          const { toast } = await import("/static/dom.js");
          window.undone = 0;
          toast("A", null);
          toast("B", { label: "C", run: () => { window.undone += 1; } });
        }"""
    )
    said = desktop.locator("#toasts .toast")
    expect(said).to_have_text("BC")
    assert box(said)["y"] > DESKTOP["height"] / 2
    desktop.locator("#toasts button").click()
    expect(said).to_have_count(0)
    assert desktop.evaluate("window.undone") == 1


def test_the_skip_link_leads_to_the_question_of_the_same_conversation(desktop: Page) -> None:
    """It is the first thing the keyboard reaches, and following it does not load another page."""
    desktop.goto("/?c=none")
    desktop.wait_for_selector("#question textarea")
    desktop.evaluate("window.same = true; document.activeElement.blur()")
    desktop.locator(".skip").focus()
    expect(desktop.locator(".skip")).to_be_in_viewport()
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("window.same")


def test_the_first_load_is_small_and_the_next_is_nearly_nothing(
    server: Server, open_browser: Callable[..., BrowserContext]
) -> None:
    """A browser that has never seen the page gets it in 0.7 MB with everything; afterwards it keeps the files."""
    context = open_browser(server, viewport=DESKTOP)
    first, second = load(context), load(context)
    assert first.kilobytes * 1000 <= MOST_BYTES
    assert second.kilobytes < first.kilobytes / 5
    ours = [address for address in first.wire if "/static/" in address]
    assert sorted(address.rpartition(".")[2] for address in ours) == ["css", "css", "js", "svg", "woff2", "woff2"]
