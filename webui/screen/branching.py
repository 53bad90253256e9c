"""Branches of a conversation: another answer to a question, another question in its place, the way between them."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass

from indexes.errors import NotFound
from webui.screen.asking import Asking
from webui.screen.parts import Boxes, Handler, Parts, View, Who


@dataclass(frozen=True, slots=True)
class Branching:
    """The handlers of branches."""

    asking: Asking

    async def again(self, boxes: Boxes, who: Who) -> AsyncGenerator[View]:
        """Gives another answer to the question of one."""
        showing = self.asking.showing
        if showing.windows.busy(who.window):
            yield View()
            return
        async with showing.windows.drawing(who.window) as drawn:
            drawn.busy = True
            answer = showing.chat.again(who.account_id, boxes.again, who.signed_in)
            async for view in self.asking.begun(drawn, who, boxes.opened, answer):
                yield view

    async def edit(self, boxes: Boxes, who: Who) -> AsyncGenerator[View]:
        """Asks another question in place of one."""
        showing = self.asking.showing
        turn_id, question = edited_in(boxes.edited)
        if not question.strip() or showing.windows.busy(who.window):
            yield View()
            return
        async with showing.windows.drawing(who.window) as drawn:
            drawn.busy = True
            answer = showing.chat.edited(who.account_id, turn_id, question, who.signed_in)
            async for view in self.asking.begun(drawn, who, boxes.opened, answer):
                yield view

    async def show(self, boxes: Boxes, who: Who) -> AsyncGenerator[View]:
        """Shows the branch of a turn."""
        showing = self.asking.showing
        async with showing.windows.drawing(who.window) as drawn:
            with suppress(NotFound):  # gone, in another window: what there is shows that
                await asyncio.to_thread(showing.conversations.show, who.account_id, boxes.branch)
            async for view in showing.views(drawn, who, boxes.opened, since=boxes.branch):
                yield view


def edited_in(edited: str) -> tuple[str, str]:
    """The id of a question and what to ask in its place, out of JSON; two empty texts where it is no such JSON."""
    try:
        said = json.loads(edited)
        return str(said["turn"]), str(said["question"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return "", ""


def wire(parts: Parts, branching: Branching, failing: Handler) -> None:
    """The boxes `again`, `edited` and `branch`."""
    parts.on(parts.again.submit, branching.again, failing)
    parts.on(parts.edited.submit, branching.edit, failing)
    parts.on(parts.branch.submit, branching.show, failing)
