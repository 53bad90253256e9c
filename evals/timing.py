"""How long an answer of Darash takes: to its first text, and to its end.

For whoever measures a stream of `Answer` values, as `answers.conversation.answer` gives it:

    timed = await time_answer(answer(question, turns, collection_ids, means))
    tokens = await model.count_tokens([{"role": "assistant", "content": timed.answer.text}])
    timed.first, timed.rate(tokens or profile.tokens(timed.answer.text))
"""

import time
from collections.abc import AsyncIterable, Sequence
from dataclasses import dataclass

from answers.answer import Answer
from hebrew.terms import Pair
from indexes.chunk import Hit
from indexes.index import Search


@dataclass(frozen=True, slots=True)
class Timed:
    """The answer as it ended, and the seconds from the question to its first text (None: none), its last, its end.

    At the `total` it is finished and verified; what may be asked next is thought of after that.
    """

    answer: Answer
    first: float | None
    written: float
    total: float

    def rate(self, tokens: int) -> float:
        """Tokens per second from the first text to the last; `tokens` are those of the whole answer. 0 without text."""
        spent = self.written - (self.first or 0.0)
        return tokens / spent if self.first is not None and spent > 0 else 0.0


async def time_answer(stream: AsyncIterable[Answer]) -> Timed:
    """Reads a stream of answers to its end. Raises what the stream raises, `ValueError` where nothing is finished."""
    started = time.perf_counter()
    last, first, written, total = Answer(""), None, 0.0, None
    async for part in stream:
        passed = time.perf_counter() - started
        if part.text and first is None:
            first = passed
        if part.text != last.text:
            written = passed
        if part.finished and total is None:
            total = passed
        last = part
    if total is None:
        raise ValueError("a stream without a finished answer")
    return Timed(last, first, written, total)


class Stopwatch:
    """A search that knows how many `seconds` it has taken in all."""

    def __init__(self, search: Search) -> None:
        self.seconds = 0.0
        self._search = search

    def search(self, collection_ids: Sequence[str], question: str, limit: int, pairs: Sequence[Pair] = ()) -> list[Hit]:
        """See `Search.search`."""
        started = time.perf_counter()
        try:
            return self._search.search(collection_ids, question, limit, pairs)
        finally:
            self.seconds += time.perf_counter() - started
