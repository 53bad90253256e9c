"""One answer in OpenAI's shape: whole, or as chunks of a stream that can only add to what was sent."""

import json
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

from answers.answer import Answer
from indexes.database import new_id, now
from webui.api.completion import Choice, Completion, CompletionRequest, Finish, Reply, Usage
from webui.api.problem import Refused, openai_problem
from webui.api.spoken import citation_form, problem_text
from webui.api.states import BREATH, finished
from webui.below import below

_CHARACTERS_PER_TOKEN = 2.5
"""Of Hebrew, to a tokenizer that knows it well."""

_CUT = "model_cut"
_STATUS = {"empty_question": 400, "too_long": 400, "rights_changed": 403}
"""Of an answer with that problem; with every other one it is 503."""


class Telling:
    """Tells the answer to one request."""

    def __init__(self, asked: CompletionRequest) -> None:
        self.asked = asked
        self.id = f"chatcmpl-{new_id()}"
        self.created = int(now())

    async def whole(self, states: AsyncGenerator[Answer]) -> Completion:
        """The finished answer. Raises `Refused` for one that went wrong."""
        said = await finished(states)
        if refused := _refused(said):
            raise refused
        content = said.text + self._tail(said)
        citations = [citation_form(each) for each in said.citations]
        return Completion(
            id=self.id,
            created=self.created,
            model=self.asked.model,
            choices=[Choice(message=Reply(content=content, citations=citations), finish_reason=_finish(said))],
            usage=self._usage(content),
        )

    async def stream(self, states: AsyncGenerator[Answer]) -> AsyncGenerator[str]:
        """The chunks; what went wrong is a last event with an `error`, as OpenAI's own streams have it."""
        yield self._chunk({"role": "assistant", "content": ""})
        sent, said, spoke_at = "", Answer(""), time.monotonic()
        async with aclosing(states):
            async for said in states:
                if said.finished:
                    break
                if said.text != sent and said.text.startswith(sent):
                    yield self._chunk({"content": said.text[len(sent) :]})
                    sent, spoke_at = said.text, time.monotonic()
                elif time.monotonic() - spoke_at >= BREATH:
                    yield ":\n\n"
                    spoke_at = time.monotonic()
        if refused := _refused(said):
            yield _event(openai_problem(refused.status, refused.sentence, refused.code).model_dump_json())
            return
        # Where the answer took back what was sent, the whole of it follows.
        rest = said.text[len(sent) :] if said.text.startswith(sent) else f"\n\n{said.text}"
        rest += self._tail(said)
        if rest:
            yield self._chunk({"content": rest})
        citations = [citation_form(each).model_dump() for each in said.citations]
        yield self._chunk({"citations": citations}, _finish(said))
        if self.asked.stream_options and self.asked.stream_options.include_usage:
            usage = self._usage(said.text + self._tail(said))
            yield _event(json.dumps({**self._head(), "choices": [], "usage": usage.model_dump()}))
        yield _event("[DONE]")

    def _tail(self, said: Answer) -> str:
        """Doubts and sources as lines under the text, where they were asked for."""
        lines = list(below(said)) if self.asked.sources else []
        return "\n\n" + "  \n".join(lines) if lines else ""  # lines that stay lines in Markdown

    def _usage(self, content: str) -> Usage:
        read = round(sum(len(message.text) for message in self.asked.messages) / _CHARACTERS_PER_TOKEN)
        written = round(len(content) / _CHARACTERS_PER_TOKEN)
        return Usage(prompt_tokens=read, completion_tokens=written, total_tokens=read + written)

    def _head(self) -> dict[str, object]:
        kind = "chat.completion.chunk"
        return {"id": self.id, "object": kind, "created": self.created, "model": self.asked.model}

    def _chunk(self, delta: dict[str, object], finish: Finish | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return _event(json.dumps({**self._head(), "choices": [choice]}, ensure_ascii=False))


def _refused(said: Answer) -> Refused | None:
    """Why there is no answer; one that was cut off is an answer, if it has any text."""
    if not said.problem or (said.problem == _CUT and said.text):
        return None
    return Refused(_STATUS.get(said.problem, 503), problem_text(said.problem), said.problem)


def _finish(said: Answer) -> Finish:
    return "length" if said.problem else "stop"


def _event(data: str) -> str:
    return f"data: {data}\n\n"
