"""Asking on the screen: what a window is told while an answer is written, and where it cannot be."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from answers.answer import Answer
from tests.unit.webui.screen.talking import Talk, opened_in, talk_over, told
from tests.web_parts import FakeAnswering, new_collection
from webui.chat import NotKept
from webui.screen.asking import ids_in
from webui.screen.parts import Boxes, View
from webui.texts import texts

PARTS = [Answer("מחר"), Answer("מחר בבוקר"), Answer("מחר בבוקר.", finished=True)]


@pytest.fixture
def talk(tmp_path: Path, engine: sa.Engine) -> Talk:
    """The handlers over answers that take their time."""
    return talk_over(tmp_path, engine, FakeAnswering(PARTS, pause=0.25))


def content(view: View) -> str:
    """The last message that is drawn."""
    assert view.messages is not None
    return str(view.messages[-1]["content"])


def test_asking_draws_the_answer_as_it_grows(talk: Talk) -> None:
    """The question box is emptied and busy at first and ready at last; the messages grow in between."""
    views = talk.asked("מתי?")
    assert (views[0].question, views[0].busy, views[-1].busy) == ("", True, False)
    assert [view.busy for view in views[1:-1]] == [None] * (len(views) - 2)
    drawn = [content(view) for view in views]
    assert texts.SEARCHING in drawn[0]
    for part, grown in zip(PARTS, drawn[-3:], strict=True):
        assert f'<p dir="rtl">{part.text}</p>' in grown
    assert opened_in(views) == talk.services.conversations.list(talk.account_id)[0].id


def test_an_empty_question_changes_nothing(talk: Talk) -> None:
    """Enter in an empty box neither asks nor stores anything."""
    assert talk.asked("  ") == [View()]
    assert talk.services.conversations.list(talk.account_id) == ()


def test_the_history_comes_from_the_database(talk: Talk) -> None:
    """A second question is drawn under the first one, which the browser did not send again."""
    conversation_id = opened_in(talk.asked("מתי?"))
    messages = talk.asked("בטוח?", conversation_id)[-1].messages or []
    assert [message["role"] for message in messages] == ["user", "assistant"] * 2


@pytest.mark.parametrize("conversation_id", ["0" * 32, "../x"])
def test_a_conversation_of_somebody_else_is_gone(talk: Talk, conversation_id: str) -> None:
    """What is not the account's is neither shown nor asked in, and is told from nothing that does not exist."""
    for views in (talk.told(talk.opening.open, opened=conversation_id), talk.asked("מתי?", conversation_id)):
        assert opened_in(views) == ""
        assert views[-1].busy is False
        assert texts.CONVERSATION_GONE in content(views[-1])


def test_only_what_was_chosen_is_searched(talk: Talk) -> None:
    """And a choice that is gone is said, with the question back in its box; it is not answered from elsewhere."""
    first, second = (new_collection(talk.services, name) for name in ("א", "ב"))
    chosen = f'["{second.id}"]'
    talk.told(talk.asking.ask, question="מתי?", chosen=chosen)
    talk.services.catalogue.delete_collection(second.id)
    (view,) = talk.told(talk.asking.ask, question="ואיפה?", chosen=chosen)
    assert texts.CHOSEN_GONE in content(view)
    assert (view.question, view.busy) == ("ואיפה?", False)
    assert first.id
    assert [searched for _, _, searched in talk.services.chat.answering.asked] == [[second.id]]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "ids"),
    [("", ()), ("[", ()), ("[" * 100_000, ()), ('{"a": 1}', ()), ("3", ()), ('["a", "b", "a"]', ("a", "b"))],
)
def test_what_is_no_list_chooses_nothing(text: str, ids: tuple[str, ...]) -> None:
    """Then all that may be read is searched."""
    assert ids_in(text) == ids


def test_a_question_too_many_is_said(talk: Talk) -> None:
    """It goes back into its box, and the conversation stays as it was."""
    conversation_id = opened_in(talk.asked("מתי?"))
    talk.services.limits.most["questions"] = 1
    (view,) = talk.asked("ועוד?", conversation_id)
    assert (view.question, view.busy) == ("ועוד?", False)
    assert texts.TOO_MUCH["questions"] in content(view)
    assert len(view.messages or []) == 3


def test_a_question_that_cannot_be_stored_is_said(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes back into its box."""

    async def refuse(*_: object) -> None:
        raise NotKept("full") from OSError()

    monkeypatch.setattr(talk.services.chat, "begin", refuse)
    (view,) = talk.asked("מתי?")
    assert (view.question, view.busy) == ("מתי?", False)
    assert texts.NOT_KEPT in content(view)


def test_an_answer_is_done_with_its_first_finished_state(talk: Talk) -> None:
    """What comes after it, the questions to ask next, changes only the messages, and is kept."""
    done = Answer("מחר", finished=True)
    talk.services.chat.answering = FakeAnswering([Answer("מ"), done, replace(done, next_questions=("ולמי?",))], 0.15)
    *_, finished, last = views = talk.asked("מתי?")
    assert finished.busy is False
    assert "ולמי?" not in content(finished)
    assert "ולמי?" in content(last)
    assert last == View(messages=last.messages)
    assert talk.told(talk.opening.open, opened=opened_in(views))[0].messages == last.messages


def test_the_next_question_need_not_wait(talk: Talk) -> None:
    """Asked while the last answer may still add something, it stops that, and is what the window shows."""
    done = Answer("מחר", finished=True)
    parts = [done, replace(done, next_questions=("ולמי?",))]
    talk.services.chat.answering = slow = FakeAnswering(parts, dictated=asyncio.Semaphore(0))

    async def ask_both() -> tuple[list[View], list[View]]:
        first = talk.asking.ask(Boxes(question="מתי?"), talk.who())
        opened = (await anext(first)).opened or ""
        slow.dictated.release()
        while (await anext(first)).busy is None:
            pass
        rest = asyncio.create_task(told(first))
        await asyncio.sleep(0.05)
        talk.services.chat.answering = FakeAnswering(PARTS, pause=0.05)
        second = await told(talk.asking.ask(Boxes(question="ואיפה?", opened=opened), talk.who()))
        return await asyncio.wait_for(rest, 5), second

    rest, second = asyncio.run(ask_both())
    assert rest == []
    assert slow.closed
    assert [view.busy for view in second if view.busy is not None] == [True, False]
    assert len(talk.showing.windows) == 0


def test_a_window_asks_one_question_at_a_time(talk: Talk) -> None:
    """Enter pressed twice asks once; another window may ask meanwhile."""

    async def ask_twice() -> list[View]:
        first = asyncio.create_task(told(talk.asking.ask(Boxes(question="מתי?"), talk.who())))
        await asyncio.sleep(0)
        ignored = await told(talk.asking.ask(Boxes(question="מתי?"), talk.who()))
        await told(talk.asking.ask(Boxes(question="מתי?"), talk.who("another")))
        await first
        return ignored

    assert asyncio.run(ask_twice()) == [View()]
    assert len(talk.services.conversations.list(talk.account_id)) == 2
    assert len(talk.asked("ועכשיו?")) > 1
