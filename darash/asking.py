"""The command that asks."""

import asyncio
import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from answers import conversation
from answers.answer import Answer
from answers.means import Means
from answers.serving.model_server import open_model_server
from answers.settings import AnswerSettings
from darash.terminal import explained, log_to_terminal
from hebrew.keyboard import retyped
from indexes.settings import IndexSettings
from indexes.storage import Storage, open_search, open_storage
from webui.place import source_text
from webui.screen.texts import PROBLEMS, READ_AS


def ask(
    question: str,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer with its citations as JSON")] = False,
) -> None:
    """Ask the documents a question, as in the browser."""
    log_to_terminal()
    with explained():
        answer = asyncio.run(answered(open_storage(IndexSettings()), AnswerSettings(), question, quiet=as_json))
    if as_json:
        print(json.dumps(asdict(answer), ensure_ascii=False, indent=2))
    else:
        places = [
            f"[{one.number}] {source_text(one.title, one.place, one.page, one.quote)}" for one in answer.citations
        ]
        print("\n", *places, sep="\n")
    raise typer.Exit(int(answer.problem is not None))


async def answered(storage: Storage, settings: AnswerSettings, question: str, quiet: bool) -> Answer:
    """The finished answer over every collection; unless `quiet`, printed while it comes."""
    collection_ids = [collection.id for collection in storage.catalogue.collections()]
    if not quiet and (meant := retyped(question)):
        print(READ_AS.format(text=meant), file=sys.stderr)
    model, answer, shown = open_model_server(settings), Answer(""), ""
    means = Means(open_search(storage), storage.passages, model, settings.sources, settings.model_context)
    stream = conversation.answer(question, (), collection_ids, means)
    async for answer in stream:
        if not quiet and answer.text.startswith(shown):
            print(answer.text[len(shown) :], end="", flush=True)
            shown = answer.text
    if model is not None:
        await model.close()
    if answer.problem and not quiet:
        print(PROBLEMS.get(answer.problem, answer.problem), file=sys.stderr)
    return answer
