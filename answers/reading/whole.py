"""The story of a request for whole documents: which ones are meant, what is read, what is said without a model.

Knows neither how a request is told from a question nor how a model reads.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from itertools import groupby

from answers.answer import Answer
from answers.asking.language import Language, language_of, phrase
from answers.asking.quotations import Quotations
from answers.asking.refusing import refused
from answers.citing.evidence import found_in, stems, stood_for, supporting_span, wanted_in, weight_of
from answers.fence import one_line
from answers.means import Means
from answers.prompt import words
from answers.reading.outline import outline
from answers.reading.reading import packed, read
from answers.reading.titles import documents_named
from answers.writing import Capacity
from hebrew.requests import Kind, Request, pairs_in, request_in
from hebrew.tokens import question_tokens
from indexes.chunk import Hit

_MOST_TITLES = 5
_MOST_HITS = 40
"""Passages that are read for everything about something; so many of them are quoted where no model reads."""
_MOST_QUOTED = 20
_DEALS_WITH_IT = 0.5
"""A passage deals with a topic when it says so much of it, by weight."""


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with whole documents: with those of `documents`, id -> title, or with all on the topic `named`.

    Where it is not `clear` which document is meant, `documents` are those that may be.
    """

    kind: Kind
    named: str
    documents: dict[str, str]
    clear: bool = True


async def task_in(question: str, collection_ids: Sequence[str], means: Means) -> Task | None:
    """The task that a question is; None for a question that passages answer.

    A summary or comparison of what is no document is such a question, unless it says that it is one.
    """
    request = request_in(question)
    if request is None or request.kind == "listing":
        return Task("listing", request.named, {}) if request and request.named else None
    return await asyncio.to_thread(_task, request, collection_ids, means)


def _task(request: Request, collection_ids: Sequence[str], means: Means) -> Task | None:
    """The task that a request for documents is. Goes through all titles."""
    titles = means.library.titles(collection_ids)
    if request.kind == "comparison":
        for names in pairs_in(request.named):
            first, other = (documents_named(name, titles) for name in names)
            if len(first) == len(other) == 1 and first != other:
                return Task("comparison", request.named, {each: titles[each] for each in first + other})
        return None
    fitting = documents_named(request.named, titles) if request.named else list(titles)
    if not (fitting or request.names_document):
        return None
    documents = {each: titles[each] for each in fitting or titles}
    # Documents of one title cannot be told apart by their name: they are read together.
    return Task("summary", request.named, documents, bool(fitting) and len(set(documents.values())) == 1)


async def whole_answer(
    task: Task, question: str, collection_ids: Sequence[str], means: Means, capacity: Capacity | None
) -> AsyncGenerator[Answer]:
    """Streams the answer to a request: progress, then text; the last value is finished. Raises `ModelError`."""
    language = language_of(question.replace(task.named, ""))  # a title is in the language of its document
    if not task.clear:
        which = await asyncio.to_thread(_which, task, question, language)
        yield replace(which, mode="model" if means.model else "quoted")
        return
    sources = await asyncio.to_thread(_sources, task, collection_ids, means)
    if not sources:
        yield replace(refused(task.named, (), language), mode="model" if means.model else "quoted")
    elif means.model is None or capacity is None:
        yield await asyncio.to_thread(_quoted, task, sources, language)
    else:
        titles = dict.fromkeys(task.documents.values())
        names = ", ".join(f'"{one_line(title)}"' for title in titles) or f'"{one_line(task.named)}"'
        wish = words(f"task_{task.kind}").format(names=names)
        wish = f"{wish} {phrase('answer_in', language)}".strip()
        reading = await asyncio.to_thread(packed, wish, sources, capacity)
        async with aclosing(read(reading, means.model, capacity)) as answers:
            async for answer in answers:
                partly = answer.finished and answer.text and reading.read < len(sources)
                note = phrase("read_in_part", language).format(read=reading.read, all=len(sources)) if partly else ""
                yield replace(answer, text=f"{answer.text}\n\n{note}") if note else answer


def _which(task: Task, question: str, language: Language) -> Answer:
    """Asks which document is meant; each that may be can be asked for as it is called."""
    may_be = list(task.documents)[:_MOST_TITLES]
    titles = list(dict.fromkeys(task.documents[each] for each in may_be))
    name = "several_documents" if documents_named(task.named, task.documents) else "no_document"
    text = (
        "\n".join([phrase(name, language), *(f"- {title}" for title in titles)])
        if titles
        else phrase("refusal", language)
    )
    asked = (
        tuple(question.replace(task.named, title) for title in titles if task.named) if name != "no_document" else ()
    )
    return Answer(text, finished=True, refusal=not titles, next_questions=asked[:3])


def _sources(task: Task, collection_ids: Sequence[str], means: Means) -> list[Hit]:
    """The passages to read, those of one document together and in order."""
    if task.kind != "listing":
        return [Hit(chunk, 0.0) for each in task.documents for chunk in means.library.chunks_of_document(each)]
    hits = means.search.search(collection_ids, task.named, _MOST_HITS)
    wanted = wanted_in(question_tokens(task.named))
    enough = _DEALS_WITH_IT * sum(wanted.values())
    there = [stems(hit.chunk.searchable) for hit in hits]
    dealing = [
        hit
        for hit, found in zip(hits, there, strict=True)
        if weight_of(wanted, found_in(wanted, found | stood_for(hit.terms, found))) >= enough
    ]
    order = {hit.chunk.document_id: at for at, hit in reversed(list(enumerate(dealing)))}
    return sorted(
        dealing, key=lambda hit: (order[hit.chunk.document_id], hit.chunk.spans[0].page, hit.chunk.spans[0].start)
    )


def _quoted(task: Task, sources: Sequence[Hit], language: Language) -> Answer:
    """What can be said without a model: sentences of each document, word for word."""
    quotations = Quotations()
    blocks = [phrase(f"no_model_{task.kind}", language)]
    for _, hits in groupby(
        sources[:_MOST_QUOTED] if task.kind == "listing" else sources, lambda hit: hit.chunk.document_id
    ):
        of_document = list(hits)
        title = of_document[0].chunk.title
        if task.kind == "listing":
            spans = [(hit.chunk, *supporting_span(hit.chunk.text, task.named)) for hit in of_document]
            lines = "\n".join(f"- {quotations.quote(*span)}" for span in spans)
        else:
            lines = outline([hit.chunk for hit in of_document], quotations)
        blocks.append(f"{title}\n{lines}")
    return Answer("\n\n".join(blocks), tuple(quotations.citations), mode="quoted", finished=True)
