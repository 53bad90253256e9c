"""What might be asked next: by the model from the passages around those that were cited, else from their headings.

Nothing is suggested that the documents do not answer; better no suggestion than an empty one. Knows no search.
"""

import asyncio
import re
from collections.abc import Iterator, Sequence

from answers.answer import Answer, Citation
from answers.asking.language import language_of, phrase
from answers.asking.short import lines_of, said
from answers.citing.evidence import found_in, stems, wanted_in, weight_of
from answers.errors import AnswersError
from answers.means import Library, Means
from answers.serving.model import Model
from answers.writing import capacity_of
from hebrew.tokens import question_tokens
from indexes.chunk import Chunk

_MOST_TOKENS = 160
_SECONDS = 8.0
_FEWEST_WORDS, _MOST_WORDS = 3, 14
_SAID_IN_PASSAGES = 0.7
"""The share of a suggested question, by weight, that the passages must say."""
_SAME_QUESTION = 0.7
_NEIGHBOURS = 2
_MOST_CITED = 3
_LONGEST_PASSAGE = 700
"""Characters."""
_NUMBERING = re.compile(
    r"^\s*(?:(?:\u05e1\u05e2\u05d9\u05e3|\u05e4\u05e8\u05e7)\s+)?(?:\d+(?:\.\d+)*\w?|[\u05d0-\u05ea]{1,2}['\u05f3]?)[.)]\s+"
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_MOST_HEADING = 9
"""Words."""
_LEAST_TEXT = 60
"""Characters under a heading that is worth asking about."""


async def next_questions(question: str, answer: Answer, collection_ids: Sequence[str], means: Means) -> tuple[str, ...]:
    """At most `means.next_questions` questions that may follow a finished answer; none after one that is no answer."""
    if not means.next_questions or not answer.finished or answer.refusal or answer.problem or not answer.citations:
        return answer.next_questions
    around = await asyncio.to_thread(_around, answer.citations, means.library)
    if not around:
        return answer.next_questions
    language = language_of(question)
    suggested = await _of_model(question, answer, around, means.model, means.context) if means.model else []
    for heading, chunk in _headings(question, answer.citations, around):
        asked = heading if heading.endswith("?") else phrase("ask_about", language).format(heading=heading)
        if len(suggested) < means.next_questions and await asyncio.to_thread(
            _finds, asked, chunk, collection_ids, means
        ):
            suggested.append(asked)
    return tuple(dict.fromkeys(suggested))[: means.next_questions]


def _finds(asked: str, chunk: Chunk, collection_ids: Sequence[str], means: Means) -> bool:
    """Whether a question about a passage finds it, or one under its heading, before all others."""
    hits = [hit.chunk for hit in means.search.search(collection_ids, asked, 1)]
    return any((hit.document_id, hit.heading_path) == (chunk.document_id, chunk.heading_path) for hit in hits)


def _around(citations: Sequence[Citation], library: Library) -> list[Chunk]:
    """The first cited passages and their neighbours, each once: what follows a citation before what precedes it."""
    found: dict[str, Chunk] = {}
    for citation in citations[:_MOST_CITED]:
        chunks = library.chunks_of_document(citation.document_id)
        at = next((at for at, chunk in enumerate(chunks) if chunk.id == citation.chunk_id), None)
        if at is not None:
            near = [*chunks[at : at + _NEIGHBOURS + 1], *chunks[max(0, at - _NEIGHBOURS) : at]]
            found |= {chunk.id: chunk for chunk in near}
    return list(found.values())


def _headings(question: str, citations: Sequence[Citation], around: Sequence[Chunk]) -> Iterator[tuple[str, Chunk]]:
    """The headings beside the cited ones that say something, without their numbers, each with its passage."""
    cited = {citation.chunk_id for citation in citations}
    known = {heading for chunk in around if chunk.id in cited for heading in (*chunk.heading_path, chunk.title)}
    for chunk in around:
        heading = _NUMBERING.sub("", chunk.heading_path[-1]).strip() if chunk.heading_path else ""
        is_new = chunk.heading_path and chunk.heading_path[-1] not in known and not _alike(heading, question)
        says_something = len(_LETTERS.findall(heading)) > 1 and len(heading.split()) <= _MOST_HEADING
        if is_new and says_something and len(chunk.text) - len(heading) >= _LEAST_TEXT:
            yield heading, chunk


async def _of_model(question: str, answer: Answer, around: Sequence[Chunk], model: Model, context: int) -> list[str]:
    sources = "\n\n".join(chunk.text[:_LONGEST_PASSAGE] for chunk in around)
    try:
        capacity = await capacity_of(model, context)
    except AnswersError:
        return []
    written = await said(
        "next_questions", model, capacity, _MOST_TOKENS, _SECONDS,
        sources=sources, question=question, answer=answer.text,
    )  # fmt: skip
    there = frozenset().union(*(stems(chunk.searchable) for chunk in around))
    lines = lines_of(written)
    return [line for line in lines if _is_answered(line, there) and not _alike(line, question)]


def _is_answered(line: str, there: frozenset[str]) -> bool:
    """Whether a line is a question of some words, most of which the passages say."""
    wanted = wanted_in(question_tokens(line))
    whole = sum(wanted.values())
    is_question = line.endswith(("?", "\u061f")) and _FEWEST_WORDS <= len(line.split()) <= _MOST_WORDS
    return is_question and whole > 0 and weight_of(wanted, found_in(wanted, there)) >= _SAID_IN_PASSAGES * whole


def _alike(one: str, other: str) -> bool:
    wanted = wanted_in(question_tokens(one))
    return weight_of(wanted, found_in(wanted, stems(other))) >= _SAME_QUESTION * sum(wanted.values())
