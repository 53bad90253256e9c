"""The first minutes: what is suggested, the guided start, and what quotation mode is."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from darash.texts import SAMPLE_QUESTIONS
from indexes.accept import accept
from indexes.catalogue import Collection
from tests.web_parts import browser, made_ready, new_collection, sign_in
from webui.accounts.account import Account, Role
from webui.collecting import LONGEST_SUGGESTED, MOST_SUGGESTED
from webui.grants import Grant
from webui.services import Services
from webui.texts import collection_texts, status_texts, texts


def newcomer(app: FastAPI, services: Services, name: str, role: Role = "member") -> tuple[Account, TestClient]:
    """Somebody new, and their browser."""
    account = services.accounts.create(name, name, role)
    return account, sign_in(browser(app), services, account.id)


def step(client: TestClient) -> str:
    """The number of the step of the guided start, "" where there is none."""
    page = client.get("/guide").text
    return page.partition('data-step="')[2][:1]


def upload(services: Services, collection: Collection, account: Account, text: bytes) -> str:
    """A document that somebody adds, by its id."""
    record, _ = accept(services.catalogue, services.files, collection.id, "a.txt", [text], 99, added_by=account.id)
    return record.id


def test_the_guide_follows_what_is_there(app: FastAPI, services: Services) -> None:
    """Without a collection of one's own it begins; an empty one waits for files; a ready document for a question."""
    account, client = newcomer(app, services, "guided")
    shared = new_collection(services, "של הצוות")
    services.grants.put(Grant(shared.id, None, None, "reader"))
    assert step(client) == "1"
    mine = new_collection(services, "שלי", account.id)
    assert step(client) == "2"
    document_id = upload(services, mine, account, b"guided")
    assert step(client) == "2"
    made_ready(services, services.catalogue.document(document_id))
    assert step(client) == "3"
    assert f'data-collection="{mine.id}"' in client.get("/guide").text


def test_the_guide_is_ended_and_found_again(app: FastAPI, services: Services) -> None:
    """Whoever skips it does not see it again, until they ask for it."""
    _, client = newcomer(app, services, "skips")
    assert client.post("/guide", data={"ended": "yes"}).status_code == 204
    assert client.get("/guide").text == ""
    assert client.post("/guide", data={"ended": ""}).status_code == 204
    assert step(client) == "1"


def test_guests_are_not_guided(app: FastAPI, services: Services) -> None:
    """They have no collections of their own."""
    assert step(newcomer(app, services, "guided-guest", "guest")[1]) == ""


def test_suggestions_are_those_of_collections_that_are_open(app: FastAPI, services: Services) -> None:
    """Of several collections each has its turn, the newest first; whoever may read none of them gets none."""
    account, client = newcomer(app, services, "asks")
    samples, own = new_collection(services, "לדוגמה", account.id), new_collection(services, "שלי", account.id)
    services.catalogue.suggest(samples.id, SAMPLE_QUESTIONS)
    page = client.get("/talk/begin").text
    assert all(question in page for question in SAMPLE_QUESTIONS)
    services.catalogue.suggest(own.id, ["מתי נפתח המשרד?"])
    page = client.get("/talk/begin").text
    assert "מתי נפתח המשרד?" in page
    assert [question in page for question in SAMPLE_QUESTIONS] == [True, True, True, False]
    page = newcomer(app, services, "reads-nothing", "guest")[1].get("/talk/begin").text
    assert "data-act" not in page
    assert texts.NOTHING_TO_SEARCH_HEADING in page


def test_an_owner_writes_suggestions(client: TestClient, services: Services) -> None:
    """A question a line; blank lines and characters that nobody sees go."""
    collection = new_collection(services, "מאגר")
    address = f"/collections/{collection.id}/suggest"
    answer = client.post(address, data={"questions": " מתי? \r\n\r\nכמה\u202e?\r\n"})
    assert answer.status_code == 303
    assert services.catalogue.suggestions([collection.id]) == {collection.id: ["מתי?", "כמה?"]}
    assert "מתי?\nכמה?" in client.get(f"/collections/{collection.id}").text
    client.post(address, data={"questions": ""})
    assert services.catalogue.suggestions([collection.id]) == {}


@pytest.mark.parametrize("typed", ["?\n" * (MOST_SUGGESTED + 1), "א" * (LONGEST_SUGGESTED + 1)])
def test_too_many_suggestions_are_refused(client: TestClient, services: Services, typed: str) -> None:
    """With a sentence, and nothing changes."""
    collection = new_collection(services, "מאגר")
    answer = client.post(f"/collections/{collection.id}/suggest", data={"questions": typed})
    assert answer.status_code == 422
    assert collection_texts.BAD_SUGGESTIONS.format(most=MOST_SUGGESTED, longest=LONGEST_SUGGESTED) in answer.text
    assert services.catalogue.suggestions([collection.id]) == {}


def test_quotation_mode_is_explained_to_everybody(app: FastAPI, services: Services) -> None:
    """The page says what it is and which line connects a model, to guests too."""
    page = newcomer(app, services, "curious", "guest")[1].get("/connect").text
    assert status_texts.QUOTED_WHAT in page
    assert "DARASH_MODEL_URL=" in page
