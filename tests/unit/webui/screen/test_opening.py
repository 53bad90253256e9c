"""Opening, stopping and following on the screen, and the branches of a conversation."""

import asyncio
import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from answers.answer import Answer
from tests.unit.webui.screen.talking import Talk, opened_in, talk_over, told
from tests.web_parts import FakeAnswering
from webui.screen.branching import edited_in
from webui.screen.parts import Boxes, View
from webui.screen.showing import LATEST
from webui.texts import talk_texts, texts
from webui.turn import turns

PARTS = [Answer("מחר"), Answer("מחר בבוקר"), Answer("מחר בבוקר.", finished=True)]


@pytest.fixture
def talk(tmp_path: Path, engine: sa.Engine) -> Talk:
    """The handlers over answers that come at once."""
    return talk_over(tmp_path, engine, FakeAnswering(PARTS))


def drawn(views: list[View]) -> list[str]:
    """What the window shows at the end."""
    return next(
        [str(each["content"]) for each in view.messages] for view in reversed(views) if view.messages is not None
    )


def test_an_answer_goes_on_when_its_window_closes(talk: Talk) -> None:
    """A window that opens the conversation later follows it to its end, and can stop nothing but that."""
    talk.services.chat.answering = answering = FakeAnswering(PARTS)

    async def leave_and_return() -> list[View]:
        answering.dictated = asyncio.Semaphore(1)
        asking = talk.asking.ask(Boxes(question="מתי?"), talk.who())
        opened = (await anext(asking)).opened or ""
        await asking.aclose()
        following = asyncio.create_task(told(talk.opening.open(Boxes(opened=opened), talk.who("another"))))
        await asyncio.sleep(0.1)
        answering.dictated.release()
        answering.dictated.release()
        return await following

    views = asyncio.run(leave_and_return())
    assert (views[0].busy, views[-1].busy) == (True, False)
    assert "מחר בבוקר." in drawn(views)[-1]


def test_opening_another_conversation_ends_what_the_window_followed(talk: Talk) -> None:
    """What grows elsewhere is not drawn over what is open now, and goes on."""
    other = opened_in(talk.asked("אחרת?"))
    talk.services.chat.answering = answering = FakeAnswering(PARTS)

    async def turn_away() -> tuple[list[View], str]:
        answering.dictated = asyncio.Semaphore(1)
        asking = talk.asking.ask(Boxes(question="מתי?"), talk.who())
        opened = (await anext(asking)).opened or ""
        rest = asyncio.create_task(told(asking))
        await asyncio.sleep(0.1)
        await told(talk.opening.open(Boxes(opened=other), talk.who()))
        assert rest.done()
        answering.dictated.release()
        answering.dictated.release()
        return await told(talk.opening.open(Boxes(opened=opened), talk.who())), opened

    views, opened = asyncio.run(turn_away())
    assert views[-1].busy is False
    assert talk.turns(opened)[-1].said == PARTS[-1]


def test_stopping_shows_what_is_kept(talk: Talk) -> None:
    """After a stop the screen shows what the database holds: the words that came, and that they are not all."""
    talk.services.chat.answering = answering = FakeAnswering(PARTS)

    async def stop_early() -> tuple[list[View], list[View]]:
        answering.dictated = asyncio.Semaphore(1)
        asking = talk.asking.ask(Boxes(question="מתי?"), talk.who())
        opened = (await anext(asking)).opened or ""
        rest = asyncio.create_task(told(asking))
        await asyncio.sleep(0.1)
        stopped = await told(talk.stopping.stop(Boxes(opened=opened), talk.who()))
        return await rest, stopped

    rest, stopped = asyncio.run(stop_early())
    assert "מחר" in drawn(stopped)[-1]
    assert texts.PROBLEMS["stopped"] in drawn(stopped)[-1]
    assert [view.busy for view in [*rest, *stopped] if view.busy is not None][-1] is False
    assert answering.closed


def test_stopping_nothing_shows_what_there_is(talk: Talk) -> None:
    """In a new conversation, and in one that was deleted in another window."""
    assert talk.told(talk.stopping.stop)[-1].busy is False
    assert texts.CONVERSATION_GONE in drawn(talk.told(talk.stopping.stop, opened="0" * 32))[-1]


def test_an_answer_that_nobody_writes_any_more_can_be_asked_again(talk: Talk) -> None:
    """A half answer that a server left behind does not keep the window busy for ever."""
    opened = opened_in(talk.asked("מתי?"))
    with talk.services.engine.begin() as connection:
        connection.execute(turns.update().where(turns.c.role == "assistant").values(finished=False))
    assert talk.told(talk.opening.open, opened=opened)[-1].busy is False


class TestEarlier:
    """Long conversations."""

    @pytest.fixture
    def long(self, talk: Talk) -> str:
        """The id of a conversation of 60 messages."""
        conversation = talk.services.conversations.create(talk.account_id, "ארוכה")
        for number in range(30):
            turn = talk.services.conversations.add_question(talk.account_id, conversation.id, f"שאלה {number}?")
            talk.services.conversations.save_answer(turn.id, Answer(f"תשובה {number}", finished=True))
        return conversation.id

    def test_the_latest_messages_are_drawn_first(self, talk: Talk, long: str) -> None:
        """And a button above them, which draws earlier ones too."""
        shown = drawn(talk.told(talk.opening.open, opened=long))
        assert len(shown) == LATEST
        assert talk_texts.EARLIER in shown[0]
        assert len(drawn(talk.told(talk.opening.earlier, opened=long, earlier="40"))) == 40
        shown = drawn(talk.told(talk.opening.earlier, opened=long, earlier="1000"))
        assert len(shown) == 60
        assert talk_texts.EARLIER not in shown[0]

    @pytest.mark.parametrize("earlier", ["", "-3", "x", "9" * 30, "٣"])
    def test_a_browser_may_ask_for_anything(self, talk: Talk, long: str, earlier: str) -> None:
        """What is no small number draws what a conversation can have, or the latest."""
        assert len(drawn(talk.told(talk.opening.earlier, opened=long, earlier=earlier))) in (LATEST, 60)

    def test_a_question_draws_the_latest_again(self, talk: Talk, long: str) -> None:
        """So that an answer never grows below two hundred messages."""
        assert len(drawn(talk.asked("ועכשיו?", long))) == LATEST

    def test_a_branch_far_above_is_drawn(self, talk: Talk, long: str) -> None:
        """From the turn before the one that was asked for."""
        old = talk.turns(long)[4]
        shown = drawn(talk.told(talk.branching.show, opened=long, branch=old.id))
        assert len(shown) == 60 - 3
        assert "שאלה 2?" in shown[1]


class TestBranches:
    """Other answers and other questions."""

    def test_another_answer_is_shown_in_place_of_the_first(self, talk: Talk) -> None:
        """With the way back to it."""
        opened = opened_in(talk.asked("מתי?"))
        first = talk.turns(opened)[-1]
        views = talk.told(talk.branching.again, opened=opened, again=first.id, question="טיוטה")
        assert len(drawn(views)) == 2
        assert talk_texts.BRANCH.format(number=2, total=2) in drawn(views)[-1]
        assert [view.question for view in views if view.question is not None] == []
        views = talk.told(talk.branching.show, opened=opened, branch=first.id)
        assert talk_texts.BRANCH.format(number=1, total=2) in drawn(views)[-1]
        assert talk.turns(opened)[-1].id == first.id

    def test_an_edited_question_is_asked_beside_the_old_one(self, talk: Talk) -> None:
        """What followed the old one is in its branch, and comes back with it."""
        opened = opened_in(talk.asked("מתי?"))
        talk.asked("ואיפה?", opened)
        old = talk.turns(opened)[0]
        edited = json.dumps({"turn": old.id, "question": "למה?"})
        shown = drawn(talk.told(talk.branching.edit, opened=opened, edited=edited))
        assert len(shown) == 2
        assert "למה?" in shown[0]
        shown = drawn(talk.told(talk.branching.show, opened=opened, branch=old.id))
        assert len(shown) == 4
        assert "ואיפה?" in shown[2]

    @pytest.mark.parametrize(
        "edited", ["", "[]", "3", "{", "[" * 100_000, '{"turn": "a"}', '{"turn": "a", "question": " "}']
    )
    def test_what_says_no_question_changes_nothing(self, talk: Talk, edited: str) -> None:
        """Nothing is asked and nothing drawn."""
        assert talk.told(talk.branching.edit, edited=edited) == [View()]
        assert edited_in(edited)[1].strip() == ""

    def test_what_is_not_theirs_has_no_branches(self, talk: Talk) -> None:
        """Whatever a browser names, the open conversation is shown, or that it is gone."""
        opened = opened_in(talk.asked("מתי?"))
        assert len(drawn(talk.told(talk.branching.show, opened=opened, branch="0" * 32))) == 2
        edited = json.dumps({"turn": "0" * 32, "question": "?"})
        for views in (
            talk.told(talk.branching.again, opened=opened, again="0" * 32),
            talk.told(talk.branching.edit, opened=opened, edited=edited),
        ):
            assert (views[-1].opened, views[-1].busy) == (opened, False)

    def test_another_answer_waits_for_the_one_that_is_written(self, talk: Talk) -> None:
        """While a window shows an answer that grows, it begins no other."""
        talk.services.chat.answering = FakeAnswering(PARTS, pause=0.2)

        async def press_twice() -> list[View]:
            first = asyncio.create_task(told(talk.asking.ask(Boxes(question="מתי?"), talk.who())))
            await asyncio.sleep(0.05)
            ignored = await told(talk.branching.again(Boxes(again="0" * 32), talk.who()))
            await first
            return ignored

        assert asyncio.run(press_twice()) == [View()]
