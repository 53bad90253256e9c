"""What the tests here share: the real vLLM, a model that writes what a test wants, and something to find."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from answers.answer import Answer, Turn
from answers.conversation import answer
from answers.means import Means
from answers.serving.model import Model
from evals.forced import Forced
from indexes.chunk import Chunk, Hit, Span
from tests.fake_library import NoLibrary

QUESTION = "כמה ימי חופשה מגיעים לעובד?"
PASSAGES = (
    "המועצה פתוחה מיום ראשון עד יום חמישי. ביום שישי המשרדים סגורים לקהל.",
    "עובד זכאי לחופשה של 14 ימים בשנה הראשונה. מן השנה החמישית הוא זכאי ל-21 ימים.",
)

OPENER = build_opener(ProxyHandler({}))


@dataclass(frozen=True)
class Vllm:
    """Where the real server listens, its key, and the id of its process."""

    url: str
    key: str
    process: int

    def metric(self, *names: str) -> float:
        """The sum of some of its metrics."""
        with OPENER.open(f"{self.url}/metrics", timeout=10) as reply:
            lines = reply.read().decode().splitlines()
        return sum(float(line.split()[-1]) for line in lines if re.split("[{ ]", line, maxsplit=1)[0] in names)

    def running(self) -> float:
        """How many requests it has, those that wait included."""
        return self.metric("vllm:num_requests_running", "vllm:num_requests_waiting")

    def written(self) -> float:
        """How many tokens it has written since its start."""
        return self.metric("vllm:generation_tokens_total")

    def engine(self) -> int:
        """The id of the engine's process, a child of the server's."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        return next(int(child) for child in children if "EngineCor" in Path(f"/proc/{child}/comm").read_text())


class Noisy(Forced):
    """The same, but with no text it writes `noise` tokens of noise."""

    noise = 7000  # several seconds on any machine: long enough to be stopped or killed half-way

    def request(self, text: str, max_tokens: int, extra: Mapping[str, object]) -> tuple[int, Mapping[str, object]]:
        return super().request(text, max_tokens, extra) if text else (self.noise, {**extra, "ignore_eos": True})


class Passages:
    """A search that always finds the same passages."""

    def __init__(self, *texts: str, name: str = "") -> None:
        self.hits = [
            Hit(Chunk(f"{name}c{n}", f"{name}d{n}", "k", f"נוהל {n}", (), (Span(n, 0, len(text)),), text), 1.0 / n)
            for n, text in enumerate(texts or PASSAGES, start=1)
        ]

    def search(self, collection_ids: Sequence[str], question: str, limit: int, pairs: object = ()) -> list[Hit]:
        return self.hits[:limit]


async def ask(
    model: Model, turns: Sequence[Turn] = (), search: Passages | None = None, question: str = QUESTION
) -> list[Answer]:
    """Everything that the stream of an answer gives."""
    means = Means(search or Passages(), NoLibrary(), model, next_questions=0)
    return [part async for part in answer(question, turns, ["k"], means)]


async def until(condition: Callable[[], object], seconds: float = 20) -> bool:
    """Whether something becomes true in time; asked in a thread, so that the client goes on."""
    for _ in range(int(seconds / 0.1)):
        if await asyncio.to_thread(condition):
            return True
        await asyncio.sleep(0.1)
    return False
