"""The glossary in a real browser: a pair is added and leads to an answer, whose source says why it was found."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.screen import ANSWER_MS, Screen
from tests.e2e.server import Server
from tests.e2e.test_screens import DEVICES, take
from webui.texts import document_texts, glossary_texts

pytestmark = pytest.mark.timeout(300)

QUESTION = "מה מגיע לגמלאים?"
DOCUMENTS = {
    "הטבות לוותיקים.txt": "פנסיונר של העירייה זכאי לתו חניה שנתי בחינם ברחבי העיר. הבקשה מוגשת במזכירות.",
    "פגיעה בעבודה.txt": "עובד שנפגע יפנה אל המוסד לביטוח לאומי (המל״ל) בתוך שלושה חודשים.\n\n"
    "עיריית נחל שקמים (להלן: ״העירייה״) תעביר את הטופס.",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server without a model, with two documents."""
    folder = tmp_path_factory.mktemp("office")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    server = Server(tmp_path_factory.mktemp("data"))
    server.command("ingest", *(str(folder / name) for name in DOCUMENTS))
    server.start("--no-worker")
    yield server
    server.stop()


@pytest.mark.parametrize("device", DEVICES)
def test_a_pair_leads_to_an_answer(device: str, office: Server, open_browser: Callable[..., BrowserContext]) -> None:
    """Nothing is found for a word of nobody's; after the pair is added it is, and the source names the pair."""
    screen = Screen(open_browser(office, refused=422, **DEVICES[device]).new_page())
    page = screen.page
    screen.open()
    screen.show_documents()
    page.get_by_role("link", name=glossary_texts.GLOSSARY_OF).click()
    expect(page.locator(".pair")).to_have_count(2)
    take(page, f"{device}-glossary")

    page.get_by_label(glossary_texts.TERM).first.fill("גמלאי")
    page.get_by_label(glossary_texts.MEANING).first.fill("פנסיונר")
    page.get_by_role("button", name=glossary_texts.ADD).click()
    expect(page.locator(".pair")).to_have_count(3)
    page.get_by_label(glossary_texts.TERM).first.fill("פנסיונר")
    page.get_by_label(glossary_texts.MEANING).first.fill("גמלאי")
    page.get_by_role("button", name=glossary_texts.ADD).click()
    expect(page.get_by_role("alert")).to_have_text(glossary_texts.REFUSED["known"])
    page.locator(".pair", has_text="גמלאי").locator("summary").click()
    take(page, f"{device}-glossary-edit")

    page.get_by_role("link", name=document_texts.BACK_TO_DOCUMENTS).click()
    screen.show_talk()
    screen.ask(QUESTION)
    expect(screen.answer()).to_contain_text("תו חניה", timeout=ANSWER_MS)
    screen.ready()
    screen.answer().locator("a.cite").first.click()
    why = page.locator("#source .why")
    why.get_by_text(glossary_texts.WHY).click()
    expect(why).to_contain_text("פנסיונר")
    expect(why).to_contain_text(glossary_texts.FORMS["glossary"])
    expect(why.locator(".parts li").first).to_be_visible()
    take(page, f"{device}-why")

    page.goto("/#documents")
    page.locator("#documents .collection a").first.click()
    page.get_by_role("link", name=glossary_texts.GLOSSARY_OF).click()
    page.locator(".pair", has_text="גמלאי").get_by_role("button", name=glossary_texts.REMOVE).click()
    expect(page.locator(".pair")).to_have_count(2)
    expect(page.locator(".term", has_text="גמלאי")).to_have_count(0)
