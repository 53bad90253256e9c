"""The glossary of a collection as a page of the web app, and what a change of it does to searches and answers."""

import re
import threading
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from answers.answer import Answer
from answers.quoting.quoted import quoted_answer
from indexes.accept import accept
from indexes.glossary import LONGEST_MEANING, LONGEST_TERM, Found
from indexes.settings import IndexSettings
from indexes.storage import open_search, open_storage
from ingest.pipeline import open_pipeline
from ingest.settings import IngestSettings
from ingest.worker import run
from tests.web_parts import (
    ADDRESS,
    PAGE_HTML,
    browser,
    citation_of,
    new_collection,
    ready_document,
)
from webui.services import Services
from webui.texts import glossary_texts

FORM = {**PAGE_HTML, "origin": ADDRESS}


def collection(services: Services, request: pytest.FixtureRequest) -> str:
    """A collection for this test; returns its id."""
    return new_collection(services, request.node.name).id


def send(client: TestClient, address: str, term: str = "", meaning: str = "", status: int = 303) -> str:
    """Sends a form; returns the page that follows, or that says what is wrong."""
    response = client.post(address, data={"term": term, "meaning": meaning}, headers=FORM)
    assert response.status_code == status
    if status == 303:
        response = client.get(response.headers["location"], headers=PAGE_HTML)
        assert response.status_code == 200
    return response.text


def row_ids(page: str) -> list[str]:
    """The ids of the pairs on a page."""
    return re.findall(r'id="pair-(\w+)"', page)


def test_a_pair_is_added_changed_and_removed(
    client: TestClient, services: Services, request: pytest.FixtureRequest
) -> None:
    """What is typed into the forms of the page is what searches use from then on."""
    collection_id = collection(services, request)
    address = f"/glossary/{collection_id}"
    assert glossary_texts.EMPTY in client.get(address).text
    page = send(client, address, "גמלאי", "פנסיונר")
    assert "גמלאי" in page
    assert glossary_texts.STATES["used"] in page
    assert services.glossaries.pairs(collection_id) == (("גמלאי", "פנסיונר"),)
    (entry_id,) = row_ids(page)
    page = send(client, f"{address}/{entry_id}/change", "גמלאית", "פנסיונרית")
    assert services.glossaries.pairs(collection_id) == (("גמלאית", "פנסיונרית"),)
    page = send(client, f"{address}/{row_ids(page)[0]}/remove")
    assert row_ids(page) == []
    assert services.glossaries.pairs(collection_id) == ()


def test_a_found_pair_names_its_page_and_can_be_switched_off(
    client: TestClient, services: Services, request: pytest.FixtureRequest
) -> None:
    """A pair of a document links to the page that defines it; removed, it stays on the page and out of searches."""
    collection_id = collection(services, request)
    address, record = f"/glossary/{collection_id}", ready_document(services, collection_id)
    services.glossaries.store(record.id, collection_id, [Found('חל"ת', "חופשה ללא תשלום", 1)])
    page = client.get(address).text
    assert f'href="/documents/{record.id}/check?page=1"' in page
    assert "אגרות, עמוד 1" in page
    (entry_id,) = row_ids(page)
    page = send(client, f"{address}/{entry_id}/remove")
    assert glossary_texts.STATES["hidden"] in page
    assert services.glossaries.pairs(collection_id) == ()
    page = send(client, f"{address}/{row_ids(page)[0]}/use")
    assert glossary_texts.STATES["used"] in page
    assert len(services.glossaries.pairs(collection_id)) == 1


@pytest.mark.parametrize(
    ("term", "meaning", "code"),
    [
        ("", "פנסיונר", "empty"),
        ("גמלאי", "גמלאי!", "same"),
        ("קשיש", "אזרח ותיק", "known"),
        ("א" * 81, "פנסיונר", "too_long"),
    ],
)
def test_what_is_wrong_is_said_in_hebrew(
    client: TestClient, services: Services, request: pytest.FixtureRequest, term: str, meaning: str, code: str
) -> None:
    """A pair that is refused is still in the form, with a sentence that says why."""
    address = f"/glossary/{collection(services, request)}"
    send(client, address, "קשיש", "אזרח ותיק")
    page = send(client, address, term, meaning, status=422)
    assert glossary_texts.REFUSED[code].format(term=LONGEST_TERM, meaning=LONGEST_MEANING) in page
    assert f'value="{meaning}"' in page


def test_a_refused_change_is_said_at_its_row(
    client: TestClient, services: Services, request: pytest.FixtureRequest
) -> None:
    """A change that makes one pair into another one opens its row again, with what was typed; nothing changed."""
    address = f"/glossary/{collection(services, request)}"
    send(client, address, "קשיש", "אזרח ותיק")
    send(client, address, "גמלאי", "פנסיונר")
    entry_id = services.glossaries.lines(address.rpartition("/")[2])[0].id
    page = send(client, f"{address}/{entry_id}/change", "קשיש", "אזרח ותיק", status=422)
    assert "<details open>" in page
    assert glossary_texts.REFUSED["known"] in page
    assert len(services.glossaries.lines(address.rpartition("/")[2])) == 2


def test_a_pair_that_is_gone_shows_the_glossary_as_it_is(
    client: TestClient, services: Services, request: pytest.FixtureRequest
) -> None:
    """A button of a page that is out of date changes nothing and says so."""
    address = f"/glossary/{collection(services, request)}"
    page = send(client, f"{address}/none/remove", status=404)
    assert glossary_texts.GONE in page


def test_what_documents_and_people_write_is_shown_as_letters(
    client: TestClient, services: Services, request: pytest.FixtureRequest
) -> None:
    """Markup in a pair is text on the page, and direction characters are gone."""
    address = f"/glossary/{collection(services, request)}"
    page = send(client, address, "<b>גמלאי</b>\u202e", '"><script>alert(1)</script>פנסיונר')
    assert "<script>alert" not in page
    assert "<b>" not in page
    assert "\u202e" not in page
    assert "&lt;b&gt;גמלאי" in page


def test_long_glossaries_have_pages_and_a_search(
    client: TestClient, services: Services, request: pytest.FixtureRequest
) -> None:
    """A hundred pairs are shown at once; a search, in any quotes, finds the others."""
    collection_id = collection(services, request)
    record = ready_document(services, collection_id)
    found = [Found(f"מונח {number:03}", f"פירוש אחר {number}", 1) for number in range(120)]
    services.glossaries.store(record.id, collection_id, [*found, Found("תב״ר", "תקציב בלתי רגיל", 1)])
    address = f"/glossary/{collection_id}"
    assert len(row_ids(client.get(address).text)) == 100
    assert len(row_ids(client.get(address, params={"first": 100}).text)) == 21
    assert len(row_ids(client.get(address, params={"name": 'תב"ר'}).text)) == 1
    assert glossary_texts.NO_MATCH in client.get(address, params={"name": "אין כזה"}).text
    assert client.get(address, params={"name": "א" * 201}).status_code == 422


def test_other_sites_and_strangers_change_nothing(
    client: TestClient, app: FastAPI, services: Services, request: pytest.FixtureRequest
) -> None:
    """A form of another site, a browser that is not signed in, a form without end, an unknown collection: refused."""
    collection_id = collection(services, request)
    address, pair = f"/glossary/{collection_id}", {"term": "גמלאי", "meaning": "פנסיונר"}
    assert client.post(address, data=pair, headers={"origin": "https://evil.example"}).status_code == 403
    assert browser(app).post(address, data=pair).status_code == 401
    assert client.post("/glossary/none", data=pair, headers=FORM).status_code == 404
    assert client.get("/glossary/none").status_code == 404
    assert client.post(address, data={"term": "א" * 9000}, headers=FORM).status_code == 413
    assert client.post(f"{address}/x/burn", data=pair, headers=FORM).status_code == 422
    assert services.glossaries.lines(collection_id) == []


def test_a_source_says_why_it_was_found(client: TestClient, services: Services, request: pytest.FixtureRequest) -> None:
    """The page of a citation names the words that matched, with the pairs of the glossary as they are now."""
    collection_id = collection(services, request)
    record, account = ready_document(services, collection_id), services.accounts.owner()
    conversation = services.conversations.create(account.id, "אגרה")
    turn = services.conversations.add_question(account.id, conversation.id, "כמה עולה <b>התשלום</b>, כמה שקל?")
    services.conversations.save_answer(turn.id, Answer("1,250 [1]", (citation_of(record),), finished=True))
    page = client.get(f"/source/{turn.id}/1").text
    assert glossary_texts.WHY in page
    assert glossary_texts.FORMS["ending"] in page
    assert "שקלים" in page
    assert glossary_texts.FORMS["glossary"] not in page
    services.glossaries.add(collection_id, ("תשלום", "אגרה"), account.id)
    page = client.get(f"/view/{turn.id}/1").text
    assert glossary_texts.FORMS["glossary"] in page
    assert "האגרה" in page
    assert "<b>" not in page


def test_a_pair_of_the_glossary_leads_to_an_answer(tmp_path: Path) -> None:
    """A word that no document has is answered from one that says it otherwise, once the pair is there."""
    storage = open_storage(IndexSettings(_env_file=None, data=tmp_path))
    collection_id = storage.catalogue.collection_named("נהלים").id
    for name, text in {
        "הטבות.txt": "פנסיונר של העירייה זכאי לתו חניה שנתי בחינם ברחבי העיר. הבקשה מוגשת במזכירות.",
        "חופשה.txt": "עובד העירייה זכאי לחופשה שנתית. המוסד לביטוח לאומי (המל״ל) משלם דמי פגיעה.",
    }.items():
        accept(storage.catalogue, storage.files, collection_id, name, [text.encode()], 9999)
    run(open_pipeline(storage, IngestSettings(_env_file=None)), threading.Event(), until_idle=True)
    assert storage.glossaries.pairs(collection_id) == (('מל"ל', "המוסד לביטוח לאומי"),)
    search, question = open_search(storage), "מה מגיע לגמלאים?"

    def answered() -> Answer:
        return list(quoted_answer(question, search.search([collection_id], question, 8)))[-1]

    assert answered().citations == ()
    storage.glossaries.add(collection_id, ("גמלאי", "פנסיונר"), "")
    answer = answered()
    assert "תו חניה" in answer.text
    assert not answer.refusal
    assert [citation.title for citation in answer.citations] == ["הטבות"]
