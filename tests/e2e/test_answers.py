"""What a person sees of an answer, written by a model or quoted, in a real browser against a real server."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.conftest import ROOT
from tests.e2e.screen import ANSWER_MS, READY_MS, Screen
from tests.e2e.server import Server
from tests.e2e.told import slowly, tell
from tests.fake_model_server import FakeModelServer, stream, words
from webui.texts import talk_texts, texts

pytestmark = pytest.mark.timeout(300)

QUESTION = "איזו ערבות בנקאית צריך לצרף להצעה במכרז?"
THOUGHTS = "<think>השואל רוצה לדעת מה הערבות. <b>מקור</b> 1 אומר 60,000.</think>"
ANSWER = "- להצעה תצורף **ערבות בנקאית** אוטונומית על סך 60,000 ₪ [1].\n- תוקף הערבות הבנקאית הוא 7,777 ימים [1]."
NEXT = "מה המועד האחרון להגשת ההצעות?"
UNDERSTOOD = "מה גובה הערבות הבנקאית שמצרפים להצעה במכרז?"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, model: FakeModelServer) -> Iterator[Server]:
    """A server with one document and a model that writes one answer at a time."""
    server = Server(tmp_path_factory.mktemp("data"), model.url)
    server.environment["DARASH_MODEL_PARALLEL"] = "1"
    server.command("ingest", str(ROOT / "ingest" / "samples" / "מכרז 07-2026 שירותי גינון.pdf"))
    server.start("--no-worker")
    yield server
    server.stop()


@pytest.fixture
def screen(office: Server, open_browser: Callable[..., BrowserContext]) -> Screen:
    """The page, signed in."""
    screen = Screen(open_browser(office).new_page())
    screen.open()
    return screen


def test_thoughts_doubts_and_what_to_ask_next(screen: Screen, model: FakeModelServer) -> None:
    """Thoughts are folded, what was opened stays open, a wrong number is marked, and all is there after a reload."""
    tell(model, slowly(THOUGHTS + ANSWER), next_questions=NEXT)
    screen.ask(QUESTION)
    expect(screen.answer().locator(".pending")).to_have_text(texts.THINKING, timeout=ANSWER_MS)
    thoughts = screen.answer().locator("details.thoughts")
    expect(thoughts.locator(".thought")).to_be_hidden()
    thoughts.get_by_text(texts.THOUGHTS).click()
    expect(thoughts.locator(".thought")).to_be_visible()
    expect(screen.answer()).to_contain_text("להצעה תצורף")
    expect(thoughts.locator(".thought")).to_be_visible()
    screen.ready()
    expect(screen.status()).to_have_text(texts.SCRIPT["ready"])
    screen.answer().locator("details.take summary").click()
    expect(screen.offered(NEXT)).to_be_visible(timeout=ANSWER_MS)
    expect(screen.answer().locator("details.take a").first).to_be_visible()

    for _ in range(2):
        expect(screen.answer().locator("li .doubt")).to_have_text("תוקף הערבות הבנקאית הוא 7,777 ימים")
        expect(screen.answer().locator("li .remark")).to_contain_text(texts.DOUBTFUL)
        expect(screen.answer().locator("li .remark")).to_have_attribute("title", texts.MISSING.format(missing="7,777"))
        expect(screen.answer().locator(".verified")).to_contain_text(texts.verified(1, 2))
        expect(screen.offered(NEXT)).to_be_visible(timeout=ANSWER_MS)
        expect(screen.answer().locator("details.thoughts")).to_contain_text("<b>מקור</b>")
        screen.page.reload()

    screen.answer().locator("a.cite").first.click()
    expect(screen.page.locator("#source .cited").first).to_be_in_viewport()
    expect(screen.page.locator("#source .boxes .cited").first).to_be_visible()
    screen.page.keyboard.press("Escape")

    tell(model, stream(*words("המועד האחרון הוא 4.1.2027 [1].")))
    screen.offered(NEXT).press("Enter")
    expect(screen.page.locator("#chat .user-row").last).to_contain_text(NEXT)
    expect(screen.page.locator("#question textarea")).to_be_focused()
    expect(screen.answer()).to_contain_text("4.1.2027", timeout=ANSWER_MS)
    expect(screen.offered(NEXT)).to_have_count(0)


def test_a_follow_up_shows_how_it_was_understood(screen: Screen, model: FakeModelServer) -> None:
    """The question that was made of it stands above the answer; the question itself stays as it was asked."""
    tell(model, stream(*words("להצעה תצורף ערבות בנקאית אוטונומית [1].")), standalone=UNDERSTOOD)
    screen.ask(QUESTION)
    screen.answered("ערבות")
    expect(screen.answer().locator(".searched")).to_have_count(0)
    screen.ask("ומה הגובה שלה?")
    expect(screen.page.locator("#chat .user-row").last).to_contain_text("ומה הגובה שלה?")
    expect(screen.answer().locator(".searched").first).to_have_text(
        texts.SEARCHED.format(question=UNDERSTOOD), timeout=ANSWER_MS
    )


def test_the_next_question_can_be_asked_before_the_suggestions_are_there(
    screen: Screen, model: FakeModelServer
) -> None:
    """An answer that is finished lets one ask on at once; what comes late does not hide the new answer."""
    tell(model, stream(*words("להצעה תצורף ערבות בנקאית [1].")), next_questions=NEXT)
    screen.ask(QUESTION)
    screen.answered("ערבות")
    tell(model, stream(*words("המועד הוא 4.1.2027 [1].")))
    screen.ask("עד מתי מגישים הצעה למכרז?")
    expect(screen.answer()).to_contain_text("4.1.2027", timeout=ANSWER_MS)
    screen.page.wait_for_timeout(1500)
    expect(screen.page.locator("#chat .user-row")).to_have_count(2)
    expect(screen.answer()).to_contain_text("4.1.2027")


def test_the_place_in_the_line_is_shown_while_the_model_is_busy(
    screen: Screen, office: Server, model: FakeModelServer, open_browser: Callable[..., BrowserContext]
) -> None:
    """Who asks second sees that one is before them, and is answered as soon as the first one stops."""
    tell(model, stream(*words(*["מילה "] * 400), pause=0.1))
    screen.ask(QUESTION)
    expect(screen.answer()).to_contain_text("מילה", timeout=ANSWER_MS)
    second = Screen(open_browser(office).new_page())
    second.open()
    second.ask("עד מתי מגישים הצעה למכרז הגינון?")
    expect(second.answer().locator(".pending")).to_have_text(texts.IN_LINE.format(place=1), timeout=ANSWER_MS)
    tell(model, stream(*words("המועד הוא 4.1.2027 [1].")))
    screen.page.locator("#question .stop-button").click()
    expect(screen.answer()).to_contain_text(texts.PROBLEMS["stopped"])
    expect(second.answer()).to_contain_text("4.1.2027", timeout=ANSWER_MS)
    expect(second.answer().locator(".pending")).to_have_count(0)


def test_an_answer_can_be_read_without_seeing_it(screen: Screen, model: FakeModelServer) -> None:
    """One quiet line tells how far the answer is, not every word of it; everything to press has a name."""
    tell(model, slowly(THOUGHTS + ANSWER), next_questions=NEXT)
    page = screen.page
    expect(page.locator("#chat [role=log]")).to_have_attribute("aria-live", "off")
    page.evaluate(
        """() => {
             window.spoken = [];
             const status = document.querySelector("p[role=status]");
             new MutationObserver(() => window.spoken.push(status.textContent)).observe(status, { childList: true });
           }"""
    )
    screen.ask(QUESTION)
    expect(screen.offered(NEXT)).to_be_visible(timeout=ANSWER_MS)
    spoken = [said for said in page.evaluate("window.spoken") if said]
    assert spoken == [talk_texts.SCRIPT["started"], texts.SCRIPT["ready"]]
    live = page.locator("[aria-live=polite]:visible, [aria-live=assertive]:visible")
    assert [text for text in live.all_inner_texts() if "ערבות" in text] == []
    for name in (texts.THOUGHTS, NEXT):
        assert page.get_by_text(name, exact=True).last.evaluate("element => element.tabIndex") == 0
    expect(screen.answer().locator("li .remark .unseen")).to_contain_text("7,777")


def test_a_model_of_random_words_breaks_nothing(screen: Screen, model: FakeModelServer) -> None:
    """Broken characters, half a table, open code and endless lists are drawn, can be stopped, and one can ask on."""
    noise = "\ufffd **ab| |\n|---|\n```\n x <div>\n# 1. - * [ ] [1](x) &lt; ~~~ [99] [1" + "\u05d0" * 300
    tell(model, slowly(noise * 4, pause=0.01))
    screen.ask(QUESTION)
    screen.answered("ab")
    assert screen.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert screen.answer().locator("div.message-content script, div.message-content img").count() == 0
    tell(model, stream(*words("להצעה תצורף ערבות בנקאית [1].")))
    screen.ask(QUESTION)
    expect(screen.answer()).to_contain_text("ערבות", timeout=ANSWER_MS)


def test_quotations_say_where_the_answer_is_and_a_refusal_offers(
    quoting: Server, open_browser: Callable[..., BrowserContext]
) -> None:
    """Without a model the number that was asked for is bold, headings give questions to ask, a refusal only offers."""
    screen = Screen(open_browser(quoting).new_page())
    screen.open()
    screen.show_documents()
    expect(screen.page.locator('#documents .document:not([data-state="ready"])')).to_have_count(0, timeout=READY_MS)
    screen.show_talk()
    screen.ask("אחרי כמה זמן נמחקים צילומי המצלמות?")
    expect(screen.answer().locator("blockquote strong").first).to_contain_text("21", timeout=ANSWER_MS)
    expect(screen.answer().locator("blockquote").first).to_have_css("direction", "rtl")  # its bar is at the right
    expect(screen.answer().locator(".verified")).to_have_count(0)
    suggested = screen.answer().locator(".next button").first
    expect(suggested).to_be_visible(timeout=ANSWER_MS)
    question = suggested.inner_text()
    suggested.click()
    expect(screen.page.locator("#chat .user-row").last).to_contain_text(question)
    expect(screen.answer().locator(".sources")).to_be_visible(timeout=ANSWER_MS)
    screen.ready()

    screen.ask("מי רשאי להאכיל את הברווזים בבריכת הנוי של המועצה?")
    expect(screen.answer()).to_contain_text(re.compile("לא נמצא|לא מצאתי"), timeout=ANSWER_MS)
    screen.ready()
    assert screen.answer().locator("blockquote").count() == screen.answer().locator(".nearest blockquote").count()
