"""Pictures of the pages of a team in `artifacts/screens`: coming in, the menu, people, collections, shares, keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import ROOT
from tests.e2e.people import (
    grant,
    invitation,
    join,
    new_collection,
    open_menu,
    share_by_link,
    upload_into,
)
from tests.e2e.screen import ANSWER_MS
from tests.e2e.server import Server
from tests.e2e.test_screens import DEVICES, SCREENS, take
from webui.texts import sharing_texts

pytestmark = pytest.mark.timeout(300)

SAMPLE = ROOT / "ingest" / "samples" / "נוהל חופשה ללא תשלום.pdf"
QUESTION = "כמה ימים מראש צריך לבקש חל״ת ארוכה?"


def look(page: Page, name: str, address: str) -> None:
    """Opens a page of ours and takes its picture, all of it: addresses, keys and sign-in names are Latin there."""
    page.goto(address)
    whole(page, name)


def whole(page: Page, name: str) -> None:
    """Takes a picture of all of the page that is open, however long."""
    page.wait_for_timeout(300)
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=True)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), "the page is wider than the screen"


@pytest.mark.parametrize("device", DEVICES)
def test_screens_of_a_team(device: str, quoting: Server, open_browser: Callable[..., BrowserContext]) -> None:
    """Everything that an owner, a member and somebody with a link see beside the conversation."""
    owner = open_browser(quoting, **DEVICES[device]).new_page()
    links = [invitation(owner), invitation(owner, "guest")]
    whole(owner, f"{device}-team-invited")
    stranger = open_browser(quoting, signed_in=False, refused=401, **DEVICES[device]).new_page()
    look(stranger, f"{device}-team-join", links[0])
    member = join(stranger, links[0], f"ruth-{device}", "רות ברק")
    take_menu(member.page, f"{device}-team-menu")
    collection_id = new_collection(member.page, f"תיקי לקוחות {list(DEVICES).index(device) + 1}")
    whole(member.page, f"{device}-team-collection-new")
    upload_into(member, collection_id, SAMPLE)
    take(member.page, f"{device}-team-documents")

    guest = join(
        open_browser(quoting, signed_in=False, **DEVICES[device]).new_page(), links[1], f"g-{device}", "יועצת חוץ"
    )
    take(guest.page, f"{device}-team-guest")
    grant(member.page, collection_id, "יועצת חוץ")
    whole(member.page, f"{device}-team-collection")
    look(member.page, f"{device}-team-collections", "/collections")

    member.open()
    member.ask(QUESTION)
    expect(member.answer()).to_contain_text("45", timeout=ANSWER_MS)
    member.ready()
    member.answer().locator(".take summary").click()
    take(member.page, f"{device}-team-answer")
    link = share_by_link(member.page, member.conversation_id())
    whole(member.page, f"{device}-team-share")
    look(member.page, f"{device}-team-shares", "/shares")
    reader = open_browser(quoting, signed_in=False, refused=404, **DEVICES[device]).new_page()
    look(reader, f"{device}-team-shared", link)
    look(reader, f"{device}-team-shared-gone", f"{quoting.address}/shared/nothing")
    expect(reader.get_by_text(sharing_texts.SHARE_GONE)).to_be_visible()

    member.page.goto("/keys")
    member.page.locator('form input[name="name"]').fill("צ׳אט של המחלקה")
    member.page.locator('form input[type="checkbox"]').first.check()
    member.page.locator("form button.main").click()
    expect(member.page.locator(".copy").first).to_be_visible()
    whole(member.page, f"{device}-team-key")
    look(member.page, f"{device}-team-account", "/account")
    for name in ("team", "groups", "audit", "account", "status", "usage"):
        look(owner, f"{device}-team-owner-{name}", f"/{name}")
    owner.goto("/team")
    owner.locator(".rows a.name", has_text="רות ברק").first.click()
    whole(owner, f"{device}-team-person")
    look(reader, f"{device}-team-sign-in", f"{quoting.address}/sign-in")


def take_menu(page: Page, name: str) -> None:
    """Takes a picture of the screen with the menu open."""
    open_menu(page)
    take(page, name)
    page.keyboard.press("Escape")
