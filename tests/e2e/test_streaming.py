"""What a reader sees while an answer is being written: nothing that stands moves, is drawn anew or is said twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.screen import ANSWER_MS, Screen
from tests.e2e.server import Server
from tests.e2e.told import slowly, tell
from tests.fake_model_server import FakeModelServer, stream, words
from webui.texts import talk_texts, texts

pytestmark = pytest.mark.timeout(180)

QUESTION = "מה עושים ברעידת אדמה אם אין ממ״ד?"
PARAGRAPH = "אם אין ממ״ד, יורדים לחדר המדרגות ונשארים בו עד שהרעידה נפסקת [1]. "
LONG = "\n\n".join(f"פסקה {number}: {PARAGRAPH * 3}" for number in range(1, 13))
ITEMS = "\n".join(f"{number}. סעיף {number}: {PARAGRAPH}" for number in range(1, 13))
SIZES = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}

WATCH = """() => {
  const rows = [...document.querySelectorAll("#chat .message-row")];
  const stands = rows.slice(0, -1).flatMap((row) => [...row.querySelectorAll(".prose *")]);
  const first = rows.at(-1).querySelector(".prose :is(p, li)");
  window.gone = () => stands.filter((node) => !node.isConnected).length;
  window.firstStands = () => first.isConnected;
  window.stood = stands.length;
}"""


@pytest.fixture(params=SIZES)
def screen(request: pytest.FixtureRequest, server: Server, open_browser: Callable[..., BrowserContext]) -> Screen:
    """The page, signed in."""
    screen = Screen(open_browser(server, viewport=SIZES[request.param]).new_page())
    screen.open()
    return screen


def place(page: Page) -> float:
    """How far the conversation is scrolled, in pixels."""
    return page.evaluate("document.querySelector('#chat .bubble-wrap').scrollTop")


@pytest.mark.parametrize(("text", "early", "late"), [(LONG, "פסקה 3:", "פסקה 10:"), (ITEMS, "סעיף 3:", "סעיף 10:")])
def test_what_stands_is_not_drawn_anew(
    screen: Screen, model: FakeModelServer, text: str, early: str, late: str
) -> None:
    """While an answer grows, no element of earlier messages is replaced, nor a paragraph or item that is complete."""
    page = screen.page
    tell(model, stream(*words(PARAGRAPH)))
    screen.ask(QUESTION)
    screen.answered("חדר המדרגות")
    tell(model, slowly(text, pause=0.02, size=20))
    screen.ask("ומה עוד?")
    expect(screen.answer()).to_contain_text(early, timeout=ANSWER_MS)
    page.evaluate(WATCH)
    expect(screen.answer()).to_contain_text(late, timeout=ANSWER_MS)
    assert page.evaluate("window.firstStands()")
    screen.ready()
    assert page.evaluate("window.stood") > 5
    assert page.evaluate("window.gone()") == 0


def test_a_reader_who_scrolled_away_is_left_alone(screen: Screen, model: FakeModelServer) -> None:
    """Whoever went up stays exactly there until the end; a button leads to the end, and who is there is kept there."""
    page = screen.page
    tell(model, slowly(LONG * 2, pause=0.02, size=40))
    screen.ask(QUESTION)
    expect(screen.answer()).to_contain_text("פסקה 9:", timeout=ANSWER_MS)
    page.evaluate("document.querySelector('#chat .bubble-wrap').scrollTop = 300")
    page.wait_for_timeout(150)
    page.evaluate("document.querySelector('#chat .bubble-wrap').scrollTop = 120")
    page.wait_for_timeout(150)
    places = set()
    while screen.busy():
        places.add(place(page))
        page.wait_for_timeout(60)
    page.wait_for_timeout(500)
    assert places | {place(page)} == {120}
    page.get_by_role("button", name=talk_texts.SCRIPT["toEnd"]).click()
    end = page.evaluate(
        "(() => { const b = document.querySelector('#chat .bubble-wrap'); return b.scrollHeight - b.clientHeight; })()"
    )
    assert abs(place(page) - end) <= 1
    expect(page.locator(".to-end")).to_be_hidden()


def test_the_question_stays_at_the_upper_edge_while_its_answer_grows(screen: Screen, model: FakeModelServer) -> None:
    """A long answer is read from its beginning: it fills the page below its question, and nothing runs away."""
    page = screen.page
    tell(model, stream(*words(LONG)))
    screen.ask(QUESTION)
    screen.answered("פסקה 12:")
    tell(model, slowly(LONG.replace("פסקה", "סעיף"), pause=0.01, size=40))
    screen.ask("ומה עוד?")
    expect(screen.answer()).to_contain_text("סעיף 9:", timeout=ANSWER_MS)
    below = (
        "[...document.querySelectorAll('#chat .user-row')].at(-1).getBoundingClientRect().top"
        " - document.querySelector('#chat').getBoundingClientRect().top"
    )
    screen.answered("סעיף 12:")
    page.wait_for_timeout(400)
    assert 10 < page.evaluate(below) < 24


def test_beginning_and_end_are_said_once(screen: Screen, model: FakeModelServer) -> None:
    """Whoever does not see the page hears that the search began and that the answer is there, and not every word."""
    page = screen.page
    page.evaluate(
        """() => {
             window.spoken = [];
             const status = document.querySelector("p[role=status]");
             new MutationObserver(() => window.spoken.push(status.textContent)).observe(status, { childList: true });
           }"""
    )
    tell(model, slowly(PARAGRAPH * 2))
    screen.ask(QUESTION)
    screen.answered("חדר המדרגות")
    page.wait_for_timeout(300)
    assert page.evaluate("window.spoken") == [talk_texts.SCRIPT["started"], texts.SCRIPT["ready"]]
    expect(page.locator("#chat [role=log]")).to_have_attribute("aria-live", "off")


def test_half_of_something_is_not_shown(screen: Screen, model: FakeModelServer) -> None:
    """Neither open signs of emphasis nor the bars of a table that begins are ever seen."""
    page = screen.page
    tell(model, slowly("הנה **טבלה מודגשת מאוד**:\n\n| יום | שעה |\n|---|---|\n| א׳ | 08:30 |\n\nסוף.", size=3))
    page.evaluate(
        """() => {
             window.seen = [];
             const chat = document.querySelector("#talk");
             new MutationObserver(() => {
               const text = [...document.querySelectorAll("#chat .bot-row")].at(-1)?.innerText ?? "";
               if (/[|*]/.test(text)) window.seen.push(text);
             }).observe(chat, { childList: true, subtree: true, characterData: true });
           }"""
    )
    screen.ask(QUESTION)
    screen.answered("סוף.")
    expect(screen.answer().locator("td")).to_have_count(2)
    assert page.evaluate("window.seen") == []
