"""How much Darash is used: how many questions came to which end on which day, and what was thought of the answers.

Counts alone, over everybody: what was asked, and by whom, stays with whoever asked.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from webui.conversations import conversations
from webui.opinions import Opinion, Reason
from webui.turn import turns

STOPPED = "stopped"
"""The problem of an answer that its reader did not want to the end: it was answered."""


@dataclass(frozen=True, slots=True)
class Day:
    """How many questions of a day were answered, had no answer in the documents, or came to no end."""

    day: date
    answered: int = 0
    refused: int = 0
    broken: int = 0

    @property
    def asked(self) -> int:
        """All questions of the day."""
        return self.answered + self.refused + self.broken


@dataclass(frozen=True, slots=True)
class Week:
    """How many answers were found good and not, in the seven days from `first` on."""

    first: date
    good: int = 0
    bad: int = 0


class Usage:
    """Counts what is in the database. Days are those of the machine that Darash runs on."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def days(self, last: date, count: int) -> list[Day]:
        """The `count` days up to and with `last`, the oldest first."""
        first = last - timedelta(days=count - 1)
        query = sa.select(turns.c.created_at, turns.c.refusal, turns.c.problem).where(
            turns.c.role == "assistant", turns.c.finished, turns.c.created_at >= start_of(first)
        )
        with self.engine.connect() as connection:
            counted = Counter(
                (day_of(row.created_at), _end(row.refusal, row.problem)) for row in connection.execute(query)
            )
        days = (first + timedelta(days=after) for after in range(count))
        return [Day(day, counted[day, "answered"], counted[day, "refused"], counted[day, "broken"]) for day in days]

    def askers(self, first: date) -> int:
        """How many people asked something on that day or later."""
        asked = turns.join(conversations, conversations.c.id == turns.c.conversation_id)
        query = sa.select(sa.func.count(sa.distinct(conversations.c.account_id))).select_from(asked)
        with self.engine.connect() as connection:
            return int(connection.execute(query.where(turns.c.created_at >= start_of(first))).scalar_one())


def weeks(opinions: Iterable[Opinion], last: date, count: int) -> list[Week]:
    """The `count` weeks that end with the day `last`, the oldest first; opinions of other days do not count."""
    first = first_of_weeks(last, count)
    counted = Counter(((day_of(one.created_at) - first).days // 7, one.good) for one in opinions)
    return [
        Week(first + timedelta(weeks=number), counted[number, True], counted[number, False]) for number in range(count)
    ]


def first_of_weeks(last: date, count: int) -> date:
    """The first day of the `count` weeks that end with `last`."""
    return last - timedelta(days=7 * count - 1)


def reasons(opinions: Iterable[Opinion]) -> list[tuple[Reason, int]]:
    """What was wrong with the answers that were not good, the most frequent first."""
    return Counter(reason for one in opinions for reason in one.reasons).most_common()


def day_of(moment: float) -> date:
    """The day of a moment, in seconds since 1970."""
    return datetime.fromtimestamp(moment).astimezone().date()


def start_of(day: date) -> float:
    """The moment at which a day begins, in seconds since 1970."""
    return datetime(day.year, day.month, day.day).astimezone().timestamp()


def _end(refusal: bool, problem: str | None) -> str:
    if problem not in (None, STOPPED):
        return "broken"
    return "refused" if refusal else "answered"
