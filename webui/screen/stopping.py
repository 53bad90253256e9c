"""Stopping the answer that is being written in the open conversation."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass

from indexes.errors import NotFound
from webui.screen.parts import Boxes, Handler, Parts, View, Who
from webui.screen.showing import Showing


@dataclass(frozen=True, slots=True)
class Stopping:
    """The handler of the button that stops."""

    showing: Showing

    async def stop(self, boxes: Boxes, who: Who) -> AsyncGenerator[View]:
        """Stops the last answer, and shows what is kept of it."""
        with suppress(NotFound):  # the conversation was deleted in another window: what there is shows that
            turns = await asyncio.to_thread(self.showing.conversations.turns, who.account_id, boxes.opened)
            if turns:
                await self.showing.chat.stop(who.account_id, turns[-1].id)
        async with self.showing.windows.drawing(who.window) as drawn:
            async for view in self.showing.views(drawn, who, boxes.opened):
                yield view


def wire(parts: Parts, stopping: Stopping, failing: Handler) -> None:
    """The button that stands in the box to ask in while an answer is written."""
    parts.on(parts.question.stop, stopping.stop, failing)
