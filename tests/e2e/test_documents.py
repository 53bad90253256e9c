"""The documents page in a real browser: a file that cannot be read, and one that is removed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.screen import READY_MS, Screen
from tests.e2e.server import Server
from webui.texts import document_texts, texts

pytestmark = pytest.mark.timeout(180)


def test_a_file_that_cannot_be_read_says_why_and_can_be_removed(
    server: Server, open_browser: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    """A broken PDF ends failed with a Hebrew reason beside one that is ready; deleting asks first and takes it away."""
    broken, good = tmp_path / "חוזה שבור.pdf", tmp_path / "תקנון קצר.txt"
    broken.write_bytes(b"%PDF-1.7\nthis is not a document")
    good.write_text("תקנון הבית המשותף. הרעש אסור בין השעות 14:00 ל־16:00.", encoding="utf-8")
    screen = Screen(open_browser(server).new_page())
    screen.open()
    screen.show_documents()
    screen.upload(broken, good)
    row = screen.ended(broken.name, "failed")
    screen.ended(good.name, "ready")
    expect(row.locator(".reason")).to_have_text(document_texts.REASONS["unreadable"])
    expect(row.locator('[data-action="retry"]')).to_have_count(0)  # the same bytes would fail again
    screen.press(broken.name, "delete")
    expect(screen.page.get_by_role("dialog")).to_contain_text(broken.name)
    screen.agree(texts.SCRIPT["delete"])
    expect(screen.document(broken.name)).to_have_count(0, timeout=READY_MS)
    expect(screen.document(good.name)).to_have_count(1)


def test_an_upload_that_is_refused_says_why(
    server: Server, open_browser: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    """A file over the limit leaves its name and the reason on the page, and the next one is taken all the same."""
    large, small = tmp_path / "ארכיון.txt", tmp_path / "הערה.txt"
    large.write_text("מילה " * 200_000, encoding="utf-8")
    small.write_text("הערה אחת על שעות הפתיחה של הארכיון.", encoding="utf-8")
    screen = Screen(open_browser(server, refused=413).new_page())
    screen.open()
    screen.show_documents()
    screen.upload(large, small)
    row = screen.page.locator("#documents .uploads .problem")
    expect(row).to_contain_text(large.name)
    expect(row).to_contain_text(document_texts.REASONS["too_large"].format(limit=1))
    screen.ended(small.name, "ready")
    expect(screen.document(large.name)).to_have_count(0)


def test_the_documents_stay_after_a_reload(server: Server, open_browser: Callable[..., BrowserContext]) -> None:
    """Whoever reloads the page of the documents, or opens it by its address, sees them."""
    screen = Screen(open_browser(server).new_page())
    screen.open()
    screen.show_documents()
    expect(screen.page.locator("#documents .document").first).to_be_visible()
    screen.page.reload()
    expect(screen.page.locator("#documents .document").first).to_be_visible()


def test_a_file_that_is_there_already_is_said_to_be(
    server: Server, open_browser: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    """The same bytes under another name are not taken in twice, and the page says so."""
    first, again = tmp_path / "נוהל השאלת ציוד.txt", tmp_path / "עותק.txt"
    for path in (first, again):
        path.write_text("השאלת ציוד מהמחסן מותרת לשבוע ימים.", encoding="utf-8")
    screen = Screen(open_browser(server).new_page())
    screen.open()
    screen.show_documents()
    screen.upload(first)
    screen.ended(first.name, "ready")
    screen.upload(again)
    row = screen.page.locator("#documents .uploads .problem")
    expect(row).to_contain_text(again.name)
    expect(row).to_contain_text(document_texts.SCRIPT["alreadyThere"])
    expect(screen.document(again.name)).to_have_count(0)
