"""The panel of a source: its boxes lie on the words, its pages follow each other, and it can be left in every way."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageOps
from playwright.sync_api import Browser, BrowserContext, FloatRect, Locator, Page, expect

from answers.answer import Answer, Citation
from indexes.page import Page as Leaf
from indexes.settings import IndexSettings
from indexes.storage import Storage, open_storage
from ingest.readers.ocr import find_tesseract
from tests.e2e import pages_of_paper as paper
from tests.e2e.screen import ANSWER_MS, Screen
from tests.e2e.server import Server
from webui.accounts.account import Accounts
from webui.conversations import Conversations
from webui.texts import glossary_texts, source_texts, texts

pytestmark = pytest.mark.timeout(300)

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
SLACK = 1.5
"""Pixels of the screen by which a box that is rounded may be off."""
INK = 110
"""Below this a dot of the picture is ink: letters are black, and what is around them is white."""
CASES = {
    "lines": ("חוקת המועצה", 1, paper.LINES, 2),
    "over": ("חוקת המועצה", 1, paper.OVER, 1),
    "column": ("חוקת המועצה", 3, paper.COLUMN, 3),
    "row": ("חוקת המועצה", 4, " | ".join(paper.ROW), 1),
    "sideways": ("תקן חניה", 1, paper.SIDEWAYS, 2),
    "scanned": ("בריכת השחייה", 1, paper.SCANNED, 2),
    "text": ("הנחיות לשעת חירום", 1, "", 0),
}
"""Case -> the document, the page, the words that are cited, and how many boxes they have there at least."""


PLACES = """
leaf => [...leaf.querySelectorAll("img, rect.cited")].map((element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
})
"""
"""Where the picture of a page is, and then its boxes: at one moment, because pages may arrive above it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A running server, what it keeps, and the conversation in which each case is the citation of its number."""

    server: Server
    storage: Storage
    conversation_id: str
    citations: dict[str, Citation]

    def page(self, case: str, further: int = 0) -> Leaf:
        """The page on which a case is cited, or one behind it."""
        citation = self.citations[case]
        return self.storage.passages.page(citation.document_id, citation.page + further)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Desk]:
    """A server with the papers read, and an answer that cites them all."""
    if find_tesseract() is None:
        pytest.skip("a scan cannot be read: no tesseract")
    folder, server = tmp_path_factory.mktemp("papers"), Server(tmp_path_factory.mktemp("desk"))
    paper.write_all(browser, folder)
    (folder / "הנחיות לשעת חירום.txt").write_text(
        "\n\n".join([*["סעיף כללי בהנחיות המועצה."] * 60, "בזמן אזעקה יורדים לחדר המדרגות.", *["סעיף נוסף."] * 60]),
        encoding="utf-8",
    )
    server.command("ingest", *map(str, sorted(folder.iterdir())))
    server.start("--no-worker")
    storage = open_storage(IndexSettings(_env_file=None, data=server.data))
    citations = {case: cited(storage, number, case) for number, case in enumerate(CASES, start=1)}
    kept, account_id = Conversations(storage.engine), Accounts(storage.engine).owner().id
    conversation = kept.create(account_id, "מה כתוב?")
    turn = kept.add_question(account_id, conversation.id, "תוך כמה ימים תשמע הוועדה את העורר?")
    text = "\n\n".join(f"{case} [{citation.number}]" for case, citation in citations.items())
    kept.save_answer(turn.id, Answer(text, tuple(citations.values()), finished=True))
    yield Desk(server, storage, conversation.id, citations)
    server.stop()
    storage.engine.dispose()


def cited(storage: Storage, number: int, case: str) -> Citation:
    """The citation of a case, as far as its page goes."""
    title, page_number, said, _ = CASES[case]
    document = next(
        record
        for collection in storage.catalogue.collections()
        for record in storage.catalogue.documents(collection.id)
        if record.filename.startswith(title)
    )
    page = storage.passages.page(document.id, page_number)
    wanted = said or "בזמן אזעקה יורדים לחדר המדרגות."
    words = wanted.split()
    for length in range(len(words), 3, -1):  # what stands on the next page is not on this one
        if found := re.search(r"\s+".join(map(re.escape, words[:length])), page.text):
            break
    assert found, page.text
    chunk = storage.passages.chunks_of_document(document.id)[0]
    return Citation(
        number, chunk.id, document.id, chunk.collection_id, title, page_number, page.place, *found.span(), found[0]
    )


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def screen(request: pytest.FixtureRequest, desk: Desk, open_browser: Callable[..., BrowserContext]) -> Screen:
    """The conversation with the answer, in both sizes."""
    return opened(desk, open_browser(desk.server, **request.param))


def opened(desk: Desk, context: BrowserContext) -> Screen:
    screen = Screen(context.new_page())
    screen.open(f"/?c={desk.conversation_id}")
    expect(screen.answer().locator("a.cite").first).to_be_visible(timeout=ANSWER_MS)
    return screen


def show(screen: Screen, desk: Desk, case: str) -> Locator:
    """Presses the number of a case in the answer, and waits for its passage in the panel."""
    number = desk.citations[case].number
    screen.answer().locator("p a.cite").get_by_text(str(number), exact=True).click()
    panel = screen.page.locator("#source")
    leaf = panel.locator(f'.leaf[data-page="{desk.citations[case].page}"]')
    expect(leaf.locator(".cited").first).to_be_in_viewport(timeout=ANSWER_MS)
    return panel


def leaf_of(panel: Locator, number: int) -> Locator:
    return panel.locator(f'.leaf[data-page="{number}"]')


def inside(inner: FloatRect, outer: FloatRect) -> bool:
    return (
        outer["x"] - SLACK <= inner["x"]
        and outer["y"] - SLACK <= inner["y"]
        and inner["x"] + inner["width"] <= outer["x"] + outer["width"] + SLACK
        and inner["y"] + inner["height"] <= outer["y"] + outer["height"] + SLACK
    )


def boxes_lie_on_words(leaf: Locator, page: Leaf, start: int, end: int) -> list[FloatRect]:
    """Every cited word of the page is inside a box on the screen, and no other word is touched by one in its middle."""
    image, *boxes = leaf.evaluate(PLACES)
    across, down = image["width"] / page.width, image["height"] / page.height
    assert across == pytest.approx(down, rel=0.01), "the picture is stretched"
    assert boxes
    for word in page.words:
        left, top, right, bottom = word.box
        place = FloatRect(
            x=image["x"] + left * across, y=image["y"] + top * down,
            width=(right - left) * across, height=(bottom - top) * down,
        )  # fmt: skip
        said = page.text[word.start : word.end]
        if start < word.end and word.start < end:
            assert any(inside(place, box) for box in boxes), f"{said} is outside of the boxes"
        else:
            middle = FloatRect(x=place["x"] + place["width"] / 2, y=place["y"] + place["height"] / 2, width=0, height=0)
            assert not any(
                box["x"] < middle["x"] < box["x"] + box["width"] and box["y"] < middle["y"] < box["y"] + box["height"]
                for box in boxes
            ), f"{said} is boxed"
    return boxes


def boxes_hold_ink(leaf: Locator, picture: Path) -> None:
    """On the picture itself: letters begin just inside each box at its right and at its left, and none is cut there."""
    with Image.open(picture) as opened_picture:
        grey = ImageOps.grayscale(opened_picture)
    for box in leaf.locator("rect.cited").all():
        x, y, width, height = (
            float((box.get_attribute(name) or "").rstrip("%")) / 100 for name in ("x", "y", "width", "height")
        )
        corners = (x * grey.width, y * grey.height, (x + width) * grey.width, (y + height) * grey.height)
        crop = grey.crop(tuple(map(round, corners))).point(lambda dot: 255 if dot < INK else 0)  # type: ignore[arg-type]
        ink = crop.getbbox()
        assert ink, "a box without a letter"
        room = 5 * grey.width / 420  # five points of an A5 page
        assert 0 < ink[0] < room, "the left edge cuts a letter or is far from it"
        assert 0 < crop.width - ink[2] < room, "the right edge cuts a letter or is far from it"


@pytest.mark.parametrize("case", [case for case, (_, _, _, boxes) in CASES.items() if boxes])
def test_boxes_lie_on_the_words_of_the_page(screen: Screen, desk: Desk, case: str) -> None:
    """Over lines, columns, cells, on a page that was turned and on a scan, and again when the page is larger."""
    citation, page = desk.citations[case], desk.page(case)
    panel = show(screen, desk, case)
    leaf = leaf_of(panel, citation.page)
    assert len(boxes_lie_on_words(leaf, page, citation.start, citation.end)) >= CASES[case][3]
    boxes_hold_ink(leaf, desk.storage.files.page_image(citation.document_id, citation.page))
    panel.locator('[data-zoom="in"]').click()
    panel.locator('[data-zoom="in"]').click()
    expect(panel.locator('[data-zoom="none"]')).to_have_text("156%")
    boxes_lie_on_words(leaf, page, citation.start, citation.end)
    expect(leaf.locator(".cited").first).to_be_in_viewport()


def test_a_sentence_over_a_page_break_is_boxed_on_both_pages(screen: Screen, desk: Desk) -> None:
    """The quote is whole, the next page is there without being asked for, and its part is boxed to the end."""
    panel = show(screen, desk, "over")
    expect(panel.locator(".quote")).to_contain_text(paper.OVER[-30:])
    expect(panel.locator(".over")).to_have_text(source_texts.QUOTE_CONTINUED)
    page = desk.page("over", further=1)
    end = page.text.index("כשהחליטה.") + len("כשהחליטה.")
    leaf = leaf_of(panel, page.number)
    expect(leaf.locator(".cited").first).to_be_attached()
    boxes_lie_on_words(leaf, page, 0, end)


def test_pages_follow_each_other(screen: Screen, desk: Desk) -> None:
    """Scrolling brings the pages around, in their order and each once, and a button leads back to the passage."""
    panel = show(screen, desk, "column")
    content = panel.locator(".content")
    for to in ("content.scrollHeight", "0", "content.scrollHeight", "0"):
        content.evaluate(f"content => content.scrollTo(0, {to})")
        screen.page.wait_for_timeout(250)
    numbers = panel.locator(".leaf").evaluate_all("leaves => leaves.map((leaf) => leaf.dataset.page)")
    assert numbers == ["1", "2", "3", "4"]
    expect(panel.locator("rect.cited").first).not_to_be_in_viewport()
    panel.get_by_role("button", name=texts.CITED_PAGE).click()
    expect(panel.locator("rect.cited").first).to_be_in_viewport()
    expect(panel.get_by_role("button", name=texts.CITED_PAGE)).to_be_hidden()


def test_text_without_pages_is_marked_and_scrolled_to(screen: Screen, desk: Desk) -> None:
    """A text file shows its text with the passage marked, where it can be seen at once."""
    panel = show(screen, desk, "text")
    expect(panel.locator("mark.cited")).to_have_text("בזמן אזעקה יורדים לחדר המדרגות.")
    assert panel.locator("img").count() == 0


def test_why_a_passage_was_found_is_said_without_moving_the_page(screen: Screen, desk: Desk) -> None:
    """The words of the question that are in it, none of them twice; it opens over the page."""
    panel = show(screen, desk, "over")
    summary = panel.get_by_text(glossary_texts.WHY)
    before = summary.bounding_box()
    summary.click()
    words = panel.locator(".why dt").all_inner_texts()
    assert "העורר" in words
    assert len(words) == len(set(words))
    assert summary.bounding_box() == before
    reasons = panel.locator(".why .reasons").bounding_box()
    viewport = screen.page.viewport_size
    assert reasons
    assert viewport
    assert reasons["y"] + reasons["height"] <= viewport["height"]


def test_a_scan_says_that_it_is_one(screen: Screen, desk: Desk) -> None:
    """A page that was read from a picture explains itself, and leads to its text beside it."""
    panel = show(screen, desk, "scanned")
    expect(panel.locator(".note")).to_be_visible()
    address = panel.locator(".note a").get_attribute("href") or ""
    screen.page.goto(address)
    expect(screen.page.locator(".check .paper img")).to_be_visible()


def test_on_a_phone_the_panel_covers_everything_and_the_way_back_closes_it(
    desk: Desk, open_browser: Callable[..., BrowserContext]
) -> None:
    """Its whole screen; the keyboard stays inside; Escape, its button and the browser's way back close it."""
    screen = opened(desk, open_browser(desk.server, **PHONE))
    page = screen.page
    address = page.url
    leaves = (
        lambda: page.keyboard.press("Escape"),
        lambda: page.locator("#source .close").click(),
        page.go_back,
    )
    for leave in leaves:
        panel = show(screen, desk, "lines")
        expect(panel.locator(".panel")).to_have_attribute("aria-modal", "true")
        box = panel.bounding_box()
        assert box == FloatRect(x=0, y=0, width=390, height=844)
        for _ in range(14):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest('#source, body') !== null")
            assert page.evaluate(
                "document.activeElement === document.body || !!document.activeElement.closest('#source')"
            )
        leave()
        expect(panel).to_be_hidden()
        assert page.url == address
        expect(screen.answer().locator("a.cite").first).to_be_visible()
    assert page.evaluate("document.querySelectorAll('[inert]').length") == 0


def test_on_a_desk_the_panel_is_at_the_left_and_as_wide_as_wanted(
    desk: Desk, open_browser: Callable[..., BrowserContext]
) -> None:
    """Beside the talk; its edge is drawn or moved by keys, and stays so after a reload; Escape gives the focus back."""
    screen = opened(desk, open_browser(desk.server, **DESKTOP))
    page = screen.page
    panel = show(screen, desk, "lines")
    talk, before = page.locator("#talk").bounding_box(), panel.bounding_box()
    assert talk
    assert before
    assert before["x"] == 0
    assert before["x"] + before["width"] <= talk["x"] + 1
    grip = panel.get_by_role("separator", name=source_texts.WIDTH)
    edge = grip.bounding_box()
    assert edge
    page.mouse.move(edge["x"] + 4, 400)
    page.mouse.down()
    page.mouse.move(edge["x"] + 104, 400, steps=4)
    page.mouse.up()
    wider = panel.bounding_box()
    assert wider
    assert wider["width"] == pytest.approx(before["width"] + 100, abs=6)
    grip.focus()
    page.keyboard.press("ArrowLeft")
    narrower = panel.bounding_box()
    assert narrower
    assert narrower["width"] < wider["width"]
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('a.cite')")
    page.reload()
    again = show(screen, desk, "lines").bounding_box()
    assert again
    assert again["width"] == pytest.approx(narrower["width"], abs=1)


def test_a_page_is_enlarged_by_wheel_and_fingers(desk: Desk, open_browser: Callable[..., BrowserContext]) -> None:
    """The wheel with Ctrl and two fingers enlarge the page and not the browser's window; what is pointed at stays."""
    screen = opened(desk, open_browser(desk.server, **DESKTOP, has_touch=True))
    page = screen.page
    panel = show(screen, desk, "lines")
    box = panel.locator("rect.cited").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    expect(panel.locator('[data-zoom="none"]')).not_to_have_text("100%")
    larger = panel.locator("rect.cited").first.bounding_box()
    assert larger
    assert larger["width"] > box["width"] * 1.2
    assert larger["y"] + larger["height"] / 2 == pytest.approx(box["y"] + box["height"] / 2, abs=3)
    panel.locator('[data-zoom="none"]').click()
    pinch(page, panel)
    expect(panel.locator('[data-zoom="none"]')).to_have_text("200%")
    assert page.evaluate("visualViewport.scale") == 1


def pinch(page: Page, panel: Locator) -> None:
    """Two fingers on the page, which move to twice their distance."""
    panel.locator(".content").evaluate(
        """content => {
             const fingers = (apart) => [0, 1].map((identifier) =>
               new Touch({ identifier, target: content, clientX: 200 + identifier * apart, clientY: 400 }));
             for (const [type, apart] of [["touchstart", 60], ["touchmove", 90], ["touchmove", 120]]) {
               const touches = fingers(apart);
               content.dispatchEvent(new TouchEvent(type, { touches, bubbles: true, cancelable: true }));
             }
           }"""
    )


def test_a_source_in_a_window_of_its_own(desk: Desk, open_browser: Callable[..., BrowserContext]) -> None:
    """Opened as a link it is a page with the same boxes, and its neighbours are a link away."""
    screen = opened(desk, open_browser(desk.server, **DESKTOP))
    href = screen.answer().locator("p a.cite").first.get_attribute("href") or ""
    page = screen.page
    page.goto(href)
    expect(page.locator("h1")).to_contain_text(desk.citations["lines"].title)
    citation = desk.citations["lines"]
    boxes_lie_on_words(leaf_of(page.locator("body"), 1), desk.page("lines"), citation.start, citation.end)
    page.get_by_role("link", name=texts.NEXT_PAGE, exact=True).click()
    expect(page.locator('.leaf[data-page="2"] img')).to_be_visible()
    page.get_by_role("link", name=texts.CITED_PAGE).click()
    expect(page.locator("rect.cited").first).to_be_visible()
