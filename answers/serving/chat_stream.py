"""Reads the event stream of a chat completion, as OpenAI-compatible servers send it. Knows bytes, not connections.

Servers differ: the first chunk may hold only a role, a chunk may hold no choices but a count of tokens, an error may
come inside a stream that began well, and the closing `[DONE]` may be missing.
"""

import json
import re
from collections.abc import Iterator

from answers.errors import AnswersError, ModelCut, ModelDropped, ModelError, ModelRefused, TooLong

_TOO_LONG = re.compile(
    r"context.{0,10}(?:length|size|window)|maximum (?:context|model) len|max_model_len|prompt.{0,20}too long",
    re.IGNORECASE,
)
_MOST_OF_A_REASON = 500
_MOST_OF_A_LINE = 1 << 20

UNAUTHORISED = frozenset({401, 403})


def error_of(body: object, status: int) -> AnswersError:
    """The error that a reply means. `body` is the parsed JSON, or text; `error` in it may be text or an object."""
    error = body.get("error", body.get("detail", body)) if isinstance(body, dict) else body
    message = error.get("message", error) if isinstance(error, dict) else error
    reason = f"the model server answered {status}: {message}"[:_MOST_OF_A_REASON]
    if status in UNAUTHORISED:
        return ModelRefused(f"{reason}; check DARASH_MODEL_API_KEY")
    if _TOO_LONG.search(str(message)):
        return TooLong(reason)
    return ModelError(reason)


class ChatStream:
    """One answer on its way in. What the model thinks is not passed on, but marked by `<think>` and `</think>`."""

    def __init__(self) -> None:
        self.done = False
        self._finish_reason = ""
        self._rest = b""
        self._thinking = False

    def feed(self, piece: bytes) -> Iterator[str]:
        """The text that the next bytes add. Raises `ModelError` or `TooLong` where the server sent an error."""
        # Not splitlines(): that would also cut at characters such as U+2028, which JSON may hold as they are.
        *lines, self._rest = (self._rest + piece).split(b"\n")
        if len(self._rest) > _MOST_OF_A_LINE:
            raise ModelError("the model server sent a line without an end")
        for line in lines:
            if line.startswith(b"data:") and not self.done:
                yield from self._event(line.removeprefix(b"data:").strip())

    def finish(self) -> Iterator[str]:
        """The text in the last bytes. Raises `ModelDropped` when the answer has no end, `ModelCut` when it was cut."""
        yield from self.feed(b"\n")
        if self._finish_reason == "length":
            raise ModelCut("the answer reached its greatest length")
        if not (self.done or self._finish_reason):
            raise ModelDropped("the stream of the model server ended before the answer did")

    def _event(self, payload: bytes) -> Iterator[str]:
        if payload == b"[DONE]":
            self.done = True
            return
        try:
            event = json.loads(payload)
            if event.get("error"):
                raise error_of(event, 200)
            choices = event.get("choices") or [{}]
            delta = choices[0].get("delta") or {}
            self._finish_reason = choices[0].get("finish_reason") or self._finish_reason
            thoughts, content = delta.get("reasoning") or delta.get("reasoning_content"), delta.get("content")
        except (ValueError, AttributeError, LookupError, TypeError) as error:
            raise ModelError(f"the model server sent what is no chat completion: {payload[:100]!r}") from error
        if thoughts and not self._thinking:
            self._thinking = True
            yield "<think>"
        if content and self._thinking:
            self._thinking = False
            yield "</think>"
        if content:
            # JSON can hold half a character, which no database can; two halves in one piece become whole again.
            yield str(content).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
