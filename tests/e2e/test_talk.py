"""Asking when things go wrong, and keeping order among conversations, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.screen import ANSWER_MS, Screen
from tests.e2e.server import Server
from tests.e2e.told import tell
from tests.fake_model_server import FakeModelServer, delta, stream, words
from webui.texts import talk_texts, texts

pytestmark = pytest.mark.timeout(120)

SECOND = "לאן יורדים ברעידת אדמה?"
QUESTION = "מה עושים ברעידת אדמה אם אין ממ״ד?"
ANSWER = "אם אין ממ״ד, יורדים לחדר המדרגות [1]."


@pytest.fixture
def screen(server: Server, open_browser: Callable[..., BrowserContext]) -> Screen:
    """The page, signed in."""
    screen = Screen(open_browser(server).new_page())
    screen.open()
    return screen


def test_a_stopped_answer_is_kept_and_can_be_asked_again(screen: Screen, model: FakeModelServer) -> None:
    """Stop ends the model's work, keeps the words that came, says so, and offers the question once more."""
    tell(model, stream(*words(*["מילה "] * 500), pause=0.05))
    screen.ask(QUESTION)
    expect(screen.answer()).to_contain_text("מילה", timeout=ANSWER_MS)
    screen.page.locator("#question .stop-button").click()
    expect(screen.answer()).to_contain_text(texts.PROBLEMS["stopped"])
    expect(screen.answer()).to_contain_text("מילה")
    expect(screen.page.locator("#question .submit-button")).to_be_visible()
    tell(model, stream(*words(ANSWER)))
    screen.page.get_by_role("button", name=texts.ASK_AGAIN).click()
    expect(screen.answer()).to_contain_text("חדר המדרגות", timeout=ANSWER_MS)
    expect(screen.page.locator("#chat .user-row")).to_have_count(1)
    expect(screen.answer().locator(".branches")).to_have_text(talk_texts.BRANCH.format(number=2, total=2))
    expect(screen.page.get_by_role("button", name=texts.ASK_AGAIN)).to_have_count(0)


def test_a_lost_model_server_is_explained_in_hebrew(screen: Screen, model: FakeModelServer) -> None:
    """A connection that drops in the middle leaves what was streamed and a sentence that says what happened."""
    tell(
        model, stream(delta(role="assistant", content=""), delta(content="אם אין ממ״ד, יורדים "), pause=0.1, drops=True)
    )
    screen.ask(QUESTION)
    expect(screen.answer()).to_contain_text(texts.PROBLEMS["model_dropped"], timeout=ANSWER_MS)
    expect(screen.answer()).to_contain_text("אם אין ממ״ד, יורדים")


def test_what_a_model_writes_is_never_html(screen: Screen, model: FakeModelServer) -> None:
    """Tags, images and links that a model writes stay letters: nothing runs, is fetched or can be pressed."""
    evil = '<img src="http://192.0.2.1/x" onerror="console.error(1)"> ![a](http://192.0.2.1/y) [b](http://192.0.2.1/z) '
    tell(model, stream(*words(evil, "<script>console.error(2)</script> ", ANSWER)))
    screen.ask(QUESTION)
    expect(screen.answer()).to_contain_text("<script>", timeout=ANSWER_MS)
    screen.ready()
    assert screen.answer().locator("img, script, a:not(.cite, .take a)").count() == 0


def test_a_suggested_question_is_asked_by_pressing_it(
    quoting: Server, open_browser: Callable[..., BrowserContext]
) -> None:
    """The empty page offers the questions of the samples; pressing one asks it."""
    screen = Screen(open_browser(quoting).new_page())
    screen.open()
    suggested = screen.page.locator("#begin .suggestions button").first
    question = suggested.inner_text()
    suggested.click()
    expect(screen.page.locator("#chat .user-row")).to_contain_text(question)
    screen.ready()


def test_conversations_are_opened_from_the_list(screen: Screen, model: FakeModelServer) -> None:
    """A new conversation begins empty, an old one opens with its turns, and the way back leads to the other one."""
    tell(model, stream(*words(ANSWER)))
    screen.ask(QUESTION)
    first = screen.conversation_id()
    screen.ready()
    screen.page.locator("#new").click()
    expect(screen.page.locator("#chat .message-row")).to_have_count(0)
    screen.ask(SECOND)
    expect(screen.answer()).to_contain_text("חדר המדרגות", timeout=ANSWER_MS)
    screen.ready()
    assert screen.conversation_id() != first

    screen.page.locator(f'#conversations a[href="/?c={first}"]').click()
    expect(screen.page.locator("#chat .user-row")).to_have_text(QUESTION)
    screen.page.go_back()
    expect(screen.page.locator("#chat .user-row")).to_have_text(SECOND)


def test_an_unknown_conversation_is_said_to_be_gone(screen: Screen) -> None:
    """An address of a conversation that is not there shows a sentence, not an error, and one can ask."""
    screen.open("/?c=" + "0" * 32)
    expect(screen.answer()).to_contain_text(texts.CONVERSATION_GONE)
