"""Asking: `POST /api/ask`, answered as a stream of events or as one JSON object, and kept in a conversation."""

import json
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from answers.answer import Answer
from webui.accounts.gate import account_of
from webui.api.field import CollectionIds, Id, Question
from webui.api.presence import Presence
from webui.api.problem import refusals
from webui.api.spoken import AnswerForm, answer_form
from webui.api.states import BREATH, EVENT_STREAM, STREAMED, begun
from webui.services import Services
from webui.turn import StoredTurn

EVENTS = """\
With `"stream": true` (unless told otherwise) the answer is a stream of server-sent events, each with JSON as its data:

- `begun` `{"conversation", "turn"}`: the question was stored.
- `waiting` `{"place"}`: the model server is full; so many are before this question, and one.
- `reading` `{"done", "parts"}`: whole documents are being read.
- `text` `{"text"}`: what follows in the answer; append it.
- `text_again` `{"text"}`: the whole text so far, in place of what was sent.
- `answer` an `AskAnswer`: the finished answer. It replaces all before it, and says what went wrong, if something did.
- `next_questions` `{"questions"}`: what might be asked next; may follow the answer.

With `"stream": false` the answer is an `AskAnswer` as JSON. Whoever goes away stops the answer."""


class AskRequest(BaseModel):
    """A question, and where to ask it."""

    question: Question
    conversation: Id | None = Field(None, description="Of yours, to go on in; else a new one is made")
    collections: CollectionIds = Field(default_factory=list)
    stream: bool = True


class AskAnswer(AnswerForm):
    """A finished answer, and where it is kept."""

    conversation: str
    turn: str


def routes(services: Services) -> APIRouter:
    """`POST /api/ask`."""
    router = APIRouter(prefix="/api", tags=["ask"])
    answers = STREAMED | refusals(404, 413, 429, 503)

    @router.post("/ask", response_model=AskAnswer, responses=answers, description=EVENTS)
    async def ask(request: Request, asked: AskRequest) -> Response:
        account_id = account_of(request)
        turns = await begun(services.chat.ask(account_id, asked.conversation, asked.question, asked.collections))
        if asked.stream:
            return StreamingResponse(_stream(turns), media_type=EVENT_STREAM)
        answer = await Presence(request.receive, has_body=False).keep(_finished(turns))
        return JSONResponse(answer.model_dump())

    return router


async def _finished(turns: AsyncGenerator[StoredTurn]) -> AskAnswer:
    """The finished answer, without waiting for what may be added to it."""
    async with aclosing(turns):
        async for turn in turns:
            if turn.said.finished:
                return _form(turn)
    raise RuntimeError("an answer came to no end")


async def _stream(turns: AsyncGenerator[StoredTurn]) -> AsyncGenerator[str]:
    before, spoke_at = Answer(""), time.monotonic()
    async with aclosing(turns):
        first = await anext(turns)
        yield _event("begun", {"conversation": first.conversation_id, "turn": first.id})
        async for turn in turns:
            said = "".join(_event(name, data) for name, data in _news(before, turn))
            if not said and time.monotonic() - spoke_at >= BREATH:
                said = ":\n\n"
            before = turn.said
            if said:
                spoke_at = time.monotonic()
                yield said


def _news(before: Answer, turn: StoredTurn) -> Iterator[tuple[str, dict[str, object]]]:
    """The events that lead from one state of an answer to the next."""
    said = turn.said
    if said.finished and not before.finished:
        yield "answer", _form(turn).model_dump()
    elif said.finished and said.next_questions != before.next_questions:
        yield "next_questions", {"questions": list(said.next_questions)}
    if said.finished:
        return
    if said.place_in_line and said.place_in_line != before.place_in_line:
        yield "waiting", {"place": said.place_in_line}
    if said.progress and said.progress != before.progress:
        yield "reading", {"done": said.progress[0], "parts": said.progress[1]}
    if said.text != before.text:
        grows = said.text.startswith(before.text)
        yield ("text", {"text": said.text[len(before.text) :]}) if grows else ("text_again", {"text": said.text})


def _form(turn: StoredTurn) -> AskAnswer:
    return AskAnswer(**dict(answer_form(turn.said)), conversation=turn.conversation_id, turn=turn.id)


def _event(name: str, data: dict[str, object]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
