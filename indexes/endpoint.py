"""A model behind an address: requests to an OpenAI-compatible server (vLLM is the reference), tried again when busy.

An address is `http(s)://host:port/v1#model`; without `/v1` it is added, without `#model` the first model that the
server offers is asked. Knows HTTP and nothing of vectors or scores. Requests go to that address and nowhere else:
redirects are not followed and proxy variables not read.
"""

import threading
import time
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import httpx

from indexes.errors import IndexesError

TRUNCATED: Mapping[str, object] = {"truncate_prompt_tokens": -1, "truncation_side": "right"}
"""Asks vLLM to cut texts that are too long for the model at their end, where it would refuse them otherwise."""

_BUSY = frozenset({408, 429, 500, 502, 503, 504})
_NOT_UNDERSTOOD = frozenset({400, 422})
_UNAUTHORISED = frozenset({401, 403})
_OK = 200
_MOST_OF_A_REASON = 300
_GIVEN_UP = 15.0
"""Seconds in which a server that was given up is not asked again."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: for a connection, for an answer, and before each further try when it failed.

    `hopeful` is who asks even a server that was given up a moment ago.
    """

    connect: float = 3
    answer: float = 60
    pauses: tuple[float, ...] = (0.5,)
    hopeful: bool = False


def is_address(name: str) -> bool:
    """Whether the name of a model is the address of a server."""
    return name.startswith(("http://", "https://"))


class Endpoint:
    """A server, and the model of it that is asked. Any number of threads may share it."""

    def __init__(
        self,
        address: str,
        api_key: str,
        unavailable: Callable[[str], IndexesError],
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Connects to nothing yet. `unavailable` makes the error that is raised whenever there is no answer."""
        parts = urlsplit(address)
        path = parts.path.rstrip("/")
        if not path.rpartition("/")[2].startswith("v"):
            path += "/v1"
        self.url = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
        self._named, self._found = parts.fragment, ""
        self._unavailable = unavailable
        self._truncates = True
        self._given_up, self._given_up_at = "", 0.0
        self._lock = threading.Lock()
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._client = httpx.Client(headers=headers, transport=transport, trust_env=False)
        weakref.finalize(self, self._client.close)  # whoever opens an embedder has nothing to close

    @property
    def model(self) -> str:
        """The name of the model. Asks the server where the address names none."""
        if self._named:
            return self._named
        with self._lock:
            if not self._found:
                self._found = self._first_model()
            return self._found

    def post(self, path: str, body: Mapping[str, object], patience: Patience) -> dict[str, object]:
        """The JSON object that the server answers. Texts in `body` that are too long for the model are cut by it.

        A server that is busy, or cannot be reached, is asked again after each of the pauses.
        """
        body = {"model": self.model, **body}
        response = self._ask("POST", path, {**body, **TRUNCATED} if self._truncates else body, patience)
        if self._truncates and response.status_code in _NOT_UNDERSTOOD:
            # Other servers than vLLM may refuse fields they do not know.
            plain = self._ask("POST", path, body, patience)
            self._truncates = plain.status_code != _OK
            response = plain
        return self._parsed(response)

    def refused(self, reason: str) -> IndexesError:
        """The error to raise when an answer cannot be used."""
        return self._unavailable(f"{self.url} {reason}")

    def _first_model(self) -> str:
        data = self._parsed(self._ask("GET", "/models", None, Patience())).get("data")
        first = data[0] if isinstance(data, list) and data else None
        name = first.get("id") if isinstance(first, dict) else None
        if not isinstance(name, str) or not name:
            raise self.refused("offers no model; name one after the address, as in http://host:port/v1#name")
        return name

    def _ask(self, method: str, path: str, body: object, patience: Patience) -> httpx.Response:
        if self._given_up and not patience.hopeful and time.monotonic() - self._given_up_at < _GIVEN_UP:
            raise self.refused(self._given_up)
        timeout = httpx.Timeout(patience.answer, connect=patience.connect)
        reason = ""
        for pause in (0.0, *patience.pauses):
            time.sleep(pause)
            try:
                response = self._client.request(method, self.url + path, json=body, timeout=timeout)
            except httpx.TransportError as error:
                reason = f"does not answer ({type(error).__name__}: {error})"
                continue
            if response.status_code not in _BUSY:
                self._given_up = ""
                return response
            reason = _reason(response)
        self._given_up, self._given_up_at = reason, time.monotonic()
        raise self.refused(reason)

    def _parsed(self, response: httpx.Response) -> dict[str, object]:
        if response.status_code in _UNAUTHORISED:
            raise self.refused(f"{_reason(response)}; check the API key")
        if response.status_code != _OK:
            raise self.refused(_reason(response))
        try:
            reply = response.json()
        except ValueError as error:
            raise self.refused("answers something that is not JSON") from error
        if not isinstance(reply, dict):
            raise self.refused("answers something that is not a JSON object")
        return reply


def _reason(response: httpx.Response) -> str:
    try:
        body = response.json()
    except ValueError:
        body = response.text
    error = body.get("error", body.get("detail", body)) if isinstance(body, dict) else body
    message = error.get("message", error) if isinstance(error, dict) else error
    return f"answered {response.status_code}: {message}"[:_MOST_OF_A_REASON]
