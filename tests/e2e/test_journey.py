"""The main job, from a sign-in link to a marked passage, in a real browser against a real server and worker."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import ROOT
from tests.e2e.conftest import sign_in
from tests.e2e.screen import Screen
from tests.e2e.server import Server
from tests.e2e.told import tell
from tests.fake_model_server import FakeModelServer, stream, words
from webui.texts import document_texts, texts

pytestmark = pytest.mark.timeout(300)


@dataclass(frozen=True)
class Material:
    """Two files, a question about the PDF, and where its answer stands: a page, a part of the passage."""

    pdf: Path
    docx: Path
    question: str
    answer: str
    page: int
    passage: str


@pytest.fixture(params=["samples", pytest.param("data", marks=pytest.mark.data)])
def material(request: pytest.FixtureRequest) -> Material:
    """Documents of the sample collection, and real ones where the development data is."""
    if request.param == "samples":
        samples = ROOT / "ingest" / "samples"
        return Material(
            samples / "מכרז 07-2026 שירותי גינון.pdf",
            samples / "נוהל הגנת הפרטיות.docx",
            "איזו ערבות בנקאית צריך לצרף להצעה במכרז?",
            "להצעה תצורף ערבות בנקאית אוטונומית על סך 60,000 ₪ [1].",
            2,
            "60,000",
        )
    folder = request.getfixturevalue("data_folder") / "documents"
    return Material(
        folder / "pdf" / "cpp-5782__syllabus.pdf",
        folder / "docx" / "oop-5778__matalot_Exe_0.docx",
        "מה הרכב הציון, כמה אחוזים בחינה סופית וכמה מטלות?",
        "הרכב הציון הוא 50% בחינה סופית ו־50% מטלות [1].",
        2,
        "הרכב הציון",
    )


def test_from_a_sign_in_link_to_a_marked_passage_and_back(
    server: Server, model: FakeModelServer, material: Material, open_browser: Callable[..., BrowserContext]
) -> None:
    """Sign in, upload, ask, see the answer grow, open its source, find it again after a reload and a restart."""
    context = open_browser(server, signed_in=False, viewport={"width": 1280, "height": 800})
    screen = Screen(context.new_page())
    sign_in(screen.page, server.command("link"))

    screen.show_documents()
    screen.upload(material.pdf, material.docx)
    for file in (material.pdf, material.docx):
        expect(screen.ended(file.name, "ready")).to_contain_text(document_texts.STATES["ready"])

    tell(model, stream(*words(*(material.answer[at : at + 3] for at in range(0, len(material.answer), 3))), pause=0.08))
    screen.show_talk()
    screen.ask(material.question)
    expect(screen.answer()).to_be_visible()
    assert len(screen.lengths_until(lambda: not screen.busy())) >= 4
    expect(screen.answer()).to_contain_text(material.answer[:20])

    sees_the_passage(screen.page, material)
    conversation_id = screen.conversation_id()

    screen.page.reload()
    expect(screen.answer()).to_contain_text(material.answer[:20])
    screen.page.close()

    server.stop()
    server.start()
    screen = Screen(context.new_page())
    screen.open()
    screen.page.locator(f'#conversations a[href="/?c={conversation_id}"]').click()
    expect(screen.answer()).to_contain_text(material.answer[:20])
    expect(screen.page.locator("#chat .user-row").last).to_contain_text(material.question)
    sees_the_passage(screen.page, material)


def sees_the_passage(page: Page, material: Material) -> None:
    """Opens the citation and checks that the panel shows the marked passage on its page; then closes it by keyboard."""
    citation = page.locator("#chat .bot-row").last.locator("a.cite").first
    citation.click()
    panel = page.locator("#source .panel")
    expect(panel.locator("h2")).to_be_visible()
    expect(panel.locator(".page-label")).to_have_text(texts.PAGE.format(label=material.page))
    expect(panel.locator(".quote")).to_contain_text(material.passage)
    assert panel.locator("img").first.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    expect(panel.locator(".cited").first).to_be_in_viewport()
    assert panel.bounding_box()["x"] < page.locator("#chat").bounding_box()["x"], "the source stands at the left"
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(citation).to_be_focused()
