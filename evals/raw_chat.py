"""A model server over plain HTTP, with as little between as possible: what Darash's own client is held against.

Knows the routes of OpenAI-compatible servers, and nothing of questions or documents.
"""

import json
import time
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

import httpx

from answers.serving.model import Message

OK = 200
_CHAT = "/v1/chat/completions"


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply: its status, the JSON in it (or its text), and the seconds it took."""

    status: int
    body: Any
    seconds: float


@dataclass(frozen=True, slots=True)
class Told:
    """A streamed answer: its text, in how many pieces it came, why it ended and how; `first` and `total` in seconds.

    `refused` is the reply where the server would not answer; `first` is None where no text came.
    """

    text: str = ""
    pieces: int = 0
    finish: str = ""
    done: bool = False
    usage: Mapping[str, Any] | None = None
    first: float | None = None
    total: float = 0.0
    refused: Reply | None = None


class RawServer:
    """A server at an address. Everything raises `httpx.HTTPError` where the connection fails."""

    def __init__(
        self, url: str, key: str = "", seconds: float = 300, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.url = url.rstrip("/").removesuffix("/v1")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=20)
        self._client = httpx.AsyncClient(
            headers=headers, timeout=seconds, transport=transport, trust_env=False, limits=limits
        )

    async def ask(self, path: str, body: object = None) -> Reply:
        """One request; with a body it is a POST."""
        started = time.perf_counter()
        response = await self._client.request("GET" if body is None else "POST", self.url + path, json=body)
        return Reply(response.status_code, _json(response.text), time.perf_counter() - started)

    async def chat(self, model: str, messages: Sequence[Message], **extra: object) -> Reply:
        """One answer that is not streamed."""
        return await self.ask(_CHAT, {"model": model, "messages": list(messages), **extra})

    async def tell(self, model: str, messages: Sequence[Message], **extra: object) -> Told:
        """One streamed answer, to its end."""
        text, pieces, finish, done, usage, first = "", 0, "", False, None, None
        started = time.perf_counter()
        async with self.opened(model, messages, **extra) as response:
            if response.status_code != OK:
                await response.aread()
                reply = Reply(response.status_code, _json(response.text), time.perf_counter() - started)
                return Told(refused=reply, total=reply.seconds)
            async for event in events(response):
                if event is None:
                    done = True
                    break
                usage = event.get("usage") or usage
                choice = (event.get("choices") or [{}])[0]
                finish = choice.get("finish_reason") or finish
                if piece := (choice.get("delta") or {}).get("content"):
                    first = first or time.perf_counter() - started
                    text, pieces = text + piece, pieces + 1
        return Told(text, pieces, finish, done, usage, first, time.perf_counter() - started)

    @asynccontextmanager
    async def opened(self, model: str, messages: Sequence[Message], **extra: object) -> AsyncIterator[httpx.Response]:
        """A streamed answer as it begins; leaving closes its connection."""
        body = {"model": model, "messages": list(messages), "stream": True, **extra}
        async with self._client.stream("POST", self.url + _CHAT, json=body) as response:
            yield response

    async def metric(self, name: str) -> float | None:
        """The sum of a Prometheus metric over its labels, None where the server has no such metric."""
        reply = await self.ask("/metrics")
        lines = reply.body.splitlines() if reply.status == OK and isinstance(reply.body, str) else []
        values = [float(line.split()[-1]) for line in lines if line.startswith((f"{name}{{", f"{name} "))]
        return sum(values) if values else None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()


async def events(response: httpx.Response) -> AsyncGenerator[dict[str, Any] | None]:
    """The events of a stream as they come; None for the closing `[DONE]`. What is no JSON object is passed over."""
    async for line in response.aiter_lines():
        if line.startswith("data:"):
            payload = line.removeprefix("data:").strip()
            event = None if payload == "[DONE]" else _json(payload)
            if event is None or isinstance(event, dict):
                yield event


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text
