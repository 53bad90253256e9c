"""Reads the event stream of a chat completion, as OpenAI-compatible servers send it. Knows bytes, not connections.

Servers differ: the first chunk may hold only a role, a chunk may hold no choices but a count of tokens, an error may
come inside a stream that began well, the closing `[DONE]` may be missing, what the model thinks may come in a field of
its own, words may come as parts, the whole may be one JSON object instead of a stream. The rules of event streams
(names, comments, ends of lines, data over many lines) are those of the HTML standard, 9.2.6; but since some servers
leave out the empty line after an event, data is read as soon as it is whole.
"""

import json
import re
from collections.abc import Iterator

from answers.errors import ModelCut, ModelDropped, ModelError
from answers.serving.refusal import error_of

_LINE_END = re.compile(rb"\r\n|\n|\r(?=.)", re.DOTALL)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MOST_OF_AN_EVENT = 1 << 20
_BROKEN_OFF = frozenset({"abort", "error"})
"""Reasons to finish that some servers (SGLang, OpenRouter) give when they could not."""


class ChatStream:
    """One answer on its way in. What the model thinks stands between `<think>` and `</think>`."""

    def __init__(self) -> None:
        self.done = False
        self._finish_reason = ""
        self._rest = b""
        self._data = b""
        self._kind = b""
        self._plain = False
        self._foreign = b""
        self._thinking = False

    def feed(self, piece: bytes) -> Iterator[str]:
        """The text that the next bytes add. Raises `ModelError` or `TooLong` where the server sent an error."""
        # Not splitlines(): that would also cut at characters such as U+2028, which JSON may hold as they are.
        *lines, self._rest = _LINE_END.split(self._rest + piece)
        if len(self._rest) + len(self._data) > _MOST_OF_AN_EVENT:
            raise ModelError("the model server sent an event without an end")
        for line in lines:
            if not self.done:
                yield from self._line(line)

    def finish(self) -> Iterator[str]:
        """The text in the last bytes. Raises `ModelDropped` when the answer has no end, `ModelCut` when it was cut."""
        yield from self.feed(b"\n")
        if self._data:
            yield from self._event(_json(self._data))
            self.done = True
        if self._finish_reason == "length":
            raise ModelCut("the answer reached its greatest length")
        if self._finish_reason in _BROKEN_OFF or not (self.done or self._finish_reason):
            if self._foreign:
                raise _no_completion(self._foreign)
            raise ModelDropped("the stream of the model server ended before the answer did")

    def _line(self, line: bytes) -> Iterator[str]:
        line = line.removeprefix(_BYTE_ORDER_MARK)
        name, _, value = line.partition(b":")
        if self._plain or line.lstrip().startswith(b"{"):
            self._plain = True
            self._data += line + b"\n"
        elif name == b"event":
            self._kind = value.strip()
        elif name in (b"data", b"error"):
            self._kind = name if name == b"error" else self._kind
            self._data = (self._data + b"\n" + value).strip()
            yield from self._whole()
        elif line.strip() and name not in (b"", b"id", b"retry"):
            self._foreign = self._foreign or line
        elif not line:
            self._kind = b""
            if self._data:
                raise _no_completion(self._data)

    def _whole(self) -> Iterator[str]:
        """The text of the data so far, where it is whole."""
        if self._data == b"[DONE]":
            self.done, self._data = True, b""
            return
        try:
            event = _json(self._data)
        except ModelError:
            return
        self._data = b""
        yield from self._event(event)

    def _event(self, event: object) -> Iterator[str]:
        try:
            if not isinstance(event, dict):
                raise TypeError("no object")
            failed = event.get("error") or event.get("object") == "error" or self._kind == b"error"
            choices = event.get("choices") or [{}]
            self._finish_reason = choices[0].get("finish_reason") or self._finish_reason
            said = list(_said(choices[0].get("delta") or choices[0].get("message") or {}))
        except (AttributeError, LookupError, TypeError) as error:
            raise _no_completion(event) from error
        if failed:
            raise error_of(event, _status(event))
        for thought, words in said:
            if thought != self._thinking:
                self._thinking = thought
                yield "<think>" if thought else "</think>"
            # JSON can hold NUL and half a character, and databases cannot; two halves in one piece become one again.
            yield words.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def _said(message: dict[str, object]) -> Iterator[tuple[bool, str]]:
    """The words of a message, and whether they are thoughts."""
    parts = [(True, message.get("reasoning") or message.get("reasoning_content")), *_parts(message.get("content"))]
    yield from ((thought, words) for thought, words in parts if isinstance(words, str) and words)


def _parts(content: object) -> Iterator[tuple[bool, object]]:
    if not isinstance(content, list):
        yield False, content
        return
    for part in content:
        if part.get("type") == "thinking":
            yield from ((True, words) for _, words in _parts(part.get("thinking")))
        else:
            yield False, part.get("text")


def _status(event: dict[str, object]) -> int:
    """The HTTP status that an error in a stream would have had, 500 where it does not say."""
    error = event.get("error")
    code = error.get("code") if isinstance(error, dict) else event.get("code")
    return code if isinstance(code, int) else 500


def _json(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _no_completion(data) from error


def _no_completion(sent: object) -> ModelError:
    return ModelError(f"the model server sent what is no chat completion: {sent!r:.100}")
