"""Which handler draws in which window: the newest one. One that began before it ends when that begins.

Knows nothing of what is drawn.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

State = TypeVar("State")

ENDING_SECONDS = 2.0
"""How long a handler may take to end for a newer one, so that what it drew last comes before what that draws."""


class Drawing:
    """A handler that draws. `busy` while the answer that it follows is not finished."""

    def __init__(self) -> None:
        self.busy = False
        self.newer = asyncio.Event()
        self.ended = asyncio.Event()

    async def followed(self, states: AsyncGenerator[State]) -> AsyncGenerator[State]:
        """The states, until a newer handler draws in the window."""
        newer = asyncio.ensure_future(self.newer.wait())
        coming = asyncio.ensure_future(anext(states, None))
        try:
            while True:
                await asyncio.wait((newer, coming), return_when=asyncio.FIRST_COMPLETED)
                if newer.done() or (state := coming.result()) is None:
                    return
                yield state
                coming = asyncio.ensure_future(anext(states, None))
        finally:
            newer.cancel()
            coming.cancel()
            await asyncio.wait((newer, coming))
            await states.aclose()


class Windows:
    """All windows in which something is drawn just now."""

    def __init__(self) -> None:
        self._newest: dict[str, Drawing] = {}

    def __len__(self) -> int:
        return len(self._newest)

    def busy(self, window: str) -> bool:
        """Whether an answer that is not finished is drawn in a window."""
        return window in self._newest and self._newest[window].busy

    @asynccontextmanager
    async def drawing(self, window: str) -> AsyncIterator[Drawing]:
        """Inside, one draws in that window, until a newer one wants to."""
        before, mine = self._newest.get(window), Drawing()
        self._newest[window] = mine
        try:
            if before is not None:
                before.newer.set()
                with suppress(TimeoutError):
                    await asyncio.wait_for(before.ended.wait(), ENDING_SECONDS)
            yield mine
        finally:
            mine.ended.set()
            if self._newest.get(window) is mine:
                del self._newest[window]
