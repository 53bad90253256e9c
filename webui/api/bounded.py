"""Routes whose requests are of bounded size: a body over the limit is not read to its end."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.types import Message

MOST_BODY = 2**20
"""Bytes of a JSON body. The longest question is 4,000 characters; a chat client sends the whole conversation."""


class BoundedRoute(APIRoute):
    """A route that answers 413 to a body of more than `MOST_BODY` bytes. Uploads are read elsewhere, piece by piece."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of the route, given a request that counts what arrives."""
        handle = super().get_route_handler()

        async def bounded(request: Request) -> Response:
            size = 0

            async def receive() -> Message:
                nonlocal size
                event = await request.receive()
                size += len(event.get("body", b""))
                if size > MOST_BODY:
                    raise HTTPException(413)
                return event

            return await handle(Request(request.scope, receive))

        return bounded
