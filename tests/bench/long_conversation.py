"""A conversation of 200 messages in a real browser: `python -m tests.bench.long_conversation [--messages 200]`.

Says how long it takes from the press on it in the list until its last answer stands on the screen, how long earlier
messages take when they are scrolled to, and how long a letter takes from the key to the next frame. Ends with 1 where
`GOAL` was not met. The database is filled by hand: nothing is asked.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from answers.answer import Answer
from indexes.database import connect
from tests.e2e.conftest import QUIET, sign_in
from tests.e2e.server import Server
from webui.accounts.account import Accounts
from webui.conversations import Conversations

GOAL = {"open": 1.0, "letter": 0.1}
"""Seconds: to open it, and (the RAIL model) for a letter to be seen."""

ANSWER = "יש להגיש את הבקשה בכתב, לצרף אליה את האישורים ולהמתין לתשובת הוועדה. " * 12
LETTERS = 30
TIMES = 5

TYPED = """async () => {
  const box = document.querySelector("#question textarea");
  const began = performance.now();
  box.value += "א";
  box.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
  return performance.now() - began;
}"""


def fill(server: Server, messages: int) -> tuple[str, str]:
    """Makes a short conversation and one of so many messages; returns their ids."""
    engine = connect(f"sqlite:///{server.data / 'darash.sqlite3'}")
    account_id, kept = Accounts(engine).owner().id, Conversations(engine)
    ids = []
    for count in (2, messages):
        conversation = kept.create(account_id, f"{count} הודעות")
        for number in range(count // 2):
            turn = kept.add_question(account_id, conversation.id, f"שאלה {number}: מה מגישים לוועדה ומתי?")
            kept.save_answer(turn.id, Answer(f"תשובה {number} מתוך {count}: {ANSWER}", finished=True))
        ids.append(conversation.id)
    return ids[0], ids[1]


def opened(page: Page, short: str, long: str, messages: int) -> float:
    """Seconds from the press until the last answer of the long conversation is drawn, from the short one."""
    page.locator(f'#conversations a[href="/?c={short}"]').click()
    page.locator("#chat .bot-row", has_text="מתוך 2:").wait_for()
    began = time.monotonic()
    page.locator(f'#conversations a[href="/?c={long}"]').click()
    page.locator("#chat .bot-row", has_text=f"תשובה {messages // 2 - 1} מתוך {messages}:").wait_for()
    return time.monotonic() - began


def all_earlier(page: Page, messages: int) -> list[float]:
    """Scrolls up until the first message is drawn; seconds for each time that earlier ones came."""
    taken = []
    while (drawn := page.locator("#chat .message-row").count()) < messages:
        began = time.monotonic()
        page.evaluate('document.querySelector("#chat .bubble-wrap").scrollTop = 0')
        page.locator("#chat .message-row").nth(drawn).wait_for(state="attached")
        taken.append(time.monotonic() - began)
        page.wait_for_timeout(800)
    return taken


def measure(browser: Browser, server: Server, ids: tuple[str, str], messages: int) -> dict[str, float]:
    """The figures, in seconds."""
    context = browser.new_context(base_url=server.address, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    sign_in(page, server.link)
    page.locator("#conversations a.conversation").first.wait_for()
    opening = [opened(page, *ids, messages) for _ in range(TIMES)]
    letters = [page.evaluate(TYPED) / 1000 for _ in range(LETTERS)]
    earlier = all_earlier(page, messages)
    letters_below_all = [page.evaluate(TYPED) / 1000 for _ in range(LETTERS)]
    context.close()
    return {
        "open": median(opening),
        "open_most": max(opening),
        "letter": median(letters),
        "earlier": median(earlier),
        "earlier_most": max(earlier),
        "letter_below_all": median(letters_below_all),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints a table; 1 where the goal was not met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=200)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        server.start("--no-worker")
        try:
            ids = fill(server, asked.messages)
            browser = playwright.chromium.launch(executable_path=asked.chromium, args=list(QUIET))
            figures = measure(browser, server, ids, asked.messages)
            browser.close()
        finally:
            server.stop()
    for name, value in figures.items():
        print(f"{name:20}{value:8.3f} s")
    return int(any(figures[name] > most for name, most in GOAL.items()))


if __name__ == "__main__":
    sys.exit(main())
