"""A request that is under way, and whether it may go on. Knows nothing of who is asking."""

import asyncio
import time
from collections.abc import Callable

import anyio
from starlette.types import Message


class Watch:
    """Looks at most every so many seconds whether a request may go on, and cancels the work on it when it may not."""

    def __init__(self, is_good: Callable[[], bool], every: float) -> None:
        self._is_good = is_good
        self._every = every
        self._looked_at = time.monotonic()
        self.work = anyio.CancelScope()
        self.started = False
        self.ended = False
        self.open_ended = False
        """Whether an answer is on its way whose length was not told, so that it can be ended in good order."""

    async def good(self) -> bool:
        """Whether the request may go on."""
        if not self.ended and time.monotonic() - self._looked_at >= self._every:
            self._looked_at = time.monotonic()
            self.ended = not await asyncio.to_thread(self._is_good)
            if self.ended:
                self.work.cancel()
        return not self.ended

    def note(self, event: Message) -> None:
        """Notes how far the answer is."""
        if event["type"] == "http.response.start":
            self.started = True
            self.open_ended = b"content-length" not in {name.lower() for name, _ in event["headers"]}
        elif event["type"] == "http.response.body" and not event.get("more_body"):
            self.open_ended = False
