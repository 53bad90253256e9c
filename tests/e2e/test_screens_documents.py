"""Pictures of the documents in `artifacts/screens`: uploads on their way, the list, the check of the text."""

import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.conftest import ROOT
from tests.e2e.screen import ANSWER_MS, Screen
from tests.e2e.server import Server
from tests.e2e.test_screens import DEVICES, take
from webui.texts import document_texts, texts

pytestmark = pytest.mark.timeout(300)

SAMPLES = ROOT / "ingest" / "samples"
FEE = "דמי הצטרפות לחוג נגרות הם 85 שקלים לחודש, ומשלמים אותם מראש."


def letter() -> bytes:
    """A mail with an attachment."""
    mail = EmailMessage()
    mail["Subject"] = "תשובה לבקשה להנחה בארנונה"
    mail["From"] = "מחלקת הגבייה <gvia@shkamim.example>"
    mail["To"] = "toshav@shkamim.example"
    mail["Date"] = "Tue, 03 Feb 2026 09:00:00 +0200"
    mail.set_content("שלום רב,\nבקשתך אושרה. ההנחה היא 20 אחוזים.\n")
    mail.add_attachment("אישור ההנחה לשנת 2026.".encode(), "text", "plain", filename="אישור.txt")
    return mail.as_bytes()


def office(folder: Path) -> Path:
    """A folder as an office has it: a scan, a sheet, a mail, an archive with a broken file, a locked name."""
    folder.mkdir()
    for name in ("מכרז 07-2026 שירותי גינון.pdf", "היתר לפסטיבל לילות שקמה.pdf"):
        (folder / name).write_bytes((SAMPLES / name).read_bytes())
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    sheet.title = "תעריפים"
    for row in [("שירות", "יחידה", "מחיר בשקלים"), ("השכרת אולם", "שעה", 250), (None, None, None), ("חניה", "יום", 40)]:
        sheet.append(row)
    book.save(folder / 'תעריפון חוגים תשפ"ז.xlsx')
    (folder / "תשובה לתושב.eml").write_bytes(letter())
    (folder / "חוג נגרות.txt").write_text(FEE, encoding="utf-8")
    with zipfile.ZipFile(folder / "פרוטוקולים (ישנים) 2019-2024.zip", "w") as archive:
        for number in range(8):
            archive.writestr(f"ועדת כספים/פרוטוקול {number}.txt", f"ישיבה {number} של ועדת הכספים.")
        archive.writestr("ועדת כספים/פרוטוקול draft v2.pdf", b"%PDF-1.7 broken")
    (folder / "סקר שביעות רצון.sav").write_bytes(b"$FL2 data")
    return folder


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose documents are read and which reads no more: what is uploaded waits."""
    server = Server(tmp_path_factory.mktemp("desk"))
    with suppress(subprocess.CalledProcessError):  # it says that some of the files could not be read
        server.command("ingest", str(office(tmp_path_factory.mktemp("files") / "מזכירות")))
    server.start("--no-worker")
    yield server
    server.stop()


@pytest.mark.parametrize("device", DEVICES)
def test_screens_of_documents(
    device: str, desk: Server, open_browser: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    """Uploads on their way, the list in every state, the check of a page, of a scan and of a sheet."""
    screen = Screen(open_browser(desk, **DEVICES[device]).new_page())
    page = screen.page
    screen.open()
    screen.show_documents()
    uploads_on_their_way(screen, tmp_path, device)
    screen.press("ב.txt", "pause")
    screen.ended("ב.txt", "paused")
    take(page, f"{device}-documents-busy")
    page.locator(".document", has_text="פרוטוקולים (ישנים)").first.scroll_into_view_if_needed()
    take(page, f"{device}-documents-parts")
    for name, filename in (("page", "מכרז 07-2026 שירותי גינון.pdf"), ("scan", "היתר לפסטיבל לילות שקמה.pdf"),
                           ("sheet", 'תעריפון חוגים תשפ"ז.xlsx'), ("mail", "תשובה לתושב.eml")):  # fmt: skip
        screen.open()
        screen.show_documents()
        screen.document(filename).locator(".name").click()
        expect(page.locator("h1")).to_have_text(filename)
        if name == "scan":
            page.get_by_role("link", name=texts.NEXT_PAGE, exact=True).click()
            expect(page.locator(".note")).to_have_text(document_texts.PAGE_NOTES["read_from_scan"])
        if page.locator(".paper").count():
            page.locator(".paper img").evaluate("image => image.decode()")
            page.locator("[data-box]").nth(3).click()
        take(page, f"{device}-check-{name}")
    clean_up(screen)


def uploads_on_their_way(screen: Screen, folder: Path, device: str) -> None:
    """Uploads five files and takes a picture while four of them are held back."""
    page, held = screen.page, list[Route]()
    for name in "אבגדה":
        (folder / f"{name}.txt").write_text(f"מסמך {name} של {device}.", encoding="utf-8")
    (folder / "~$חוזה.docx").write_text("x", encoding="utf-8")

    def hold(route: Route) -> None:
        if held or b"\xd7\x90.txt" not in (route.request.post_data_buffer or b""):
            held.append(route)
        else:
            route.continue_()

    page.route("**/api/documents?*", hold)
    screen.upload(*sorted(folder.iterdir()))
    expect(page.locator("#documents .sending .state")).to_have_text(
        document_texts.SCRIPT["uploadTotal"].format(done=1, total=5)
    )
    take(page, f"{device}-uploading")
    page.unroute("**/api/documents?*")  # which lets go of those that are held
    sentence = document_texts.SCRIPT["uploadEnded"].format(done=5, total=5)
    expect(page.locator("#documents .sending")).to_have_text(sentence)


def clean_up(screen: Screen) -> None:
    """Cancels what waits, for the next device."""
    page = screen.page
    screen.open()
    screen.show_documents()
    page.locator('[data-all="cancel"]').click()
    page.get_by_role("dialog").get_by_role("button", name=document_texts.SCRIPT["cancelYes"]).click()
    expect(page.locator('[data-all="cancel"]')).to_have_count(0)


def test_screens_of_a_deleted_source(desk: Server, open_browser: Callable[..., BrowserContext]) -> None:
    """A citation of a document that was deleted shows what was quoted; a sheet is cited by its row."""
    screen = Screen(open_browser(desk, **DEVICES["desktop"]).new_page())
    page = screen.page
    screen.open()
    screen.ask("כמה עולה חניה ליום?")
    expect(screen.answer()).to_contain_text(texts.ROW.format(row=4), timeout=ANSWER_MS)
    screen.ready()
    screen.answer().locator("a.cite").first.click()
    expect(page.locator("#source .cited").first).to_be_visible()
    take(page, "desktop-source-sheet")
    page.locator("#source .close").click()
    screen.ask("באיזה מרחק יוצב הגנרטור הראשי?")
    expect(screen.answer().locator(".sources .mark")).to_have_text(document_texts.MARKS["scanned"], timeout=ANSWER_MS)
    screen.ready()
    take(page, "desktop-answer-scanned")
    screen.ask("כמה עולה חוג נגרות?")
    expect(screen.answer()).to_contain_text("85 שקלים", timeout=ANSWER_MS)
    screen.ready()
    screen.show_documents()
    screen.press("חוג נגרות.txt", "delete")
    screen.agree(texts.SCRIPT["delete"])
    expect(screen.document("חוג נגרות.txt")).to_have_count(0)
    screen.show_talk()
    screen.answer().locator("a.cite").first.click()
    expect(page.locator("#source .note")).to_have_text(texts.SOURCE_GONE)
    expect(page.locator("#source .quote")).to_contain_text("85 שקלים")
    take(page, "desktop-source-gone")
