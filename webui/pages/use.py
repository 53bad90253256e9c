"""How much Darash is used and what is thought of its answers, as numbers and charts. For owners and managers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from webui.moment import day_text
from webui.opinions import Opinion
from webui.pages.chart import Chart, Column, chart
from webui.pages.people import acting
from webui.pages.render import render
from webui.services import Services
from webui.texts import status_texts, talk_texts, texts
from webui.texts.language import direction
from webui.usage import Day, Usage, first_of_weeks, reasons, start_of, weeks

DAYS, WEEKS = 30, 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its words: what its parts are called, where it begins and ends, and the same as a table.

    A row of the table is a label and a number for each part; `total` is the sum of all numbers.
    """

    chart: Chart
    name: str
    parts: tuple[str, ...]
    first: str
    last: str
    heading: str
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    total: int


def routes(services: Services) -> APIRouter:
    """`GET /usage`."""
    router = APIRouter()
    usage = Usage(services.engine)

    @router.get("/usage")
    def use(request: Request) -> Response:
        acting(services, request, "see_status")
        today = datetime.now().astimezone().date()
        days = usage.days(today, DAYS)
        said = services.opinions.since(start_of(first_of_weeks(today, WEEKS)))
        page = render(
            "use.html",
            tiles=_tiles(days, usage.askers(days[0].day), said),
            questions=_questions(days),
            opinions=_opinions(said, today),
            reasons=[(talk_texts.REASONS[reason], count) for reason, count in reasons(said)],
        )
        return HTMLResponse(page)

    return router


def _tiles(days: Sequence[Day], askers: int, said: Sequence[Opinion]) -> list[tuple[str, str]]:
    """The numbers at the top, each with what it is."""
    asked, answered = sum(day.asked for day in days), sum(day.answered for day in days)
    return [
        (f"{asked:,}", status_texts.ASKED),
        (f"{askers:,}", status_texts.ASKERS),
        (_percent(answered, asked), status_texts.FOUND_SHARE),
        (_percent(sum(one.good for one in said), len(said)), status_texts.GOOD_SHARE),
    ]


def _questions(days: Sequence[Day]) -> Figure:
    rows = [(_day(day.day), (day.answered, day.refused, day.broken)) for day in days]
    name = status_texts.QUESTIONS.format(days=DAYS)
    return _figure(name, status_texts.DAY, (status_texts.ANSWERED, status_texts.REFUSED, status_texts.BROKEN), rows)


def _opinions(said: Sequence[Opinion], today: date) -> Figure:
    rows = [
        (status_texts.WEEK.format(day=_day(week.first)), (week.good, week.bad)) for week in weeks(said, today, WEEKS)
    ]
    name = status_texts.OPINIONS.format(weeks=WEEKS)
    return _figure(name, status_texts.WEEKS, (status_texts.GOOD, status_texts.BAD), rows)


def _figure(name: str, heading: str, parts: tuple[str, ...], rows: Sequence[tuple[str, tuple[int, ...]]]) -> Figure:
    columns = [Column(_said(label, parts, numbers), numbers) for label, numbers in rows]
    drawn = chart(columns, mirrored=direction() == "rtl")
    told = tuple(row for row in rows if any(row[1]))
    total = sum(sum(numbers) for _, numbers in rows)
    return Figure(drawn, name, parts, rows[0][0], rows[-1][0], heading, told, total)


def _said(label: str, parts: tuple[str, ...], numbers: tuple[int, ...]) -> str:
    """What a bar says when it is pointed at."""
    named = [
        status_texts.PART.format(name=name, count=number) for name, number in zip(parts, numbers, strict=True) if number
    ]
    return status_texts.BAR.format(label=label, parts=texts.LIST_COMMA.join(named) or 0)


def _day(day: date) -> str:
    return day_text(start_of(day))


def _percent(part: int, whole: int) -> str:
    return status_texts.PERCENT.format(count=round(100 * part / whole)) if whole else status_texts.NOT_YET
