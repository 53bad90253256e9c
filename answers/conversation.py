"""The story: a question finds hits, hits and conversation become a prompt, the model's stream an answer with citations.

Knows neither who asks nor where the answer is shown.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace

from answers.answer import Answer, Turn
from answers.asking.finding import Found, found
from answers.asking.followup import standalone
from answers.asking.language import language_of, phrase
from answers.asking.next_questions import next_questions
from answers.asking.question import as_meant, checked
from answers.asking.refusing import offered, refused, refuses
from answers.confidence import MODEL_REFUSAL
from answers.errors import AnswersError
from answers.means import Means
from answers.prompt import fit
from answers.quoting.quoted import quoted_answer
from answers.reading.whole import task_in, whole_answer
from answers.writing import Capacity, capacity_of, written

_log = logging.getLogger(__name__)


async def answer(
    question: str,
    turns: Sequence[Turn],
    collection_ids: Sequence[str],
    means: Means,
) -> AsyncGenerator[Answer]:
    """Streams the answer to a question: complete values, each replacing the last; the last one is `finished`.

    Finds hits in the collections, which the caller has checked may be read. Without a model the answer is made of
    quotations. What goes wrong with the question or the model is the `problem` of the last value, which keeps the text
    streamed until then; `IndexesError` passes through. Hebrew typed on an English keyboard is read as Hebrew. The first
    finished value is the answer; one that follows it differs in `next_questions` alone. Closing this generator stops
    the model.
    """
    last = Answer("", mode="model" if means.model else "quoted")
    yield last
    try:
        asked = checked(question)
        async with aclosing(_answered(asked, [as_meant(turn) for turn in turns], collection_ids, means)) as parts:
            async for last in parts:
                yield last
    except AnswersError as error:
        _log.warning("%s; `darash doctor` says more", error.code)
        _log.debug("%s", error)  # model servers quote what they were sent
        yield replace(last, finished=True, problem=error.code, place_in_line=0, progress=None)
        return
    following = await next_questions(asked, last, collection_ids, means)
    if following != last.next_questions:
        yield replace(last, next_questions=following)


async def _answered(
    asked: str, turns: Sequence[Turn], collection_ids: Sequence[str], means: Means
) -> AsyncGenerator[Answer]:
    """From a question that was checked to its answer: whole documents where it wants them, else the best passages."""
    capacity = await capacity_of(means.model, means.context) if means.model else None
    if task := await task_in(asked, collection_ids, means):
        parts = whole_answer(task, asked, collection_ids, means, capacity)
    else:
        searched = await standalone(asked, turns, means.model, capacity)
        passages = await found(searched, collection_ids, means, capacity)
        parts = _from_passages(asked, searched, turns, passages, means, capacity)
    async with aclosing(parts):
        async for part in parts:
            yield part


async def _from_passages(
    asked: str, searched: str, turns: Sequence[Turn], passages: Found, means: Means, capacity: Capacity | None
) -> AsyncGenerator[Answer]:
    understood = searched if searched != asked else ""
    async with aclosing(_said(asked, searched, turns, passages, means, capacity)) as parts:
        async for part in parts:
            yield replace(part, searched=understood, terms=passages.terms, confidence=passages.confidence)


async def _said(
    asked: str, searched: str, turns: Sequence[Turn], passages: Found, means: Means, capacity: Capacity | None
) -> AsyncGenerator[Answer]:
    """Quotations where there is no model; a refusal where the passages hold nothing; else what the model writes."""
    language, hits = language_of(asked), passages.hits
    if means.model is None or capacity is None:
        for part in await asyncio.to_thread(lambda: list(quoted_answer(searched, hits))):
            yield (
                part
                if language == "he" or not part.refusal
                else replace(refused(searched, hits, language), mode="quoted")
            )
    elif passages.confidence < MODEL_REFUSAL:
        yield await asyncio.to_thread(refused, searched, hits, language)
    else:
        request = f"{asked}\n{phrase('answer_in', language)}".strip()
        prompt = await fit(request, turns, hits, capacity.profile, capacity.prompt, means.model.count_tokens)
        async with aclosing(written(prompt, means.model, capacity)) as parts:
            async for part in parts:
                refuses_too = refuses(part, language)
                yield await asyncio.to_thread(offered, part, searched, hits, language) if refuses_too else part
