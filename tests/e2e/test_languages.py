"""Every page in every language: no word of another one, no raw key, nothing laid out in the wrong direction."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from darash.texts import SAMPLE_COLLECTION, SAMPLE_QUESTIONS
from tests import database
from tests.e2e.people import PASSWORD, invitation, join, share_by_link
from tests.e2e.screen import ANSWER_MS, READY_MS, Screen
from tests.e2e.server import Server
from tests.e2e.spoken import HEBREW, KEY, LATIN, Said, plain, said_on, words
from tests.integration.test_recorded import walked
from tests.unit.webui.texts.test_languages import MODULES, said, sentences
from tests.web_parts import FakeAnswering, app_of, build_services
from webui.texts.hebrew import texts as hebrew
from webui.texts.language import DIRECTIONS, LANGUAGES, Language

PERSON = "דנה כהן"
GROUP = "מחלקת גינון"
QUESTION = "אחרי כמה זמן נמחקים צילומי המצלמות?"
NAMES = {"English", "local", "dana", "darash", "Darash", "static", "he"}
"""Latin on every screen: the name of the other language, and what people and things in this test are called."""

NO_PAGES = re.compile(r"/(api|v1|mcp|export|health|oidc|static|screen)\b")
"""Where programs are answered, files are fetched, or another page is gone to."""

FRAGMENTS = re.compile(r"/(me|conversations|documents/(list|cards)|source|talk|status/now|guide)\b")
"""Parts of pages, which scripts put into one."""

INSERT = "async (address) => (document.querySelector('main').innerHTML = await (await fetch(address)).text())"

PAGES = {
    "/": "/",
    "/account": "/account",
    "/audit": "/audit?check=1",
    "/collections": "/collections",
    "/collections/{collection_id}": "/collections/{collection}",
    "/connect": "/connect",
    "/conversations/choice": "/conversations/choice",
    "/conversations/list": "/conversations/list",
    "/documents/cards": "/documents/cards",
    "/documents/list": "/documents/list?collection={collection}",
    "/documents/{document_id}/check": "/documents/{document}/check",
    "/glossary/{collection_id}": "/glossary/{collection}",
    "/groups": "/groups",
    "/groups/{group_id}": "/groups/{group}",
    "/guide": "/guide",
    "/join": "/join?token=none",
    "/keys": "/keys",
    "/share/{conversation_id}": "/share/{conversation}",
    "/shared/{token:path}": "{shared}",
    "/shares": "/shares",
    "/shares/{share_id}": "/shares/{share}",
    "/sign-in": "/sign-in",
    "/source/{turn_id}/{number}": "/source/{turn}/1",
    "/status": "/status",
    "/status/now": "/status/now",
    "/talk/begin": "/talk/begin",
    "/team": "/team",
    "/team/{account_id}": "/team/{account}",
    "/team/{account_id}/delete": "/team/{account}/delete",
    "/usage": "/usage",
    "/view/{turn_id}/{number}": "/view/{turn}/1",
}
"""Every path that shows something, and the address by which it is opened here."""


@dataclass(frozen=True, slots=True)
class Team:
    """A server with somebody and something of everything; `ids` are those of the things, `data` the words in them."""

    server: Server
    page: Page
    stranger: Page
    ids: dict[str, str]
    data: set[str]

    def speak(self, language: Language) -> None:
        """Lets both browsers be answered in that language."""
        self.page.goto("/account")
        self.stranger.goto("/sign-in")
        for page in (self.page, self.stranger):
            page.locator(f'form.languages button[value="{language}"]').click()
            expect(page.locator("html")).to_have_attribute("lang", language)


def test_every_page_is_walked(tmp_path: Path) -> None:
    """A new path that is no file and no answer to a program has to stand in the list of pages above."""
    services = build_services(tmp_path, database.new_engine(tmp_path), FakeAnswering())
    paths = {path for method, path in walked(app_of(services).routes) if method == "GET"}
    assert {path for path in paths if not NO_PAGES.match(path)} == set(PAGES) - {"/"}


@pytest.fixture(scope="module")
def team(quoting: Server, module_browser: Callable[..., BrowserContext]) -> Team:
    """A team as after a first day: a member, a group, a conversation, a share, a key."""
    page = module_browser(quoting).new_page()
    stranger = module_browser(quoting, signed_in=False, refused=410).new_page()
    page.goto("/account")
    join(stranger, invitation(page), "dana", PERSON)
    page.goto("/groups")
    page.locator('form[action="/groups"] input[name="name"]').fill(GROUP)
    page.locator('form[action="/groups"] button.main').click()
    ids = {"group": last(page.url)}
    page.goto("/team")
    ids["account"] = last(page.get_by_role("link", name=PERSON).get_attribute("href"))
    ids |= asked(page)
    ids["shared"] = share_by_link(page, ids["conversation"])
    page.goto("/shares")
    ids["share"] = page.locator('li[id^="share-"]').first.get_attribute("id").partition("-")[2]
    page.goto("/keys")
    page.locator('input[name="name"]').fill(GROUP)
    page.locator('input[name="scope-read"]').check()
    page.locator("form button.main").first.click()
    stranger.context.clear_cookies()
    return Team(quoting, page, stranger, ids, data_of(page, ids["collection"]))


def asked(page: Page) -> dict[str, str]:
    """Asks a question about the samples; the ids of the conversation, the answer, a document and its collection."""
    [collection] = page.request.get("/api/collections").json()
    documents: list[dict[str, str]] = []
    for _ in range(READY_MS // 500):
        documents = page.request.get(f"/api/documents?collection={collection['id']}").json()
        if documents and all(one["state"] == "ready" for one in documents):
            break
        page.wait_for_timeout(500)
    ours = {"origin": "/".join(page.url.split("/")[:3])}
    answer = page.request.post("/api/ask", data={"question": QUESTION, "stream": False}, headers=ours).json()
    assert answer["citations"]
    return {
        "collection": collection["id"],
        "document": answer["citations"][0]["document_id"],
        "turn": answer["turn"],
        "conversation": answer["conversation"],
    }


def last(address: str | None) -> str:
    """The id at the end of an address."""
    return (address or "").partition("?")[0].rpartition("/")[2]


def data_of(page: Page, collection_id: str) -> set[str]:
    """All words of the documents, their names and titles, and of what was typed here."""
    found = [PERSON, GROUP, QUESTION, PASSWORD, SAMPLE_COLLECTION, *SAMPLE_QUESTIONS, hebrew.LANGUAGE_NAME]
    for document in page.request.get(f"/api/documents?collection={collection_id}").json():
        found += [str(value) for value in document.values()]
        pages = document.get("pages") or 1
        for number in range(1, int(pages) + 1):
            answer = page.request.get(f"/api/documents/{document['id']}/pages/{number}")
            found += [answer.json()["text"]] if answer.ok else []
    return words(*found) | NAMES


def catalogue(language: Language) -> set[str]:
    """Every word that the sentences of a language have, in either script."""
    return words(*(one for name in MODULES for value in said(language, name).values() for one in sentences(value)))


def foreign(one: Said, language: Language, known: set[str]) -> list[str]:
    """Words of a text that are neither of the language nor known, and keys in it."""
    script = LATIN if language == "he" else HEBREW
    ids = re.compile(r"[0-9a-f]{8,}|https?://\S+|[\w.-]+@[\w.-]+|/\w[\w/.-]*|\b\w+\.\w{2,5}\b|DARASH_\w+")
    bare = ids.sub(" ", one.text)
    strange = [word for word in script.findall(bare) if plain(word) not in known]
    return [*strange, *(key for key in KEY.findall(bare) if key not in known)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_speaks_one_language(team: Team, path: str, language: Language) -> None:
    """Texts, names for screen readers and titles are in the language of the page, and so is the layout."""
    speaking(team, language)
    page = team.stranger if path in ("/sign-in", "/join") else team.page
    address = PAGES[path].format(**team.ids)
    page.goto("/account" if FRAGMENTS.match(path) else address)
    if FRAGMENTS.match(path):
        page.evaluate(INSERT, address)
    if path == "/":
        Screen(page).open(f"/?c={team.ids['conversation']}")
        expect(page.locator("#chat a.cite").first).to_be_visible(timeout=ANSWER_MS)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("html")).to_have_attribute("dir", DIRECTIONS[language])
    known = team.data | catalogue(language)
    pieces = said_on(page)
    strange = {f"{one.where}: {one.text[:80]}": found for one in pieces if (found := foreign(one, language, known))}
    assert strange == {}
    assert [one for one in pieces if one.turned()] == []


SPEAKING: dict[int, Language] = {}


def speaking(team: Team, language: Language) -> None:
    """Chooses the language unless the last test did."""
    if SPEAKING.get(id(team)) != language:
        team.speak(language)
        SPEAKING[id(team)] = language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(1280, 800), (390, 844), (320, 640)], ids=["desktop", "phone", "narrow"])
def test_the_screen_is_laid_out_in_the_direction_of_its_language(
    team: Team, size: tuple[int, int], language: Language
) -> None:
    """The list stands where reading begins, the send button where it ends, and nothing is wider than the window."""
    speaking(team, language)
    page = team.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    Screen(page).open(f"/?c={team.ids['conversation']}")
    expect(page.locator("#chat a.cite").first).to_be_visible()
    box, send = page.locator("#question textarea").bounding_box(), page.locator("#question button").first.bounding_box()
    is_right = send["x"] > box["x"]
    assert is_right == (language == "en")
    if size[0] > 1000:
        side, talk = page.locator("#side").bounding_box(), page.locator("#talk").bounding_box()
        assert (side["x"] > talk["x"]) == (language == "he")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.set_viewport_size({"width": 1280, "height": 800})
