"""Asking in conversations: what was said before goes in; the answer is written in the background and kept as it comes.

Knows nothing of Gradio, search or models: it is handed the function that answers.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import ExitStack, aclosing
from functools import partial

from sqlalchemy.exc import OperationalError

from answers.answer import Answer, Turn
from webui.conversations import Conversations
from webui.limits import Limits
from webui.permissions import Permissions
from webui.permitted import Answering, Asked, SignedIn, permitted
from webui.running import Running
from webui.turn import StoredTurn

TITLE_LENGTH = 60


class NotKept(Exception):  # what happened, as the other errors here
    """The database could not take the question: a full disk, a database that does not answer. Nothing was asked."""


def always() -> bool:
    """For who is asked about in another way, or not at all: a program's key is looked up while it is sent something."""
    return True


class Chat:
    """Asks in conversations. `answering` is `answers.conversation.answer` with its parts filled in.

    An answer that was begun is written to its end, whoever looks. It is done with its first `finished` state, which is
    kept before it is shown; states that follow it only add what to ask next. What was written is kept: every second
    and at the end. The problem of an answer that ends early is `stopped` (by its person, or because that signed out),
    `interrupted` (the server ended), `index_renewing` after an update, `search_failed` or `internal` after a defect.
    When the account is suspended meanwhile, or may no longer read what is searched, the answer ends as it was until
    then, with the problem `rights_changed`.
    """

    def __init__(
        self, conversations: Conversations, permissions: Permissions, answering: Answering, limits: Limits
    ) -> None:
        self.conversations = conversations
        self.permissions = permissions
        self.answering = answering
        self.limits = limits
        self.running = Running(conversations.save_answer)

    async def begin(
        self,
        account_id: str,
        conversation_id: str | None,
        question: str,
        collection_ids: Sequence[str] = (),
        signed_in: SignedIn = always,
    ) -> StoredTurn:
        """Stores a question, begins to write its answer, and returns that; without a conversation, one is made.

        Searches `collection_ids`, or all that the account may read where none are given. Raises `NotFound` for a
        conversation that is not the account's or a collection that it may not read, `TooMuch` and `NotKept`, before
        anything is stored.
        """
        question = storable(question)

        def store() -> StoredTurn:
            asked_in = conversation_id or self.conversations.create(account_id, title_of(question), collection_ids).id
            return self.conversations.add_question(account_id, asked_in, question)

        return await self._begun(account_id, collection_ids, store, signed_in)

    async def again(self, account_id: str, turn_id: str, signed_in: SignedIn = always) -> StoredTurn:
        """Begins another answer beside one of the account, from what its conversation searches. Raises like `begin`."""
        chosen = await asyncio.to_thread(self._chosen_before, account_id, turn_id)
        store = partial(self.conversations.add_answer_beside, account_id, turn_id)
        return await self._begun(account_id, chosen, store, signed_in)

    async def edited(self, account_id: str, turn_id: str, question: str, signed_in: SignedIn = always) -> StoredTurn:
        """Asks another question beside one of the account, and begins its answer, as `again` does."""
        chosen = await asyncio.to_thread(self._chosen_before, account_id, turn_id)
        store = partial(self.conversations.add_question_beside, account_id, turn_id, storable(question))
        return await self._begun(account_id, chosen, store, signed_in)

    async def follow(self, account_id: str, turn_id: str) -> AsyncGenerator[StoredTurn]:
        """The states of an answer from now to its end, for any number of windows; who is slow misses some between.

        Of an answer that is not being written, the one state that is kept. Raises `NotFound`.
        """
        await asyncio.to_thread(self.conversations.turn, account_id, turn_id)
        states = self.running.states(turn_id)
        if states is None:
            yield await asyncio.to_thread(self.conversations.turn, account_id, turn_id)
            return
        async with aclosing(states):
            async for turn in states:
                yield turn

    async def stop(self, account_id: str, turn_id: str) -> None:
        """Stops an answer of the account, if it is being written; returns when it is kept. Raises `NotFound`."""
        await asyncio.to_thread(self.conversations.turn, account_id, turn_id)
        await self.running.stop(turn_id)

    async def close(self) -> None:
        """Ends all answers, because the server does; returns when they are kept."""
        await self.running.close()

    async def ask(
        self, account_id: str, conversation_id: str | None, question: str, collection_ids: Sequence[str] = ()
    ) -> AsyncGenerator[StoredTurn]:
        """Begins an answer and streams its states, the empty one first; stops it when the caller stops or goes away."""
        begun = await self.begin(account_id, conversation_id, question, collection_ids)
        try:
            yield begun
            async with aclosing(self.follow(account_id, begun.id)) as states:
                async for turn in states:
                    if turn is not begun:
                        yield turn
        finally:
            # Shielded: whoever stops this task must not stop the saving too.
            await asyncio.shield(self.running.stop(begun.id))

    async def answer(
        self, account_id: str, question: str, turns: Sequence[Turn], collection_ids: Sequence[str] = ()
    ) -> AsyncGenerator[Answer]:
        """Streams the states of an answer that belongs to no conversation: `turns` went before, nothing is kept.

        Searches and raises like `begin`; who goes away stops it.
        """
        with self.limits.answer(account_id):
            chosen = await asyncio.to_thread(self.permissions.chosen, account_id, collection_ids)
            asked = Asked(account_id, storable(question), turns, chosen, always)
            async with aclosing(permitted(asked, self.answering, self.permissions)) as stream:
                async for answer in stream:
                    yield answer

    async def _begun(
        self, account_id: str, collection_ids: Sequence[str], store: Callable[[], StoredTurn], signed_in: SignedIn
    ) -> StoredTurn:
        """Counts an answer, stores what `store` stores, and has the answer written."""

        async def begin() -> StoredTurn:
            with ExitStack() as held:
                held.enter_context(self.limits.answer(account_id))
                try:
                    chosen = await asyncio.to_thread(self.permissions.chosen, account_id, collection_ids)
                    turn = await asyncio.to_thread(store)
                    *earlier, asked = await asyncio.to_thread(self._until, account_id, str(turn.parent_id))
                except OperationalError as error:
                    raise NotKept("the question could not be stored") from error
                await self.running.stop_adding(turn.conversation_id)  # the model is wanted for the new answer
                question = Asked(account_id, asked.text, [each for each in earlier if each.text], chosen, signed_in)
                await self.running.start(turn, permitted(question, self.answering, self.permissions), held.pop_all())
                return turn

        return await asyncio.shield(begin())  # who goes away now leaves a whole beginning

    def _until(self, account_id: str, turn_id: str) -> list[Turn]:
        return [Turn(turn.role, turn.said.text) for turn in self.conversations.until(account_id, turn_id)]

    def _chosen_before(self, account_id: str, turn_id: str) -> list[str]:
        """Which collections the conversation of a turn searches, those aside that may not be read any more."""
        conversation = self.conversations.get(account_id, self.conversations.turn(account_id, turn_id).conversation_id)
        readable = {collection.id for collection in self.permissions.readable(account_id)}
        return [each for each in conversation.collection_ids if each in readable]


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
