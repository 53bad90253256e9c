"""One question of one conversation, streamed and kept."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from answers.answer import Answer, Turn
from indexes.errors import IndexDamaged, IndexMismatch, NotFound
from tests.web_parts import FakeAnswering, build_services, new_collection
from webui.chat import TITLE_LENGTH, title_of
from webui.conversations import StoredTurn
from webui.grants import Grant
from webui.services import Services

PARTS = [Answer("א"), Answer("אב"), Answer("אבג", finished=True)]


class Asked:
    """Services with a stand-in that answers, and the local account."""

    def __init__(self, data: Path, engine: sa.Engine, answering: FakeAnswering) -> None:
        self.answering = answering
        self.services: Services = build_services(data, engine, answering)
        self.account_id = self.services.accounts.owner().id

    async def ask(self, question: str, conversation_id: str | None = None) -> list[StoredTurn]:
        return [turn async for turn in self.services.chat.ask(self.account_id, conversation_id, question)]

    def kept(self, turn: StoredTurn) -> StoredTurn:
        return self.services.conversations.turn(self.account_id, turn.id)


def test_an_answer_is_streamed_and_kept(tmp_path, engine):
    """Every state is streamed in order, from the empty one on, and the last one is in the database."""
    asked = Asked(tmp_path, engine, FakeAnswering(PARTS))
    turns = asyncio.run(asked.ask("כמה?"))
    assert [turn.said.text for turn in turns] == ["", "א", "אב", "אבג"]
    assert turns[-1].said.finished
    assert asked.kept(turns[-1]) == turns[-1]


def test_an_answer_is_kept_as_finished_before_it_is_shown(tmp_path, engine):
    """Who sees the end of an answer may ask on at once; what is added to it later is kept as well."""
    done = Answer("אבג", finished=True)
    more = replace(done, next_questions=("ומתי?",))
    asked = Asked(tmp_path, engine, FakeAnswering([Answer("א"), done, more]))

    async def look() -> list[bool]:
        stream = asked.services.chat.ask(asked.account_id, None, "כמה?")
        return [turn.said == asked.kept(turn).said async for turn in stream if turn.said.finished]

    assert asyncio.run(look()) == [True, True]


def test_a_finished_answer_is_not_stopped_by_leaving(tmp_path, engine):
    """Who goes away while only the next questions are missing leaves a whole answer, without a problem."""
    done = Answer("אבג", finished=True)
    asked = Asked(tmp_path, engine, FakeAnswering([done, replace(done, next_questions=("ומתי?",))]))

    async def leave() -> StoredTurn:
        stream = asked.services.chat.ask(asked.account_id, None, "כמה?")
        turn = await anext(stream)
        turn = await anext(stream)
        await stream.aclose()
        return turn

    assert asked.kept(asyncio.run(leave())).said == done
    assert asked.answering.closed


def test_a_first_question_makes_the_conversation(tmp_path, engine):
    """Asking without a conversation makes one with the question as its title; the next question knows what was said."""
    asked = Asked(tmp_path, engine, FakeAnswering(PARTS))
    collection = new_collection(asked.services, "מאגר")
    first = asyncio.run(asked.ask("כמה?"))[-1]
    asyncio.run(asked.ask("ומתי?", first.conversation_id))
    assert [one.title for one in asked.services.conversations.list(asked.account_id)] == ["כמה?"]
    assert asked.answering.asked == [
        ("כמה?", [], [collection.id]),
        ("ומתי?", [Turn("user", "כמה?"), Turn("assistant", "אבג")], [collection.id]),
    ]


def test_half_a_character_can_be_asked(tmp_path, engine):
    """Neither a lone surrogate, which UTF-8 cannot hold, nor NUL, which PostgreSQL cannot, harms what is stored."""
    asked = Asked(tmp_path, engine, FakeAnswering(PARTS))
    assert asyncio.run(asked.ask("כמה\ud800\0?"))[-1].said.finished
    assert asked.services.conversations.list(asked.account_id)[0].title == "כמה??"


def test_a_stopped_answer_is_kept(tmp_path, engine):
    """Who closes the stream stops what answers, and finds what was streamed in the database, marked `stopped`."""
    asked = Asked(tmp_path, engine, FakeAnswering(PARTS))

    async def stop_early() -> StoredTurn:
        stream = asked.services.chat.ask(asked.account_id, None, "כמה?")
        async for turn in stream:
            if turn.said.text == "אב":
                await stream.aclose()
                return turn
        raise AssertionError

    turn = asyncio.run(stop_early())
    kept = asked.kept(turn)
    assert (kept.said.text, kept.said.finished, kept.said.problem) == ("אב", True, "stopped")
    assert asked.answering.closed


def test_a_cancelled_task_keeps_the_answer(tmp_path, engine):
    """A task that is cancelled while it waits for the model keeps what was streamed, marked `stopped`."""
    asked = Asked(tmp_path, engine, FakeAnswering(PARTS, pause=30))
    turns: list[StoredTurn] = []

    async def consume() -> None:
        async for turn in asked.services.chat.ask(asked.account_id, None, "כמה?"):
            turns.append(turn)

    async def cancel() -> None:
        task = asyncio.create_task(consume())
        while not turns or not turns[-1].said.text:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancel())
    kept = asked.kept(turns[-1])
    assert (kept.said.text, kept.said.finished, kept.said.problem) == ("א", True, "stopped")


def test_closing_before_the_first_token_leaves_no_open_answer(tmp_path, engine):
    """Who goes away before anything was said leaves a finished, empty answer."""
    asked = Asked(tmp_path, engine, FakeAnswering(PARTS))

    async def look_once() -> StoredTurn:
        stream = asked.services.chat.ask(asked.account_id, None, "כמה?")
        turn = await anext(stream)
        await stream.aclose()
        return turn

    kept = asked.kept(asyncio.run(look_once()))
    assert (kept.said.text, kept.said.finished, kept.said.problem) == ("", True, "stopped")


def test_a_defect_is_kept_and_passed_on(tmp_path, engine):
    """A defect in what answers reaches the caller, and the turn says `internal`."""
    asked = Asked(tmp_path, engine, FakeAnswering(PARTS[:1], error=ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        asyncio.run(asked.ask("כמה?"))
    conversation = asked.services.conversations.list(asked.account_id)[0]
    turn = asked.services.conversations.turns(asked.account_id, conversation.id)[-1]
    assert (turn.said.text, turn.said.finished, turn.said.problem) == ("א", True, "internal")


def test_a_damaged_index_is_a_problem_and_no_crash(tmp_path, engine):
    """When searching fails, the stream ends with the problem `search_failed`."""
    asked = Asked(tmp_path, engine, FakeAnswering(error=IndexDamaged("vectors.faiss was changed")))
    last = asyncio.run(asked.ask("כמה?"))[-1]
    assert (last.said.finished, last.said.problem) == (True, "search_failed")
    assert asked.kept(last) == last


def test_an_index_that_is_made_again_is_said(tmp_path, engine):
    """After an update nothing is half searched: the problem is `index_renewing`."""
    asked = Asked(tmp_path, engine, FakeAnswering(error=IndexMismatch("made with another folding")))
    assert asyncio.run(asked.ask("כמה?"))[-1].said.problem == "index_renewing"


def test_nobody_asks_in_anothers_conversation(tmp_path, engine):
    """A conversation that is not the account's is `NotFound`, and nothing answers."""
    asked = Asked(tmp_path, engine, FakeAnswering(PARTS))
    with pytest.raises(NotFound):
        asyncio.run(asked.ask("כמה?", "somebody-elses"))
    assert asked.answering.asked == []


@given(st.text(max_size=200))
def test_a_title_is_short_and_begins_like_the_question(question):
    """A title is one line of at most 60 characters that begins as the question does."""
    title = title_of(question)
    assert len(title) <= TITLE_LENGTH
    assert " ".join(question.split()).startswith(title.removesuffix("…"))


def test_a_title_is_cut_at_a_word():
    """A long question is cut after a whole word."""
    question = "מה צריך לעשות עובד שמבקש לצאת לחופשה ללא תשלום של יותר משלושה חודשים"
    assert title_of(question) == "מה צריך לעשות עובד שמבקש לצאת לחופשה ללא תשלום של יותר…"


class TestRights:
    """Answers while rights are taken, and answers over some of the collections."""

    def test_only_the_named_collections_are_searched(self, tmp_path, engine):
        """Of those that may be read; another id is `NotFound`, and nothing is stored."""
        asked = Asked(tmp_path, engine, FakeAnswering(PARTS))
        first, second = (new_collection(asked.services, name) for name in ("א", "ב"))
        other = asked.services.accounts.create("other", "אחר", "member")
        hidden = new_collection(asked.services, "סודי", other.id)

        async def ask(*ids: str) -> None:
            async for _ in asked.services.chat.ask(asked.account_id, None, "כמה?", ids):
                pass

        asyncio.run(ask(second.id))
        asyncio.run(ask())
        with pytest.raises(NotFound):
            asyncio.run(ask(first.id, hidden.id))
        assert [searched for _, _, searched in asked.answering.asked] == [[second.id], [first.id, second.id]]
        assert len(asked.services.conversations.list(asked.account_id)) == 2

    @pytest.mark.parametrize("how", ["grant", "suspended", "deleted"])
    def test_an_answer_ends_when_a_right_is_taken(self, tmp_path, engine, how):
        """What comes after is neither shown nor kept, and what answers is stopped."""
        answering = FakeAnswering([Answer("א"), Answer("אב"), Answer("אב סוד", finished=True)])
        asked = Asked(tmp_path, engine, answering)
        services, collection = asked.services, new_collection(asked.services, "מאגר")
        reader = services.accounts.create("reader", "צופה", "member")
        grant = Grant(collection.id, reader.id, None, "reader")
        services.grants.put(grant)

        async def ask() -> list[StoredTurn]:
            turns = []
            async for turn in services.chat.ask(reader.id, None, "כמה?"):
                turns.append(turn)
                if turn.said.text != "אב" or turn.said.finished:
                    continue
                if how == "grant":
                    services.grants.remove(grant)
                elif how == "suspended":
                    services.people.suspend(reader.id)
                else:
                    services.catalogue.delete_collection(collection.id)
            return turns

        last = asyncio.run(ask())[-1]
        assert (last.said.text, last.said.finished, last.said.problem) == ("אב", True, "rights_changed")
        assert services.conversations.turn(reader.id, last.id).said == last.said
        assert answering.closed

    def test_rights_are_looked_up_while_an_answer_grows(self, tmp_path, engine, monkeypatch):
        """Not only before its end: once in a while before what is shown."""
        monkeypatch.setattr("webui.chat.CHECK_SECONDS", 0.0)
        asked = Asked(tmp_path, engine, FakeAnswering(PARTS))
        collection = new_collection(asked.services, "מאגר")

        async def ask() -> str:
            text = ""
            async for turn in asked.services.chat.ask(asked.account_id, None, "כמה?"):
                text = turn.said.text
                if text == "א" and not turn.said.finished:
                    asked.services.catalogue.delete_collection(collection.id)
            return text

        assert asyncio.run(ask()) == "א"
