"""The handlers of the screen over a whole web app without a browser, and what a window is told by them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from tests.web_parts import FakeAnswering, build_services
from webui.screen.asking import Asking
from webui.screen.branching import Branching
from webui.screen.opening import Opening
from webui.screen.parts import Boxes, Handler, View, Who
from webui.screen.showing import Showing
from webui.screen.stopping import Stopping
from webui.services import Services
from webui.turn import StoredTurn


@dataclass
class Talk:
    """The handlers, and the account of the owner."""

    services: Services
    showing: Showing = field(init=False)

    def __post_init__(self) -> None:
        made = self.services
        self.showing = Showing(made.conversations, made.chat, made.passages, made.opinions)
        self.asking, self.opening = Asking(self.showing), Opening(self.showing)
        self.branching, self.stopping = Branching(self.asking), Stopping(self.showing)
        self.account_id = made.accounts.owner().id

    def who(self, window: str = "window") -> Who:
        """The owner, in a window."""
        return Who(self.account_id, window, lambda: True)

    def told(self, handler: Handler, **boxes: str) -> list[View]:
        """Everything that a window is told by a handler."""
        return asyncio.run(told(handler(Boxes(**boxes), self.who())))

    def asked(self, question: str, opened: str = "") -> list[View]:
        """Everything that a window is told while a question is answered."""
        return self.told(self.asking.ask, question=question, opened=opened)

    def turns(self, conversation_id: str) -> tuple[StoredTurn, ...]:
        """The branch that is shown."""
        return self.services.conversations.turns(self.account_id, conversation_id)


def talk_over(data: Path, engine: sa.Engine, answering: FakeAnswering) -> Talk:
    """The handlers over a web app whose answers are made by hand."""
    return Talk(build_services(data, engine, answering))


async def told(views: AsyncIterator[View]) -> list[View]:
    """All of them."""
    return [view async for view in views]


def opened_in(views: list[View]) -> str:
    """The id of the conversation that was opened last."""
    return next(view.opened for view in reversed(views) if view.opened is not None)
