"""One question of one conversation: what was said before goes in, the answer is streamed out and kept while it comes.

Knows nothing of Gradio, search or models: it is handed the function that answers.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

from sqlalchemy.exc import OperationalError

from answers.answer import Answer, Turn
from indexes.errors import IndexesError, IndexMismatch
from webui.conversations import Conversations, StoredTurn
from webui.limits import Limits
from webui.permissions import Permissions

Answering = Callable[[str, Sequence[Turn], Sequence[str]], AsyncGenerator[Answer]]
"""(question, earlier turns, ids of the collections to search) -> the answer so far, again and again."""

log = logging.getLogger(__name__)

TITLE_LENGTH = 60
SAVE_SECONDS = 1.0
CHECK_SECONDS = 1.0


class NotKept(Exception):  # what happened, as the other errors here
    """The database could not take the question: a full disk, a database that does not answer. Nothing was asked."""


class Chat:
    """Asks in conversations. `answering` is `answers.conversation.answer` with its parts filled in."""

    def __init__(
        self, conversations: Conversations, permissions: Permissions, answering: Answering, limits: Limits
    ) -> None:
        self.conversations = conversations
        self.permissions = permissions
        self.answering = answering
        self.limits = limits

    async def ask(
        self, account_id: str, conversation_id: str | None, question: str, collection_ids: Sequence[str] = ()
    ) -> AsyncGenerator[StoredTurn]:
        """Stores the question and streams the states of its answer; without a conversation, one is made.

        Searches `collection_ids`, or all that the account may read where none are given. The answer is done with its
        first `finished` state, which is kept before it is shown; states that follow it only add what to ask next. What
        was streamed is kept: every second, at the end, and when the caller stops or goes away (problem `stopped`;
        `index_renewing` after an update; `search_failed` or `internal` after a defect). When the account is suspended
        meanwhile, or may no longer read what is searched, the answer ends as it was shown until then, with the problem
        `rights_changed`. Raises `NotFound` for a conversation that is not the account's or a collection that it may
        not read, and `TooMuch`, before anything is stored.
        """
        with self.limits.answer(account_id):
            async with aclosing(self._kept(account_id, conversation_id, storable(question), collection_ids)) as stream:
                async for turn in stream:
                    yield turn

    async def answer(
        self, account_id: str, question: str, turns: Sequence[Turn], collection_ids: Sequence[str] = ()
    ) -> AsyncGenerator[Answer]:
        """Streams the states of an answer that belongs to no conversation: `turns` went before, nothing is kept.

        Searches and raises like `ask`.
        """
        with self.limits.answer(account_id):
            chosen = await asyncio.to_thread(self.permissions.chosen, account_id, collection_ids)
            async with aclosing(self._answered(account_id, storable(question), turns, chosen)) as stream:
                async for answer in stream:
                    yield answer

    async def _kept(
        self, account_id: str, conversation_id: str | None, question: str, collection_ids: Sequence[str]
    ) -> AsyncGenerator[StoredTurn]:
        try:
            chosen = await asyncio.to_thread(self.permissions.chosen, account_id, collection_ids)
            earlier, turn = await asyncio.to_thread(self._begin, account_id, conversation_id, question)
        except OperationalError as error:
            raise NotKept("the question could not be stored") from error
        last, saved_at, problem = Answer(text=""), time.monotonic(), "internal"
        try:
            yield turn
            async with aclosing(self._answered(account_id, question, earlier, chosen)) as stream:
                async for last in stream:
                    if last.finished or time.monotonic() - saved_at >= SAVE_SECONDS:
                        await asyncio.to_thread(self.conversations.save_answer, turn.id, last)
                        saved_at = time.monotonic()
                    yield replace(turn, said=last)
        except (asyncio.CancelledError, GeneratorExit):
            problem = "stopped"
            raise
        finally:
            kept = last if last.finished else replace(last, finished=True, problem=last.problem or problem)
            # Shielded: whoever stops this task must not stop the saving too.
            await asyncio.shield(asyncio.to_thread(self.conversations.save_answer, turn.id, kept))
        if kept is not last:
            yield replace(turn, said=kept)

    async def _answered(
        self, account_id: str, question: str, turns: Sequence[Turn], collection_ids: Sequence[str]
    ) -> AsyncGenerator[Answer]:
        """The states of an answer; what goes wrong in searching, or is forbidden, is the problem of the last one.

        Rights are looked up again once a second while states come, and before every finished one.
        """
        last, checked_at = Answer(""), time.monotonic()
        try:
            async with aclosing(self.answering(question, turns, collection_ids)) as stream:
                async for said in stream:
                    if said.finished or time.monotonic() - checked_at >= CHECK_SECONDS:
                        if not await asyncio.to_thread(self.permissions.may_still_read, account_id, collection_ids):
                            yield replace(last, finished=True, problem="rights_changed", next_questions=())
                            return
                        checked_at = time.monotonic()
                    last = said
                    yield last
        except IndexMismatch as error:
            log.warning("a question is not answered: %s", error)
            yield replace(last, finished=True, problem="index_renewing")
        except IndexesError:
            log.exception("searching for an answer failed")
            yield replace(last, finished=True, problem="search_failed")

    def _begin(self, account_id: str, conversation_id: str | None, question: str) -> tuple[list[Turn], StoredTurn]:
        if conversation_id is None:
            conversation_id = self.conversations.create(account_id, title_of(question)).id
        stored = self.conversations.turns(account_id, conversation_id)
        earlier = [Turn(turn.role, turn.said.text) for turn in stored if turn.said.text]
        return earlier, self.conversations.add_question(account_id, conversation_id, question)


def storable(text: str) -> str:
    """The text without half characters and NUL, which JSON can hold and databases cannot."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def title_of(question: str) -> str:
    """The question as a title: one line of at most 60 characters, cut at a word."""
    line = " ".join(question.split())
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[: TITLE_LENGTH - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"
