"""A real model that is told, word for word, what to write, by `structured_outputs` of vLLM. For measuring and tests."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence

from answers.prompt import words
from answers.serving.model import Message, Model, Piece, ServedModel, ServerState


class Forced:
    """A model whose answers are what `says` is, or finds from the messages; where that is empty, its own.

    What it is asked besides (search terms, what to ask next) it answers as it likes. `asked` is how it was last asked
    for an answer: messages, the most tokens, and what joined the request.
    """

    def __init__(self, real: Model, says: str | Callable[[Sequence[Message]], str] = "") -> None:
        self.real = real
        self.says = says
        self.asked: tuple[Sequence[Message], int, Mapping[str, object]] = ((), 0, {})

    @property
    def url(self) -> str:
        """Where it is served."""
        return self.real.url

    async def model(self) -> ServedModel:
        """See `Model.model`."""
        return await self.real.model()

    def stream(
        self, messages: Sequence[Message], max_tokens: int, extra: Mapping[str, object]
    ) -> AsyncGenerator[Piece]:
        """See `Model.stream`."""
        if not is_for_an_answer(messages):
            return self.real.stream(messages, max_tokens, extra)
        text = self.says if isinstance(self.says, str) else self.says(messages)
        self.asked = (messages, *self.request(text, max_tokens, extra))
        return self.real.stream(*self.asked)

    def request(self, text: str, max_tokens: int, extra: Mapping[str, object]) -> tuple[int, Mapping[str, object]]:
        """The most tokens, and what joins the request, so that it writes that text."""
        return max_tokens, {**extra, "structured_outputs": {"choice": [text]}} if text else extra

    async def count_tokens(self, messages: Sequence[Message]) -> int | None:
        """See `Model.count_tokens`."""
        return await self.real.count_tokens(messages)

    async def states(self) -> tuple[ServerState, ...]:
        """See `Model.states`."""
        return await self.real.states()

    async def close(self) -> None:
        """See `Model.close`."""
        await self.real.close()


def is_for_an_answer(messages: Sequence[Message]) -> bool:
    """Whether a model is asked with these messages to answer from sources, and not for something besides."""
    beginning = words("instructions").partition("\n")[0]
    return any(beginning in message["content"] for message in messages)
