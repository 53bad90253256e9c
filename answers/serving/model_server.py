"""One OpenAI-compatible model server (vLLM is the reference): its model, its answers, its count of tokens.

Knows no HTTP, that is `connection.py`. Asks once: asking again, and elsewhere, is for `pool.py`.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing, suppress
from typing import Self

from answers.errors import AnswersError, ModelCut, ModelError, ModelSlow, TooLong
from answers.serving.chat_stream import ChatStream
from answers.serving.connection import USUAL_TIMEOUTS, Connections, Reply, Timeouts
from answers.serving.model import Message, ServedModel, ServerState
from answers.serving.offer import chosen, offered
from answers.serving.refusal import fields_not_taken, without

_STATE_SECONDS = 2.0
_END_SECONDS = 0.1
"""How long the end of the transfer is waited for after the end of the answer, so that the connection can be reused."""
_NO_LIST = frozenset({404, 405, 500, 501})
_NO_TOKENIZER = frozenset({200, 400, 404, 405, 422, 501})
"""Replies by which a server says that it will not count tokens; after others it is asked again the next time."""


class ModelServer:
    """A model server and the model that is used of it: the one named, or the first it offers."""

    def __init__(self, url: str, name: str = "", api_key: str = "", timeouts: Timeouts = USUAL_TIMEOUTS) -> None:
        self.url = url.rstrip("/").removesuffix("/v1")
        self._connections = Connections(self.url, api_key, timeouts)
        self._name = name
        self._timeouts = timeouts
        self._model: ServedModel | None = None
        self._counts_tokens = True
        self._not_taken: frozenset[str] = frozenset()

    async def stream(
        self, messages: Sequence[Message], max_tokens: int, extra: Mapping[str, object]
    ) -> AsyncGenerator[str]:
        """Streams the text that the model writes, piece by piece, its thoughts between `<think>` and `</think>`.

        `extra` joins the request (`temperature`, `stop`, vLLM's `structured_outputs`); a field that the server says not
        to know is left out, then and later. Closing this generator closes the connection, upon which the server stops
        generating. Raises `TooLong` and `ModelError` or one of its kinds.
        """
        try:
            model = await self.model()
            body = {"model": model.name, "messages": list(messages), "max_tokens": max_tokens, "stream": True, **extra}
            async with aclosing(self._tolerant(body)) as texts:
                async for text in texts:
                    yield text
        except ModelCut:
            raise
        except ModelError:
            self._model = None  # the server may have been started anew with another model
            raise

    async def models(self) -> list[ServedModel]:
        """The models that the server offers. Raises `ModelError` or one of its kinds."""
        return offered(await self._connections.ask("GET", "/v1/models"), self.url)

    async def model(self) -> ServedModel:
        """The model that is used. Raises `ModelError` or one of its kinds."""
        if self._model is None:
            self._model = await self._look_up()
        return self._model

    async def count_tokens(self, messages: Sequence[Message]) -> int | None:
        """How many tokens the messages are to the model, or None where the server has no way to say (vLLM has)."""
        if not self._counts_tokens:
            return None
        try:
            model = await self.model()
            reply = await self._connections.ask("POST", "/tokenize", {"model": model.name, "messages": list(messages)})
        except TooLong:
            return None
        except ModelError as error:
            self._counts_tokens = error.status not in _NO_TOKENIZER
            return None
        count = reply.get("count") if isinstance(reply, dict) else None
        self._counts_tokens = isinstance(count, int)
        return count if isinstance(count, int) else None

    async def state(self) -> ServerState:
        """How the server is, asked now and within two seconds. Raises nothing."""
        try:
            async with asyncio.timeout(_STATE_SECONDS):
                await self._look_up()
        except AnswersError as error:
            return ServerState(self.url, error.code)
        except TimeoutError:
            return ServerState(self.url, ModelSlow.code)
        return ServerState(self.url)

    async def states(self) -> tuple[ServerState, ...]:
        """The same, as `Model` has it."""
        return (await self.state(),)

    async def close(self) -> None:
        """Closes all connections."""
        await self._connections.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _look_up(self) -> ServedModel:
        """The model as the server lists it, or by its name alone where the server has no list."""
        try:
            models = await self.models()
        except ModelError as error:
            if not self._name or error.status not in _NO_LIST:
                raise
            models = []
        return chosen(models, self._name, self.url)

    async def _tolerant(self, body: Mapping[str, object]) -> AsyncGenerator[str]:
        """The answer; asked again without the fields that the server refuses by name, which are then remembered."""
        not_taken = self._not_taken
        while True:
            asked, begun = without(body, not_taken), False
            try:
                async with aclosing(self._answer(asked)) as texts:
                    async for text in texts:
                        begun, self._not_taken = True, not_taken
                        yield text
            except ModelError as error:
                found = fields_not_taken(error, asked)
                if begun or not found:
                    raise
                not_taken |= found
            else:
                return

    async def _answer(self, body: Mapping[str, object]) -> AsyncGenerator[str]:
        time, chat = asyncio.get_running_loop().time, ChatStream()
        deadline = time() + self._timeouts.first
        async with self._connections.post("/v1/chat/completions", body, deadline) as reply:
            while not chat.done and (piece := await reply.read(deadline)) is not None:
                for text in chat.feed(piece):
                    yield text
                    deadline = time() + self._timeouts.following
            for text in chat.finish():
                yield text
            if chat.done:
                await _read_on(reply, time() + _END_SECONDS)


async def _read_on(reply: Reply, deadline: float) -> None:
    with suppress(ModelError):
        while await reply.read(deadline) is not None:
            pass
