"""The list of conversations and the choice of what is searched, as the screen fetches them, and changing both."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from starlette.testclient import TestClient

from answers.answer import Answer
from indexes.database import writing
from tests.web_parts import browser, new_collection, sign_in
from webui.conversations import Conversation, conversations
from webui.pages.conversations import FIRST_SHOWN, grouped
from webui.services import Services
from webui.texts import conversation_texts, texts


@dataclass
class World:
    """A Darash and the browser of its owner."""

    services: Services
    client: TestClient
    owner: str

    def talked(self, question: str, answer: str = "") -> tuple[str, str]:
        """A conversation and the id of its answer."""
        kept = self.services.conversations
        conversation = kept.create(self.owner, question)
        turn = kept.add_question(self.owner, conversation.id, question)
        kept.save_answer(turn.id, Answer(answer, finished=True))
        return conversation.id, turn.id


@pytest.fixture
def world(app, services) -> World:
    """Nothing was asked yet."""
    with writing(services.engine).begin() as connection:
        connection.execute(conversations.delete())
    return World(services, sign_in(browser(app), services), services.accounts.owner().id)


def test_conversations_stand_below_their_days() -> None:
    """Today, yesterday, the last week, then months, those of other years with the year; above all what is pinned."""
    noon = datetime(2026, 11, 21, 12).timestamp()
    moments = {"א": noon, "ב": noon - 86400, "ג": noon - 6 * 86400, "ד": noon - 20 * 86400, "ה": noon - 330 * 86400}
    kept = [Conversation(name, "me", name, moment, moment) for name, moment in moments.items()]
    kept.insert(3, Conversation("נ", "me", "נ", noon, noon - 8 * 86400, pinned_at=noon))
    drawn = [(heading, [one.title for one in some]) for heading, some in grouped(kept, noon)]
    assert drawn == [
        (conversation_texts.PINNED, ["נ"]),
        (conversation_texts.TODAY, ["א"]),
        (conversation_texts.YESTERDAY, ["ב"]),
        (conversation_texts.LAST_DAYS, ["ג"]),
        ("נובמבר", ["ד"]),
        ("דצמבר 2025", ["ה"]),
    ]


def test_midnight_parts_today_from_yesterday() -> None:
    """A conversation of five to twelve is yesterday's five minutes later."""
    late = datetime(2026, 11, 20, 23, 55).timestamp()
    ((heading, _),) = grouped([Conversation("1", "me", "", late, late)], late + 600)
    assert heading == conversation_texts.YESTERDAY


def test_the_list_marks_the_open_one_and_escapes_titles(world: World) -> None:
    """Every conversation is a link to its address, the open one is marked, and what people wrote stays text."""
    assert texts.NO_CONVERSATIONS in world.client.get("/conversations/list").text
    evil, _ = world.talked('<b>"אחת"</b>')
    drawn = world.client.get(f"/conversations/list?c={evil}").text
    assert f'href="/?c={evil}"' in drawn
    assert drawn.count("aria-current") == 1
    assert "<b>" not in drawn
    assert "aria-current" not in world.client.get("/conversations/list?c=x").text


def test_the_list_begins_with_the_newest(world: World) -> None:
    """More than fit are there when somebody asks for older ones, and no number of them is an error."""
    with writing(world.services.engine).begin() as connection:
        for number in range(FIRST_SHOWN + 5):
            values = {"account_id": world.owner, "title": f"שיחה {number}", "created_at": 0.0}
            connection.execute(conversations.insert().values(id=f"{number:032d}", updated_at=float(number), **values))
    drawn = world.client.get("/conversations/list").text
    assert drawn.count("<li") == FIRST_SHOWN
    assert f'data-most="{2 * FIRST_SHOWN}"' in drawn
    older = world.client.get(f"/conversations/list?most={2 * FIRST_SHOWN}").text
    assert (older.count("<li"), "data-most" in older) == (FIRST_SHOWN + 5, False)
    for most in (-1, 10**30):
        assert world.client.get(f"/conversations/list?most={most}").status_code == 200


def test_searching_marks_what_was_found(world: World) -> None:
    """The list is then of what has the words, with a piece of the text, the words marked and everything escaped."""
    conversation_id, turn_id = world.talked("כמה ימי חופשה?", "<i>עשרה</i> ימים, לפי הנוהל")
    world.talked("אחרת")
    drawn = world.client.get("/conversations/list?q=נוהל").text
    assert f'data-id="{conversation_id}"' in drawn
    assert f'data-turn="{turn_id}"' in drawn
    assert "<mark>הנוהל</mark>" in drawn
    assert "<i>" not in drawn
    assert drawn.count("<li") == 1
    assert conversation_texts.NOTHING_FOUND in world.client.get("/conversations/list?q=איננו").text
    assert world.client.get("/conversations/list?q=%00").status_code < 500


def test_what_can_be_searched_is_what_may_be_read(world: World) -> None:
    """The choice has every collection that may be read; chosen are those of the conversation that may be read now."""
    services = world.services
    first, second = (new_collection(services, name) for name in ("נהלים", "<b>חוקים</b>"))
    hidden = new_collection(services, "סודי", services.accounts.create("dana", "דנה", "member").id)
    conversation = services.conversations.create(world.owner, "", [second.id, hidden.id])
    drawn = world.client.get(f"/conversations/choice?c={conversation.id}").text
    assert f'value="{first.id}">' in drawn
    assert f'value="{second.id}" checked>' in drawn
    assert hidden.id not in drawn
    assert "<b>" not in drawn
    assert "checked" not in world.client.get("/conversations/choice").text


def test_changing_a_conversation(world: World) -> None:
    """What is named changes and nothing else; a collection that may not be read changes nothing at all."""
    conversation_id, _ = world.talked("כמה?")
    collection = new_collection(world.services, "נהלים")
    address = f"/api/conversations/{conversation_id}"
    assert world.client.patch(address, json={"pinned": True}).json()["pinned_at"] > 0
    assert world.client.patch(address, json={"collection_ids": [collection.id]}).json()["collection_ids"] == [
        collection.id
    ]
    assert world.client.patch(address, json={"title": "x", "collection_ids": ["0" * 32]}).status_code == 404
    kept = world.client.patch(address, json={}).json()
    assert (kept["title"], kept["pinned_at"] is None, kept["collection_ids"]) == ("כמה?", False, [collection.id])
    changed = world.client.patch(address, json={"pinned": False, "collection_ids": []}).json()
    assert (changed["pinned_at"], changed["collection_ids"]) == (None, [])


def test_deleting_and_bringing_back(world: World) -> None:
    """A deleted conversation is nowhere, until it is brought back as it was; then there is nothing to bring back."""
    conversation_id, turn_id = world.talked("כמה?", "חמש")
    address = f"/api/conversations/{conversation_id}"
    assert world.client.delete(address).status_code == 204
    for path in (address, f"/share/{conversation_id}", f"/export/turn/{turn_id}.md", f"/source/{turn_id}/1"):
        assert world.client.get(path).status_code == 404, path
    assert world.client.get("/api/conversations").json() == []
    assert world.client.post(f"{address}/restore").json()["title"] == "כמה?"
    assert len(world.client.get(address).json()["turns"]) == 2
    assert world.client.post(f"{address}/restore").status_code == 404


def test_opinions(world: World) -> None:
    """Something is said of an answer, in place of what was said before, and taken back; of anything else nothing is."""
    conversation_id, turn_id = world.talked("כמה?", "חמש")
    address = f"/api/turns/{turn_id}/opinion"
    said = {"good": False, "reasons": ["wrong"], "remark": " לא נכון\0 "}
    assert world.client.put(address, json=said).status_code == 204
    kept = world.services.opinions.of(world.owner, conversation_id)[turn_id]
    assert (kept.good, kept.reasons, kept.remark) == (False, ("wrong",), "לא נכון")
    for wrong in ({}, {"good": False, "reasons": ["ugly"]}, {"good": True, "remark": "x" * 1001}):
        assert world.client.put(address, json=wrong).status_code == 422
    assert world.client.put(f"/api/turns/{'0' * 32}/opinion", json={"good": True}).status_code == 404
    assert world.client.delete(address).status_code == 204
    assert world.services.opinions.of(world.owner, conversation_id) == {}
