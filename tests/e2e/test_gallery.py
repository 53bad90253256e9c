"""The gallery: lines that are hard to write from right to left, read glyph by glyph where a browser puts them.

Its page exists in these tests alone. It is drawn as answers and names are, with the styles of the app.
"""

import re
import unicodedata
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route

from tests.e2e.gallery import FILES, GALLERY, Hard
from tests.e2e.screen import Screen
from tests.e2e.server import Server
from tests.e2e.told import tell
from tests.fake_model_server import FakeModelServer, stream, words
from webui.pages.render import render
from webui.screen.answer_html import answer_html
from webui.screen.isolation import isolated_name

pytestmark = pytest.mark.timeout(300)

GLYPHS = """
element => {
  const glyphs = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (walker.nextNode()) {
    const { data } = walker.currentNode;
    for (let at = 0; at < data.length; at += 1) {
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + 1);
      const { left, right, top } = range.getBoundingClientRect();
      if (right > left) glyphs.push([data[at], (left + right) / 2, top]);
    }
  }
  return glyphs;
}
"""
"""Every letter of an element with its middle and its top, in pixels; not those that take no room."""


def seen(element: Locator, side: str) -> str:
    """The letters of one line as they stand on the screen, from the side at which it begins."""
    glyphs = [glyph for glyph in element.evaluate(GLYPHS) if not unicodedata.combining(glyph[0])]
    glyphs.sort(key=lambda glyph: glyph[1], reverse=side == "rtl")
    return "".join(letter for letter, _, _ in glyphs)


def wanted(hard: Hard) -> str:
    """The same, as the gallery has it: what stands between its two signs runs against the line."""
    shown = re.sub("‹(.*?)›", lambda piece: piece[1][::-1], hard.shown)
    return "".join(letter for letter in shown if not unicodedata.combining(letter))


def gallery_html() -> str:
    """The page: every line as an answer has it, and names of files as lists have them."""
    lines = "".join(f'<div class="hard">{answer_html(hard.text, {})}</div>' for hard in GALLERY)
    names = "".join(f'<p class="name">{isolated_name(hard.text)}</p>' for hard in FILES)
    body = f'<div id="chat"><div class="prose">{lines}</div></div><div id="names">{names}</div>'
    return render("base.html", style="screen.css").replace("<main", f"{body}<main")


@pytest.fixture(scope="module")
def gallery(server: Server, module_browser: Callable[..., BrowserContext]) -> Page:
    """The page of the gallery, wide enough for every line; the server knows nothing of it."""
    page = module_browser(server, viewport={"width": 1280, "height": 800}).new_page()

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html; charset=utf-8", body=gallery_html())

    page.route("**/gallery", answer)
    page.goto("/gallery")
    page.evaluate("document.fonts.ready")
    return page


def test_the_gallery_is_large() -> None:
    """Sixty lines and more, none of them twice."""
    assert len({hard.text for hard in GALLERY}) == len(GALLERY) >= 60


def test_every_line_stands_as_it_should(gallery: Page) -> None:
    """Character by character, from where each block begins."""
    for hard, line in zip(GALLERY, gallery.locator(".hard").all(), strict=True):
        block = line.locator("> *").first
        assert (block.get_attribute("dir"), seen(block, hard.side)) == (hard.side, wanted(hard)), hard.text


def test_blocks_begin_at_their_side(gallery: Page) -> None:
    """A Hebrew line begins at the right edge, an English one at the left."""
    for hard, line in zip(GALLERY, gallery.locator(".hard").all(), strict=True):
        glyphs = line.evaluate(GLYPHS)
        box = line.bounding_box()
        assert box
        edge = max(x for _, x, _ in glyphs) if hard.side == "rtl" else min(x for _, x, _ in glyphs)
        assert abs(edge - (box["x"] + box["width"] if hard.side == "rtl" else box["x"])) < 20, hard.text


def test_names_of_files_stand_as_they_should(gallery: Page) -> None:
    """In a list of documents a name reads as it does in an answer."""
    for hard, name in zip(FILES, gallery.locator("#names .name").all(), strict=True):
        assert seen(name, "rtl") == wanted(hard), hard.text


def test_nothing_short_is_torn_at_the_end_of_a_line(gallery: Page) -> None:
    """On the narrowest phone a phone number, an amount or a date still stands on one line, and nothing overflows."""
    gallery.set_viewport_size({"width": 320, "height": 800})
    torn = gallery.evaluate(
        """[...document.querySelectorAll(".hard bdi:not(.long)")]
             .filter((piece) => new Set([...piece.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
             .map((piece) => piece.textContent)"""
    )
    assert torn == []
    assert gallery.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    gallery.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.parametrize("colour", ["light", "dark"])
def test_a_real_answer_is_drawn_the_same(
    colour: str, server: Server, model: FakeModelServer, open_browser: Callable[..., BrowserContext]
) -> None:
    """What a model writes stands in the conversation, drawn by Gradio, as it does in the gallery."""
    screen = Screen(open_browser(server, color_scheme=colour, viewport={"width": 1440, "height": 900}).new_page())
    lines = [hard for hard in GALLERY if "[" not in hard.text]
    tell(model, stream(*words("\n\n".join(hard.text for hard in lines))))
    screen.open()
    screen.ask("מה עושים ברעידת אדמה אם אין ממ״ד?")
    screen.answered(lines[-1].text)
    blocks = screen.answer().locator(".prose > p[dir]")
    shown = {"".join(seen(block, block.get_attribute("dir") or "")) for block in blocks.all()}
    assert {wanted(hard) for hard in lines} - shown == set()
