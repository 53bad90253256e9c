"""Coming in and going out, and the menu of the person, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.people import invitation, join, open_menu, sign_in_by_password, sign_out
from tests.e2e.screen import Screen
from tests.e2e.server import Server
from webui.texts import account_texts, texts

pytestmark = pytest.mark.timeout(180)

Open = Callable[..., BrowserContext]


def test_joining_by_an_invitation_signing_out_and_in_by_password(server: Server, open_browser: Open) -> None:
    """Somebody invited makes an account, sees who they are, signs out, and comes back by name and password alone."""
    link = invitation(open_browser(server).new_page())
    page = open_browser(server, signed_in=False, refused=401).new_page()
    join(page, link, "noa", "נועה לוי")
    expect(page.locator("#me summary")).to_contain_text("נועה לוי")
    sign_out(page)
    page.goto("/")
    expect(page).to_have_url(f"{server.address}/sign-in")
    sign_in_by_password(page, "noa", "לא הסיסמה הנכונה בכלל")
    expect(page.get_by_role("alert")).to_have_text(account_texts.WRONG)
    sign_in_by_password(page, "Noa")
    expect(page.locator("#question textarea")).to_be_visible()
    expect(page.locator("#me summary")).to_contain_text("נועה לוי")


def test_an_invitation_works_once(server: Server, open_browser: Open) -> None:
    """Who opens the link of an invitation that was used is told so, and gets no form."""
    link = invitation(open_browser(server).new_page())
    join(open_browser(server, signed_in=False).new_page(), link, "avi", "אבי")
    late = open_browser(server, signed_in=False, refused=410).new_page()
    late.goto(link)
    expect(late.get_by_text(account_texts.JOIN_USED)).to_be_visible()
    expect(late.locator("input[name=password]")).to_have_count(0)


def test_what_was_open_before_signing_out_is_closed_after_it(server: Server, open_browser: Open) -> None:
    """A window that stays open while another one signs out cannot ask any more."""
    link = invitation(open_browser(server).new_page())
    context = open_browser(server, signed_in=False, refused=401)
    screen = join(context.new_page(), link, "gil", "גיל")
    other = Screen(context.new_page())
    other.open()
    sign_out(screen.page)
    assert other.page.request.get("/account", max_redirects=0).status == 401
    assert other.page.request.get("/", headers={"accept": "text/html"}, max_redirects=0).status == 303


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (
            "manager",
            {"/account", "/collections", "/shares", "/keys", "/#guide", "/team", "/groups", "/status", "/usage"},
        ),
        ("member", {"/account", "/collections", "/shares", "/keys", "/#guide"}),
        ("guest", {"/account", "/collections", "/shares"}),
    ],
)
def test_the_menu_offers_what_the_role_may_open(role: str, seen: set[str], server: Server, open_browser: Open) -> None:
    """Each role has its own links, every one of which opens; a guest is offered neither upload nor sharing."""
    link = invitation(open_browser(server).new_page(), role)
    page = join(open_browser(server, signed_in=False).new_page(), link, f"a-{role}", f"תפקיד {role}").page
    open_menu(page)
    expect(page.locator("#me .items p")).to_contain_text(texts.ROLES[role])
    offered = {item.get_attribute("href") for item in page.locator("#me .items a").all()}
    assert offered == seen
    for address in sorted(offered - {"/#guide"}):  # a part of the screen
        assert page.goto(address).status == 200, address
        expect(page.locator("#me summary")).to_contain_text(f"תפקיד {role}")
        back = texts.VIEW_TALK if address == "/collections" else texts.BACK_TO_TALK
        page.get_by_role("link", name=back, exact=True).click()
        expect(page.locator("#question textarea")).to_be_visible()
    if role == "guest":
        Screen(page).show_cards()
        expect(page.locator("#documents .drop")).to_be_hidden()


def test_the_menu_works_by_keyboard(server: Server, open_browser: Open) -> None:
    """It opens by Enter, its items are reached by Tab, and Escape closes it and gives the focus back."""
    page = open_browser(server).new_page()
    Screen(page).open()
    menu = page.locator("#me summary")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#me .items")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#me .items a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#me .items")).to_be_hidden()
    expect(menu).to_be_focused()
    open_menu(page)
    page.mouse.click(640, 640)
    expect(page.locator("#me .items")).to_be_hidden()
