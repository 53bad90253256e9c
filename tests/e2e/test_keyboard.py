"""The main flow without a mouse: asking, stopping, the source, uploading; and where the focus stays and returns."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import ROOT
from tests.e2e.keys import walk_to, walked_within
from tests.e2e.screen import ANSWER_MS, Screen
from tests.e2e.server import Server
from tests.e2e.told import tell
from tests.fake_model_server import FakeModelServer, stream, words
from webui.texts import texts

pytestmark = pytest.mark.timeout(180)

Open = Callable[..., BrowserContext]
PHONE = {"viewport": {"width": 390, "height": 844}}
SAMPLE = ROOT / "ingest" / "samples" / "מדריך לעובד החדש.md"
QUESTION = "לאן יורדים ברעידת אדמה אם אין ממ״ד?"
ANSWER = "אם אין ממ״ד, יורדים לחדר המדרגות [1]."
CITATION = "#chat a.cite"


@pytest.fixture
def page(server: Server, open_browser: Open) -> Page:
    """The screen, with nothing in the focus."""
    screen = Screen(open_browser(server).new_page())
    screen.open()
    return screen.page


def asked(page: Page, model: FakeModelServer, answer: str = ANSWER) -> Screen:
    """Asks by keyboard, from wherever the focus is, and waits for the answer."""
    tell(model, stream(*words(answer)))
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    screen = Screen(page)
    screen.answered(answer[:12])
    return screen


def test_the_first_place_offers_the_way_to_the_question(page: Page) -> None:
    """A link before everything else, seen when it has the focus, skips to the question; typing begins at once."""
    page.locator("#question textarea").focus()
    walk_to(page, ".skip", "Shift+Tab")
    expect(page.get_by_role("link", name=texts.SKIP)).to_be_in_viewport()
    page.keyboard.press("Enter")
    if not page.evaluate("document.activeElement.matches('#question textarea')"):
        page.keyboard.press("Tab")
    expect(page.locator("#question textarea")).to_be_focused()


def test_asking_and_stopping(page: Page, model: FakeModelServer) -> None:
    """Enter sends; the button that stops is reached by Tab and seen there; then the next question can be typed."""
    tell(model, stream(*words(*["מילה "] * 400), pause=0.05))
    page.locator("#question textarea").focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("#chat .bot-row")).to_contain_text("מילה", timeout=ANSWER_MS)
    assert walk_to(page, "#question .stop-button") == []
    page.keyboard.press("Enter")
    expect(page.locator("#chat .bot-row")).to_contain_text(texts.PROBLEMS["stopped"], timeout=ANSWER_MS)
    walk_to(page, "#question textarea", "Shift+Tab")
    asked(page, model)


def test_a_source_and_back(page: Page, model: FakeModelServer) -> None:
    """A citation is reached by Tab, Enter opens its source, Tab goes through it, Escape closes it and gives back."""
    page.locator("#question textarea").focus()
    asked(page, model)
    assert walk_to(page, CITATION, "Shift+Tab") == []
    page.keyboard.press("Enter")
    expect(page.locator("#source .panel h2")).to_be_visible()
    assert page.evaluate("Boolean(document.activeElement.closest('#source'))")
    assert walk_to(page, "#source .close") == []
    page.keyboard.press("Escape")
    expect(page.locator("#source .panel")).to_be_hidden()
    assert page.evaluate("(citation) => document.activeElement.matches(citation)", CITATION)


def test_on_a_phone_the_focus_stays_in_the_source(server: Server, model: FakeModelServer, open_browser: Open) -> None:
    """The sheet covers everything, so nothing behind it takes the focus; closing it gives the focus back."""
    screen = Screen(open_browser(server, **PHONE).new_page())
    screen.open()
    screen.page.locator("#question textarea").focus()
    asked(screen.page, model)
    screen.page.locator(CITATION).first.focus()
    screen.page.keyboard.press("Enter")
    expect(screen.page.locator("#source .panel h2")).to_be_visible()
    assert walked_within(screen.page, "#source", 12)
    screen.page.keyboard.press("Escape")
    expect(screen.page.locator(CITATION).first).to_be_focused()


def test_uploading(page: Page) -> None:
    """A collection is reached by Tab and Enter, the button for files is seen in the focus and opens the chooser."""
    walk_to(page, '#top a[data-view="documents"]', "Shift+Tab")
    page.keyboard.press("Enter")
    assert walk_to(page, '#documents .list a[href^="#documents="], #documents .list a[href^="/#documents="]') == []
    page.keyboard.press("Enter")
    expect(page.locator("#documents .drop")).to_be_visible()
    assert walk_to(page, "#documents input[multiple]") == []
    with page.expect_file_chooser() as chosen:
        page.keyboard.press("Space")
    chosen.value.set_files(SAMPLE)
    screen = Screen(page)
    screen.ended(Path(SAMPLE).name, "ready")


def test_every_place_of_the_screen_shows_the_focus(page: Page, model: FakeModelServer) -> None:
    """From the first key to the last control, with an answer on the screen, the focus is always to be seen."""
    page.locator("#question textarea").focus()
    asked(page, model)
    page.evaluate("document.activeElement.blur(); document.querySelector('.skip').focus()")
    assert walk_to(page, "#question textarea") == []


def test_dialogs_keep_the_focus_and_give_it_back(page: Page, model: FakeModelServer) -> None:
    """A dialog takes the focus, holds it, closes by Escape, and leaves the focus where it was opened."""
    page.locator("#question textarea").focus()
    asked(page, model)
    walk_to(page, '#side [data-action="shortcuts"]', "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_be_visible()
    assert walked_within(page, "dialog[open]", 6)
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator('#side [data-action="shortcuts"]')).to_be_focused()
