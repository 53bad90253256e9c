"""Connections to one model server. The only file that knows HTTP: what fails becomes an error of `answers.errors`.

Requests go to the configured address and nowhere else: redirects are not followed and proxy variables not read.
"""

import asyncio
import json
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cache

import httpx

from answers.errors import ModelDropped, ModelError, ModelSlow, ModelUnavailable
from answers.serving.refusal import error_of

_OK = 200
_IDLE = httpx.Limits(max_connections=None, keepalive_expiry=3)
"""How many seconds a connection is kept for the next question: fewer than servers keep it (uvicorn: 5)."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """The longest waits, in seconds: for a connection, for the first token, and from each token to the next."""

    connect: float = 5
    first: float = 120
    following: float = 30


USUAL_TIMEOUTS = Timeouts()


class Connections:
    """Connections to the server at `url`: each is used by one request at a time, and by the next when that went well.

    A connection is a transport of its own, which is closed as a whole when its request was given up or failed. A pool
    of httpcore, shared by all, loses connections that are cancelled at certain moments (its issues 986 and 1093), and
    the server would go on writing.
    """

    def __init__(self, url: str, api_key: str, timeouts: Timeouts) -> None:
        self.url = url
        self._timeouts = timeouts
        # As bytes: a key in other letters is one that the server refuses, not a defect.
        key = f"Bearer {api_key.strip()}".encode()
        self._headers = {b"Accept-Encoding": b"identity"} | ({b"Authorization": key} if api_key else {})
        self._tls = _tls()
        self._idle: list[httpx.AsyncHTTPTransport] = []
        self._used: set[httpx.AsyncHTTPTransport] = set()
        self._closing: set[asyncio.Task[None]] = set()

    async def ask(self, method: str, path: str, body: object = None) -> object:
        """The JSON of a reply, or its text. Raises `TooLong` and `ModelError` or one of its kinds."""
        async with self._opened(method, path, body, self._now() + self._timeouts.following) as response:
            return await self._parsed(response)

    @asynccontextmanager
    async def post(self, path: str, body: Mapping[str, object], deadline: float) -> AsyncGenerator["Reply"]:
        """Opens a reply that comes in pieces, by `deadline` in the time of the event loop; leaving closes it at once.

        Raises `TooLong` and `ModelError` or one of its kinds.
        """
        async with self._opened("POST", path, body, deadline) as response:
            yield Reply(self, response.aiter_bytes())

    async def close(self) -> None:
        """Closes all connections."""
        for transport in (*self._idle, *self._used):
            self._discard(transport)
        self._idle.clear()
        await asyncio.gather(*self._closing, return_exceptions=True)

    @contextmanager
    def errors(self, lost: type[ModelError]) -> Iterator[None]:
        """Says in our words what goes wrong inside; `lost` is what it means when the connection is."""
        try:
            yield
        except httpx.ConnectTimeout as error:
            raise ModelUnavailable(f"no connection to {self.url} in time") from error
        except (TimeoutError, httpx.TimeoutException) as error:
            raise ModelSlow(f"{self.url} sent nothing in time") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = "nothing answers at" if lost is ModelUnavailable else "the connection was lost to"
            raise lost(f"{reason} {self.url}: {str(error) or type(error).__name__}") from error

    @asynccontextmanager
    async def _opened(self, method: str, path: str, body: object, deadline: float) -> AsyncGenerator[httpx.Response]:
        waits = {"timeout": httpx.Timeout(None, connect=self._timeouts.connect).as_dict()}
        async with self._transport() as transport:
            with self.errors(ModelUnavailable):
                request = httpx.Request(method, self.url + path, headers=self._headers, json=body, extensions=waits)
                async with asyncio.timeout_at(deadline):
                    response = await transport.handle_async_request(request)
            if response.status_code != _OK:
                raise error_of(await self._parsed(response), response.status_code, response.headers)
            yield response
            await response.aclose()

    @asynccontextmanager
    async def _transport(self) -> AsyncGenerator[httpx.AsyncHTTPTransport]:
        transport = self._idle.pop() if self._idle else httpx.AsyncHTTPTransport(verify=self._tls, limits=_IDLE)
        self._used.add(transport)
        went_well = False
        try:
            yield transport
            went_well = True
        finally:
            self._used.discard(transport)
            if went_well:
                self._idle.append(transport)
            else:
                self._discard(transport)

    def _discard(self, transport: httpx.AsyncHTTPTransport) -> None:
        """Closes it in a task of its own, which no cancelled question can interrupt."""
        task = asyncio.get_running_loop().create_task(transport.aclose())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _parsed(self, response: httpx.Response) -> object:
        with self.errors(ModelDropped):
            async with asyncio.timeout(self._timeouts.following):
                content = await response.aread()
        try:
            return json.loads(content)
        except ValueError:
            return content.decode(errors="replace")

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


@cache
def _tls() -> ssl.SSLContext:
    """Made once, since it reads all certificates; those of an own authority by `SSL_CERT_FILE`."""
    return httpx.create_ssl_context()


class Reply:
    """A reply on its way in."""

    def __init__(self, connections: Connections, pieces: AsyncIterator[bytes]) -> None:
        self._connections = connections
        self._pieces = pieces

    async def read(self, deadline: float) -> bytes | None:
        """The next bytes, None at the end. Raises `ModelSlow` at the deadline, `ModelDropped` without a proper end."""
        with self._connections.errors(ModelDropped):
            async with asyncio.timeout_at(deadline):
                return await anext(self._pieces, None)
