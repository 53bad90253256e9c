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
from webui.permissions import Permissions

Answering = Callable[[str, Sequence[Turn], Sequence[str]], AsyncGenerator[Answer]]
"""(question, earlier turns, ids of the collections to search) -> the answer so far, again and again."""

log = logging.getLogger(__name__)

TITLE_LENGTH = 60
SAVE_SECONDS = 0.5


class NotKept(Exception):  # what happened, as the other errors here
    """The database could not take the question: a full disk, a database that does not answer. Nothing was asked."""


class Chat:
    """Asks in conversations. `answering` is `answers.conversation.answer` with its parts filled in."""

    def __init__(self, conversations: Conversations, permissions: Permissions, answering: Answering) -> None:
        self.conversations = conversations
        self.permissions = permissions
        self.answering = answering

    async def ask(self, account_id: str, conversation_id: str | None, question: str) -> AsyncGenerator[StoredTurn]:
        """Stores the question and streams the states of its answer; without a conversation, one is made.

        The answer is done with its first `finished` state, which is kept before it is shown; states that follow it only
        add what to ask next. What was streamed is kept: every half second, at the end, and when the caller stops or
        goes away (problem `stopped`; `index_renewing` after an update; `search_failed` or `internal` after a defect).
        Raises `NotFound` for a conversation that is not the account's.
        """
        # Half characters and NUL, which JSON can hold and databases cannot.
        question = question.encode("utf-8", "replace").decode().replace("\0", "")
        try:
            collection_ids, earlier, turn = await asyncio.to_thread(self._begin, account_id, conversation_id, question)
        except OperationalError as error:
            raise NotKept("the question could not be stored") from error
        last, saved_at, problem = Answer(text=""), time.monotonic(), "internal"
        try:
            yield turn
            async with aclosing(self.answering(question, earlier, collection_ids)) as stream:
                async for last in stream:
                    if last.finished or time.monotonic() - saved_at >= SAVE_SECONDS:
                        await asyncio.to_thread(self.conversations.save_answer, turn.id, last)
                        saved_at = time.monotonic()
                    yield replace(turn, said=last)
        except (asyncio.CancelledError, GeneratorExit):
            problem = "stopped"
            raise
        except IndexMismatch as error:
            log.warning("turn %s is not answered: %s", turn.id, error)
            problem = "index_renewing"
        except IndexesError:
            log.exception("searching for an answer to turn %s failed", turn.id)
            problem = "search_failed"
        finally:
            kept = last if last.finished else replace(last, finished=True, problem=last.problem or problem)
            # Shielded: whoever stops this task must not stop the saving too.
            await asyncio.shield(asyncio.to_thread(self.conversations.save_answer, turn.id, kept))
        if kept is not last:
            yield replace(turn, said=kept)

    def _begin(
        self, account_id: str, conversation_id: str | None, question: str
    ) -> tuple[list[str], list[Turn], StoredTurn]:
        if conversation_id is None:
            conversation_id = self.conversations.create(account_id, title_of(question)).id
        stored = self.conversations.turns(account_id, conversation_id)
        earlier = [Turn(turn.role, turn.said.text) for turn in stored if turn.said.text]
        collection_ids = [collection.id for collection in self.permissions.readable(account_id)]
        return collection_ids, earlier, self.conversations.add_question(account_id, conversation_id, question)


def title_of(question: str) -> str:
    """The question as a title: one line of at most 60 characters, cut at a word."""
    line = " ".join(question.split())
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[: TITLE_LENGTH - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"
