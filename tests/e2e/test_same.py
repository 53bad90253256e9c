"""The command line and the browser take the same path: a question has the same answer and citations in both."""

import html
import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.screen import READY_MS, Screen
from tests.e2e.server import Server

DOCUMENT = re.compile(r"/api/documents/(\w+)/original")
QUOTE = re.compile(r"<blockquote[^>]*>(.*?)</blockquote>", re.DOTALL)
QUESTIONS = ["אחרי כמה זמן נמחקים צילומי המצלמות?", "עד מתי אפשר להגיש הצעה למכרז הגינון?"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_ask_and_the_browser_cite_the_same(
    question: str, quoting: Server, open_browser: Callable[..., BrowserContext]
) -> None:
    """Every citation of `darash ask --json` is the citation of that number in the browser, word for word."""
    page = open_browser(quoting).new_page()
    screen = Screen(page)
    screen.open()
    screen.show_documents()
    expect(page.locator('#documents .document:not([data-state="ready"])')).to_have_count(0, timeout=READY_MS)
    screen.show_talk()
    screen.ask(question)
    expect(screen.answer().locator("a.cite").first).to_be_visible()
    screen.ready()
    shown = {}
    for link in sorted({one.get_attribute("href") for one in screen.answer().locator("a.cite").all()}):
        source = page.request.get(link.replace("/view/", "/source/")).text()
        shown[int(link.rsplit("/", 1)[1])] = (flat(DOCUMENT, source), flat(QUOTE, source))
    asked = json.loads(quoting.command("ask", "--json", question))
    assert asked["citations"]
    for citation in asked["citations"]:
        assert shown.pop(citation["number"]) == (citation["document_id"], " ".join(citation["quote"].split()))
    assert shown == {}


def flat(part: re.Pattern[str], source: str) -> str:
    """A part of a source page as plain text on one line."""
    found = part.search(source)
    assert found
    return " ".join(html.unescape(found[1]).split())
