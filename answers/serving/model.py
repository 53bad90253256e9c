"""The contract of a model: what one model server, several of them, and a stand-in in a test have in common."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

Message = Mapping[str, str]
"""`role` and `content`."""


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model that a server offers; `context` is how many tokens it can hold, 0 where the server does not say."""

    name: str
    context: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """Said instead of text while every server is busy: `place` in the line, 1 being the next."""

    place: int


Piece = str | Waiting


@dataclass(frozen=True, slots=True)
class ServerState:
    """How a server is: `problem` is the code of what is wrong with it, `busy` how many answers it is writing for us."""

    url: str
    problem: str | None = None
    busy: int = 0


class Model(Protocol):
    """A model that writes. Everything raises `ModelError` or one of its kinds when the server fails."""

    @property
    def url(self) -> str:
        """Where it is served, for people: an address, or several."""

    async def model(self) -> ServedModel:
        """The model that is used."""

    def stream(
        self, messages: Sequence[Message], max_tokens: int, extra: Mapping[str, object]
    ) -> AsyncGenerator[Piece]:
        """The text that the model writes, piece by piece, its thoughts between `<think>` and `</think>`.

        `extra` joins the request (`temperature`, `stop`). Closing the generator stops the generation. Raises `TooLong`
        where the prompt is.
        """

    async def count_tokens(self, messages: Sequence[Message]) -> int | None:
        """How many tokens the messages are to the model, or None where the server has no way to say."""

    async def states(self) -> tuple[ServerState, ...]:
        """How each server is, asked now and within two seconds. Raises nothing."""

    async def close(self) -> None:
        """Closes all connections."""
