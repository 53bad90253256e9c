"""What is private stays private, and what is shared is that and no more: two and three browsers at one Darash."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.people import (
    grant,
    invitation,
    join,
    new_collection,
    revoke,
    revoke_shares,
    share_by_link,
    upload_into,
)
from tests.e2e.screen import ANSWER_MS, Screen
from tests.e2e.server import Server
from tests.e2e.told import slowly, tell
from tests.fake_model_server import FakeModelServer, stream, words
from webui.texts import sharing_texts, texts

pytestmark = pytest.mark.timeout(300)

Open = Callable[..., BrowserContext]

SECRET = "צמרמורת"
FILE = "הסכם חשאי.txt"
TEXT = f"הסכם פשרה. קוד הכספת של משרד עורכי הדין הוא {SECRET} 7731, והוא מוחלף בכל רבעון."
QUESTION = "מה קוד הכספת של משרד עורכי הדין?"
ANSWER = f"קוד הכספת של משרד עורכי הדין הוא {SECRET} 7731 [1]."
HARMLESS = "אין לי מידע על כך במסמכים."
LAWYER, COLLEAGUE = "עו״ד רות ברק", "דני כהן"


@dataclass(frozen=True)
class Case:
    """What the lawyer has, by its real ids."""

    collection_id: str
    document_id: str
    conversation_id: str
    turn_id: str


@dataclass(frozen=True)
class Office:
    """Two people signed in, each in a browser of their own, and what the first of them keeps to herself."""

    lawyer: Screen
    colleague: Screen
    case: Case


@pytest.fixture(scope="module")
def office(
    server: Server,
    model: FakeModelServer,
    module_browser: Open,
    tmp_path_factory: pytest.TempPathFactory,
) -> Office:
    """A lawyer with a document, a question and its answer in a collection of her own, and a colleague."""
    owner = module_browser(server).new_page()
    links = [invitation(owner), invitation(owner)]
    # The colleague is refused again and again: Chromium reports each.
    lawyer = join(module_browser(server, signed_in=False).new_page(), links[0], "ruth", LAWYER)
    colleague = join(module_browser(server, signed_in=False).new_page(), links[1], "dani", COLLEAGUE)
    collection_id = new_collection(lawyer.page, "תיקים סודיים")
    file = tmp_path_factory.mktemp("files") / FILE
    file.write_text(TEXT, encoding="utf-8")
    document_id = upload_into(lawyer, collection_id, file)
    asks(lawyer, model, ANSWER)
    expect(lawyer.answer()).to_contain_text(SECRET)
    mark = lawyer.answer().locator("a.cite").first.get_attribute("href")
    case = Case(collection_id, document_id, lawyer.conversation_id(), mark.split("/")[2])
    return Office(lawyer, colleague, case)


def asks(screen: Screen, model: FakeModelServer, said: str) -> None:
    """Asks the question in a new conversation; a model that is asked at all says this."""
    tell(model, stream(*words(said)))
    screen.open()
    screen.ask(QUESTION)
    expect(screen.answer()).to_be_visible(timeout=ANSWER_MS)
    screen.ready()


def places_of(case: Case) -> list[str]:
    """Every address that shows, hands out or tells of what the lawyer has."""
    collection, document, conversation, turn = (
        case.collection_id,
        case.document_id,
        case.conversation_id,
        case.turn_id,
    )
    return [
        f"/view/{turn}/1",
        f"/source/{turn}/1",
        f"/documents/{document}/check",
        f"/documents/list?collection={collection}",
        f"/glossary/{collection}",
        f"/collections/{collection}",
        f"/share/{conversation}",
        f"/export/conversation/{conversation}.md",
        f"/export/conversation/{conversation}.csv",
        f"/export/turn/{turn}.md",
        f"/export/collection/{collection}.csv",
        f"/api/documents/{document}",
        f"/api/documents/{document}/original",
        f"/api/documents/{document}/pages/1",
        f"/api/documents/{document}/pages/1.webp",
        f"/api/documents?collection={collection}",
        f"/api/collections/{collection}/grants",
        f"/api/conversations/{conversation}",
    ]


def test_a_private_collection_never_shows_for_a_colleague(office: Office, model: FakeModelServer) -> None:
    """Not in answers, sources, suggestions, what the model is given, lists or search; every address of it is 404."""
    page = office.colleague.page
    model.requests.clear()
    asks(office.colleague, model, HARMLESS)
    expect(office.colleague.answer()).not_to_contain_text(SECRET)
    expect(office.colleague.answer()).not_to_contain_text("הסכם חשאי")
    assert SECRET not in str(model.chats), "a passage of the lawyer's reached the prompt of a colleague"
    expect(page.locator("#conversations li")).to_have_count(1)
    for address in places_of(office.case):
        response = page.request.get(address)
        assert response.status == 404, address
        assert SECRET not in response.text(), address
    for address in ("/documents/cards", "/shares", "/api/collections", "/api/conversations", "/"):
        text = page.request.get(address).text()
        assert SECRET not in text, address
        assert "תיקים סודיים" not in text, address
        assert office.case.collection_id not in text, address
    found = page.request.post("/api/search", data={"question": QUESTION}, headers={"origin": origin(page)})
    assert found.ok, found.text()
    assert SECRET not in found.text()
    named = {"question": QUESTION, "collections": [office.case.collection_id]}
    assert page.request.post("/api/search", data=named, headers={"origin": origin(page)}).status == 404
    office.colleague.show_cards()
    expect(page.locator("#documents")).not_to_contain_text("תיקים סודיים")
    expect(page.locator("#documents")).not_to_contain_text("הסכם חשאי")
    page.goto(f"/?c={office.case.conversation_id}")
    expect(page.locator("#chat")).to_contain_text(texts.CONVERSATION_GONE)


def test_a_shared_link_shows_the_conversation_and_nothing_more(
    office: Office, server: Server, open_browser: Open
) -> None:
    """A browser that is not signed in reads it with its sources; no link leads on; and it is dead when revoked."""
    link = share_by_link(office.lawyer.page, office.case.conversation_id)
    third = open_browser(server, signed_in=False, refused=404).new_page()
    assert third.goto(link).status == 200
    expect(third.locator("main")).to_contain_text(QUESTION)
    expect(third.locator("main")).to_contain_text(SECRET)
    expect(third.locator(".sources")).to_contain_text("הסכם חשאי")
    expect(third.locator(".sources blockquote")).to_contain_text("7731")
    for shown in third.locator("[href], [src], [action]").all():
        address = next(filter(None, (shown.get_attribute(name) for name in ("href", "src", "action"))))
        assert address.startswith(("#", "/static/")), f"the shared page leads on to {address}"
    third.locator("a.cite").first.click()
    assert third.url.partition("#")[0] == link
    assert third.context.cookies() == []
    for address in [*places_of(office.case), "/", "/account", "/api/collections", f"{link}/1", f"{link}/../../"]:
        response = third.request.get(address, headers={"accept": "application/json"}, max_redirects=0)
        assert response.status in (303, 401, 404), address
        assert SECRET not in response.text(), address
    revoke_shares(office.lawyer.page, office.case.conversation_id)
    assert third.goto(link).status == 404
    expect(third.get_by_text(sharing_texts.SHARE_GONE)).to_be_visible()
    expect(third.locator("body")).not_to_contain_text(SECRET)


def test_a_granted_right_counts_at_the_next_request_and_a_revoked_one_too(
    office: Office, model: FakeModelServer
) -> None:
    """The colleague finds the document once it is open to him; closed again, it ends the very answer being written."""
    case, colleague = office.case, office.colleague
    grant(office.lawyer.page, case.collection_id, COLLEAGUE)
    asks(colleague, model, ANSWER)
    expect(colleague.answer()).to_contain_text(SECRET)
    source = colleague.answer().locator("a.cite").first.get_attribute("href").replace("/view/", "/source/")
    assert SECRET in colleague.page.request.get(source).text()
    assert colleague.page.request.get(f"/api/documents/{case.document_id}/original").ok
    assert colleague.page.request.get(f"/view/{case.turn_id}/1").status == 404, "the lawyer's own answer stays hers"

    tell(model, slowly("תחילת התשובה. " + "עוד מילים על הכספת. " * 200 + "הסוף", pause=0.1))
    colleague.open()
    colleague.ask(QUESTION)
    expect(colleague.answer()).to_contain_text("תחילת התשובה", timeout=ANSWER_MS)
    revoke(office.lawyer.page, case.collection_id, COLLEAGUE)
    expect(colleague.answer()).to_contain_text(texts.PROBLEMS["rights_changed"], timeout=10_000)
    expect(colleague.answer()).not_to_contain_text("הסוף")
    colleague.ready()
    closed = colleague.page.request.get(source)
    assert SECRET not in closed.text()
    assert colleague.page.request.get(f"/api/documents/{case.document_id}/original").status == 404
    asks(colleague, model, HARMLESS)
    expect(colleague.answer()).not_to_contain_text(SECRET)


def origin(page: Page) -> str:
    """The address of the site that a page is on."""
    return page.url.partition("//")[0] + "//" + page.url.partition("//")[2].partition("/")[0]
