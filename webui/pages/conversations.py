"""The list of conversations at the side of the screen, and what can be searched: parts fetched as they change."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from indexes.database import now
from indexes.errors import NotFound
from webui.accounts.gate import account_of
from webui.api.field import LARGEST_NUMBER
from webui.conversations import Conversation
from webui.finding import find, words_of
from webui.pages.render import render
from webui.screen.isolation import direction
from webui.services import Services
from webui.texts import conversation_texts

FIRST_SHOWN = 60
"""Conversations that the list has before somebody asks for older ones."""

WEEK = 7

Group = tuple[str, Sequence[Conversation]]
"""A heading and the conversations below it."""


def routes(services: Services) -> APIRouter:
    """`GET /conversations/list`, of the conversations that have the words `q`, where there are some.

    `c` is the id of the open one, `most` how many are wanted. And `GET /conversations/choice`, what can be searched
    for the questions of the conversation `c`.
    """
    router = APIRouter(prefix="/conversations")

    @router.get("/list")
    def listed(request: Request, c: str = "", q: str = "", most: int = FIRST_SHOWN) -> Response:
        account_id = account_of(request)
        if words_of(q):
            found = find(services.engine, account_id, q)
            return HTMLResponse(render("found.html", found=found, current=c, direction_of=direction))
        shown, most = services.conversations.list(account_id), max(FIRST_SHOWN, min(most, LARGEST_NUMBER))
        groups, next_most = grouped(shown[:most], now()), most * 2 if len(shown) > most else 0
        return HTMLResponse(render("conversations.html", groups=groups, current=c, next_most=next_most))

    @router.get("/choice")
    def choice(request: Request, c: str = "") -> Response:
        account_id = account_of(request)
        readable = services.permissions.readable(account_id)
        try:
            chosen = services.conversations.get(account_id, c).collection_ids
        except NotFound:  # a new conversation, or one that was deleted
            chosen = ()
        return HTMLResponse(render("choice.html", readable=readable, chosen=chosen))

    return router


def grouped(conversations: Sequence[Conversation], moment: float) -> list[Group]:
    """Conversations, the last spoken in first, below their days as people call them; above all what is pinned."""
    pinned = sorted((one for one in conversations if one.pinned_at), key=lambda one: one.pinned_at or 0.0)
    days = [(_heading(_day(one.updated_at), _day(moment)), one) for one in conversations if not one.pinned_at]
    groups: list[Group] = [(heading, [one for _, one in some]) for heading, some in groupby(days, lambda each: each[0])]
    return [(conversation_texts.PINNED, pinned), *groups] if pinned else groups


def _heading(day: date, today: date) -> str:
    age = (today - day).days
    if age <= 1:
        return conversation_texts.YESTERDAY if age == 1 else conversation_texts.TODAY
    if age < WEEK:
        return conversation_texts.LAST_DAYS
    month = conversation_texts.MONTHS[day.month - 1]
    return month if day.year == today.year else f"{month} {day.year}"


def _day(moment: float) -> date:
    """The day of a moment, in the time of the machine that Darash runs on."""
    return datetime.fromtimestamp(moment).astimezone().date()
