"""Several servers of the same model, used as one: who is asked, who waits, and what happens when a server fails."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace

from answers.errors import AnswersError, ModelCut, ModelError, ModelSlow
from answers.serving.connection import Timeouts
from answers.serving.line import Line
from answers.serving.model import Message, Piece, ServedModel, ServerState, Waiting
from answers.serving.model_server import ModelServer
from answers.serving.speed import Speed, Speedometer
from answers.settings import AnswerSettings

_log = logging.getLogger(__name__)

_PAUSE = 0.5
"""Seconds before a server that failed is asked again where there is no other."""
_LONGEST_PAUSE = 10.0
"""A server that wants to be left alone for longer is not waited for."""
_LONGEST_WAIT = 30.0
"""Seconds between two looks at a server that failed, at most."""
_OF_THE_SERVER = frozenset({401, 403, 404, 408, 429})
"""Replies of 4xx that another server might not give. The others are about the question."""


class ModelPool:
    """Servers of one model, each writing at most `parallel` answers for us at once; at most `longest` questions wait.

    A server among several that fails is left out and looked at in the background, after `look_again` seconds and then
    in doubling waits, until it writes; a question that it failed before the first token goes to another server, or once
    more to the same. For one event loop: that of uvicorn, in which Gradio runs as well.
    """

    def __init__(
        self, servers: Sequence[ModelServer], parallel: int = 8, longest: int = 100, look_again: float = 1.0
    ) -> None:
        self._servers = tuple(servers)
        self._look_again = look_again
        self._line = Line(self._servers, parallel, longest)
        self._checks: dict[ModelServer, asyncio.Task[None]] = {}
        self._speeds = {server: Speedometer(time.monotonic) for server in self._servers}

    @property
    def url(self) -> str:
        """The addresses."""
        return " ".join(server.url for server in self._servers)

    @property
    def waiting(self) -> int:
        """How many questions wait in the line."""
        return self._line.waiting

    async def model(self) -> ServedModel:
        """The model, from the first server that says it. Raises `ModelError` or one of its kinds when none does."""
        *others, last = self._line.order()
        for server in others:
            try:
                return await server.model()
            except ModelError as error:
                self._leave_out(server, error)
        return await last.model()

    async def stream(
        self, messages: Sequence[Message], max_tokens: int, extra: Mapping[str, object]
    ) -> AsyncGenerator[Piece]:
        """See `Model.stream`; `Waiting` comes again whenever the place in the line changes. Raises `ModelBusy`."""
        for left in range(len(self._servers), -1, -1):
            ticket, begun, pause = self._line.join(ahead=left < len(self._servers)), False, 0.0
            try:
                while (server := ticket.server) is None:
                    yield Waiting(place := ticket.place)
                    await ticket.moved(place)
                async with aclosing(self._timed(server, messages, max_tokens, extra)) as pieces:
                    async for piece in pieces:
                        begun = True
                        yield piece
            except ModelError as error:
                if server is None or not _is_of_the_server(error):
                    raise
                self._leave_out(server, error)
                pause = self._pause(server, error)
                if begun or not left or isinstance(error, ModelSlow) or pause > _LONGEST_PAUSE:
                    raise
            else:
                return
            finally:
                ticket.leave()
            await asyncio.sleep(pause)

    async def _timed(
        self, server: ModelServer, messages: Sequence[Message], max_tokens: int, extra: Mapping[str, object]
    ) -> AsyncGenerator[str]:
        """What a server writes, while its speed is taken."""
        timing = self._speeds[server].begin()
        try:
            async with aclosing(server.stream(messages, max_tokens, extra)) as pieces:
                async for piece in pieces:
                    timing.piece()
                    yield piece
        finally:
            self._speeds[server].keep(timing)

    async def count_tokens(self, messages: Sequence[Message]) -> int | None:
        """How many tokens the messages are to the model, or None where the server has no way to say."""
        return await self._line.order()[0].count_tokens(messages)

    async def states(self) -> tuple[ServerState, ...]:
        """How each server is, asked now and within two seconds. Raises nothing."""
        states = await asyncio.gather(*(server.state() for server in self._servers))
        return tuple(
            replace(state, busy=self._line.busy(server)) for server, state in zip(self._servers, states, strict=True)
        )

    def speeds(self) -> tuple[Speed, ...]:
        """How fast each server has lately written for us, in the order of `states`."""
        return tuple(self._speeds[server].speed() for server in self._servers)

    async def close(self) -> None:
        """Closes all connections."""
        checks = list(self._checks.values())
        for check in checks:
            check.cancel()
        await asyncio.gather(*checks, return_exceptions=True)
        for server in self._servers:
            await server.close()

    def _pause(self, server: ModelServer, error: ModelError) -> float:
        return 0.0 if set(self._servers) - self._line.left_out - {server} else error.pause or _PAUSE

    def _leave_out(self, server: ModelServer, error: ModelError) -> None:
        if len(self._servers) > 1 and server not in self._checks:
            _log.warning("%s is left out: %s", server.url, error.code)
            self._checks[server] = asyncio.get_running_loop().create_task(self._check(server, error.pause))
            self._line.leave_out(server)

    async def _check(self, server: ModelServer, pause: float) -> None:
        wait = self._look_again
        await asyncio.sleep(pause)
        await asyncio.sleep(wait)
        while not await _writes(server):
            wait = min(2 * wait, _LONGEST_WAIT)
            await asyncio.sleep(wait)
        _log.info("%s answers again", server.url)
        del self._checks[server]
        self._line.take_back(server)


async def _writes(server: ModelServer) -> bool:
    """Whether a server writes one token: some list their models and write nothing any more."""
    try:
        async with aclosing(server.stream([{"role": "user", "content": "?"}], 1, {})) as pieces:
            await anext(pieces, None)
    except ModelCut:
        return True
    except AnswersError:
        return False
    return True


def _is_of_the_server(error: ModelError) -> bool:
    """Whether it is about the server, so that another might do better; else it is about the question."""
    return not isinstance(error, ModelCut) and (error.status // 100 != 4 or error.status in _OF_THE_SERVER)  # noqa: PLR2004


def open_model(settings: AnswerSettings) -> ModelPool | None:
    """The model of the settings, without connecting to it yet; None when they name no server."""
    waits = Timeouts(settings.model_connect_seconds, settings.model_first_seconds, settings.model_next_seconds)
    key = settings.model_api_key.get_secret_value()
    servers = [ModelServer(url, settings.model_name, key, waits) for url in settings.model_url.split()]
    return ModelPool(servers, settings.model_parallel, settings.model_queue) if servers else None
