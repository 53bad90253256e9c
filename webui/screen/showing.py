"""Showing a conversation: its last messages, and the answer at its end for as long as that is written.

A conversation is read from the database under the account that asks; the browser never sends one. Knows the values of
the parts of the screen, not the parts.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress

from indexes.errors import NotFound
from indexes.passages import Passages
from webui.chat import Chat
from webui.conversations import Conversations
from webui.opinions import Opinions
from webui.quality import page_marks
from webui.screen import drawing
from webui.screen.drawing import Beside
from webui.screen.parts import View, Who
from webui.screen.windows import Drawing, Windows
from webui.texts import texts
from webui.turn import StoredTurn

LATEST = 20
"""Messages of a conversation that are drawn when it is opened; those before them when they are asked for."""

DRAW_SECONDS = 0.12
"""Least time between two drawings of an answer: each costs the server and the browser more than a token does."""

MOST_DRAWINGS = 50
"""Drawings a second of all answers together: when many are written at once, each is drawn less often."""


class Showing:
    """Draws conversations in windows."""

    def __init__(self, conversations: Conversations, chat: Chat, passages: Passages, opinions: Opinions) -> None:
        self.conversations = conversations
        self.chat = chat
        self.passages = passages
        self.opinions = opinions
        self.windows = Windows()

    async def views(
        self,
        drawn: Drawing,
        who: Who,
        conversation_id: str,
        *,
        most: int = LATEST,
        since: str = "",
        question: str | None = None,
    ) -> AsyncGenerator[View]:
        """A conversation, and its last answer to its end; "" is a new one. One that is not theirs is said to be gone.

        Draws the last `most` messages, and in any case those from the turn `since` on; `question` goes into the box.
        """
        try:
            turns = await asyncio.to_thread(self._turns, who.account_id, conversation_id)
        except NotFound:
            yield View([drawing.said(texts.CONVERSATION_GONE)], opened="", busy=False)
            return
        at = next((place for place, turn in enumerate(turns) if turn.id == since), len(turns))
        turns, is_cut = turns[(start := max(0, min(len(turns) - most, at - 1))) :], start > 0
        beside = await asyncio.to_thread(self._beside, who.account_id, turns, is_cut)
        drawn.busy = bool(turns) and not turns[-1].said.finished
        yield View(drawing.messages(turns, beside), opened=conversation_id, question=question, busy=drawn.busy)
        if turns:
            async for view in self._followed(drawn, who, turns, beside):
                yield view

    async def not_asked(self, who: Who, conversation_id: str, sentence: str, question: str | None) -> View:
        """The conversation as it was, with a sentence below it; `question` goes back into its box."""
        turns: tuple[StoredTurn, ...] = ()
        with suppress(NotFound):
            turns = await asyncio.to_thread(self._turns, who.account_id, conversation_id)
        beside = await asyncio.to_thread(self._beside, who.account_id, turns[-LATEST:], len(turns) > LATEST)
        said = [*drawing.messages(turns[-LATEST:], beside), drawing.said(sentence)]
        return View(said, question=question, busy=False)

    async def _followed(
        self, drawn: Drawing, who: Who, turns: Sequence[StoredTurn], beside: Beside
    ) -> AsyncGenerator[View]:
        """The last turn as it grows, below the others, which are drawn only once."""
        *before, last = turns
        earlier = drawing.plain(before, beside)
        states = throttled(self.chat.follow(who.account_id, last.id), self._pause)
        async with aclosing(drawn.followed(states)) as stream:
            async for turn in stream:
                if turn.said == last.said:
                    continue
                last = turn
                ends = drawn.busy and turn.said.finished
                if turn.said.finished:
                    drawn.busy = False
                    beside = await asyncio.to_thread(self._beside, who.account_id, [*before, turn], beside.earlier)
                yield View(drawing.continued(earlier, turn, beside), busy=False if ends else None)
        if drawn.busy and not drawn.newer.is_set():  # a server that died left it half written
            drawn.busy = False
            yield View(busy=False)

    def _pause(self) -> float:
        """Seconds between two drawings of an answer, while as many are written as now."""
        return max(DRAW_SECONDS, len(self.windows) / MOST_DRAWINGS)

    def _turns(self, account_id: str, conversation_id: str) -> tuple[StoredTurn, ...]:
        return self.conversations.turns(account_id, conversation_id) if conversation_id else ()

    def _beside(self, account_id: str, turns: Sequence[StoredTurn], is_cut: bool) -> Beside:
        said = self.opinions.of(account_id, turns[0].conversation_id) if turns else {}
        return Beside(page_marks(self.passages, turns), said, is_cut)


async def throttled(stream: AsyncGenerator[StoredTurn], pause: Callable[[], float]) -> AsyncGenerator[StoredTurn]:
    """The first state, every other kind of state and the end of an answer; of the others at most one per `pause()`.

    Waiting in the line, reading part after part, thinking and writing are kinds of states. `pause` is in seconds.
    """
    last, drawn = 0.0, None
    async with aclosing(stream):
        async for turn in stream:
            said, moment = turn.said, time.monotonic()
            kind = (said.place_in_line, said.progress, bool(said.thoughts), bool(said.text))
            if said.finished or kind != drawn or moment - last >= pause():
                last, drawn = moment, kind
                yield turn
