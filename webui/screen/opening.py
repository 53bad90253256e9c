"""Opening a conversation, and drawing earlier messages of the open one."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from webui.screen.parts import Boxes, Parts, View, Who
from webui.screen.showing import LATEST, Showing

MOST = 1000
"""Messages that are drawn at most, whatever a browser asks for."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The handlers of opening."""

    showing: Showing

    async def open(self, boxes: Boxes, who: Who) -> AsyncGenerator[View]:
        """Shows a conversation, and follows its answer where one is being written; an empty id is a new one."""
        async with self.showing.windows.drawing(who.window) as drawn:
            async for view in self.showing.views(drawn, who, boxes.opened):
                yield view

    async def earlier(self, boxes: Boxes, who: Who) -> AsyncGenerator[View]:
        """Shows as many messages of the open conversation as were asked for."""
        most = int(boxes.earlier) if boxes.earlier.isdecimal() and len(boxes.earlier) < len(str(MOST)) else MOST
        async with self.showing.windows.drawing(who.window) as drawn:
            async for view in self.showing.views(drawn, who, boxes.opened, most=max(LATEST, most)):
                yield view


def wire(parts: Parts, opening: Opening) -> None:
    """The boxes `opened` and `earlier`."""
    parts.on(parts.opened.submit, opening.open)
    parts.on(parts.earlier.submit, opening.earlier, opening.open)
