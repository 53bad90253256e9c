"""One's conversations: finding, naming, pinning and deleting them, what they search, drafts and the keyboard."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.screen import ANSWER_MS, Screen
from tests.e2e.server import Server
from tests.e2e.told import slowly, tell
from tests.fake_model_server import FakeModelServer, stream, words
from webui.texts import conversation_texts, texts

pytestmark = pytest.mark.timeout(240)

QUESTION = "מה עושים ברעידת אדמה אם אין ממ״ד?"
ANSWER = "אם אין ממ״ד, יורדים לחדר המדרגות [1]."
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}


class List(Screen):
    """The page with its list of conversations."""

    def talked(self, question: str) -> str:
        """Asks in a new conversation without looking, and returns its id."""
        asked = {"question": question, "stream": False}
        response = self.page.request.post("/api/ask", data=asked, headers={"origin": self.address})
        return str(response.json()["conversation"])

    @property
    def address(self) -> str:
        """Where the server is."""
        return self.page.url.partition("/?")[0].rstrip("/")

    def item(self, conversation_id: str) -> str:
        """The selector of a conversation in the list."""
        return f'#conversations li[data-id="{conversation_id}"]'

    def act(self, conversation_id: str, name: str) -> None:
        """Opens the menu of a conversation and presses what has that name."""
        self.page.locator(f"{self.item(conversation_id)}").hover()
        self.page.locator(f"{self.item(conversation_id)} .more").click()
        self.page.locator("#acts").get_by_text(name, exact=True).click()

    def titles(self) -> list[str]:
        """What the list says."""
        return [text.strip() for text in self.page.locator("#conversations .title").all_text_contents()]


@pytest.fixture
def opened(
    server: Server, model: FakeModelServer, open_browser: Callable[..., BrowserContext]
) -> Iterator[Callable[..., List]]:
    """Opens the page in a window of a kind; the list is empty."""
    tell(model, stream(*words(ANSWER)))

    def open_one(**settings: object) -> List:
        screen = List(open_browser(server, **settings).new_page())
        screen.open()
        for one in screen.page.request.get("/api/conversations").json():
            screen.page.request.delete(f"/api/conversations/{one['id']}", headers={"origin": screen.address})
        return screen

    return open_one


def box(page: Page, selector: str) -> dict[str, float]:
    """Where an element is, in pixels."""
    found = page.locator(selector).bounding_box()
    assert found is not None
    return {**found, "right": found["x"] + found["width"], "bottom": found["y"] + found["height"]}


def test_the_list_stands_on_the_right_below_days(opened: Callable[..., List]) -> None:
    """The list is right of the conversation; every title begins at its right edge, and buttons are at its left."""
    screen = opened(**DESKTOP)
    first = screen.talked("מה עושים ברעידת אדמה?")
    screen.open(f"/?c={first}")
    expect(screen.page.locator(f"{screen.item(first)} a")).to_have_attribute("aria-current", "true")
    expect(screen.page.locator("#conversations h2")).to_have_text(conversation_texts.TODAY)
    side, talk = box(screen.page, "#side"), box(screen.page, "#talk")
    assert side["x"] >= talk["right"] - 1
    title, more = box(screen.page, f"{screen.item(first)} .title bdi"), box(screen.page, f"{screen.item(first)} .more")
    assert side["right"] - title["right"] < 40
    # The line that is cut where it is too long has the direction of its words, else it would lose the first of them.
    expect(screen.page.locator(f"{screen.item(first)} .title > bdi")).to_have_css("direction", "rtl")
    expect(screen.page.locator(f"{screen.item(first)} .title > bdi")).to_have_css("text-overflow", "ellipsis")
    assert more["right"] <= title["x"] + 1


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_searching_opens_the_place(opened: Callable[..., List], window: dict[str, object]) -> None:
    """What was asked and answered is found, the words are marked, and a hit opens the conversation at that place."""
    screen = opened(**window)
    first, second = screen.talked("מה עושים ברעידת אדמה?"), screen.talked("לאן יורדים אם אין ממ״ד?")
    screen.open(f"/?c={second}")
    page, on_phone = screen.page, "is_mobile" in window
    if on_phone:
        page.locator("#top .menu").click()
    page.locator("#find input").fill("רעידת")
    expect(page.locator("#conversations li")).to_have_count(1)
    assert page.locator("#conversations mark").all_inner_texts() == ["ברעידת"]
    page.locator("#find input").fill("לחדר")
    expect(page.locator("#conversations li")).to_have_count(2)
    expect(page.locator(f"{screen.item(first)} .snippet mark")).to_have_text("לחדר")
    expect(page.locator("#found")).to_have_text(conversation_texts.found(2))
    page.locator(f"{screen.item(first)} a").click()
    expect(page.locator("#chat .user-row")).to_contain_text("ברעידת")
    assert screen.conversation_id() == first
    expect(screen.answer()).to_be_in_viewport()
    if on_phone:
        page.locator("#top .menu").click()
    page.locator("#find input").fill("אין כזה")
    expect(page.locator("#conversations")).to_have_text(conversation_texts.NOTHING_FOUND)
    page.locator("#find input").press("Escape")
    expect(page.locator("#conversations li")).to_have_count(2)


def test_renaming_in_place(opened: Callable[..., List]) -> None:
    """Enter keeps the new name, Escape the old one; the name stays after a reload, and the focus in the list."""
    screen = opened(**DESKTOP)
    first = screen.talked("מה עושים ברעידת אדמה?")
    screen.open()
    screen.act(first, conversation_texts.RENAME)
    field = screen.page.locator(f"{screen.item(first)} input")
    expect(field).to_have_value("מה עושים ברעידת אדמה?")
    field.fill("<b>נהלי</b> חירום 2026")
    field.press("Enter")
    expect(screen.page.locator(f"{screen.item(first)} .title")).to_have_text("<b>נהלי</b> חירום 2026")
    expect(screen.page.locator(f"{screen.item(first)} a")).to_be_focused()
    screen.act(first, conversation_texts.RENAME)
    field.fill("אחר")
    field.press("Escape")
    expect(screen.page.locator(f"{screen.item(first)} .title")).to_have_text("<b>נהלי</b> חירום 2026")
    screen.open()
    assert screen.titles() == ["<b>נהלי</b> חירום 2026"]


def test_pinning(opened: Callable[..., List]) -> None:
    """What is pinned stands above all days until the pin is taken out."""
    screen = opened(**DESKTOP)
    first, _ = screen.talked("ראשונה"), screen.talked("שנייה")
    screen.open()
    assert screen.titles() == ["שנייה", "ראשונה"]
    screen.act(first, conversation_texts.PIN)
    headings = screen.page.locator("#conversations h2")
    expect(headings).to_have_text([conversation_texts.PINNED, conversation_texts.TODAY])
    assert screen.titles() == ["ראשונה", "שנייה"]
    screen.act(first, conversation_texts.UNPIN)
    expect(headings).to_have_text([conversation_texts.TODAY])
    assert screen.titles() == ["שנייה", "ראשונה"]


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_deleting_can_be_undone(opened: Callable[..., List], window: dict[str, object]) -> None:
    """Deleting the open conversation opens a new one; taken back, it is in the list and open again."""
    screen = opened(**window)
    first, second = screen.talked("ראשונה"), screen.talked("שנייה")
    screen.open(f"/?c={first}")
    page = screen.page
    expect(page.locator("#chat .user-row")).to_have_count(1)
    if "is_mobile" in window:
        page.locator("#top .menu").click()
        expect(page.locator(f"{screen.item(first)} .more")).to_be_in_viewport()
    page.locator(f"{screen.item(first)} .more").click()
    menu, width = box(page, "#acts"), page.viewport_size["width"]
    assert menu["x"] >= 0
    assert menu["right"] <= width
    assert menu["bottom"] <= page.viewport_size["height"]
    page.locator("#acts .remove").click()
    expect(page.locator("#chat .message-row")).to_have_count(0)
    expect(page.locator(screen.item(first))).to_have_count(0)
    assert "c=" not in page.url
    page.locator("#toasts").get_by_role("button", name=conversation_texts.SCRIPT["undo"]).click()
    expect(page.locator(screen.item(first))).to_have_count(1)
    expect(page.locator("#chat .user-row")).to_contain_text("ראשונה")
    assert screen.conversation_id() == first
    if "is_mobile" in window:
        page.locator("#top .menu").click()
    screen.act(second, texts.DELETE_CONVERSATION)
    expect(page.locator(screen.item(second))).to_have_count(0)
    expect(page.locator("#chat .user-row")).to_contain_text("ראשונה")
    screen.open()
    assert screen.titles() == ["ראשונה"]


def test_the_menu_by_keyboard(opened: Callable[..., List]) -> None:
    """The button opens the menu with Enter and the focus goes into it; Escape closes it and gives the focus back."""
    screen = opened(**DESKTOP)
    first = screen.talked("ראשונה")
    screen.open()
    more = screen.page.locator(f"{screen.item(first)} .more")
    more.focus()
    screen.page.keyboard.press("Enter")
    expect(screen.page.locator("#acts .pin")).to_be_focused()
    screen.page.keyboard.press("Escape")
    expect(screen.page.locator("#acts")).to_be_hidden()
    expect(more).to_be_focused()


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_choosing_what_is_searched(
    opened: Callable[..., List], model: FakeModelServer, window: dict[str, object]
) -> None:
    """Some collections are chosen beside the question; it says which, and the conversation keeps them."""
    screen = opened(**window)
    page = screen.page
    made = {one["name"] for one in page.request.get("/api/collections").json()}
    for name in ("נהלים", "C++ וחוזים", "פרוטוקולים"):
        if name not in made:
            page.request.post("/api/collections", data={"name": name}, headers={"origin": screen.address})
    screen.open()
    said = page.locator("#picker .chosen strong")
    expect(said).to_have_text(conversation_texts.ALL_COLLECTIONS)
    page.locator("#picker .chosen").click()
    choice = box(page, "#choice")
    assert choice["x"] >= 0
    assert choice["right"] <= page.viewport_size["width"]
    assert choice["y"] >= 0
    for name in ("נהלים", "C++ וחוזים"):
        page.locator("#choice").get_by_label(name).check()
    expect(said).to_have_text("נהלים, C++ וחוזים")
    page.locator("#choice").get_by_label("פרוטוקולים").check()
    expect(said).to_contain_text("1")
    page.locator("#choice").get_by_label("C++ וחוזים").uncheck()
    page.locator("#choice").get_by_label("פרוטוקולים").uncheck()
    expect(said).to_have_text("נהלים")
    expect(page.locator('#choice input[name="all"]')).not_to_be_checked()
    page.keyboard.press("Escape")
    screen.ask("מה עושים?")
    asked = screen.conversation_id()
    screen.ready()
    assert len(page.request.get(f"/api/conversations/{asked}").json()["collection_ids"]) == 1
    expect(said).to_have_text("נהלים")
    screen.open(f"/?c={asked}")
    expect(said).to_have_text("נהלים")
    page.locator("#picker .chosen").click()
    page.locator('#choice input[name="all"]').check()
    expect(said).to_have_text(conversation_texts.ALL_COLLECTIONS)
    page.keyboard.press("Escape")
    screen.open(f"/?c={asked}")
    expect(said).to_have_text(conversation_texts.ALL_COLLECTIONS)


def test_drafts_stay_with_their_conversations(opened: Callable[..., List], model: FakeModelServer) -> None:
    """What was typed and not sent comes back in its conversation, also after a reload; what was sent does not."""
    screen = opened(**DESKTOP)
    first = screen.talked("ראשונה")
    screen.open()
    page, question = screen.page, screen.page.locator("#question textarea")
    question.fill(QUESTION)
    page.locator(f"{screen.item(first)} a").click()
    expect(page.locator("#chat .user-row")).to_have_count(1)
    expect(question).to_have_value("")
    question.fill("טיוטה של ראשונה")
    page.locator("#new").click()
    expect(question).to_have_value(QUESTION)
    page.reload()
    expect(question).to_have_value(QUESTION)
    question.press("Enter")
    screen.answered("חדר המדרגות")
    expect(question).to_have_value("")
    page.locator("#new").click()
    expect(page.locator("#chat .message-row")).to_have_count(0)
    expect(question).to_have_value("")
    page.locator(f"{screen.item(first)} a").click()
    expect(question).to_have_value("טיוטה של ראשונה")


def test_the_keyboard(opened: Callable[..., List], model: FakeModelServer) -> None:
    """New, search, the question, the source, the conversations of the list and stopping, without a mouse."""
    screen = opened(**DESKTOP)
    first, second = screen.talked("ראשונה"), screen.talked(QUESTION)
    screen.open(f"/?c={second}")
    page, keys = screen.page, screen.page.keyboard
    expect(page.locator("#chat .user-row")).to_contain_text("ממ״ד")
    expect(page.locator(f"{screen.item(second)} a")).to_have_attribute("aria-current", "true")
    keys.press("Alt+ArrowDown")
    expect(page.locator("#chat .user-row")).to_contain_text("ראשונה")
    expect(page.locator(f"{screen.item(first)} a")).to_have_attribute("aria-current", "true")
    keys.press("Alt+ArrowUp")
    expect(page.locator("#chat .user-row")).to_contain_text("ממ״ד")
    expect(page.locator("#chat a.cite").first).to_be_visible()
    keys.press("Alt+s")
    expect(page.locator("#source .panel")).to_be_visible()
    keys.press("Escape")
    expect(page.locator("#source .panel")).to_be_hidden()
    keys.press("Control+k")
    expect(page.locator("#find input")).to_be_focused()
    keys.type("?/")
    expect(page.locator("#find input")).to_have_value("?/")
    expect(page.locator("#shortcuts")).to_be_hidden()
    keys.press("Alt+n")
    expect(page.locator("#chat .message-row")).to_have_count(0)
    expect(page.locator("#question textarea")).to_be_focused()
    tell(model, slowly("מילה " * 300))
    keys.type(QUESTION)
    keys.press("Enter")
    expect(screen.answer()).to_contain_text("מילה", timeout=ANSWER_MS)
    keys.press("Escape")
    expect(screen.answer()).to_contain_text(texts.PROBLEMS["stopped"], timeout=ANSWER_MS)


def test_the_help_and_its_switch(opened: Callable[..., List]) -> None:
    """`?` lists the keys, in a dialog that keeps the focus; the shortcuts of one sign can be switched off for good."""
    screen = opened(**DESKTOP)
    page, keys, dialog = screen.page, screen.page.keyboard, screen.page.locator("#shortcuts")
    page.locator("#new").focus()
    keys.press("?")
    expect(dialog).to_be_visible()
    expect(dialog.locator("dt")).to_have_count(len(conversation_texts.KEYS))
    expect(dialog.get_by_role("button", name=texts.CLOSE)).to_be_focused()
    rows = dialog.locator("dl div")
    what, key = rows.first.locator("dt").bounding_box(), rows.first.locator("kbd").bounding_box()
    assert what["x"] > key["x"]
    dialog.get_by_label(conversation_texts.SINGLE_KEYS).uncheck()
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    keys.press("?")
    keys.press("/")
    expect(dialog).to_be_hidden()
    expect(page.locator("#question textarea")).not_to_be_focused()
    screen.open()
    page.locator('[data-action="shortcuts"]').click()
    expect(dialog.get_by_label(conversation_texts.SINGLE_KEYS)).not_to_be_checked()
    dialog.get_by_label(conversation_texts.SINGLE_KEYS).check()
    keys.press("Escape")
    page.locator("#new").focus()
    keys.press("/")
    expect(page.locator("#question textarea")).to_be_focused()
