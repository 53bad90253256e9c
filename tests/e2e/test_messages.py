"""What can be done with questions and answers, and what their marks say, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.screen import ANSWER_MS, Screen
from tests.e2e.server import Server
from tests.e2e.told import slowly, tell
from tests.fake_model_server import FakeModelServer, stream, words
from webui.texts import talk_texts

pytestmark = pytest.mark.timeout(180)

QUESTION = "מה עושים ברעידת אדמה אם אין ממ״ד?"
OTHER = "לאן יורדים ברעידת אדמה?"
ANSWER = "אם אין ממ״ד, יורדים **לחדר המדרגות** [1].\n\n- ראשון\n- שני\n\n| יום | שעה |\n|---|---|\n| א׳ | 08:30 |"
WIDE = "\n".join(
    ["| " + " | ".join(f"כותרת {n} של הטבלה" for n in range(14)) + " |", "|" + "---|" * 14]
    + ["| " + " | ".join(f"ערך ארוך למדי {n}" for n in range(14)) + " |"] * 12
)
CODE = "```python\ndef total(price, vat=0.18):\n    return price * (1 + vat)\n```"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}

CLIPBOARD = """() => {
  window.clip = {};
  const set = DataTransfer.prototype.setData;
  DataTransfer.prototype.setData = function (kind, data) {
    window.clip[kind] = data;
    return set.call(this, kind, data);
  };
}"""


def clipped(screen: Screen) -> tuple[str, str]:
    """What was put on the clipboard since the last time: as text, and as HTML."""
    for _ in range(100):
        clip = screen.page.evaluate("window.clip")
        if clip:
            break
        screen.page.wait_for_timeout(50)
    screen.page.evaluate("window.clip = {}")
    return clip["text/plain"], clip.get("text/html", "")


@pytest.fixture
def screen(server: Server, open_browser: Callable[..., BrowserContext]) -> Screen:
    """The page, signed in."""
    screen = Screen(open_browser(server).new_page())
    screen.open()
    return screen


def answered(screen: Screen, model: FakeModelServer, answer: str = ANSWER, question: str = QUESTION) -> None:
    """Asks and waits for all of the answer."""
    tell(model, stream(*words(answer)))
    screen.ask(question)
    expect(screen.answer().locator(".tools [data-act=copy]")).to_be_visible(timeout=ANSWER_MS)
    screen.ready()


def test_an_answer_is_copied_with_its_sources_and_as_text(screen: Screen, model: FakeModelServer) -> None:
    """The clipboard gets what it looks like and its words, with the sources, or the words alone, over http too."""
    answered(screen, model)
    page = screen.page
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.evaluate(CLIPBOARD)
    screen.answer().locator("[data-act=copy]").click()
    text, html = clipped(screen)
    assert text.startswith("אם אין ממ״ד, יורדים לחדר המדרגות [1].\n\n- ראשון\n- שני\n\nיום\tשעה\nא׳\t08:30\n\n")
    assert talk_texts.SCRIPT["sources"] in text
    assert "[1] הנחיות לשעת חירום" in text
    assert '<div dir="rtl">' in html
    assert "<strong>לחדר המדרגות</strong>" in html
    assert "<td" in html
    assert "button" not in html
    expect(screen.status()).to_have_text(talk_texts.SCRIPT["copied"])
    screen.answer().locator("details.take summary").click()
    screen.answer().locator("[data-act=copy-text]").click()
    text, html = clipped(screen)
    assert text.endswith("א׳\t08:30")
    assert html == ""
    expect(screen.answer().locator("details.take")).not_to_have_attribute("open", "")


def test_an_opinion_is_given_changed_and_taken_back(screen: Screen, model: FakeModelServer) -> None:
    """Good is one press; bad asks for reasons; both are there after a reload, and pressing again takes it back."""
    answered(screen, model)
    page = screen.page
    good, bad = (screen.answer().locator(f"[data-act={name}]") for name in ("good", "bad"))
    good.click()
    expect(good).to_have_attribute("aria-pressed", "true")
    bad.click()
    dialog = page.get_by_role("dialog", name=talk_texts.BAD_HEADING)
    dialog.get_by_label(talk_texts.REASONS["not_in_source"]).check()
    dialog.get_by_label(talk_texts.BAD_REMARK).fill("המספר אחר")
    with page.expect_request("**/api/turns/*/opinion") as sent:
        dialog.get_by_role("button", name=talk_texts.BAD_SEND).click()
    assert sent.value.post_data_json == {"good": False, "reasons": ["not_in_source"], "remark": "המספר אחר"}
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(good).to_have_attribute("aria-pressed", "false")
    page.reload()
    expect(bad).to_have_attribute("aria-pressed", "true", timeout=ANSWER_MS)
    bad.click()
    expect(bad).to_have_attribute("aria-pressed", "false")
    bad.click()
    page.keyboard.press("Escape")
    expect(bad).to_have_attribute("aria-pressed", "false")


def test_another_answer_stands_beside_the_first(screen: Screen, model: FakeModelServer) -> None:
    """Asking for another answer keeps the one that was given; arrows lead from one to the other, and a reload too."""
    answered(screen, model, "תשובה ראשונה [1].")
    tell(model, stream(*words("תשובה שנייה [1].")))
    screen.answer().locator("[data-act=again]").click()
    screen.answered("תשובה שנייה")
    expect(screen.page.locator("#chat .bot-row")).to_have_count(1)
    branches = screen.answer().locator(".branches")
    expect(branches).to_have_text(talk_texts.BRANCH.format(number=2, total=2))
    branches.get_by_role("button", name=talk_texts.PREVIOUS_BRANCH).click()
    expect(screen.answer()).to_contain_text("תשובה ראשונה")
    expect(branches).to_have_text(talk_texts.BRANCH.format(number=1, total=2))
    before, after = (branches.locator("button").nth(place).bounding_box()["x"] for place in (0, 1))
    assert before > after, "the way back is at the right"
    screen.page.reload()
    expect(screen.answer()).to_contain_text("תשובה ראשונה", timeout=ANSWER_MS)


def test_a_question_is_edited_where_it_stands(screen: Screen, model: FakeModelServer) -> None:
    """The box opens in its place with its words; Escape leaves it; asking shows the new answer and keeps the old."""
    answered(screen, model, "תשובה ראשונה [1].")
    page = screen.page
    question = page.locator("#chat .user-row")
    question.hover()
    edit = question.get_by_role("button", name=talk_texts.TOOLS["edit"])
    edit.click()
    box = question.get_by_label(talk_texts.SCRIPT["editQuestion"], exact=True)
    expect(box).to_have_value(QUESTION)
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(edit).to_be_focused()
    page.keyboard.press("Enter")
    tell(model, stream(*words("תשובה לשאלה אחרת [1].")))
    box.fill(OTHER)
    page.keyboard.press("Enter")
    screen.answered("תשובה לשאלה אחרת")
    expect(question).to_have_count(1)
    expect(question.locator(".asked")).to_have_text(OTHER)
    expect(question.locator(".branches")).to_have_text(talk_texts.BRANCH.format(number=2, total=2))
    question.get_by_role("button", name=talk_texts.PREVIOUS_BRANCH).click()
    expect(question.locator(".asked")).to_have_text(QUESTION)
    expect(screen.answer()).to_contain_text("תשובה ראשונה")


def test_a_number_shows_its_sentence(screen: Screen, model: FakeModelServer) -> None:
    """Pointing at a number or reaching it by keyboard shows the sentence and where it stands; Escape puts it away."""
    answered(screen, model)
    page = screen.page
    page.wait_for_timeout(500)  # the line above the conversation may still go
    mark = screen.answer().locator("p a.cite").first
    card = page.locator("#card")
    mark.hover()
    expect(card.locator(".quoted")).to_contain_text("המדרגות")
    expect(card.locator(".where")).to_contain_text("הנחיות לשעת חירום")
    at, box = mark.bounding_box(), card.bounding_box()
    assert box["y"] + box["height"] <= at["y"] + 1 or box["y"] >= at["y"] + at["height"] - 1
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280
    card.hover()
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.mouse.move(5, 5)
    mark.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(card).to_be_visible()
    expect(mark).to_have_attribute("aria-describedby", "card")


def test_a_doubt_is_explained(screen: Screen, model: FakeModelServer) -> None:
    """A press on the remark tells what is missing and what to do; below the answer it says what was checked."""
    answered(screen, model, "אם אין ממ״ד, יורדים לחדר המדרגות בתוך 777 שניות [1].")
    screen.answer().locator(".remark").click()
    expect(screen.page.locator("#card")).to_contain_text("777")
    expect(screen.page.locator("#card")).to_contain_text(talk_texts.SCRIPT["whyDoubtful"])
    how = screen.answer().locator(".verified .how")
    expect(how).to_be_hidden()
    screen.answer().get_by_text(talk_texts.WHAT_IS_VERIFIED).click()
    expect(how).to_be_visible()


@pytest.mark.parametrize("settings", [{"viewport": {"width": 1280, "height": 800}}, PHONE], ids=["desktop", "phone"])
def test_wide_tables_and_code_move_in_their_frames(
    settings: dict[str, object], server: Server, model: FakeModelServer, open_browser: Callable[..., BrowserContext]
) -> None:
    """The page itself never gets wider; a table starts at the right, code at the left; both are reached by keyboard."""
    screen = Screen(open_browser(server, **settings).new_page())
    screen.open()
    answered(screen, model, f"{WIDE}\n\n{CODE}\n\nהנוסחה היא $\\frac{{a}}{{b}} = x^2$ [1].")
    page = screen.page
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    table = screen.answer().locator(".wide")
    assert table.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    assert table.evaluate("frame => frame.scrollLeft") == 0
    first, frame = table.locator("th").first.bounding_box(), table.bounding_box()
    assert abs(first["x"] + first["width"] - frame["x"] - frame["width"]) <= 2, "the first column is at the right"
    table.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(500)
    assert table.evaluate("frame => frame.scrollLeft") < 0
    code = screen.answer().locator("pre")
    assert code.evaluate("code => getComputedStyle(code).direction") == "ltr"
    assert screen.answer().locator("math mfrac").count() == 1
    for tool in screen.answer().locator(".tools .tool").all():
        box = tool.bounding_box()
        assert 0 <= box["x"] <= settings["viewport"]["width"] - box["width"]
    page.evaluate(CLIPBOARD)
    code.locator("xpath=..").get_by_role("button", name=talk_texts.COPY_CODE).click()
    assert clipped(screen)[0] == "def total(price, vat=0.18):\n    return price * (1 + vat)\n"


def test_while_an_answer_is_written_nothing_else_is_asked(screen: Screen, model: FakeModelServer) -> None:
    """Editing, another answer and other branches are out of reach until the end."""
    answered(screen, model, "תשובה ראשונה [1].")
    tell(model, slowly("תשובה שנייה [1]. " * 12))
    screen.ask(OTHER)
    expect(screen.answer()).to_contain_text("שנייה", timeout=ANSWER_MS)
    assert screen.page.locator("#chat [data-act=again]:visible, #chat [data-act=edit]:visible").count() == 0
    screen.ready()
    expect(screen.page.locator("#chat .bot-row [data-act=again]").first).to_be_visible()
