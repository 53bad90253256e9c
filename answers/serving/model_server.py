"""The client of an OpenAI-compatible model server (vLLM is the reference). The only file that knows HTTP.

Requests go to the configured address and nowhere else: redirects are not followed and proxy variables not read.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import httpx

from answers.errors import AnswersError, ModelDropped, ModelError, ModelSlow, ModelUnavailable
from answers.serving.chat_stream import ChatStream, error_of
from answers.serving.model import Message, ServedModel
from answers.settings import AnswerSettings

USUAL_PORTS: Mapping[str, int] = {"vLLM": 8000, "llama.cpp": 8080, "Ollama": 11434, "LM Studio": 1234}
"""Where model servers listen when nobody told them otherwise."""

_PROBE_SECONDS = 1.0
_PAUSE_BEFORE_RETRY = 0.5
_BUSY = frozenset({502, 503})
_OK = 200


@dataclass(frozen=True, slots=True)
class Timeouts:
    """The longest waits, in seconds: for a connection, for the first token, and from each token to the next."""

    connect: float = 5
    first: float = 120
    following: float = 30


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found at an address: the names of the models, or the reason why there are none."""

    name: str
    url: str
    models: tuple[str, ...] = ()
    reason: str = ""


class ModelServer:
    """A model server and the model that is used of it: the one named, or the first it offers."""

    def __init__(
        self,
        url: str,
        name: str = "",
        api_key: str = "",
        timeouts: Timeouts = Timeouts(),
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.url = url.rstrip("/").removesuffix("/v1")
        self._name = name
        self._timeouts = timeouts
        self._model: ServedModel | None = None
        self._counts_tokens = True
        headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {api_key}"} if api_key else {})
        timeout = httpx.Timeout(timeouts.first, connect=timeouts.connect)
        self._client = httpx.AsyncClient(headers=headers, timeout=timeout, transport=transport, trust_env=False)

    async def stream(
        self, messages: Sequence[Message], max_tokens: int, extra: Mapping[str, object]
    ) -> AsyncGenerator[str]:
        """Streams the text that the model writes, piece by piece; thoughts appear only as `<think></think>`.

        `extra` joins the request (`temperature`, `stop`, vLLM's `structured_outputs`). Closing this generator closes
        the connection, upon which the server stops generating. Raises `TooLong` and `ModelError` or one of its kinds.
        """
        try:
            model = await self.model()
            body = {"model": model.name, "messages": list(messages), "max_tokens": max_tokens, "stream": True, **extra}
            response = await self._open(body)
            try:
                chat, pieces, wait = ChatStream(), response.aiter_bytes(), self._timeouts.first
                while not chat.done and (piece := await self._next(pieces, wait)) is not None:
                    for text in chat.feed(piece):
                        wait = self._timeouts.following
                        yield text
                for text in chat.finish():
                    yield text
            finally:
                await response.aclose()
        except AnswersError:
            self._model = None  # the server may have been started anew with another model
            raise

    async def models(self) -> list[ServedModel]:
        """The models that the server offers. Raises `ModelError` or one of its kinds."""
        reply = await self._json("GET", "/v1/models")
        data = reply.get("data")
        if not isinstance(data, list):
            raise ModelError(f"{self.url}/v1/models does not list models")
        entries = [entry for entry in data if isinstance(entry, dict) and entry.get("id")]
        sizes = [entry.get("max_model_len") for entry in entries]
        return [
            ServedModel(str(entry["id"]), size if isinstance(size, int) else 0)
            for entry, size in zip(entries, sizes, strict=True)
        ]

    async def model(self) -> ServedModel:
        """The model that is used. Raises `ModelError` or one of its kinds."""
        if self._model is None:
            offered = await self.models()
            named = [model for model in offered if model.name == self._name] if self._name else offered
            if not (named or self._name):
                raise ModelError(f"{self.url} offers no model")
            self._model = named[0] if named else ServedModel(self._name)
        return self._model

    async def count_tokens(self, messages: Sequence[Message]) -> int | None:
        """How many tokens the messages are to the model, or None where the server has no way to say (vLLM has)."""
        if not self._counts_tokens:
            return None
        model = await self.model()
        try:
            reply = await self._json("POST", "/tokenize", {"model": model.name, "messages": list(messages)})
        except (ModelUnavailable, ModelSlow):
            return None
        except ModelError:
            reply = {}
        count = reply.get("count")
        self._counts_tokens = isinstance(count, int)
        return count if isinstance(count, int) else None

    async def close(self) -> None:
        """Closes all connections."""
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _json(self, method: str, path: str, body: object = None) -> dict[str, object]:
        try:
            response = await self._client.request(method, self.url + path, json=body)
        except httpx.TimeoutException as error:
            raise ModelSlow(f"{self.url} did not answer in time") from error
        except httpx.TransportError as error:
            raise ModelUnavailable(f"nothing answers at {self.url}: {error}") from error
        reply = _parsed(response)
        if response.status_code != _OK:
            raise error_of(reply, response.status_code)
        return reply if isinstance(reply, dict) else {}

    async def _open(self, body: object) -> httpx.Response:
        """Sends the request, a second time where the first found no server or a busy one: no token was lost yet."""
        try:
            response = await self._send(body)
        except ModelUnavailable:
            await asyncio.sleep(_PAUSE_BEFORE_RETRY)
            response = await self._send(body)
        if response.status_code in _BUSY:
            await response.aclose()
            await asyncio.sleep(_PAUSE_BEFORE_RETRY)
            response = await self._send(body)
        if response.status_code == _OK:
            return response
        try:
            async with asyncio.timeout(self._timeouts.following):
                await response.aread()
            raise error_of(_parsed(response), response.status_code)
        except (TimeoutError, httpx.TransportError) as error:
            raise ModelDropped(f"{self.url} answered {response.status_code} and stopped") from error
        finally:
            await response.aclose()

    async def _send(self, body: object) -> httpx.Response:
        request = self._client.build_request("POST", f"{self.url}/v1/chat/completions", json=body)
        try:
            async with asyncio.timeout(self._timeouts.first):
                return await self._client.send(request, stream=True)
        except httpx.ConnectTimeout as error:
            raise ModelUnavailable(f"no connection to {self.url} in time") from error
        except (TimeoutError, httpx.TimeoutException) as error:
            raise ModelSlow(f"{self.url} sent nothing for {self._timeouts.first} s") from error
        except httpx.TransportError as error:
            raise ModelUnavailable(f"nothing answers at {self.url}: {error}") from error

    async def _next(self, pieces: AsyncIterator[bytes], seconds: float) -> bytes | None:
        try:
            async with asyncio.timeout(seconds):
                return await anext(pieces, None)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise ModelSlow(f"{self.url} sent nothing for {seconds} s") from error
        except httpx.TransportError as error:
            raise ModelDropped(f"the connection to {self.url} was lost: {error}") from error


def _parsed(response: httpx.Response) -> object:
    try:
        return json.loads(response.content)
    except ValueError:
        return response.text


def open_model_server(settings: AnswerSettings) -> ModelServer | None:
    """The model server of the settings, without connecting to it yet; None when they name none."""
    if not settings.model_url:
        return None
    waits = Timeouts(settings.model_connect_seconds, settings.model_first_seconds, settings.model_next_seconds)
    return ModelServer(settings.model_url, settings.model_name, settings.model_api_key.get_secret_value(), waits)


async def find_model_server(
    url: str = "", api_key: str = "", ports: Mapping[str, int] = USUAL_PORTS
) -> tuple[Probe, ...]:
    """What answers at `url`; when that is empty, at the usual ports of this machine. One probe per address asked."""
    addresses = {"DARASH_MODEL_URL": url} if url else {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
    return tuple(await asyncio.gather(*(_probe(name, address, api_key) for name, address in addresses.items())))


async def _probe(name: str, url: str, api_key: str) -> Probe:
    waits = Timeouts(_PROBE_SECONDS, _PROBE_SECONDS, _PROBE_SECONDS)
    async with ModelServer(url, api_key=api_key, timeouts=waits) as server:
        try:
            models = await server.models()
        except AnswersError as error:
            return Probe(name, url, reason=str(error))
    return Probe(name, url, tuple(model.name for model in models), "" if models else "no models")
