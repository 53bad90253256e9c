"""Counting questions and opinions by the days and weeks of the machine."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from answers.answer import Answer
from indexes.database import now, writing
from webui.accounts.account import accounts
from webui.conversations import Conversations
from webui.opinions import Opinion, Reason
from webui.turn import turns
from webui.usage import Day, Usage, Week, day_of, first_of_weeks, reasons, start_of, weeks

LAST = date(2026, 11, 21)


@pytest.fixture
def usage(engine: sa.Engine) -> Usage:
    """Two people who have asked nothing yet."""
    with writing(engine).begin() as connection:
        for name in ("me", "other"):
            connection.execute(accounts.insert().values(id=name, name=name, created_at=now()))
    return Usage(engine)


def asked(usage: Usage, day: date, said: Answer, account_id: str = "me", hour: int = 12) -> None:
    """A question of that day and its answer."""
    kept = Conversations(usage.engine)
    conversation = kept.create(account_id, "כמה?")
    answer = kept.add_question(account_id, conversation.id, "כמה?")
    kept.save_answer(answer.id, said)
    moment = start_of(day) + hour * 3600
    with writing(usage.engine).begin() as connection:
        in_it = turns.c.conversation_id == conversation.id
        connection.execute(turns.update().where(in_it).values(created_at=moment))


def test_questions_are_counted_on_their_days_by_how_they_ended(usage: Usage) -> None:
    """Answered, not in the documents, broken off; one that its reader stopped was answered; others do not count."""
    asked(usage, LAST, Answer("א", finished=True))
    asked(usage, LAST, Answer("ב", finished=True, problem="stopped"), hour=23)
    asked(usage, LAST, Answer("ג", finished=True, refusal=True), "other", hour=0)
    asked(usage, LAST - timedelta(days=1), Answer("", finished=True, problem="model_slow"))
    asked(usage, LAST - timedelta(days=2), Answer("ישן", finished=True))
    asked(usage, LAST, Answer("נכתבת"))
    days = usage.days(LAST, 2)
    assert days == [Day(LAST - timedelta(days=1), broken=1), Day(LAST, answered=2, refused=1)]
    assert [day.asked for day in days] == [1, 3]


def test_people_are_counted_once(usage: Usage) -> None:
    """Whoever asked since a day counts, however often; whoever asked before does not."""
    asked(usage, LAST, Answer("א", finished=True))
    asked(usage, LAST, Answer("ב", finished=True))
    asked(usage, LAST - timedelta(days=5), Answer("ג", finished=True), "other")
    assert usage.askers(LAST) == 1
    assert usage.askers(LAST - timedelta(days=5)) == 2


def said(day: date, good: bool, *why: Reason) -> Opinion:
    """An opinion of that day."""
    return Opinion("turn", "me", good, why, "", start_of(day) + 3600)


def test_opinions_are_counted_by_weeks_that_end_today() -> None:
    """A week has seven days; what is older than all of them does not count."""
    opinions = [said(LAST, True), said(LAST - timedelta(days=6), False), said(LAST - timedelta(days=7), True)]
    opinions.append(said(LAST - timedelta(days=14), True))
    first = first_of_weeks(LAST, 2)
    assert first == LAST - timedelta(days=13)
    assert weeks(opinions, LAST, 2) == [Week(first, good=1), Week(first + timedelta(days=7), good=1, bad=1)]


def test_reasons_come_by_how_frequent_they_are() -> None:
    """Each opinion may have several; good ones have none."""
    opinions = [said(LAST, False, "wrong", "missing"), said(LAST, False, "missing"), said(LAST, True)]
    assert reasons(opinions) == [("missing", 2), ("wrong", 1)]


@pytest.mark.parametrize("day", [date(2026, 3, 27), date(2026, 10, 25), LAST])
def test_a_day_begins_at_its_midnight(day: date) -> None:
    """Also on the days on which clocks are changed."""
    begin = start_of(day)
    assert datetime.fromtimestamp(begin).hour == 0
    assert day_of(begin) == day
    assert day_of(begin - 1) == day - timedelta(days=1)
