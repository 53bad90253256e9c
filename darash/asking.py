"""The command that asks."""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import asdict
from typing import Annotated

import typer

from answers import conversation
from answers.answer import Answer
from answers.means import Means
from answers.serving.pool import open_model
from answers.settings import AnswerSettings
from darash.terminal import explained, log_to_terminal, plain, plain_json
from hebrew.keyboard import retyped
from indexes.settings import IndexSettings
from indexes.storage import Storage, open_search, open_storage
from webui.below import below
from webui.texts import texts


def ask(
    question: str,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer with its citations as JSON")] = False,
) -> None:
    """Ask the documents a question, as in the browser."""
    log_to_terminal()
    with explained():
        answer = asyncio.run(answered(open_storage(IndexSettings()), AnswerSettings(), question, quiet=as_json))
    if as_json:
        print(plain_json(json.dumps(asdict(answer), ensure_ascii=False, indent=2)))
    raise typer.Exit(int(answer.problem is not None))


async def answered(storage: Storage, settings: AnswerSettings, question: str, quiet: bool) -> Answer:
    """The finished answer over every collection; unless `quiet`, printed while it comes. Cancelling stops the model."""
    collection_ids = [collection.id for collection in storage.catalogue.collections()]
    model = open_model(settings)
    means = Means(open_search(storage), storage.passages, model, settings.sources, settings.model_context)
    if not quiet and (meant := retyped(question)):
        print(texts.READ_AS.format(text=meant), file=sys.stderr)
    try:
        async with aclosing(conversation.answer(question, (), collection_ids, means)) as stream:
            return await last_of(stream, quiet)
    finally:
        if model is not None:
            await model.close()


async def last_of(stream: AsyncGenerator[Answer], quiet: bool) -> Answer:
    """The last value of a stream; unless `quiet`, its text is printed as it grows, and around it what happens."""
    answer = Answer("")
    async for coming in stream:
        before, answer = answer, coming
        if not quiet:
            tell(before, answer)
    return answer


def tell(before: Answer, answer: Answer) -> None:
    """Prints what a state of an answer adds to the one before it: what stands below it as soon as it is finished."""
    for line in news(before, answer):
        print(plain(line), file=sys.stderr)
    grows = answer.text.startswith(before.text)
    print(plain(answer.text[len(before.text) :] if grows else f"\n\n{answer.text}"), end="", flush=True)
    if answer.finished and not before.finished:
        print("\n", *map(plain, below(answer)), sep="\n", flush=True)
    if answer.next_questions and answer.next_questions != before.next_questions:
        print("", texts.ASK_NEXT, *(f"- {plain(question)}" for question in answer.next_questions), sep="\n")


def news(before: Answer, answer: Answer) -> Iterator[str]:
    """What can be told of a state of an answer that could not be told of the one before it."""
    if answer.searched != before.searched:
        yield texts.SEARCHED.format(question=answer.searched)
    if answer.terms != before.terms:
        yield texts.SEARCHED_ALSO.format(terms=texts.LIST_COMMA.join(answer.terms))
    if answer.place_in_line and answer.place_in_line != before.place_in_line:
        yield texts.IN_LINE.format(place=answer.place_in_line)
    if answer.progress and answer.progress != before.progress:
        yield texts.reading_part(*answer.progress)
    if answer.thoughts and not before.thoughts:
        yield texts.THINKING
    if answer.problem != before.problem:
        yield texts.PROBLEMS.get(answer.problem or "", answer.problem or "")
