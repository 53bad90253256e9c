import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
import sqlalchemy as sa

from answers.answer import Answer
from tests.web_parts import FakeAnswering, build_services
from webui.conversations import StoredTurn
from webui.screen.talk import Talk, throttled
from webui.services import Services
from webui.texts import texts

PARTS = [Answer("מחר"), Answer("מחר בבוקר"), Answer("מחר בבוקר.", finished=True)]


@pytest.fixture
def services(tmp_path: Path, engine: sa.Engine) -> Iterator[Services]:
    """A web app whose answers are made by hand."""
    return build_services(tmp_path, engine, FakeAnswering(PARTS, pause=0.15))


@pytest.fixture
def talk(services: Services) -> Talk:
    """The handlers over it."""
    return Talk(services.conversations, services.chat, services.passages, services.audit)


def request_of(services: Services, account_id: str = "") -> Any:
    """What Gradio hands to a handler: a request whose state names the account."""
    state = SimpleNamespace(account_id=account_id or services.accounts.owner().id)
    return SimpleNamespace(request=SimpleNamespace(state=state, client=None), session_hash="window")


def asked(talk: Talk, question: str, conversation_id: str, request: Any) -> list[Any]:
    """Everything the screen is told while a question is answered."""

    async def collect() -> list[Any]:
        return [view async for view in talk.ask(question, conversation_id, request)]

    return asyncio.run(collect())


def test_asking_draws_the_answer_as_it_grows(services: Services, talk: Talk) -> None:
    """The question box is emptied and busy at first and ready at last; the messages grow in between."""
    views = asked(talk, "מתי?", "", request_of(services))
    assert (views[0][0]["value"], views[0][0]["stop_btn"]) == ("", texts.STOP)
    assert views[-1][0]["submit_btn"] is True
    drawn = [view[2][-1]["content"] for view in views]
    assert texts.SEARCHING in drawn[0]
    grown = [f'<p dir="rtl">{part.text}</p>' for part in PARTS]
    assert drawn[1:-1] == grown[:-1]
    assert drawn[-1].startswith(grown[-1])
    assert views[-1][1] == services.conversations.list(services.accounts.owner().id)[0].id


def test_an_empty_question_changes_nothing(services: Services, talk: Talk) -> None:
    """Enter in an empty box neither asks nor stores anything."""
    asked(talk, "  ", "", request_of(services))
    assert services.conversations.list(services.accounts.owner().id) == ()


def test_the_history_comes_from_the_database(services: Services, talk: Talk) -> None:
    """A second question is drawn under the first one, which the browser did not send again."""
    request = request_of(services)
    conversation_id = asked(talk, "מתי?", "", request)[-1][1]
    messages = asked(talk, "בטוח?", conversation_id, request)[-1][2]
    assert [message["role"] for message in messages] == ["user", "assistant"] * 2


@pytest.mark.parametrize("conversation_id", ["0" * 32, "../x"])
def test_a_conversation_of_somebody_else_is_gone(services: Services, talk: Talk, conversation_id: str) -> None:
    """What is not the account's is neither shown nor asked in, and is told from nothing that does not exist."""
    request = request_of(services)
    for view in (talk.open(conversation_id, request), asked(talk, "מתי?", conversation_id, request)[-1]):
        assert view[1] == ""
        assert texts.CONVERSATION_GONE in view[2][0]["content"]


def pressed(talk: Talk, value: str, conversation_id: str, request: Any) -> None:
    """Presses a button below the last answer."""

    async def press() -> None:
        async for _ in talk.ask_offered(conversation_id, request, SimpleNamespace(value=value)):
            pass

    asyncio.run(press())


def questions(services: Services, conversation_id: str) -> list[str]:
    """What was asked in a conversation."""
    turns = services.conversations.turns(services.accounts.owner().id, conversation_id)
    return [turn.said.text for turn in turns if turn.role == "user"]


def test_asking_again_repeats_the_last_question(services: Services, talk: Talk) -> None:
    """The question is taken from the database, not from the browser; only one that went wrong is asked again."""
    request = request_of(services)
    conversation_id = asked(talk, "מתי?", "", request)[-1][1]
    pressed(talk, texts.ASK_AGAIN, conversation_id, request)
    assert questions(services, conversation_id) == ["מתי?"]
    services.chat.answering.parts = [Answer("חצי", finished=True, problem="model_dropped")]
    asked(talk, "למה?", conversation_id, request)
    pressed(talk, texts.ASK_AGAIN, conversation_id, request)
    assert questions(services, conversation_id) == ["מתי?", "למה?", "למה?"]


def test_a_suggested_question_is_asked_by_its_button(services: Services, talk: Talk) -> None:
    """What the last answer suggests can be asked, and nothing that a browser makes up."""
    request = request_of(services)
    services.chat.answering.parts = [Answer("מחר", finished=True, next_questions=("ולמי?",))]
    conversation_id = asked(talk, "מתי?", "", request)[-1][1]
    for value in ("משהו אחר", "ולמי?"):
        pressed(talk, value, conversation_id, request)
    assert questions(services, conversation_id) == ["מתי?", "ולמי?"]


def test_an_answer_is_done_with_its_first_finished_state(services: Services, talk: Talk) -> None:
    """What comes after it, the questions to ask next, changes only the messages, and is kept."""
    done = Answer("מחר", finished=True)
    services.chat.answering.parts = [Answer("מ"), done, replace(done, next_questions=("ולמי?",))]
    request = request_of(services)
    *_, finished, last = asked(talk, "מתי?", "", request)
    assert finished[0]["submit_btn"] is True
    assert "options" not in finished[2][-1]
    assert [option["value"] for option in last[2][-1]["options"]] == ["ולמי?"]
    assert last[0] == last[1] == last[3] == gr.skip()
    assert talk.open(finished[1], request)[2] == last[2]


def test_the_next_question_need_not_wait_and_is_not_hidden(services: Services, talk: Talk) -> None:
    """A question that is asked while the last answer still adds something is answered, and stays on the screen."""
    done = Answer("מחר", finished=True)
    services.chat.answering.parts = [done, replace(done, next_questions=("ולמי?",))]
    request = request_of(services)

    async def ask_both() -> list[Any]:
        first = talk.ask("מתי?", "", request)
        views = [await anext(first), await anext(first)]
        async for view in talk.ask("ואיפה?", views[0][1], request):
            views.append(view)
        return [view async for view in first]

    assert asyncio.run(ask_both()) == []


def test_a_newer_question_stops_what_the_last_answer_would_add(services: Services, talk: Talk) -> None:
    """The model is wanted for the new question, whose own end still makes the question box ready."""
    done = Answer("מחר", finished=True)
    request = request_of(services)
    services.chat.answering = slow = FakeAnswering([done, replace(done, next_questions=("ולמי?",))], pause=60)

    async def ask_both() -> list[Any]:
        first = talk.ask("מתי?", "", request)
        opened = (await anext(first))[1]
        await anext(first)
        rest = asyncio.create_task(_all(first))
        await asyncio.sleep(0.05)
        services.chat.answering = FakeAnswering(PARTS, pause=0.05)
        second = talk.ask("ואיפה?", opened, request)
        begun = await anext(second)
        assert await asyncio.wait_for(rest, 5) == []
        assert slow.closed
        assert [view async for view in talk.ask("כפול?", opened, request)] == [(gr.skip(),) * 4]
        return [begun, *await _all(second)]

    views = asyncio.run(ask_both())
    assert views[0][0]["submit_btn"] is False
    assert [view[0] for view in views if view[0] != gr.skip()][-1]["submit_btn"] is True
    assert talk.asked == {}


async def _all(views: AsyncIterator[Any]) -> list[Any]:
    return [view async for view in views]


def test_a_window_asks_one_question_at_a_time(services: Services, talk: Talk) -> None:
    """Enter pressed twice asks once."""
    request = request_of(services)

    async def ask_twice() -> list[Any]:
        first = talk.ask("מתי?", "", request)
        await anext(first)
        ignored = [view async for view in talk.ask("מתי?", "", request)]
        await first.aclose()
        return ignored

    assert asyncio.run(ask_twice()) == [(gr.skip(),) * 4]
    assert len(services.conversations.list(services.accounts.owner().id)) == 1
    assert len(asked(talk, "ועכשיו?", "", request)) > 1


def test_deleting_the_open_conversation_shows_a_new_one(services: Services, talk: Talk) -> None:
    """Deleting another one leaves the open one open; deleting twice is no error."""
    request = request_of(services)
    first, second = (asked(talk, question, "", request)[-1][1] for question in ("אחת?", "שתיים?"))
    assert talk.delete(first, second, request)[1] == second
    assert talk.delete(second, second, request)[1:3] == ("", [])
    assert talk.delete(second, "", request)[1] == ""


def test_stopping_waits_until_the_answer_is_kept(services: Services, talk: Talk) -> None:
    """After a stop the screen shows what the database holds: the words that came, and that they are not all."""
    request = request_of(services)

    async def stop_early() -> Any:
        views = talk.ask("מתי?", "", request)
        first = await anext(views)
        await anext(views)
        closing = asyncio.create_task(views.aclose())
        stopped = await talk.stop(first[1], request)
        await closing
        return stopped

    content = asyncio.run(stop_early())[2][-1]["content"]
    assert "מחר" in content
    assert texts.PROBLEMS["stopped"] in content


def test_throttling_keeps_the_first_and_the_finished_state() -> None:
    """Of a burst the first value and the last are drawn, whatever lies between."""

    async def burst() -> AsyncIterator[StoredTurn]:
        for number in range(100):
            yield StoredTurn(str(number), "c", "assistant", 0.0, Answer("מילה", finished=number == 99))

    assert drawn(burst()) == ["0", "99"]


def test_throttling_draws_every_kind_of_state() -> None:
    """The place in the line, the first thought and the first word are drawn at once; more of the same waits."""
    states = [
        Answer("", place_in_line=2),
        Answer("", place_in_line=1),
        Answer(""),
        Answer("", thoughts="א"),
        Answer("", thoughts="אב"),
        Answer("מ", thoughts="אב"),
        Answer("מח", thoughts="אב"),
    ]

    async def stream() -> AsyncIterator[StoredTurn]:
        for number, state in enumerate(states):
            yield StoredTurn(str(number), "c", "assistant", 0.0, state)

    assert drawn(stream()) == ["0", "1", "2", "3", "5"]


def drawn(stream: AsyncIterator[StoredTurn]) -> list[str]:
    """The ids of the states that are drawn within a minute."""

    async def collect() -> list[str]:
        return [turn.id async for turn in throttled(stream, lambda: 60)]

    return asyncio.run(collect())
