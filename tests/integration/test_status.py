"""The pages about the state of Darash and its use, and the navigation that all settings pages share."""

import re
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from starlette.testclient import TestClient

from answers.answer import Answer
from answers.errors import ModelUnavailable
from answers.serving.model import ServedModel, ServerState
from answers.serving.speed import Speed
from indexes.errors import EmbedderUnavailable, IndexDamaged, IndexMismatch
from indexes.reembedding import Reembedding
from tests.web_parts import FakeAnswering, app_of, browser, build_services, new_collection, ready_document, sign_in
from webui.accounts.account import Account, Role
from webui.services import Services
from webui.texts import status_texts, talk_texts, texts

_numbers = count()

PAGES = ("/status", "/status/now", "/usage")


class Pool:
    """Stands in for the model servers: one writes, one is down."""

    url, waiting = "http://a http://b", 3

    async def model(self) -> ServedModel:
        return ServedModel("dicta-il/DictaLM-3.0", 32768)

    async def states(self) -> tuple[ServerState, ...]:
        return ServerState("http://user:word@a:8000", None, 2), ServerState("http://b:8000", "model_unavailable")

    def speeds(self) -> tuple[Speed, ...]:
        return Speed(12, 0.432, 41.7), Speed()

    async def close(self) -> None:
        pass


class Silent(Pool):
    """Does not even say which model it has."""

    async def model(self) -> ServedModel:
        raise ModelUnavailable("nothing answers")

    def speeds(self) -> tuple[Speed, ...]:
        return Speed(), Speed()


class Chosen:
    """An embedder by its name alone."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def name(self) -> str:
        if not self._name:
            raise EmbedderUnavailable("gone")
        return self._name


class Indexes:
    """Stands in for the indexes: what it is told of each collection, and the chosen embedder."""

    def __init__(self, name: str, progress: dict[str, Reembedding | Exception]) -> None:
        self.embedders = self
        self._name, self._progress = name, progress

    def chosen(self) -> Chosen:
        return Chosen(self._name)

    def progress(self, collection_id: str) -> Reembedding:
        found = self._progress.get(collection_id, Reembedding(collection_id, self._name, 5, 5))
        if isinstance(found, Exception):
            raise found
        return found


def person(services: Services, role: Role) -> Account:
    """Somebody new of that role."""
    name = f"status{next(_numbers)}"
    return services.accounts.create(name, name, role)


def with_parts(services: Services, **parts: object) -> TestClient:
    """The owner's browser on a Darash with other parts."""
    changed = replace(services, **parts)
    return sign_in(browser(app_of(changed)), changed)


@pytest.mark.parametrize("path", PAGES)
def test_owners_and_managers_alone_find_the_pages(path: str, app: FastAPI, services: Services) -> None:
    """Members and guests find nothing there, and are not offered it."""
    roles: tuple[Role, ...] = ("owner", "manager", "member", "guest")
    for role in roles:
        client = sign_in(browser(app), services, person(services, role).id)
        assert client.get(path).status_code == (200 if role in ("owner", "manager") else 404), role
        assert ('href="/status"' in client.get("/account").text) == (role in ("owner", "manager")), role


def test_every_page_offered_opens_and_says_where_one_is(client: TestClient) -> None:
    """The navigation is the same on all pages; the one that is open is marked, and no other."""
    places = re.compile(r'<nav class="places".*?</nav>', re.DOTALL)
    links = re.findall(r'href="([^"]+)"', places.findall(client.get("/account").text)[0])
    assert len(links) == len(set(links))
    for address in (link for link in links if "#" not in link):
        answer = client.get(address)
        if answer.status_code == 303:  # to a part of the screen, which has a navigation of its own
            assert answer.headers["location"].startswith("/#")
            continue
        page = answer.text
        assert len(places.findall(page)) == 1, address
        (shown,) = places.findall(page)
        assert re.findall(r'href="([^"]+)"', shown) == links
        assert re.findall(r'href="([^"]+)" aria-current="page"', shown) == [address]


def test_a_page_below_another_is_marked_as_that_one(client: TestClient, services: Services) -> None:
    """A person is one of the team, a collection one of the collections."""
    whom, collection = person(services, "member"), new_collection(services, "אגרות")
    group = services.groups.create("גבייה")
    below = {
        f"/team/{whom.id}": "/team", f"/team/{whom.id}/delete": "/team", f"/groups/{group.id}": "/groups",
        f"/collections/{collection.id}": "/collections",
    }  # fmt: skip
    for path, above in below.items():
        assert re.findall(r'href="([^"]+)" aria-current="page"', client.get(path).text) == [above]


def test_servers_are_shown_with_what_is_wrong_and_how_fast_they_are(services: Services) -> None:
    """Which model, which server, since when fast; a password in an address stays out of the page."""
    page = with_parts(services, model=Pool()).get("/status/now").text
    for shown in ("DictaLM-3.0", "32,768", "a:8000", "b:8000", "0.4", "42"):
        assert shown in page
    assert "word@" not in page
    assert texts.PROBLEMS["model_unavailable"] in page
    assert status_texts.MEASURED[1].format(count=12) in page
    assert f"{status_texts.WAITING}: 3" in page


def test_a_silent_server_does_not_break_the_page(services: Services) -> None:
    """Where no server says which model it has, the page says that they do not answer."""
    page = with_parts(services, model=Silent()).get("/status").text
    assert texts.PROBLEMS["model_unavailable"] in page
    assert status_texts.NOT_MEASURED in page


def test_without_a_model_the_page_says_so(client: TestClient) -> None:
    """And how to connect one."""
    page = client.get("/status").text
    assert status_texts.NO_MODEL in page
    assert texts.QUOTED_MORE in page


def test_reembedding_shows_how_far_it_is(services: Services) -> None:
    """The whole, and the collections that may be read; of others only that they count."""
    mine = new_collection(services, "אגרות ותעריפים")
    closed = new_collection(services, "סודי ביותר", person(services, "member").id)
    ways = {one.id: Reembedding(one.id, "static-old", done, 100) for one, done in ((mine, 40), (closed, 10))}
    page = with_parts(services, indexes=Indexes("org/new@1", ways)).get("/status/now").text
    total = 5 * (len(services.catalogue.collections()) - 2)
    assert status_texts.WAY.format(done=50 + total, total=200 + total) in page
    assert status_texts.WAY.format(done=40, total=100) in page
    assert "אגרות ותעריפים" in page
    assert "סודי ביותר" not in page
    assert status_texts.RENEWING in page


def test_a_broken_index_and_a_missing_embedder_are_findings(services: Services) -> None:
    """Each is a sentence that says what to do, without the name of a collection that is closed to whoever asks."""
    mine = new_collection(services, "ארנונה ומיסים")
    closed = new_collection(services, "תיק סגור", person(services, "member").id)
    broken = {mine.id: IndexDamaged("x"), closed.id: IndexMismatch("x")}
    page = with_parts(services, indexes=Indexes("static-1", broken)).get("/status/now").text
    assert status_texts.INDEX_BROKEN.format(name="ארנונה ומיסים") in page
    assert status_texts.INDEX_OLD.format(name=status_texts.UNNAMED_COLLECTION) in page
    assert "תיק סגור" not in page
    page = with_parts(services, indexes=Indexes("", {})).get("/status/now").text
    assert status_texts.EMBEDDER_MISSING in page


def test_storage_names_only_collections_that_may_be_read(client: TestClient, services: Services) -> None:
    """All bytes are in the sum; those of closed collections stand in one row without names."""
    mine = new_collection(services, "תכנון ובנייה")
    closed = new_collection(services, "פרטי לגמרי", person(services, "member").id)
    for collection in (mine, closed):
        ready_document(services, collection.id, title=f"מסמך {next(_numbers)}")
    page = client.get("/status").text
    assert "תכנון ובנייה" in page
    assert "פרטי לגמרי" not in page
    assert status_texts.CLOSED_COLLECTIONS[0] in page


def test_use_is_counted_and_tells_nothing_else(client: TestClient, services: Services) -> None:
    """Questions and opinions of everybody are numbers; no question, no name and no remark is on the page."""
    whom = person(services, "member")
    conversation = services.conversations.create(whom.id, "שאלה סודית")
    answer = services.conversations.add_question(whom.id, conversation.id, "שאלה סודית")
    services.conversations.save_answer(answer.id, Answer("תשובה סודית", finished=True))
    services.opinions.put(whom.id, answer.id, False, ("missing",), "הערה סודית")
    page = client.get("/usage").text
    assert "סודית" not in page
    assert whom.name not in page
    assert talk_texts.REASONS["missing"] in page
    assert page.count("<svg") == 3
    assert re.search(rf"<dd>1</dd>|<dt>{status_texts.ASKED}</dt><dd>\d+</dd>", page)


def test_use_of_nothing_says_so(tmp_path: Path, engine: sa.Engine) -> None:
    """A new Darash has no charts but sentences, one of which says where opinions come from."""
    new = build_services(tmp_path, engine, FakeAnswering())
    page = sign_in(browser(app_of(new)), new).get("/usage").text
    assert status_texts.USE_NONE in page
    assert status_texts.OPINIONS_NONE in page
    assert status_texts.NOT_YET in page
    assert "<svg" not in page
