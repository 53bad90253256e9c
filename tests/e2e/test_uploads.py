"""Uploading many files, folders and archives in a real browser, and holding, cancelling and replacing them."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.e2e.screen import READY_MS, Screen
from tests.e2e.server import Server
from webui.texts import document_texts

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server without a worker: what is uploaded waits."""
    server = Server(tmp_path_factory.mktemp("idle"))
    server.start("--no-worker")
    yield server
    server.stop()


@pytest.fixture
def documents(request: pytest.FixtureRequest, open_browser: Callable[..., BrowserContext]) -> Screen:
    """The page of the documents of the server whose fixture the test names."""
    screen = Screen(open_browser(request.getfixturevalue(request.param)).new_page())
    screen.open()
    screen.show_documents()
    return screen


def folder_of(path: Path, names: list[str]) -> Path:
    """A folder with files of those names, each about itself."""
    for name in names:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(f"המסמך {name} שבתיקייה {path.name}.", encoding="utf-8")
    return path


def ended(screen: Screen, done: int, total: int) -> None:
    """Waits until the uploads are over."""
    sentence = document_texts.SCRIPT["uploadEnded"].format(done=done, total=total)
    expect(screen.page.locator("#documents .sending")).to_have_text(sentence, timeout=READY_MS)


@pytest.mark.parametrize("documents", ["idle"], indirect=True)
def test_a_folder_is_taken_in_with_its_folders(documents: Screen, tmp_path: Path) -> None:
    """Every file arrives with the folder it was in; hidden and temporary files are left out, and that is said."""
    names = [f"שנה {year}/נוהל {number}.txt" for year in (2025, 2026) for number in range(60)]
    folder = folder_of(tmp_path / "נהלים", [*names, "~$נוהל 1.docx", ".DS_Store", "Thumbs.db", 'דו"ח שנתי.txt'])
    documents.upload_folder(folder)
    ended(documents, 121, 121)
    said = documents.page.locator("#documents .uploads .note")
    expect(said).to_have_text(document_texts.SCRIPT["uploadHidden"].format(count=3))
    documents.page.locator("#documents .filter input").fill("2026/נוהל 59")
    expect(documents.page.locator("#documents .document")).to_have_count(1)
    row = documents.document("נוהל 59.txt")
    expect(row.locator(".facts")).to_contain_text(f"{document_texts.FOLDER} נהלים › שנה 2026")
    documents.page.locator("#documents .filter input").fill('דו"ח')
    expect(documents.document('דו"ח שנתי.txt')).to_be_visible()


@pytest.mark.parametrize("documents", ["idle"], indirect=True)
def test_a_dropped_folder_is_opened(documents: Screen, tmp_path: Path) -> None:
    """A folder dragged onto the page is taken in with everything inside it."""
    folder = folder_of(tmp_path / "גררו אותי", ["א.txt", "פנימה/עוד/ב.txt"])
    drop = documents.page.locator("#documents .drop").bounding_box()
    assert drop
    devtools = documents.page.context.new_cdp_session(documents.page)
    for kind in ("dragEnter", "dragOver", "drop"):
        data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
        devtools.send("Input.dispatchDragEvent", {"type": kind, "x": drop["x"] + 20, "y": drop["y"] + 20, "data": data})
    ended(documents, 2, 2)
    documents.page.locator("#documents .filter input").fill("פנימה")
    expect(documents.document("ב.txt").locator(".facts")).to_contain_text(
        f"{document_texts.FOLDER} גררו אותי › פנימה › עוד"
    )


@pytest.mark.parametrize("documents", ["idle"], indirect=True)
def test_the_same_folder_again_asks_before_it_replaces(documents: Screen, tmp_path: Path) -> None:
    """A second upload of a folder replaces what changed only after a yes; what did not change is said to be here."""
    folder = folder_of(tmp_path / "תקנונים", ["א.txt", "ב.txt"])
    documents.upload_folder(folder)
    ended(documents, 2, 2)
    (folder / "ב.txt").write_text("גרסה חדשה של ב.", encoding="utf-8")
    documents.upload_folder(folder)
    expect(documents.page.get_by_role("dialog")).to_contain_text(document_texts.SCRIPT["newVersions"].format(count=2))
    documents.agree(document_texts.SCRIPT["newVersionsNo"])
    expect(documents.page.get_by_role("dialog")).to_have_count(0)
    documents.upload_folder(folder)
    documents.agree(document_texts.SCRIPT["newVersionsYes"])
    ended(documents, 1, 2)
    expect(documents.page.locator("#documents .uploads .there")).to_contain_text("א.txt")


@pytest.mark.parametrize("documents", ["idle"], indirect=True)
def test_waiting_documents_are_held_continued_and_cancelled(documents: Screen, tmp_path: Path) -> None:
    """One document, and all of them, can be held, go on, and be cancelled; cancelling asks."""
    page = documents.page
    folder = folder_of(tmp_path / "x", ["ראשון.txt", "שני.txt"])
    documents.upload(*folder.iterdir())
    ended(documents, 2, 2)
    page.locator("#documents .filter input").fill("ראשון.txt")
    documents.press("ראשון.txt", "pause")
    documents.ended("ראשון.txt", "paused")
    documents.press("ראשון.txt", "resume")
    documents.ended("ראשון.txt", "queued")
    documents.press("ראשון.txt", "cancel")
    documents.agree(document_texts.SCRIPT["cancelNo"])
    documents.press("ראשון.txt", "cancel")
    documents.agree(document_texts.SCRIPT["cancelYes"])
    expect(documents.document("ראשון.txt")).to_have_count(0)
    page.locator("#documents .filter input").fill("שני.txt")
    page.locator('[data-all="pause"]').click()
    documents.ended("שני.txt", "paused")
    page.locator('[data-all="resume"]').click()
    documents.ended("שני.txt", "queued")
    page.locator('[data-all="cancel"]').click()
    documents.agree(document_texts.SCRIPT["cancelYes"])
    expect(page.locator("#documents .document")).to_have_count(0)


@pytest.mark.parametrize("documents", ["server"], indirect=True)
def test_an_archive_shows_what_is_inside_it(documents: Screen, tmp_path: Path) -> None:
    """A ZIP becomes a document with its files under it, each of which is read; the bad one says why."""
    path = tmp_path / "מכתבים.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("תיק/מכתב ראשון.txt", "שלום רב, תשלום ועד הבית עומד על 150 שקלים.")
        archive.writestr("תיק/מכתב שבור.pdf", b"%PDF-1.7 broken")
    documents.upload(path)
    documents.ended(path.name, "ready")
    documents.ended("מכתב ראשון.txt", "ready")
    broken = documents.ended("מכתב שבור.pdf", "failed")
    expect(broken.locator(".reason")).to_have_text(document_texts.REASONS["unreadable"])
    parts = documents.document(path.name).locator(".parts")
    expect(parts).to_contain_text(document_texts.PARTS.format(count=2))
    expect(parts).to_contain_text(document_texts.SUMMARY_FAILED.format(count=1))


@pytest.mark.parametrize("documents", ["server"], indirect=True)
def test_a_document_is_replaced_by_its_new_version(documents: Screen, tmp_path: Path) -> None:
    """The new version takes the place of the old one, which is there until the new one is ready."""
    old, new = tmp_path / "תעריפון 2026.txt", tmp_path / "תעריפון 2027.txt"
    old.write_text("אגרת חניה לשנת 2026 היא 40 שקלים.", encoding="utf-8")
    new.write_text("אגרת חניה לשנת 2027 היא 45 שקלים.", encoding="utf-8")
    documents.upload(old)
    documents.ended(old.name, "ready")
    with documents.page.expect_file_chooser() as chooser:
        documents.press(old.name, "replace")
    chooser.value.set_files(new)
    documents.ended(new.name, "ready")
    expect(documents.document(old.name)).to_have_count(0)


def test_a_lost_connection_is_tried_again(
    idle: Server, open_browser: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    """An upload whose connection breaks is sent again, and the others go on meanwhile."""
    folder = folder_of(tmp_path / "רשת", ["א.txt", "ב.txt", "ג.txt", "ד.txt"])
    documents = Screen(open_browser(idle, refused="net::ERR_CONNECTION_RESET").new_page())
    documents.open()
    documents.show_documents()
    lost: list[None] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.abort("connectionreset"))

    documents.page.route("**/api/documents?*", lose_the_first)
    documents.upload(*folder.iterdir())
    ended(documents, 4, 4)
    assert lost


def test_an_upload_waits_when_it_is_asked_to(
    idle: Server, open_browser: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    """What is refused because other windows of the same person upload too (429) is sent again when the server says."""
    folder = folder_of(tmp_path / "המתנה", ["א.txt", "ב.txt"])
    documents = Screen(open_browser(idle, refused=429).new_page())
    documents.open()
    documents.show_documents()
    refused: list[None] = []

    def refuse_at_first(route: Route) -> None:
        if len(refused) < 4:  # more often than a lost connection is tried again
            refused.append(route.fulfill(status=429, headers={"retry-after": "1"}, json={}))
        else:
            route.continue_()

    documents.page.route("**/api/documents?*", refuse_at_first)
    documents.upload(*folder.iterdir())
    ended(documents, 2, 2)
    expect(documents.page.locator("#documents .uploads li")).to_have_count(0)
