"""Collections in a real browser: the guided start, their cards, what is done with several documents, moving them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.people import new_collection
from tests.e2e.screen import ANSWER_MS, READY_MS, Screen
from tests.e2e.server import Server
from webui.texts import collection_texts, document_texts, guide_texts, status_texts

pytestmark = pytest.mark.timeout(300)

DEVICES = {"desktop": ({"width": 1280, "height": 800}, "light"), "phone": ({"width": 390, "height": 844}, "dark")}


@pytest.fixture(params=DEVICES)
def screen(request: pytest.FixtureRequest, quoting: Server, open_browser: Callable[..., BrowserContext]) -> Screen:
    """The screen of a first start on a desktop, and on a phone at night."""
    viewport, scheme = DEVICES[request.param]
    screen = Screen(open_browser(quoting, viewport=viewport, color_scheme=scheme).new_page())
    screen.open()
    return screen


def box(locator: Locator) -> dict[str, float]:
    """Where something is on the screen."""
    found = locator.bounding_box()
    assert found
    return found


def fits(page: Page) -> None:
    """Nothing is wider than the window."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('#documents'))")


def shown_guide(page: Page) -> Locator:
    """The guided start, begun anew from the menu of the person."""
    page.goto("/")
    page.goto("/#guide")
    guide = page.locator("#guide .guide")
    expect(guide).to_be_visible()
    return guide


def test_a_newcomer_is_led_to_an_answer_of_their_own(screen: Screen, tmp_path: Path) -> None:
    """Three steps, each with one thing to do: a collection, a file, a question that is answered from that file."""
    page = screen.page
    guide = shown_guide(page)
    if guide.get_attribute("data-step") == "1":
        guide.locator("input").fill("נהלי המשרד")
        guide.locator("button.main").click()
        expect(page.locator("#guide [data-step='2'], #guide .guide[data-step='2']")).to_be_visible()
        file = tmp_path / "נוהל חניה.txt"
        file.write_text("אגרת החניה לתושבי הכפר היא 37 שקלים לחודש.", encoding="utf-8")
        with page.expect_file_chooser() as chooser:
            page.locator('[data-guide="files"]').click()
        chooser.value.set_files(file)
        screen.ended(file.name, "ready")
    expect(page.locator('#guide .guide[data-step="3"]')).to_be_visible(timeout=READY_MS)
    page.locator('[data-guide="ask"]').click()
    expect(page.locator("#guide")).to_be_empty()
    expect(page.locator("#picker button.chosen")).to_contain_text("נהלי המשרד")
    expect(page.locator("#question textarea")).to_be_focused()
    screen.ask("מה גובה אגרת החניה לתושבים?")
    expect(screen.answer()).to_contain_text("37", timeout=ANSWER_MS)


def test_the_guide_is_skipped_and_found_again(screen: Screen) -> None:
    """Whoever skips it is told where it is, and it stays away."""
    page = screen.page
    guide = shown_guide(page)
    guide.locator('[data-guide="end"]').click()
    expect(page.locator("#guide")).to_be_empty()
    expect(page.locator("#toasts")).to_contain_text(document_texts.SCRIPT["guideEnded"])
    page.reload()
    expect(page.locator("#conversations")).not_to_be_empty()
    expect(page.locator("#guide")).to_be_empty()
    page.locator("#me summary").click()
    page.locator("#me").get_by_role("link", name=guide_texts.NAME).click()
    expect(page.locator("#guide .guide")).to_be_visible()
    page.locator('[data-guide="end"]').click()


def test_collections_are_cards(screen: Screen) -> None:
    """Each says what is in it and for whom; they begin at the right, and a press anywhere on one opens it."""
    page = screen.page
    screen.show_cards()
    first = page.locator("#documents .collection").first
    expect(first).to_contain_text(collection_texts.DOCUMENTS.format(count=10))
    expect(first).to_contain_text(collection_texts.OPEN_TO_TEAM)
    room, card = box(page.locator("#documents .cards")), box(first)
    assert card["x"] + card["width"] == pytest.approx(room["x"] + room["width"], abs=1)
    fits(page)
    page.mouse.click(card["x"] + card["width"] / 2, card["y"] + card["height"] - 40)
    expect(page.locator("#documents .document").first).to_be_visible()
    expect(page.locator("#documents h2")).to_be_focused()
    page.go_back()
    expect(page.locator("#documents .cards")).to_be_visible()


def test_an_empty_collection_says_what_to_do(screen: Screen) -> None:
    """A new one shows where files go and nothing to filter; a filter that finds nothing offers all documents again."""
    page = screen.page
    new_collection(page, f"ריק {page.viewport_size['width']}")
    expect(page.locator("#documents .none")).to_contain_text(document_texts.NO_DOCUMENTS_NEXT)
    expect(page.locator("#documents .drop")).to_be_visible()
    expect(page.locator("#documents .filter")).to_be_hidden()
    fits(page)
    screen.show_documents()
    page.locator("#documents .filter input").fill("אין כזה מסמך")
    expect(page.locator("#documents .none")).to_contain_text(document_texts.NO_MATCH)
    page.locator("#documents [data-clear]").click()
    expect(page.locator("#documents .document")).to_have_count(10)


def test_documents_are_sorted(screen: Screen) -> None:
    """By name as people count, and by size."""
    page = screen.page
    screen.show_documents()
    page.locator('#documents select[name="sort"]').select_option("name")
    names = page.locator("#documents .document .name")
    expect(names.first).to_have_text("היתר לפסטיבל לילות שקמה.pdf")
    found = names.all_inner_texts()
    assert [re.sub(r"\s", " ", name) for name in found] == sorted(found)


def test_several_documents_move_together(screen: Screen, tmp_path: Path) -> None:
    """Chosen ones stay chosen while the list is drawn anew, go to the other collection, and are searchable there."""
    page, width = screen.page, screen.page.viewport_size["width"]
    target = new_collection(page, f"ארכיון {width}")
    new_collection(page, f"שולחן {width}")
    files = [tmp_path / f"מכתב {number}.txt" for number in (9, 10, 11)]
    for file in files:
        file.write_text(f"{file.name} של שנת {width}.", encoding="utf-8")
    screen.upload(*files)
    for file in files:
        screen.ended(file.name, "ready")
    row = screen.document(files[0].name)
    tick, name, menu = (box(row.locator(part)) for part in ("input.pick", ".name", ".more summary"))
    assert tick["x"] > name["x"] + name["width"] > name["x"] > menu["x"] + menu["width"]
    for file in files[:2]:
        screen.document(file.name).locator("input.pick").check()
    chosen = page.locator("#documents .chosen")
    expect(chosen).to_contain_text(document_texts.SCRIPT["chosenMany"].format(count=2))
    bar = box(chosen)
    assert bar["x"] >= 0
    assert bar["x"] + bar["width"] <= width
    chosen.locator('[data-chosen="move"]').click()
    dialog = page.get_by_role("dialog")
    dialog.locator("select").select_option(target)
    dialog.get_by_role("button", name=document_texts.SCRIPT["move"], exact=True).click()
    expect(page.locator("#documents .document")).to_have_count(1)
    expect(chosen).to_be_hidden()
    page.locator("#toasts").get_by_role("button", name=document_texts.SCRIPT["openMoved"]).click()
    for file in files[:2]:
        screen.ended(file.name, "ready")
    fits(page)


def test_a_menu_stays_on_the_screen(screen: Screen) -> None:
    """The menu of a row opens inside the window, closes with Escape, and the keyboard is where it was."""
    page = screen.page
    screen.show_documents()
    summary = page.locator("#documents .document .more summary").first
    summary.click()
    items = box(page.locator("#documents .more[open] .items"))
    assert items["x"] >= 0
    assert items["x"] + items["width"] <= page.viewport_size["width"]
    page.keyboard.press("Escape")
    expect(page.locator("#documents .more[open]")).to_have_count(0)
    expect(summary).to_be_focused()


def test_files_are_dropped_on_a_card(
    quoting: Server, open_browser: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    """A folder that is dropped on the card of a collection goes into that one."""
    screen = Screen(open_browser(quoting).new_page())
    screen.open()
    page = screen.page
    target = new_collection(page, "לגרירה")
    folder = tmp_path / "תיקייה"
    folder.mkdir()
    (folder / "מכתב.txt").write_text("מכתב שנגרר אל כרטיס.", encoding="utf-8")
    screen.show_cards()
    card = page.locator(f'#documents .collection[data-collection="{target}"]')
    expect(card).to_be_visible()
    at = box(card)
    devtools = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
        point = {"x": at["x"] + at["width"] / 2, "y": at["y"] + 30}
        devtools.send("Input.dispatchDragEvent", {"type": kind, **point, "data": data})
    expect(card).to_contain_text(collection_texts.DOCUMENTS_ONE, timeout=READY_MS)
    card.locator("a").first.click()
    screen.ended("מכתב.txt", "ready")


def test_quotation_mode_leads_to_how_a_model_is_connected(screen: Screen) -> None:
    """The banner of the conversation leads to a page with the lines to copy, which read from left to right."""
    page = screen.page
    page.locator("#banner a").click()
    expect(page.get_by_role("heading", name=status_texts.CONNECT)).to_be_visible()
    line = page.locator('.copy input[value^="DARASH_MODEL_URL="]')
    assert line.evaluate("element => getComputedStyle(element).direction") == "ltr"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture
def narrow(quoting: Server, open_browser: Callable[..., BrowserContext]) -> Page:
    """A window of 320 pixels, as at 400 % zoom (WCAG 2.1, 1.4.10)."""
    return open_browser(quoting, viewport={"width": 320, "height": 640}).new_page()


def test_nothing_overflows_at_320(narrow: Page) -> None:
    """Cards, the list with a menu open, and the guide fit into a narrow window."""
    screen = Screen(narrow)
    screen.open()
    shown_guide(narrow)
    screen.show_cards()
    fits(narrow)
    screen.show_documents()
    narrow.locator("#documents .more summary").first.click()
    fits(narrow)
    narrow.locator('[data-guide="end"]').click()
