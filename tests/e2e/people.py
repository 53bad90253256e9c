"""People of a team in the browser: how the owner lets somebody in, how somebody comes in, what they do on our pages."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.screen import Screen
from webui.texts import texts

PASSWORD = "ארבע מילים בלי שום קשר"


def invitation(owner: Page, role: str = "member") -> str:
    """A link by which somebody can join, as the owner makes it on the page of the team."""
    owner.goto("/team")
    owner.locator(f'form[action="/team/invite"] input[value="{role}"]').check()
    owner.locator('form[action="/team/invite"] button.main').click()
    return owner.locator(".copy input").input_value()


def join(page: Page, link: str, name: str, shown_name: str) -> Screen:
    """Makes an account by an invitation, and is on the screen then."""
    page.goto(link)
    page.locator('input[name="shown_name"]').fill(shown_name)
    page.locator('input[name="name"]').fill(name)
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator('input[name="again"]').fill(PASSWORD)
    page.locator("button.main").click()
    screen = Screen(page)
    expect(page.locator("#question textarea")).to_be_visible()
    return screen


def sign_in_by_password(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fills in the page that everybody meets who is not signed in."""
    page.goto("/sign-in")
    page.locator('input[name="name"]').fill(name)
    page.locator('input[name="password"]').fill(password)
    page.locator("button.main").click()


def open_menu(page: Page) -> None:
    """Opens the menu of the person."""
    page.locator("#me summary").click()
    expect(page.locator("#me .items")).to_be_visible()


def sign_out(page: Page) -> None:
    """Signs out by the menu."""
    open_menu(page)
    page.locator("#me").get_by_role("button", name=texts.SIGN_OUT).click()
    page.wait_for_url("**/sign-in")


def new_collection(page: Page, name: str) -> str:
    """Makes a collection beside the cards of the others, and returns its id."""
    page.goto("/#documents")
    page.locator("#documents form[data-make] input").fill(name)
    page.locator("#documents form[data-make] button").click()
    page.wait_for_url(re.compile(r"#documents=[0-9a-f]{32}"))
    return page.url.partition("#documents=")[2]


def upload_into(screen: Screen, collection_id: str, file: Path) -> str:
    """Uploads a file into a collection, waits until it can be searched, and returns its id."""
    screen.page.goto(f"/#documents={collection_id}")
    expect(screen.page.locator(f'#documents [data-collection="{collection_id}"]')).to_be_attached()
    screen.upload(file)
    row = screen.ended(file.name, "ready")
    return str(row.get_attribute("data-document"))


def grant(page: Page, collection_id: str, person: str, level: str = "reader") -> None:
    """Opens a collection to somebody, by the name that is shown."""
    page.goto(f"/collections/{collection_id}")
    form = page.locator(f'form.line[action="/collections/{collection_id}/open"]')
    option = form.locator("option", has_text=person).first
    form.locator('select[name="whom"]').select_option(option.get_attribute("value"))
    form.locator('select[name="level"]').select_option(level)
    form.locator("button.main").click()
    expect(page.locator(".grants").get_by_text(person).first).to_be_visible()


def revoke(page: Page, collection_id: str, person: str) -> None:
    """Closes a collection to somebody again."""
    page.goto(f"/collections/{collection_id}")
    row = page.locator(".grants li", has_text=person)
    row.locator(".ask summary").click()
    row.locator(".ask button.danger").click()
    expect(page.locator(".grants li", has_text=person)).to_have_count(0)


def share_by_link(page: Page, conversation_id: str) -> str:
    """Makes a link to a conversation, with the quoted passages."""
    page.goto(f"/share/{conversation_id}")
    form = page.locator("form", has=page.locator('input[name="how"][value="link"]'))
    form.locator('input[name="passages"]').check()
    form.locator("button.main").click()
    return page.locator(".copy input").input_value()


def revoke_shares(page: Page, conversation_id: str) -> None:
    """Takes the share of a conversation back."""
    page.goto(f"/share/{conversation_id}")
    page.locator("#made .ask summary").click()
    page.locator("#made .ask button.danger").click()
    expect(page.locator("#made .ask")).to_have_count(0)
