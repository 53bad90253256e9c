"""What happens on the screen when somebody asks, opens or deletes a conversation.

A handler takes from the browser a question and the id of a conversation, never the history: that is read from the
database under the account of the request. Knows the values of the components, not the components.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field

import gradio as gr

from indexes.errors import NotFound
from indexes.passages import Passages
from webui.accounts.gate import address_of
from webui.audit import Audit
from webui.chat import Chat, NotKept
from webui.conversations import Conversations, StoredTurn
from webui.limits import TooMuch
from webui.quality import page_marks
from webui.screen import drawing, shell
from webui.screen.answer_drawing import PageMarks
from webui.texts import texts

DRAW_SECONDS = 0.12
"""Least time between two drawings of an answer: each costs the server and the browser more than a token does."""

MOST_DRAWINGS = 50
"""Drawings a second of all answers together: when many are written at once, each is drawn less often."""

STOP_SECONDS = 3.0
"""How long to wait for a stopped answer to be stored before drawing what is there."""

View = tuple[object, ...]
"""New values of: the question box, the open conversation's id, the messages."""

log = logging.getLogger(__name__)

READY = {"submit_btn": True, "stop_btn": False}
BUSY = {"submit_btn": False, "stop_btn": texts.STOP}
UNCHANGED = (gr.skip(), gr.skip(), gr.skip())


def account_of(request: gr.Request) -> str:
    """The account that the middleware found signed in."""
    return str(request.request.state.account_id)


@dataclass(eq=False, slots=True)
class Asked:
    """A question of a window: whether its answer is `done`, to which something may be added, until a `newer` one."""

    done: bool = False
    newer: asyncio.Event = field(default_factory=asyncio.Event)


class Talk:
    """The handlers of the conversation."""

    def __init__(self, conversations: Conversations, chat: Chat, passages: Passages, audit: Audit) -> None:
        self.conversations = conversations
        self.passages = passages
        self.chat = chat
        self.audit = audit
        self.asked: dict[str, Asked] = {}
        """The newest question of each window, until nothing more comes of it."""

    def arrive(self, request: gr.Request) -> object:
        """The page was loaded: questions about the samples to begin with, or that nothing is open to search.

        The browser then asks for the conversation that its address names.
        """
        names = {collection.name for collection in self.chat.permissions.readable(account_of(request))}
        if not names:
            return gr.update(placeholder=shell.nothing_to_search())
        suggestions = [{"text": suggestion} for suggestion in texts.SUGGESTIONS]
        return gr.update(examples=suggestions) if texts.SAMPLES in names else gr.skip()

    def open(self, conversation_id: str, request: gr.Request) -> View:
        """Shows a conversation; an empty id is a new one."""
        account_id = account_of(request)
        try:
            turns = self.conversations.turns(account_id, conversation_id) if conversation_id else ()
        except NotFound:
            return self._gone()
        return self._view(conversation_id, turns)

    def delete(self, doomed_id: str, conversation_id: str, request: gr.Request) -> View:
        """Deletes a conversation and shows the one that was open, or a new one if that is gone."""
        with suppress(NotFound):  # deleted already, in another window
            self.conversations.delete(account_of(request), doomed_id)
            self.audit.record(account_of(request), "conversation_deleted", doomed_id, address_of(request.request))
        return self.open("" if doomed_id == conversation_id else conversation_id, request)

    async def stop(self, conversation_id: str, request: gr.Request) -> View:
        """The answer was stopped: shows what was kept of it, once it is kept."""
        deadline = time.monotonic() + STOP_SECONDS
        while conversation_id and time.monotonic() < deadline:
            turns = self.conversations.turns(account_of(request), conversation_id)
            if not turns or turns[-1].said.finished:
                break
            await asyncio.sleep(0.1)
        return self.open(conversation_id, request)

    async def ask_suggested(
        self, conversation_id: str, request: gr.Request, suggestion: gr.SelectData
    ) -> AsyncIterator[View]:
        """Asks one of the questions that the empty page offers."""
        async for view in self.ask(str(suggestion.value["text"]), conversation_id, request):
            yield view

    async def ask_offered(
        self, conversation_id: str, request: gr.Request, offered: gr.SelectData
    ) -> AsyncIterator[View]:
        """Asks what a button below the last answer says: one of its next questions, or the last one once more.

        Which questions there are is read from the database, not from the browser.
        """
        turns = self.conversations.turns(account_of(request), conversation_id)
        question = str(offered.value)
        if not turns or question not in drawing.next_questions(turns[-1].said):
            question = ""
        elif question == texts.ASK_AGAIN:
            question = turns[-2].said.text
        async for view in self.ask(question, conversation_id, request):
            yield view

    async def ask(self, question: str, conversation_id: str, request: gr.Request) -> AsyncIterator[View]:
        """Asks, and shows the answer as it grows. One window asks one question at a time.

        What the last answer might still add is given up then: the model is wanted for the new one.
        """
        account_id, window = account_of(request), str(request.session_hash)
        last = self.asked.get(window)
        if not question.strip() or (last and not last.done):
            yield UNCHANGED
            return
        if last:
            last.newer.set()
        asked = self.asked[window] = Asked()
        try:
            async with aclosing(self.chat.ask(account_id, conversation_id or None, question)) as stream:
                async for view in self._views(
                    account_id, asked, throttled(added_until(asked.newer, stream), self._pause)
                ):
                    yield view
        except NotFound:
            yield self._gone()
        except TooMuch as error:
            yield self._not_asked(account_id, conversation_id, question, texts.TOO_MUCH[error.what])
        except NotKept as error:
            log.warning("%s: %s", error, error.__cause__)
            yield self._not_asked(account_id, conversation_id, question, texts.NOT_KEPT)
        finally:
            asked.done = True
            if self.asked.get(window) is asked:
                del self.asked[window]

    def _not_asked(self, account_id: str, conversation_id: str, question: str, sentence: str) -> View:
        """The conversation as it was, with a sentence below it, and the question back in its box."""
        turns = self.conversations.turns(account_id, conversation_id) if conversation_id else ()
        said = [*drawing.messages(turns, page_marks(self.passages, turns)), drawing.said(sentence)]
        return gr.update(value=question, **READY), gr.skip(), said

    def _pause(self) -> float:
        """Seconds between two drawings of an answer, while as many are written as now."""
        return max(DRAW_SECONDS, len(self.asked) / MOST_DRAWINGS)

    async def _views(self, account_id: str, asked: Asked, stream: AsyncIterator[StoredTurn]) -> AsyncIterator[View]:
        before: tuple[StoredTurn, ...] = ()
        earlier: list[drawing.Message] = []
        marks: PageMarks = {}
        begun = False
        async for turn in stream:
            if not begun:
                begun = True
                before = self.conversations.turns(account_id, turn.conversation_id)[:-1]
                marks = page_marks(self.passages, before)
                earlier = drawing.plain(before, marks)
                first = drawing.continued(earlier, turn, marks)
                yield gr.update(value="", **BUSY), turn.conversation_id, first
            elif not turn.said.finished:
                yield gr.skip(), gr.skip(), drawing.continued(earlier, turn, marks)
            elif not asked.done:
                asked.done = True
                yield self._view(turn.conversation_id, [*before, turn])
            elif self._is_last(account_id, turn):
                marks = page_marks(self.passages, [*before, turn])
                yield gr.skip(), gr.skip(), drawing.continued(earlier, turn, marks)

    def _is_last(self, account_id: str, turn: StoredTurn) -> bool:
        """Whether nothing was asked since: what an answer adds after its end must not hide a newer one."""
        try:
            return self.conversations.turns(account_id, turn.conversation_id)[-1].id == turn.id
        except NotFound:
            return False

    def _view(self, conversation_id: str, turns: Sequence[StoredTurn]) -> View:
        messages = drawing.messages(turns, page_marks(self.passages, turns))
        return gr.update(**READY), conversation_id, messages

    def _gone(self) -> View:
        box, opened, _ = self._view("", ())
        return box, opened, [drawing.said(texts.CONVERSATION_GONE)]


async def added_until(newer: asyncio.Event, stream: AsyncGenerator[StoredTurn]) -> AsyncGenerator[StoredTurn]:
    """An answer to its end; of what is added to it afterwards, what comes until `newer` is set, which stops it."""
    async for turn in stream:
        yield turn
        if turn.said.finished:
            break
    while (added := await _before(newer, anext(stream, None))) is not None:
        yield added


async def _before(newer: asyncio.Event, coming: Awaitable[StoredTurn | None]) -> StoredTurn | None:
    """What is waited for, or None where `newer` is set before."""
    tasks = asyncio.ensure_future(coming), asyncio.ensure_future(newer.wait())
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return tasks[0].result() if tasks[0].done() else None
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def throttled(stream: AsyncIterator[StoredTurn], pause: Callable[[], float]) -> AsyncIterator[StoredTurn]:
    """The first state, every other kind of state and the end of an answer; of the others at most one per `pause()`.

    Waiting in the line, reading part after part, thinking and writing are kinds of states. `pause` is in seconds.
    """
    last, drawn = 0.0, None
    async for turn in stream:
        said, moment = turn.said, time.monotonic()
        kind = (said.place_in_line, said.progress, bool(said.thoughts), bool(said.text))
        if said.finished or kind != drawn or moment - last >= pause():
            last, drawn = moment, kind
            yield turn
