import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from answers.answer import Answer
from tests.web_parts import FakeAnswering, build_services
from webui.conversations import StoredTurn
from webui.screen import texts
from webui.screen.talk import Talk, throttled
from webui.services import Services

PARTS = [Answer("מחר"), Answer("מחר בבוקר"), Answer("מחר בבוקר.", finished=True)]


@pytest.fixture
def services(tmp_path: Path, engine: sa.Engine) -> Iterator[Services]:
    """A web app whose answers are made by hand."""
    return build_services(tmp_path, engine, FakeAnswering(PARTS, pause=0.15))


@pytest.fixture
def talk(services: Services) -> Talk:
    """The handlers over it."""
    return Talk(services.conversations, services.chat, services.passages)


def request_of(services: Services, account_id: str = "") -> Any:
    """What Gradio hands to a handler: a request whose state names the account."""
    state = SimpleNamespace(account_id=account_id or services.accounts.local().id)
    return SimpleNamespace(request=SimpleNamespace(state=state))


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
    assert drawn[1:] == [f'<p dir="rtl">{part.text}</p>' for part in PARTS]
    assert views[-1][1] == services.conversations.list(services.accounts.local().id)[0].id


def test_an_empty_question_changes_nothing(services: Services, talk: Talk) -> None:
    """Enter in an empty box neither asks nor stores anything."""
    asked(talk, "  ", "", request_of(services))
    assert services.conversations.list(services.accounts.local().id) == ()


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


def test_asking_again_repeats_the_last_question(services: Services, talk: Talk) -> None:
    """The question is taken from the database, not from the browser."""
    request = request_of(services)
    conversation_id = asked(talk, "מתי?", "", request)[-1][1]

    async def again() -> None:
        async for _ in talk.ask_again(conversation_id, request):
            pass

    asyncio.run(again())
    questions = [t.text for t in services.conversations.turns(request.request.state.account_id, conversation_id)][::2]
    assert questions == ["מתי?", "מתי?"]


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
            yield StoredTurn(str(number), "c", "assistant", "מילה", (), "model", False, None, number == 99, 0.0)

    async def collect() -> list[str]:
        return [turn.id async for turn in throttled(burst(), seconds=60)]

    assert asyncio.run(collect()) == ["0", "99"]
