"""One question of one conversation, streamed and kept."""

import asyncio
from contextlib import aclosing
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
from webui.grants import Grant
from webui.limits import TooMuch
from webui.services import Services
from webui.turn import StoredTurn

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
    """States are streamed in order, from the empty one to the last, which is in the database."""
    asked = Asked(tmp_path, engine, FakeAnswering(PARTS, pause=0.05))
    turns = asyncio.run(asked.ask("כמה?"))
    assert [turn.said.text for turn in turns] == ["", "א", "אב", "אבג"]
    assert turns[-1].said.finished
    assert asked.kept(turns[-1]) == turns[-1]


def test_an_answer_is_kept_as_finished_before_it_is_shown(tmp_path, engine):
    """Who sees the end of an answer may ask on at once; what is added to it later is kept as well."""
    done = Answer("אבג", finished=True)
    more = replace(done, next_questions=("ומתי?",))
    asked = Asked(tmp_path, engine, FakeAnswering([Answer("א"), done, more], pause=0.05))

    async def look() -> list[bool]:
        stream = asked.services.chat.ask(asked.account_id, None, "כמה?")
        return [turn.said == asked.kept(turn).said async for turn in stream if turn.said.finished]

    assert asyncio.run(look()) == [True, True]


def test_a_finished_answer_is_not_stopped_by_leaving(tmp_path, engine):
    """Who goes away while only the next questions are missing leaves a whole answer, without a problem."""
    done = Answer("אבג", finished=True)
    answering = FakeAnswering([done, replace(done, next_questions=("ומתי?",))], pause=30)
    asked = Asked(tmp_path, engine, answering)

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
    asked = Asked(tmp_path, engine, FakeAnswering(PARTS, pause=0.1))

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
    asked = Asked(tmp_path, engine, FakeAnswering(PARTS, dictated=asyncio.Semaphore(0)))

    async def look_once() -> StoredTurn:
        stream = asked.services.chat.ask(asked.account_id, None, "כמה?")
        turn = await anext(stream)
        await stream.aclose()
        return turn

    kept = asked.kept(asyncio.run(look_once()))
    assert (kept.said.text, kept.said.finished, kept.said.problem) == ("", True, "stopped")


def test_a_defect_is_kept_told_and_logged(tmp_path, engine, caplog):
    """After a defect in what answers the turn says `internal`, the stream ends with that, and the log has the cause."""
    asked = Asked(tmp_path, engine, FakeAnswering(PARTS[:1], error=ZeroDivisionError()))
    last = asyncio.run(asked.ask("כמה?"))[-1]
    assert (last.said.text, last.said.finished, last.said.problem) == ("א", True, "internal")
    assert asked.kept(last) == last
    assert "ZeroDivisionError" in caplog.text


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
        """What comes after is neither shown nor kept, and what answers is stopped, whether somebody looks or not."""
        answering = FakeAnswering([Answer("א"), Answer("אב"), Answer("אב סוד", finished=True)])
        asked = Asked(tmp_path, engine, answering)
        services, collection = asked.services, new_collection(asked.services, "מאגר")
        reader = services.accounts.create("reader", "צופה", "member")
        grant = Grant(collection.id, reader.id, None, "reader")
        services.grants.put(grant)

        async def ask() -> StoredTurn:
            answering.dictated = asyncio.Semaphore(2)
            turn = await services.chat.begin(reader.id, None, "כמה?")
            async with aclosing(services.chat.follow(reader.id, turn.id)) as stream:
                while (await anext(stream)).said.text != "אב":
                    pass
            if how == "grant":
                services.grants.remove(grant)
            elif how == "suspended":
                services.people.suspend(reader.id)
            else:
                services.catalogue.delete_collection(collection.id)
            answering.dictated.release()
            return await ended(services, reader.id, turn)

        last = asyncio.run(ask())
        assert (last.said.text, last.said.finished, last.said.problem) == ("אב", True, "rights_changed")
        assert services.conversations.turn(reader.id, last.id).said == last.said
        assert answering.closed

    def test_rights_are_looked_up_while_an_answer_grows(self, tmp_path, engine, monkeypatch):
        """Not only before its end: once in a while before what is shown."""
        monkeypatch.setattr("webui.permitted.CHECK_SECONDS", 0.0)
        answering = FakeAnswering(PARTS)
        asked = Asked(tmp_path, engine, answering)
        collection = new_collection(asked.services, "מאגר")

        async def ask() -> str:
            answering.dictated, text = asyncio.Semaphore(1), ""
            async for turn in asked.services.chat.ask(asked.account_id, None, "כמה?"):
                text = turn.said.text
                if text == "א" and not turn.said.finished:
                    asked.services.catalogue.delete_collection(collection.id)
                    answering.dictated.release()
            return text

        assert asyncio.run(ask()) == "א"

    def test_an_answer_ends_when_its_person_signs_out(self, tmp_path, engine, monkeypatch):
        """Nothing more is written for a browser that is not signed in any more."""
        monkeypatch.setattr("webui.permitted.CHECK_SECONDS", 0.0)
        asked = Asked(tmp_path, engine, FakeAnswering(PARTS))
        signed_in = iter((True, False))

        async def ask() -> StoredTurn:
            turn = await asked.services.chat.begin(asked.account_id, None, "כמה?", (), lambda: next(signed_in))
            return await ended(asked.services, asked.account_id, turn)

        said = asyncio.run(ask()).said
        assert (said.text, said.finished, said.problem) == ("א", True, "stopped")


class TestBackground:
    """Answers that are written whether somebody looks or not."""

    def test_an_answer_goes_on_when_nobody_looks(self, tmp_path, engine):
        """A window that goes away ends what it follows, not the answer, and two windows see the same."""
        answering = FakeAnswering(PARTS)
        asked = Asked(tmp_path, engine, answering)

        async def look_away() -> list[StoredTurn]:
            answering.dictated = asyncio.Semaphore(1)
            turn = await asked.services.chat.begin(asked.account_id, None, "כמה?")
            async with aclosing(asked.services.chat.follow(asked.account_id, turn.id)) as stream:
                while (await anext(stream)).said.text != "א":
                    pass
            windows = [asyncio.create_task(ended(asked.services, asked.account_id, turn)) for _ in range(2)]
            await asyncio.sleep(0)
            answering.dictated.release()
            answering.dictated.release()
            return await asyncio.gather(*windows)

        first, second = asyncio.run(look_away())
        assert first == second == asked.kept(first)
        assert first.said == PARTS[-1]

    def test_what_is_not_written_any_more_is_followed_as_it_is_kept(self, tmp_path, engine):
        """One state; and nobody follows or stops an answer of somebody else."""
        asked = Asked(tmp_path, engine, FakeAnswering(PARTS))
        last = asyncio.run(asked.ask("כמה?"))[-1]
        other = asked.services.accounts.create("other", "אחר", "member").id

        async def follow(account_id: str) -> list[StoredTurn]:
            return [turn async for turn in asked.services.chat.follow(account_id, last.id)]

        assert asyncio.run(follow(asked.account_id)) == [last]
        with pytest.raises(NotFound):
            asyncio.run(follow(other))
        with pytest.raises(NotFound):
            asyncio.run(asked.services.chat.stop(other, last.id))

    def test_stopping_ends_it_for_all_windows(self, tmp_path, engine):
        """The answer is kept as far as it came, stopped once or twice, and no longer counts as one at the same time."""
        answering = FakeAnswering(PARTS)
        asked = Asked(tmp_path, engine, answering)
        chat = asked.services.chat

        async def stop() -> StoredTurn:
            answering.dictated = asyncio.Semaphore(2)
            turn = await chat.begin(asked.account_id, None, "כמה?")
            window = asyncio.create_task(ended(asked.services, asked.account_id, turn))
            await asyncio.sleep(0.05)
            await asyncio.gather(*(chat.stop(asked.account_id, turn.id) for _ in range(2)))
            await chat.stop(asked.account_id, turn.id)
            return await window

        last = asyncio.run(stop())
        assert (last.said.text, last.said.problem) == ("אב", "stopped")
        assert asked.kept(last) == last
        assert not asked.services.limits.running

    def test_answers_that_nobody_follows_are_counted(self, tmp_path, engine):
        """Closing windows makes no room for more answers at the same time."""
        asked = Asked(tmp_path, engine, FakeAnswering(PARTS, dictated=asyncio.Semaphore(0)))
        most = asked.services.settings.answers_at_once

        async def flood() -> None:
            for _ in range(most):
                await asked.services.chat.begin(asked.account_id, None, "כמה?")
            with pytest.raises(TooMuch):
                await asked.services.chat.begin(asked.account_id, None, "כמה?")
            await asked.services.chat.running.close()

        asyncio.run(flood())
        assert len(asked.services.conversations.list(asked.account_id)) == most

    def test_the_end_of_the_server_interrupts_what_is_written(self, tmp_path, engine):
        """What came until then is kept."""
        asked = Asked(tmp_path, engine, FakeAnswering(PARTS))

        async def end() -> StoredTurn:
            asked.answering.dictated = asyncio.Semaphore(1)
            turn = await asked.services.chat.begin(asked.account_id, None, "כמה?")
            await asyncio.sleep(0.05)
            await asked.services.chat.running.close()
            return turn

        said = asked.kept(asyncio.run(end())).said
        assert (said.text, said.finished, said.problem) == ("א", True, "interrupted")

    def test_a_new_question_ends_what_the_last_answer_would_add(self, tmp_path, engine):
        """The model is wanted for the new one; the last answer stays whole."""
        done = Answer("אבג", finished=True)
        slow = FakeAnswering([done, replace(done, next_questions=("ומתי?",))], pause=30)
        asked = Asked(tmp_path, engine, slow)

        async def ask_on() -> StoredTurn:
            chat = asked.services.chat
            turn = await chat.begin(asked.account_id, None, "כמה?")
            await asyncio.sleep(0.05)
            chat.answering = FakeAnswering(PARTS)
            await ended(asked.services, asked.account_id, await chat.begin(asked.account_id, turn.conversation_id, "?"))
            return turn

        assert asked.kept(asyncio.run(ask_on())).said == done
        assert slow.closed


class TestBranches:
    """Another answer, another question."""

    def test_another_answer_stands_beside_the_first(self, tmp_path, engine):
        """It answers the same question, from what was said before that, and is the one that is shown."""
        asked = Asked(tmp_path, engine, FakeAnswering(PARTS))
        first = asyncio.run(asked.ask("כמה?"))[-1]
        second = asyncio.run(asked.ask("ומתי?", first.conversation_id))[-1]

        async def again() -> StoredTurn:
            turn = await asked.services.chat.again(asked.account_id, second.id)
            return await ended(asked.services, asked.account_id, turn)

        third = asyncio.run(again())
        assert third.place == (2, 2)
        assert third.siblings == (second.id, third.id)
        assert asked.answering.asked[2] == asked.answering.asked[1]
        shown = asked.services.conversations.turns(asked.account_id, first.conversation_id)
        assert [turn.id for turn in shown[1::2]] == [first.id, third.id]

    def test_an_edited_question_begins_a_branch(self, tmp_path, engine):
        """What was said after the old question is not said before the answer to the new one."""
        asked = Asked(tmp_path, engine, FakeAnswering(PARTS))
        first = asyncio.run(asked.ask("כמה?"))[-1]
        asyncio.run(asked.ask("ומתי?", first.conversation_id))
        question = asked.services.conversations.turns(asked.account_id, first.conversation_id)[0]

        async def edit() -> StoredTurn:
            turn = await asked.services.chat.edited(asked.account_id, question.id, "איפה?")
            return await ended(asked.services, asked.account_id, turn)

        asyncio.run(edit())
        assert asked.answering.asked[2][:2] == ("איפה?", [])
        shown = asked.services.conversations.turns(asked.account_id, first.conversation_id)
        assert [turn.said.text for turn in shown] == ["איפה?", "אבג"]
        assert shown[0].place == (2, 2)

    def test_branches_search_what_their_conversation_does(self, tmp_path, engine):
        """As far as that may still be read."""
        asked = Asked(tmp_path, engine, FakeAnswering(PARTS))
        first, second, third = (new_collection(asked.services, name) for name in ("א", "ב", "ג"))

        async def ask() -> None:
            chat = asked.services.chat
            turn = await chat.begin(asked.account_id, None, "כמה?", [first.id, second.id])
            await ended(asked.services, asked.account_id, turn)
            asked.services.catalogue.delete_collection(first.id)
            await ended(asked.services, asked.account_id, await chat.again(asked.account_id, turn.id))

        asyncio.run(ask())
        assert third.id
        assert [searched for _, _, searched in asked.answering.asked] == [[first.id, second.id], [second.id]]

    def test_nobody_branches_anothers_conversation(self, tmp_path, engine):
        """Neither is a question answered that is none, nor an answer edited."""
        asked = Asked(tmp_path, engine, FakeAnswering(PARTS))
        answer = asyncio.run(asked.ask("כמה?"))[-1]
        other = asked.services.accounts.create("other", "אחר", "member").id
        chat = asked.services.chat
        for attempt in (
            lambda: chat.again(other, answer.id),
            lambda: chat.edited(other, str(answer.parent_id), "?"),
            lambda: chat.again(asked.account_id, str(answer.parent_id)),
            lambda: chat.edited(asked.account_id, answer.id, "?"),
        ):
            with pytest.raises(NotFound):
                asyncio.run(attempt())
        assert len(asked.answering.asked) == 1
        assert not asked.services.limits.running


async def ended(services: Services, account_id: str, turn: StoredTurn) -> StoredTurn:
    """The last state of an answer."""
    return [state async for state in services.chat.follow(account_id, turn.id)][-1]
