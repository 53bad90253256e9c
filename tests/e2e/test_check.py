"""Checking the text of a document beside its pages, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.conftest import ROOT
from tests.e2e.screen import Screen
from tests.e2e.server import Server
from webui.texts import document_texts, texts

pytestmark = pytest.mark.timeout(180)

PDF = ROOT / "ingest" / "samples" / "מכרז 07-2026 שירותי גינון.pdf"


def test_a_word_of_the_text_is_found_on_the_page(server: Server, open_browser: Callable[..., BrowserContext]) -> None:
    """From the list to the check, page by page; a pressed word is marked on the image, and the other way round."""
    screen = Screen(open_browser(server, viewport={"width": 1280, "height": 800}).new_page())
    page = screen.page
    screen.open()
    screen.show_documents()
    screen.upload(PDF)
    screen.ended(PDF.name, "ready").locator("a.name").click()
    expect(page.locator("h1")).to_have_text(PDF.name)
    image = page.locator(".paper img")
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    word = page.locator("[data-box]", has_text="מכרז").first
    word.click()
    mark, paper = page.locator(".paper .box").bounding_box(), image.bounding_box()
    assert mark
    assert paper
    assert paper["x"] <= mark["x"]
    assert mark["x"] + mark["width"] <= paper["x"] + paper["width"]
    other = page.locator("[data-box]").nth(5)
    left, top, width, height = map(float, (other.get_attribute("data-box") or "").split())
    across, down = (left + width / 2) / 100, (top + height / 2) / 100
    image.click(position={"x": across * paper["width"], "y": down * paper["height"]})
    expect(other).to_have_class("marked")
    page.get_by_role("link", name=texts.NEXT_PAGE, exact=True).click()
    expect(page.locator(".steps .at")).to_have_text(
        document_texts.CHECK_OF.format(place=texts.PAGE.format(label=2), total=3)
    )
    page.get_by_role("link", name=document_texts.BACK_TO_DOCUMENTS).click()
    expect(screen.document(PDF.name)).to_be_visible()
