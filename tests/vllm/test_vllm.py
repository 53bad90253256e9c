"""The answering path against a real vLLM, through our own client. The last test kills the engine: order matters."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from answers.answer import Answer, Turn
from answers.conversation import answer
from answers.errors import ModelRefused, TooLong
from answers.means import Means
from answers.profiles.profile import profile_for
from answers.prompt import build
from answers.serving.model import Message
from answers.serving.model_server import ModelServer, Timeouts, find_model_server
from indexes.chunk import Chunk, Hit, Span
from tests.fake_library import NoLibrary

pytestmark = [pytest.mark.vllm, pytest.mark.anyio]

QUESTION = "כמה ימי חופשה מגיעים לעובד?"
PASSAGES = (
    "המועצה פתוחה מיום ראשון עד יום חמישי. ביום שישי המשרדים סגורים לקהל.",
    "עובד זכאי לחופשה של 14 ימים בשנה הראשונה. מן השנה החמישית הוא זכאי ל-21 ימים.",
)


@dataclass(frozen=True)
class Vllm:
    """Where the real server listens, its key, and the id of its process."""

    url: str
    key: str
    process: int

    def metric(self, name: str) -> float:
        lines = httpx.get(f"{self.url}/metrics", trust_env=False).text.splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith((f"{name}{{", f"{name} ")))

    def engine(self) -> int:
        """The id of the engine's process, a child of the server's."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        return next(int(child) for child in children if "EngineCor" in Path(f"/proc/{child}/comm").read_text())


class ForcedModel(ModelServer):
    """A model server that is told, word for word, what to write; with no text, to write `noise` tokens of noise."""

    forced = ""
    noise = 7000  # several seconds on any machine: long enough to be stopped or killed half-way

    def stream(self, messages: Sequence[Message], max_tokens: int, extra: Mapping[str, object]) -> AsyncGenerator[str]:
        if self.forced:
            return super().stream(messages, max_tokens, {**extra, "structured_outputs": {"choice": [self.forced]}})
        return super().stream(messages, self.noise, {**extra, "ignore_eos": True})


class TwoPassages:
    """A search that always finds the same two passages."""

    def __init__(self, repeated: int = 1) -> None:
        self.texts = [" ".join([text] * repeated) for text in PASSAGES]

    def search(self, collection_ids: Sequence[str], question: str, limit: int) -> list[Hit]:
        return [
            Hit(Chunk(f"c{n}", f"d{n}", "k", f"נוהל {n}", (), (Span(n, 0, len(text)),), text), 1.0 / n)
            for n, text in enumerate(self.texts, start=1)
        ]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def vllm() -> Vllm:
    if "DARASH_TEST_VLLM" not in os.environ:
        pytest.skip("no vLLM was started; run `make test-vllm`")
    names = ("DARASH_TEST_VLLM", "DARASH_TEST_VLLM_KEY", "DARASH_TEST_VLLM_PROCESS")
    url, key, process = (os.environ[name] for name in names)
    return Vllm(url, key, int(process))


@pytest.fixture
async def model(vllm: Vllm) -> AsyncIterator[ForcedModel]:
    async with ForcedModel(vllm.url, api_key=vllm.key, timeouts=Timeouts(5, 60, 30)) as server:
        yield server


async def ask(model: ModelServer, turns: Sequence[Turn] = (), search: TwoPassages | None = None) -> list[Answer]:
    return [part async for part in answer(QUESTION, turns, ["k"], Means(search or TwoPassages(), NoLibrary(), model))]


async def until(condition: object, seconds: float = 20) -> bool:
    """Whether something becomes true in time; asked in a thread, so that the client goes on."""
    for _ in range(int(seconds / 0.1)):
        if await asyncio.to_thread(condition):  # type: ignore[arg-type]
            return True
        await asyncio.sleep(0.1)
    return False


async def test_hebrew_streams_and_marks_become_citations(model: ForcedModel) -> None:
    """Forced Hebrew text arrives in pieces, letter for letter, and its marks point at the sentences it came from."""
    model.forced = "בשנה הראשונה מגיעים 14 ימים [2]. ביום שישי המשרדים סגורים [1][9]."
    parts = await ask(model)
    last = parts[-1]
    assert last.text == "בשנה הראשונה מגיעים 14 ימים [1]. ביום שישי המשרדים סגורים [2]."
    assert last.finished
    assert last.problem is None
    assert [(citation.document_id, citation.page, citation.quote) for citation in last.citations] == [
        ("d2", 2, "עובד זכאי לחופשה של 14 ימים בשנה הראשונה."),
        ("d1", 1, "ביום שישי המשרדים סגורים לקהל."),
    ]
    assert len(parts) > 5
    assert all(after.text.startswith(before.text) for before, after in pairwise(parts))


async def test_a_refusal_is_told_apart(model: ForcedModel) -> None:
    """The sentence that the prompt asks for when nothing was found makes the answer a refusal."""
    model.forced = "לא נמצא במסמכים."
    last = (await ask(model))[-1]
    assert (last.text, last.refusal, last.citations, last.problem) == ("לא נמצא במסמכים.", True, (), None)


async def test_closing_the_answer_stops_generation(vllm: Vllm, model: ForcedModel) -> None:
    """When an answer is closed half-way, vLLM has no running request any more and counts no further tokens."""
    before = vllm.metric("vllm:generation_tokens_total")
    async with aclosing(answer(QUESTION, (), ["k"], Means(TwoPassages(), NoLibrary(), model))) as parts:
        seen = 0
        async for part in parts:
            seen += bool(part.text)
            if seen == 3:
                break
        assert vllm.metric("vllm:num_requests_running") == 1
    assert await until(lambda: vllm.metric("vllm:num_requests_running") == 0)
    generated = vllm.metric("vllm:generation_tokens_total")
    assert 0 < generated - before < model.noise
    await asyncio.sleep(1)
    assert vllm.metric("vllm:generation_tokens_total") == generated


async def test_cancelling_the_task_stops_generation(vllm: Vllm, model: ForcedModel) -> None:
    """A cancelled task, which is how a web server drops a reader that left, stops vLLM as well."""
    task = asyncio.create_task(ask(model))
    assert await until(lambda: vllm.metric("vllm:num_requests_running") == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await until(lambda: vllm.metric("vllm:num_requests_running") == 0)


async def test_an_endless_answer_is_cut_and_says_so(model: ForcedModel) -> None:
    """An answer that reaches its greatest length keeps its text and has the problem `model_cut`."""
    model.noise = 100
    last = (await ask(model))[-1]
    assert last.text
    assert last.problem == "model_cut"


async def test_count_tokens_is_what_the_server_counts(model: ForcedModel) -> None:
    """The count of a prompt equals the prompt tokens that vLLM bills for it."""
    model.forced = "כן"
    prompt = build(QUESTION, (), TwoPassages().search([], "", 2), profile_for("generic"), 3000)
    counted = await model.count_tokens(prompt.messages)
    reply = httpx.post(
        f"{model.url}/v1/chat/completions",
        json={"model": "tiny-hebrew", "messages": list(prompt.messages), "max_tokens": 1},
        headers={"Authorization": model._client.headers["Authorization"]},
        trust_env=False,
    ).json()
    assert counted == reply["usage"]["prompt_tokens"]


async def test_long_documents_and_conversations_are_trimmed_to_fit(model: ForcedModel) -> None:
    """Sources and turns far over the context of the model are cut down, not refused."""
    model.forced = "14 ימים [1]."
    turns = [Turn("user", "שאלה קודמת " * 50), Turn("assistant", "תשובה קודמת " * 50)] * 10
    last = (await ask(model, turns, TwoPassages(repeated=300)))[-1]
    assert last.problem is None
    assert len(last.citations) == 1


async def test_a_prompt_over_the_context_is_too_long(model: ForcedModel) -> None:
    """Where a prompt is over the context nevertheless, the server's refusal becomes `TooLong`, also in a stream."""
    with pytest.raises(TooLong, match="maximum context length"):
        async for _ in model.stream([{"role": "user", "content": "ירושלים " * 20_000}], 10, {}):
            pass


async def test_a_wrong_key_is_refused(vllm: Vllm) -> None:
    """A wrong or missing key is `model_refused`, for the stream, for the list of models and for a whole answer."""
    for key in ("", "wrong"):
        async with ModelServer(vllm.url, "tiny-hebrew", key) as stranger:
            with pytest.raises(ModelRefused):
                await stranger.models()
            last = (await ask(stranger))[-1]
            assert (last.text, last.problem, last.finished) == ("", "model_refused", True)


async def test_the_server_is_found_with_its_model_and_context(vllm: Vllm, model: ForcedModel) -> None:
    """Looking for model servers finds this one, and asking it for its model gives name and context."""
    found = await find_model_server(f"{vllm.url}/v1", vllm.key)
    assert [probe.models for probe in found] == [("tiny-hebrew",)]
    served = await model.model()
    assert (served.name, served.context) == ("tiny-hebrew", 8192)


async def test_an_unknown_model_is_an_error(vllm: Vllm) -> None:
    """A model that the server does not offer is `model_error`, with the server's reason in the log."""
    async with ModelServer(vllm.url, "no-such-model", vllm.key) as server:
        assert (await ask(server))[-1].problem == "model_error"


async def test_an_engine_that_dies_leaves_what_was_streamed(vllm: Vllm, model: ForcedModel) -> None:
    """When the engine is killed in mid-stream the text stays, the problem has a code, and the next question too."""
    engine = vllm.engine()
    parts: list[Answer] = []
    async for part in answer(QUESTION, (), ["k"], Means(TwoPassages(), NoLibrary(), model)):
        parts.append(part)
        if len(parts) == 4:
            os.kill(engine, signal.SIGKILL)
    assert parts[-1].finished
    assert parts[-1].text.startswith(parts[3].text.rstrip())
    assert parts[-1].text
    assert parts[-1].problem in ("model_error", "model_dropped")
    started = time.monotonic()
    last = (await ask(model))[-1]
    while last.problem != "model_unavailable" and time.monotonic() - started < 60:
        await asyncio.sleep(0.5)
        last = (await ask(model))[-1]
    assert (last.text, last.problem) == ("", "model_unavailable")
