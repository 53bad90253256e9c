"""Pictures of the running app in `artifacts/screens`, for people to look at: a desktop, a phone, the dark colours."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import ROOT
from tests.e2e.screen import ANSWER_MS, READY_MS, Screen
from tests.e2e.server import Server
from tests.e2e.told import slowly, tell
from tests.fake_model_server import FakeModelServer, stream, words
from webui.texts import texts

pytestmark = pytest.mark.timeout(300)

SCREENS = ROOT / "artifacts" / "screens"
DEVICES = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "tablet": {"viewport": {"width": 820, "height": 1180}},
}
QUESTION = "מה צריך לצרף להצעה במכרז הגינון, ועד מתי?"
ANSWER = """כדי להגיש הצעה במכרז יש לצרף את אלה [1]:

- **ערבות בנקאית** אוטונומית ובלתי מותנית על סך 60,000 ₪, לפקודת המועצה [1];
- קבלה על רכישת חוברת המכרז, במחיר 1,500 ₪ [2].

| שלב | מועד |
|---|---|
| הגשת ההצעות | 4.1.2027, עד השעה 12:00 |
| תוקף ההצעה והערבות | 4.4.2027 |

הצעה שלא תימצא בתיבת המכרזים במועד לא תידון [2]. לשאלות: tenders@nahal-shkamim.example או 08-555-0114."""
THOUGHTS = f"<think>{'השואל מבקש רשימה של מסמכים ומועד. ' * 20}</think>"
NEXT = "מה המועד האחרון להגשת ההצעות?\nמי רשאי להשתתף במכרז?"
ENGLISH = re.compile(r"[A-Za-z]{3,}")
NAMES_AND_FORMATS = re.compile(
    r"[\w.-]*\.(pdf|docx|xlsx|html|txt|md|eml|zip|sav)\b|PDF|Word|Excel|PowerPoint|OpenDocument|Markdown|HTML|EPUB|EML|MSG|ZIP"
    r"|vLLM|Ollama|DARASH_MODEL_URL|[\w.]+@[\w.-]+|docx|draft|English"
)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, model: FakeModelServer) -> Iterator[Server]:
    """A server as it is after its first start: the sample collection, and a model."""
    server = Server(tmp_path_factory.mktemp("samples"), model.url)
    server.start()
    yield server
    server.stop()


def take(page: Page, name: str) -> None:
    """Takes a picture, once the page has come to rest, and looks for English on it and for text that is cut off."""
    page.wait_for_timeout(400)
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png")
    seen = page.evaluate("document.body.innerText")
    names = page.evaluate(
        """[...document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")].flatMap(
             (element) => ["aria-label", "title", "placeholder", "alt"].map((name) => element.getAttribute(name) ?? "")
           ).join("\\n")"""
    )
    for document in page.locator(".page-text").all_inner_texts():  # what documents say is theirs
        seen = seen.replace(document, "")
    assert ENGLISH.findall(NAMES_AND_FORMATS.sub("", seen + names)) == []
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), "the page is wider than the screen"


@pytest.mark.parametrize("device", DEVICES)
def test_screens_of_a_conversation_with_a_model(
    device: str, samples: Server, model: FakeModelServer, open_browser: Callable[..., BrowserContext]
) -> None:
    """The documents, the empty page, an answer, its source, a problem, the list at the side; no word of English."""
    screen = Screen(open_browser(samples, **DEVICES[device]).new_page())
    page = screen.page
    screen.open()
    screen.show_documents()
    expect(page.locator('#documents .document:not([data-state="ready"])')).to_have_count(0, timeout=READY_MS)
    take(page, f"{device}-documents")
    screen.show_talk()
    take(page, f"{device}-empty")

    tell(model, slowly(THOUGHTS + ANSWER), next_questions=NEXT)
    screen.ask(QUESTION)
    expect(screen.answer().locator(".pending")).to_have_text(texts.THINKING, timeout=ANSWER_MS)
    take(page, f"{device}-thinking")
    expect(screen.answer().locator("a.cite").first).to_be_visible(timeout=ANSWER_MS)
    expect(page.locator("#chat .next")).to_be_visible(timeout=ANSWER_MS)
    take(page, f"{device}-answer")
    screen.answer().locator("details.thoughts summary").click()
    page.locator("#chat .bubble-wrap").evaluate("element => element.scrollTo(0, 0)")
    take(page, f"{device}-thoughts")
    screen.answer().locator("a.cite").first.click()
    expect(page.locator("#source .cited").first).to_be_in_viewport()
    page.locator("#source img").first.evaluate("image => image.decode()")
    take(page, f"{device}-source")
    page.locator("#source .close").click()

    tell(model, stream(*words("המענה נקטע ")[:2], drops=True))
    screen.ask("ומה קורה אם ההצעה נשלחה בדואר?")
    expect(page.get_by_role("button", name=texts.ASK_AGAIN)).to_be_visible(timeout=ANSWER_MS)
    take(page, f"{device}-problem")
    if device == "phone":
        page.get_by_role("button", name=texts.MENU).click()
        take(page, f"{device}-conversations")


@pytest.mark.parametrize("device", DEVICES)
def test_screens_of_quotations(device: str, quoting: Server, open_browser: Callable[..., BrowserContext]) -> None:
    """Signing in, and a quoted answer under the line that says so."""
    context = open_browser(quoting, signed_in=False, **DEVICES[device])
    page = context.new_page()
    page.goto(quoting.command("link"))
    take(page, f"{device}-sign-in")
    page.locator("form button.main").click()
    screen = Screen(page)
    screen.open()
    screen.show_documents()
    expect(page.locator('#documents .document:not([data-state="ready"])')).to_have_count(0, timeout=READY_MS)
    screen.show_talk()
    screen.ask("אחרי כמה זמן נמחקים צילומי המצלמות?")
    expect(screen.answer()).to_contain_text("21 ימים", timeout=ANSWER_MS)
    take(page, f"{device}-quoted")
    screen.ready()
    screen.ask("מי רשאי להאכיל את הברווזים בבריכת הנוי של המועצה?")
    expect(page.locator("#chat .user-row")).to_have_count(2)
    expect(screen.answer()).to_contain_text("לא", timeout=ANSWER_MS)
    screen.ready()
    take(page, f"{device}-refusal")
