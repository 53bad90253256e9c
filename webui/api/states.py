"""The states of an answer as a stream: how it begins, how it ends, and what an OpenAPI document says of it."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, TypeVar

from answers.answer import Answer

State = TypeVar("State")

EVENT_STREAM = "text/event-stream"

STREAMED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer: one JSON object, or a stream of events whose data is JSON",
        "content": {
            EVENT_STREAM: {
                "schema": {
                    "type": "object",
                    "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
                    "required": ["data"],
                }
            }
        },
    }
}
"""The responses of a route that answers with a stream as well. The schema is that of one event."""

BREATH = 10.0
"""Seconds after which a comment is sent where there is nothing else to say: proxies cut a stream that is silent."""


async def begun(states: AsyncGenerator[State]) -> AsyncGenerator[State]:
    """The same states, the first of which has come. Raises what that step raises, before an answer is on its way."""
    return _from(await anext(states), states)


async def finished(states: AsyncGenerator[Answer]) -> Answer:
    """The first finished state, without waiting for what may be added to it."""
    async with aclosing(states):
        async for said in states:
            if said.finished:
                return said
    raise RuntimeError("an answer came to no end")


async def _from(first: State, states: AsyncGenerator[State]) -> AsyncGenerator[State]:
    async with aclosing(states):
        yield first
        async for state in states:
            yield state
