"""A model without a server: it writes what it is told, by what it is asked for, and remembers what it was asked."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence

from answers.prompt import words
from answers.serving.model import Message, Piece, ServedModel, ServerState


class ScriptedModel:
    """Writes `answer` in the prompt of an answer, and to any other prompt file what was given for it by name.

    What it writes is a text, which comes word by word, or pieces; an exception among them is raised. Nothing was given:
    it writes nothing. `asked` has, in order, the name of the prompt and all that was sent.
    """

    url = "scripted"

    def __init__(self, answer: str = "", *, name: str = "tiny", context: int = 8192, **others: object) -> None:
        self.served = ServedModel(name, context)
        self.says: dict[str, object] = {"instructions": answer, **others}
        self.asked: list[tuple[str, str]] = []
        self.pause = 0.0
        self.closed = 0

    async def model(self) -> ServedModel:
        return self.served

    async def stream(
        self, messages: Sequence[Message], max_tokens: int, extra: Mapping[str, object]
    ) -> AsyncGenerator[Piece]:
        sent = "\n".join(message["content"] for message in messages)
        name = next((each for each in _PROMPTS if _is_made_of(sent, each)), "")
        self.asked.append((name, sent))
        said = self.says.get(name, "")
        if isinstance(said, list) and said and isinstance(said[0], list):
            said = said.pop(0) if len(said) > 1 else said[0]
        try:
            for piece in _pieces(said):
                await asyncio.sleep(self.pause)
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            self.closed += 1

    async def count_tokens(self, messages: Sequence[Message]) -> int | None:
        return None

    async def states(self) -> tuple[ServerState, ...]:
        return ()

    async def close(self) -> None:
        pass

    def times(self, name: str) -> int:
        """How often it was asked with that prompt."""
        return sum(name == asked for asked, _ in self.asked)


_PROMPTS = (
    "instructions", "standalone", "official_terms", "next_questions", "whole_part", "whole_notes", "whole_instructions",
)  # fmt: skip


def _is_made_of(sent: str, name: str) -> bool:
    lines = [line for line in words(name).splitlines() if "{" not in line and len(line) > 20]
    return any(line in sent for line in lines[:1]) if lines else False


def _pieces(said: object) -> list[Piece | Exception]:
    if isinstance(said, str):
        return [f"{word} " for word in said.split(" ")]
    return list(said)  # type: ignore[call-overload, no-any-return]
