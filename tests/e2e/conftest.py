"""A browser, servers to look at, and a model server that can be told what to say."""

import asyncio
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import ROOT
from tests.e2e.server import Server
from tests.e2e.watch import Watch
from tests.fake_model_server import FakeModelServer, fake_model_server

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, else Playwright's; where there is none, a failure in CI and a loud skip elsewhere."""
    with sync_playwright() as playwright:
        named = os.environ.get("DARASH_TEST_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
        path = Path(named or playwright.chromium.executable_path)
        if not path.exists():
            (pytest.fail if os.environ.get("CI") else pytest.skip)("BROWSER TESTS NOT RUN: no Chromium found")
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def model() -> Iterator[FakeModelServer]:
    """A model server; tell it what it `will` say."""
    loop, ready, fakes = asyncio.new_event_loop(), threading.Event(), []

    async def run() -> None:
        async with fake_model_server() as fake:
            fakes.append(fake)
            fake.over = asyncio.Event()
            ready.set()
            await fake.over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    assert ready.wait(10)
    yield fakes[0]
    loop.call_soon_threadsafe(fakes[0].over.set)
    thread.join(10)
    loop.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, model: FakeModelServer) -> Iterator[Server]:
    """A server with one small document and a model."""
    server = Server(tmp_path_factory.mktemp("data"), model.url)
    server.command("ingest", str(ROOT / "ingest" / "samples" / "הנחיות לשעת חירום.txt"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def open_browser(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a browser of its own for a server, signed in; the test fails if a page in it does what none may do."""
    yield from _opening(browser)


@pytest.fixture(scope="module")
def module_browser(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """The same for browsers that the tests of a file share."""
    yield from _opening(browser)


def _opening(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_one(
        server: Server, signed_in: bool = True, refused: int | str | None = None, **settings: object
    ) -> BrowserContext:
        # An English browser, because the page has to be Hebrew in every one.
        if signed_in:
            settings["storage_state"] = server.cookies
        context = browser.new_context(locale="en-US", base_url=server.address, **settings)
        opened.append((context, Watch(context, server.address, refused)))
        if signed_in and server.cookies is None:
            page = context.new_page()
            sign_in(page, server.link)
            page.close()
            server.cookies = context.storage_state()
        return context

    yield open_one
    wrong = [line for _, watch in opened for line in watch.wrong]
    for context, _ in opened:
        context.close()
    assert wrong == []


def sign_in(page: Page, link: str) -> None:
    """Opens a sign-in link and presses its button."""
    page.goto(link)
    page.locator("form button.main").click()
    page.wait_for_selector("#question textarea")


@pytest.fixture(scope="module")
def quoting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server as it is after its first start, without a model: answers are quotations."""
    server = Server(tmp_path_factory.mktemp("quoting"))
    server.start()
    yield server
    server.stop()
