"""Answers that go on without a window, branches, and long conversations, in a real browser."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, expect

from answers.answer import Answer
from tests.e2e.screen import ANSWER_MS, Screen
from tests.e2e.server import Server
from tests.e2e.told import slowly, tell
from tests.fake_model_server import FakeModelServer, stream, words
from webui.accounts.account import Accounts
from webui.conversations import Conversations

pytestmark = pytest.mark.timeout(240)

QUESTION = "מה עושים ברעידת אדמה אם אין ממ״ד?"
ANSWER = "אם אין ממ״ד, יורדים לחדר המדרגות [1]."
LONG = f"{'יורדים לחדר המדרגות ומחכים. ' * 20} סוף דבר."


@pytest.fixture
def screen(server: Server, open_browser: Callable[..., BrowserContext]) -> Screen:
    """The page, signed in."""
    screen = Screen(open_browser(server).new_page())
    screen.open()
    return screen


def test_an_answer_goes_on_when_the_tab_closes(screen: Screen, model: FakeModelServer) -> None:
    """It is followed after a reload, in a second window too, and is whole for who comes back later."""
    tell(model, slowly(LONG, pause=0.08))
    screen.ask(QUESTION)
    conversation_id = screen.conversation_id()
    expect(screen.answer()).to_contain_text("יורדים", timeout=ANSWER_MS)
    screen.page.reload()
    expect(screen.page.locator("#question .stop-button")).to_be_visible(timeout=ANSWER_MS)
    context = screen.page.context
    screen.page.close()
    returned = Screen(context.new_page())
    returned.open(f"/?c={conversation_id}")
    returned.answered("סוף דבר.")
    expect(returned.page.locator("#chat .user-row")).to_have_count(1)


def test_another_conversation_can_be_asked_in_meanwhile(screen: Screen, model: FakeModelServer) -> None:
    """What grows in one conversation is not drawn over another, and can be stopped when it is opened again."""
    tell(model, slowly(LONG * 3, pause=0.1))
    screen.ask(QUESTION)
    first = screen.conversation_id()
    expect(screen.answer()).to_contain_text("יורדים", timeout=ANSWER_MS)
    screen.page.locator("#new").click()
    expect(screen.page.locator("#chat .message-row")).to_have_count(0)
    screen.ready()
    tell(model, stream(*words(ANSWER)))
    screen.ask("ומה אם יש ממ״ד?")
    screen.answered("חדר המדרגות")
    screen.page.locator(f'#conversations a[href="/?c={first}"]').click()
    screen.page.locator("#question .stop-button").click(timeout=ANSWER_MS)
    screen.ready()
    expect(screen.answer()).to_contain_text("יורדים")


def test_earlier_messages_come_when_they_are_scrolled_to(screen: Screen, server: Server) -> None:
    """A long conversation opens at its end, and all of it can be reached."""
    engine = sa.create_engine(f"sqlite:///{server.data / 'darash.sqlite3'}")
    kept, account_id = Conversations(engine), Accounts(engine).owner().id
    conversation = kept.create(account_id, "ארוכה")
    for number in range(30):
        turn = kept.add_question(account_id, conversation.id, f"שאלה {number}?")
        kept.save_answer(turn.id, Answer(f"תשובה {number}. {'מילים ' * 60}", finished=True))
    engine.dispose()
    screen.open(f"/?c={conversation.id}")
    rows = screen.page.locator("#chat .message-row")
    expect(rows).to_have_count(20)
    expect(rows.last).to_contain_text("תשובה 29.")
    expect(rows.last).to_be_in_viewport()
    screen.page.evaluate('document.querySelector("#chat .bubble-wrap").scrollTop = 0')
    expect(rows).to_have_count(60, timeout=ANSWER_MS)
    expect(rows.first).to_contain_text("שאלה 0?")
    expect(rows.first).not_to_be_in_viewport()  # what was read stays where it was
