"""Whether the client of a request is still there: what takes long is given up when it goes away."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

Result = TypeVar("Result")


class Presence:
    """Looks out for the end of a connection from when the body of its request has been read.

    A streamed answer needs none of this: Starlette looks out for the client.
    """

    def __init__(self, receive: Receive, has_body: bool = True) -> None:
        """`has_body`: whether the body is still to be read, through `receive`."""
        self._receive = receive
        self._has_body = asyncio.Event()
        self._is_gone = asyncio.Event()
        if not has_body:
            self._has_body.set()

    async def receive(self) -> Message:
        """The next event of the request, in place of the `receive` that was handed in."""
        if self._has_body.is_set():
            await self._is_gone.wait()
            return {"type": "http.disconnect"}
        event = await self._receive()
        if event["type"] == "http.disconnect" or not event.get("more_body"):
            self._has_body.set()
        return event

    async def keep(self, work: Coroutine[Any, Any, Result]) -> Result:
        """The result of the work, which is cancelled when the client goes away: then raises `ClientDisconnect`."""
        working, gone = asyncio.ensure_future(work), asyncio.ensure_future(self._gone())
        try:
            await asyncio.wait((working, gone), return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                raise ClientDisconnect
            return working.result()
        finally:
            for task in (working, gone):
                task.cancel()
            await asyncio.gather(working, gone, return_exceptions=True)

    async def _gone(self) -> None:
        await self._has_body.wait()
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._is_gone.set()
