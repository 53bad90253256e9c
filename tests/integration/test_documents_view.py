"""The documents of the screen: collections as cards, the list of one, and moving documents between them."""

import re

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from answers.answer import Answer
from indexes.accept import accept
from indexes.catalogue import Collection, DocumentRecord
from indexes.page import Page, Place
from tests.web_parts import browser, citation_of, made_ready, new_collection, ready_document, sign_in
from webui.accounts.account import Account, Role
from webui.audit import Wanted
from webui.grants import Grant, Level
from webui.services import Services
from webui.texts import collection_texts, document_texts, texts


def somebody(services: Services, name: str, role: Role = "member") -> Account:
    """A person of the team."""
    return services.accounts.create(name, f"שם של {name}", role)


def opened(services: Services, collection: Collection, account: Account, level: Level) -> None:
    """Opens a collection to somebody."""
    services.grants.put(Grant(collection.id, account.id, None, level))


def client_of(app: FastAPI, services: Services, account: Account) -> TestClient:
    """The browser of somebody."""
    return sign_in(browser(app), services, account.id)


def card(page: str, collection: Collection) -> str:
    """The HTML of the card of a collection."""
    found = re.search(rf'<li class="collection" data-collection="{collection.id}".*?</li>', page, re.DOTALL)
    return found[0] if found else ""


def test_cards_are_those_that_may_be_read(app: FastAPI, services: Services) -> None:
    """Everybody has a card for each collection that is open to them, and for no other."""
    member = somebody(services, "cards-member")
    mine, closed = new_collection(services, "שלי", member.id), new_collection(services, "סגור")
    page = client_of(app, services, member).get("/documents/cards").text
    assert collection_texts.OPEN_TO_YOU in card(page, mine)
    assert "data-writable" in card(page, mine)
    assert closed.id not in page


def test_a_card_says_what_is_inside_and_for_whom(app: FastAPI, services: Services) -> None:
    """How many documents and how large, how many failed or wait, and who may read them; guests learn nobody's name."""
    owner, guest = somebody(services, "cards-owner"), somebody(services, "cards-guest", "guest")
    collection = new_collection(services, "<b>תיק</b>", owner.id)
    opened(services, collection, guest, "reader")
    ready_document(services, collection.id)
    accept(services.catalogue, services.files, collection.id, "b.txt", [b"b"], 99)
    drawn = card(client_of(app, services, owner).get("/documents/cards").text, collection)
    assert collection_texts.DOCUMENTS.format(count=2) in drawn
    assert document_texts.SUMMARY_BUSY.format(count=1) in drawn
    assert "<b>תיק" not in drawn
    assert "שם של cards-guest" in drawn
    seen = client_of(app, services, guest).get("/documents/cards").text
    assert "cards-owner" not in seen
    assert "data-writable" not in card(seen, collection)
    assert "data-make" not in seen


def test_whoever_may_read_nothing_is_told_what_to_do(app: FastAPI, services: Services) -> None:
    """A guest asks whoever invited them; a member makes a collection."""
    guest, member = somebody(services, "lonely-guest", "guest"), somebody(services, "lonely-member")
    assert collection_texts.NO_COLLECTIONS_GUEST in client_of(app, services, guest).get("/documents/cards").text
    assert "data-make" in client_of(app, services, member).get("/documents/cards").text


def test_the_page_of_all_collections_leads_to_the_cards(client: TestClient) -> None:
    """There is one place for them."""
    answer = client.get("/collections")
    assert (answer.status_code, answer.headers["location"]) == (303, "/#documents")


def test_a_list_says_who_added_what_and_when(app: FastAPI, services: Services) -> None:
    """Members see names and days; guests only days."""
    owner, guest = somebody(services, "list-owner"), somebody(services, "list-guest", "guest")
    collection = new_collection(services, "רשימה", owner.id)
    opened(services, collection, guest, "reader")
    accept(services.catalogue, services.files, collection.id, "a.txt", [b"a"], 99, added_by=owner.id)
    address = f"/documents/list?collection={collection.id}"
    assert "שם של list-owner" in client_of(app, services, owner).get(address).text
    seen = client_of(app, services, guest).get(address).text
    assert "list-owner" not in seen
    assert re.search(r"\d{1,2}\.\d{1,2}\.20\d\d", seen)


@pytest.mark.parametrize(
    ("kind", "labels", "said"),
    [
        ("sheet", ("שכר", "שכר", "אגרות"), document_texts.COUNTS["sheet"][1].format(total=2)),
        ("slide", ("", ""), document_texts.COUNTS["slide"][1].format(total=2)),
        ("message", ("דנה",), document_texts.COUNTS["message"][0]),
    ],
)
def test_what_a_document_is_made_of_is_counted_as_people_do(
    client: TestClient, services: Services, kind: str, labels: tuple[str, ...], said: str
) -> None:
    """A workbook has sheets, however many pages they take; a presentation has slides, a mailbox messages."""
    collection = new_collection(services, "סוגים")
    record, _ = accept(services.catalogue, services.files, collection.id, f"{kind}.bin", [kind.encode()], 99)
    pages = [Page(number, "טקסט", Place(kind, label)) for number, label in enumerate(labels, start=1)]
    services.passages.store(record.id, pages, [])
    made_ready(services, record)
    assert said in client.get(f"/documents/list?collection={collection.id}").text


def test_a_document_moves_between_collections_of_which_one_is_editor(app: FastAPI, services: Services) -> None:
    """Both have to be open for changes; what is not is not there (404), and nothing moves then."""
    editor, owner = somebody(services, "mover"), services.accounts.owner()
    here, there = new_collection(services, "מכאן"), new_collection(services, "לשם")
    document = ready_document(services, here.id)
    client = client_of(app, services, editor)
    for levels in ((), ("editor",), ("editor", "reader"), ("reader", "editor")):
        for collection, level in zip((here, there), levels, strict=False):
            opened(services, collection, editor, level)
        assert move(client, document, there) == 404
    assert services.catalogue.document(document.id).collection_id == here.id
    for collection in (here, there):
        opened(services, collection, editor, "editor")
    assert move(client, document, there) == 200
    assert services.catalogue.document(document.id).collection_id == there.id
    (entry,) = services.audit.entries(Wanted(action="document_moved"), 0, 1)
    assert (entry.actor_id, entry.subject, entry.detail) == (editor.id, document.id, {"collection": there.id})
    log = client_of(app, services, owner).get("/audit").text
    assert "לשם" in log


def move(client: TestClient, document: DocumentRecord, collection: Collection) -> int:
    """Asks for a document to be moved."""
    return client.patch(f"/api/documents/{document.id}", json={"collection_id": collection.id}).status_code


def test_what_does_not_move_is_told_why(client: TestClient, services: Services) -> None:
    """The same file is there already: a sentence, and the document stays."""
    here, there = new_collection(services, "א"), new_collection(services, "ב")
    document, _ = accept(services.catalogue, services.files, here.id, "x.txt", [b"x"], 99)
    accept(services.catalogue, services.files, there.id, "y.txt", [b"x"], 99)
    answer = client.patch(f"/api/documents/{document.id}", json={"collection_id": there.id})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_moved_there")
    assert answer.json()["message"] == document_texts.NOT_MOVED["there"]


def test_citations_of_a_moved_document_still_open(app: FastAPI, services: Services) -> None:
    """For whoever may read its new collection; for others the source closes, and says nothing of where it went."""
    reader = somebody(services, "citer")
    here, open_too, closed = (new_collection(services, name) for name in ("מקור", "פתוח", "סגור"))
    for collection in (here, open_too):
        opened(services, collection, reader, "reader")
    document = ready_document(services, here.id)
    conversation = services.conversations.create(reader.id, "שיחה")
    turn = services.conversations.add_question(reader.id, conversation.id, "כמה?")
    services.conversations.save_answer(turn.id, Answer("כך [1].", (citation_of(document),), finished=True))
    client = client_of(app, services, reader)
    services.catalogue.move_document(document.id, open_too.id)
    assert "1,250" in client.get(f"/source/{turn.id}/1").text
    services.catalogue.move_document(document.id, closed.id)
    source = client.get(f"/source/{turn.id}/1").text
    assert texts.SOURCE_CLOSED in source
    assert "1,250" not in source
    assert "אגרות" not in source
