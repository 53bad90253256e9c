"""Answers that are being written, whether anybody looks or not: each is a task of its own, followed by any windows.

Knows neither how an answer comes about nor who may see it: it is handed the states of the answer, and what keeps them.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractContextManager, aclosing
from dataclasses import replace

from answers.answer import Answer
from webui.turn import StoredTurn

log = logging.getLogger(__name__)

SAVE_SECONDS = 1.0

Keep = Callable[[str, Answer], None]
"""(id of the turn, how far its answer has come): stores it. Runs in a thread."""


class Writing:
    """One answer while it is written: its newest state, and why it ends, if it is ended."""

    def __init__(self, turn: StoredTurn) -> None:
        self.turn = turn
        self.over = False
        self.begun = asyncio.Event()
        self.ended_for = ""
        self._changed = asyncio.Event()

    def tell(self, said: Answer, *, over: bool = False) -> None:
        """Another state, or the last."""
        self.over = over
        if said is not self.turn.said:
            self.turn = replace(self.turn, said=said)
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def states(self) -> AsyncGenerator[StoredTurn]:
        """The state of now, and each newer one until the end; who is slow misses those between."""
        seen = None
        while True:
            changed = self._changed
            if self.turn is not seen:
                seen = self.turn
                yield seen
            elif self.over:
                return
            else:
                await changed.wait()


class Running:
    """All answers that are being written, by the ids of their turns."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._writings: dict[str, Writing] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def start(
        self, turn: StoredTurn, states: AsyncGenerator[Answer], held: AbstractContextManager[object]
    ) -> None:
        """Begins to write an answer, and holds something until its end."""
        writing = self._writings[turn.id] = Writing(turn)
        task = self._tasks[turn.id] = asyncio.create_task(self._write(writing, states, held))
        task.add_done_callback(_log_defect)
        await writing.begun.wait()  # a task that is cancelled before its first step would never come to its end

    def states(self, turn_id: str) -> AsyncGenerator[StoredTurn] | None:
        """The states of an answer from now on; None where it is not being written."""
        writing = self._writings.get(turn_id)
        return writing.states() if writing else None

    async def stop(self, turn_id: str, problem: str = "stopped") -> None:
        """Ends an answer, if it is still being written; returns when it is kept.

        One that is finished, to which only something may be added, is kept as it is, and others with that problem.
        """
        writing, task = self._writings.get(turn_id), self._tasks.get(turn_id)
        if writing is None or task is None:
            return
        if not writing.ended_for:
            writing.ended_for = problem
            task.cancel()
        await asyncio.wait([task])

    async def stop_adding(self, conversation_id: str) -> None:
        """Ends the answers of a conversation that are finished and may only add something."""
        turns = [writing.turn for writing in self._writings.values()]
        done = [turn.id for turn in turns if turn.conversation_id == conversation_id and turn.said.finished]
        await asyncio.gather(*map(self.stop, done))

    async def close(self) -> None:
        """Ends all of them, because the server does."""
        await asyncio.gather(*(self.stop(turn_id, "interrupted") for turn_id in tuple(self._writings)))

    async def _write(
        self, writing: Writing, states: AsyncGenerator[Answer], held: AbstractContextManager[object]
    ) -> None:
        writing.begun.set()
        turn_id, last, problem = writing.turn.id, writing.turn.said, "internal"
        kept, saved_at = last, time.monotonic()
        try:
            with held:
                try:
                    async with aclosing(states) as stream:
                        async for last in stream:
                            if last.finished or time.monotonic() - saved_at >= SAVE_SECONDS:
                                await self._save(turn_id, last)
                                kept, saved_at = last, time.monotonic()
                            writing.tell(last)
                except asyncio.CancelledError:
                    problem = writing.ended_for or "interrupted"
                finally:
                    last = last if last.finished else replace(last, finished=True, problem=last.problem or problem)
                    if last is not kept:
                        await self._save(turn_id, last)
        finally:
            del self._writings[turn_id], self._tasks[turn_id]
            writing.tell(last, over=True)

    async def _save(self, turn_id: str, answer: Answer) -> None:
        """Keeps a state; cancelled meanwhile, waits for that too, so that no older state comes after a newer one."""
        saving = asyncio.ensure_future(asyncio.to_thread(self._keep, turn_id, answer))
        try:
            await asyncio.shield(saving)
        except asyncio.CancelledError:
            await asyncio.wait([saving])
            raise


def _log_defect(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("an answer was not written to its end", exc_info=error)
