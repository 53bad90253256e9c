"""The model server whose conformance is checked, and what a check finds out about it."""

from dataclasses import dataclass
from typing import NamedTuple

from answers.serving.model import Message
from evals.raw_chat import RawServer


@dataclass(frozen=True, slots=True)
class Subject:
    """A server and the model that is asked of it.

    `listed` is whether the server lists that model; `context` how many tokens it says that model holds, 0 where it does
    not. `expected` is the context to reckon with then. `key` is whether an API key was given.
    """

    server: RawServer
    model: str
    listed: bool
    context: int
    expected: int
    key: str = ""


class Found(NamedTuple):
    """Whether something holds (None: it cannot be told), and what was seen."""

    holds: bool | None
    seen: str


def says(text: str) -> list[Message]:
    """The messages of somebody who says just this."""
    return [{"role": "user", "content": text}]
