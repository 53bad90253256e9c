"""What a model server means when it does not answer: the error, and the fields of the request that it does not take."""

import re
from collections.abc import Iterable, Mapping

from answers.errors import AnswersError, ModelBusy, ModelError, ModelRefused, ModelUnavailable, TooLong

_TOO_LONG = re.compile(
    r"context.{0,10}(?:length|size|window)|maximum (?:context|model) len|max_model_len|prompt.{0,20}too long",
    re.IGNORECASE,
)
_NOT_TAKEN = re.compile(
    r"un(?:known|expected|recogni[sz]ed|supported)|not (?:supported|permitted|allowed)|does not support|extra",
    re.IGNORECASE,
)
_KINDS = {429: ModelBusy, 502: ModelUnavailable, 503: ModelUnavailable, 504: ModelUnavailable}
_UNAUTHORISED = frozenset({401, 403})
_BAD_REQUEST = frozenset({400, 422})
_NEEDED = frozenset({"model", "messages", "stream"})
_MOST_OF_A_REASON = 500


def error_of(body: object, status: int, headers: Mapping[str, str] | None = None) -> AnswersError:
    """The error that a reply means. `body` is the parsed JSON, or text; `error` in it may be text or an object."""
    error = body.get("error", body.get("detail", body)) if isinstance(body, dict) else body
    message = error.get("message", error) if isinstance(error, dict) else error
    reason = f"the model server answered {status}: {message}"[:_MOST_OF_A_REASON]
    if status in _UNAUTHORISED:
        return ModelRefused(f"{reason}; check DARASH_MODEL_API_KEY", status)
    if _TOO_LONG.search(str(message)):
        return TooLong(reason)
    return _KINDS.get(status, ModelError)(reason, status, _seconds((headers or {}).get("retry-after", "")))


def fields_not_taken(error: ModelError, fields: Iterable[str]) -> frozenset[str]:
    """Which of the fields of a request the server says not to take; never those without which there is no question."""
    if error.status not in _BAD_REQUEST or not _NOT_TAKEN.search(str(error)):
        return frozenset()
    named = set(re.findall(r"\w+", str(error)))
    return frozenset(name for name in fields if name in named and name not in _NEEDED)


def without(body: Mapping[str, object], fields: Iterable[str]) -> dict[str, object]:
    """The request without those fields. `max_tokens` has another name where it is not taken (OpenAI's newer one)."""
    left = {name: value for name, value in body.items() if name not in fields}
    if "max_tokens" in body and "max_tokens" not in left and "max_completion_tokens" not in fields:
        left["max_completion_tokens"] = body["max_tokens"]
    return left


def _seconds(retry_after: str) -> float:
    """Seconds of a `Retry-After` (RFC 9110, 10.2.3); 0 where it is missing or a date, which no model server sends."""
    return float(retry_after) if re.fullmatch(r"\d{1,6}(?:\.\d+)?", retry_after.strip()) else 0.0
