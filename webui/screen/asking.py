"""Asking a question, and what is said where it cannot be asked."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Awaitable
from dataclasses import dataclass

from indexes.errors import NotFound
from webui.chat import NotKept
from webui.limits import TooMuch
from webui.screen.parts import Boxes, Handler, Parts, View, Who
from webui.screen.showing import Showing
from webui.screen.windows import Drawing
from webui.texts import texts
from webui.turn import StoredTurn

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asking:
    """The handler of questions, and how every answer begins."""

    showing: Showing

    async def ask(self, boxes: Boxes, who: Who) -> AsyncGenerator[View]:
        """Asks what stands in the box, and shows the answer as it grows. One window asks one question at a time."""
        if not boxes.question.strip() or self.showing.windows.busy(who.window):
            yield View()
            return
        async with self.showing.windows.drawing(who.window) as drawn:
            drawn.busy = True  # before anything is waited for: Enter may be pressed twice
            chat, chosen = self.showing.chat, ids_in(boxes.chosen)
            if not await asyncio.to_thread(chat.permissions.may_still_read, who.account_id, chosen):
                yield await self.showing.not_asked(who, boxes.opened, texts.CHOSEN_GONE, boxes.question)
                return
            answer = chat.begin(who.account_id, boxes.opened or None, boxes.question, chosen, who.signed_in)
            async for view in self.begun(drawn, who, boxes.opened, answer, boxes.question):
                yield view

    async def begun(
        self, drawn: Drawing, who: Who, opened: str, answer: Awaitable[StoredTurn], typed: str | None = None
    ) -> AsyncGenerator[View]:
        """Begins an answer and shows it; where it cannot be begun, says why.

        The box to ask in is emptied when its question, `typed`, was asked, and keeps it when it was not.
        """
        try:
            turn = await answer
        except NotFound:  # what is shown then says so, if the conversation is gone
            async for view in self.showing.views(drawn, who, opened):
                yield view
        except TooMuch as error:
            yield await self.showing.not_asked(who, opened, texts.TOO_MUCH[error.what], typed)
        except NotKept as error:
            log.warning("%s: %s", error, error.__cause__)
            yield await self.showing.not_asked(who, opened, texts.NOT_KEPT, typed)
        else:
            question = None if typed is None else ""
            async for view in self.showing.views(drawn, who, turn.conversation_id, question=question):
                yield view


def ids_in(chosen: str) -> tuple[str, ...]:
    """The ids of a JSON list, each once; none where it is no such list."""
    try:
        ids = json.loads(chosen or "[]")
    except (ValueError, RecursionError):
        return ()
    return tuple(dict.fromkeys(map(str, ids))) if isinstance(ids, list) else ()


def wire(parts: Parts, asking: Asking, failing: Handler) -> None:
    """Enter in the box to ask in, and its button."""
    parts.on(parts.question.submit, asking.ask, failing)
