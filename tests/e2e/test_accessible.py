"""Every page of ours by axe-core, in both themes, on a desktop and a phone, at 320 px and at 200 % zoom."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import APIRequestContext, BrowserContext, Page, expect

from tests.e2e.axe import looked_at
from tests.e2e.people import PASSWORD
from tests.e2e.screen import ANSWER_MS, READY_MS, Screen
from tests.e2e.server import Server
from tests.e2e.told import tell
from tests.fake_model_server import FakeModelServer, stream, words

pytestmark = pytest.mark.timeout(300)

Open = Callable[..., BrowserContext]
OURS = {"sec-fetch-site": "same-origin"}
SAMPLES = 10
"""Files of the sample collection."""
ANSWER = """יש לצרף ערבות בנקאית על סך 60,000 ₪ [1].

| שלב | מועד |
|---|---|
| הגשת ההצעות | 4.1.2027, עד השעה 12:00 |

- לשאלות: tenders@nahal-shkamim.example או 08-555-0114;
- `DARASH_PORT=7860` הוא ברירת המחדל."""


@dataclass
class Team:
    """A server in use, and the ids of what is there, by the names that they have in addresses."""

    server: Server
    things: dict[str, str] = field(default_factory=dict)

    def at(self, path: str) -> str:
        """The path with ids in the place of their names."""
        return path.format(**self.things)


def post(asking: APIRequestContext, path: str, form: Mapping[str, str]) -> str:
    """Sends a form as its page would; returns the address that it led to and the page there."""
    answer = asking.post(path, form=dict(form), headers=OURS)
    assert answer.ok, answer.text()
    return f"{answer.url}\n{answer.text()}"


def found(pattern: str, text: str) -> str:
    """The first group of the first match."""
    match = re.search(pattern, text)
    assert match, f"no {pattern} in {text[:400]}"
    return match[1]


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory, model: FakeModelServer, module_browser: Open) -> Iterator[Team]:
    """A server with the sample collection and one of its own, people, a group, a key, a failed file, an answer."""
    server = Server(tmp_path_factory.mktemp("team"), model.url)
    server.start()
    team = Team(server)
    page = module_browser(server).new_page()
    asking, things = page.request, team.things
    invited = post(asking, "/team/invite", {"name": "אבי כהן", "role": "guest", "days": "7"})
    things["invited"] = found(r"token=([\w-]+)", invited)
    token = found(r"token=([\w-]+)", post(asking, "/team/invite", {"name": "", "role": "member", "days": "7"}))
    joining = module_browser(server, signed_in=False).new_page()
    names = {"shown_name": "רות ברק", "name": "ruth", "password": PASSWORD, "again": PASSWORD}
    post(joining.request, "/join", {"token": token, **names})
    things["ruth"] = found(r'/team/([0-9a-f]{32})"[^>]*><bdi[^>]*>רות', asking.get("/team").text())
    things["group"] = found(r"/groups/([0-9a-f]{32})", post(asking, "/groups", {"name": "הלשכה המשפטית"}))
    post(asking, f"/groups/{things['group']}/add", {"person": things["ruth"]})
    made = asking.post("/api/collections", data={"name": "נהלים 2026"}, headers=OURS)
    things["collection"] = made.json()["id"]
    for whom in (f"group-{things['group']}", f"person-{things['ruth']}"):
        post(asking, f"/collections/{things['collection']}/open", {"whom": whom, "level": "editor"})
    post(asking, "/keys", {"name": "צ׳אט", "scope-read": "on", "days": "30"})
    broken = {"file": {"name": "שבור.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 nothing"}}
    assert asking.post(f"/api/documents?collection={things['collection']}", multipart=broken, headers=OURS).ok

    screen = Screen(page)
    screen.open()
    samples = next(one for one in asking.get("/api/collections").json() if one["id"] != things["collection"])
    things["samples"] = samples["id"]
    for _ in range(READY_MS // 500):
        documents = asking.get(f"/api/documents?collection={samples['id']}").json()
        if len(documents) >= SAMPLES and all(one["state"] == "ready" for one in documents):
            break
        page.wait_for_timeout(500)
    things |= {one["filename"].rpartition(".")[2]: one["id"] for one in documents}
    tell(model, stream(*words(ANSWER)), next_questions="מה המועד האחרון להגשת ההצעות?\nמי רשאי להשתתף במכרז?")
    screen.ask("מה צריך לצרף להצעה במכרז הגינון, ועד מתי?")
    expect(screen.answer().locator("a.cite").first).to_be_visible(timeout=ANSWER_MS)
    expect(page.locator("#chat .next")).to_be_visible(timeout=ANSWER_MS)
    things["conversation"] = screen.conversation_id()
    shared = post(asking, f"/share/{things['conversation']}", {"how": "link", "days": "7", "passages": "on"})
    things["share"] = found(r"/shared/([\w-]+)", shared)
    turns = asking.get(f"/api/conversations/{things['conversation']}").json()["turns"]
    things["turn"] = turns[-1]["id"]
    yield team
    server.stop()


PAGES = (
    "/account", "/collections/{collection}", "/collections/{samples}", "/shares",
    "/share/{conversation}", "/keys", "/team", "/team/{ruth}", "/team/{ruth}/delete", "/groups", "/groups/{group}",
    "/audit", "/connect", "/status", "/usage", "/glossary/{samples}", "/documents/{pdf}/check",
    "/documents/{docx}/check", "/view/{turn}/1", "/nothing",
)  # fmt: skip
STRANGERS = ("/sign-in", "/sign-in?token=x", "/join?token={invited}", "/join?token=x", "/shared/{share}", "/shared/x")


@pytest.mark.parametrize("path", PAGES)
def test_pages(path: str, team: Team, open_browser: Open) -> None:
    """No page of somebody who is signed in breaks a rule, nor is wider than a narrow screen."""
    page = open_browser(team.server, refused=404).new_page()
    page.goto(team.at(path))
    expect(page.locator("h1, h2").first).to_be_visible()
    wrong = looked_at(page, path)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", STRANGERS)
def test_pages_of_strangers(path: str, team: Team, open_browser: Open) -> None:
    """The same for the pages that everybody may open who has the link."""
    page = open_browser(team.server, signed_in=False, refused="status of 4").new_page()
    page.goto(team.at(path))
    wrong = looked_at(page, path)
    assert not wrong, "\n".join(wrong)


def menu(page: Page, _: Team) -> None:
    page.locator("#me summary").click()
    expect(page.locator("#me .items")).to_be_visible()


def answered(page: Page, team: Team) -> None:
    Screen(page).open(team.at("/?c={conversation}"))
    expect(page.locator("#chat a.cite").first).to_be_visible(timeout=ANSWER_MS)


def source(page: Page, team: Team) -> None:
    answered(page, team)
    page.locator("#chat a.cite").first.click()
    expect(page.locator("#source .panel h2")).to_be_visible()


def complete(page: Page) -> None:
    """Waits for the box beside the documents that Gradio draws last: the link that skips leads to it."""
    expect(page.locator("#question textarea")).to_be_attached()


def cards(page: Page, _: Team) -> None:
    page.goto("/collections")
    expect(page.locator("#documents .cards")).to_be_visible()
    complete(page)


def documents(page: Page, team: Team) -> None:
    page.goto(team.at("/#documents={samples}"))
    expect(page.locator("#documents .documents")).to_be_visible()
    complete(page)


def failed(page: Page, team: Team) -> None:
    page.goto(team.at("/#documents={collection}"))
    expect(page.locator('#documents [data-state="failed"]')).to_be_visible(timeout=READY_MS)
    complete(page)


STATES: dict[str, Callable[[Page, Team], None]] = {
    "empty": lambda page, _: Screen(page).open(),
    "menu": lambda page, team: (Screen(page).open(), menu(page, team))[-1],
    "answer": answered,
    "source": source,
    "cards": cards,
    "documents": documents,
    "failed": failed,
}


@pytest.mark.parametrize("state", STATES)
def test_the_screen(state: str, team: Team, open_browser: Open) -> None:
    """Nor does the screen, with an answer, a source, the documents or the menu open."""
    page = open_browser(team.server).new_page()
    STATES[state](page, team)
    wrong = looked_at(page, state)
    assert not wrong, "\n".join(wrong)
