"""Answers, citations and turns as programs see them: the forms that asking and conversations share."""

from collections.abc import Collection
from dataclasses import replace
from typing import Literal

from pydantic import BaseModel, Field

from answers.answer import Answer, Citation
from webui.place import place_text
from webui.texts import texts
from webui.turn import StoredTurn

CITATION_NUMBER = "The n of the mark [n] in the text"


class CitationForm(BaseModel):
    """Where a mark of an answer points."""

    number: int = Field(description=CITATION_NUMBER)
    document_id: str
    collection_id: str
    title: str = Field(description="The title of the document")
    page: int = Field(description="The number of the page, for /api/documents/ID/pages/NUMBER")
    place: str = Field(description="The place, as people say it in Hebrew", examples=["עמוד 4"])
    start: int = Field(description="Where the quote begins in the text of the page, in characters")
    end: int = Field(description="Where it ends, exclusive")
    quote: str = Field(description="What stands there, letter for letter; empty where you may not read it any more")


class DoubtForm(BaseModel):
    """A sentence of an answer that its sources do not bear out."""

    start: int = Field(description="Where it begins in the text of the answer, in characters")
    end: int
    missing: list[str] = Field(description="Its numbers, dates and amounts that no cited passage has")


class AnswerForm(BaseModel):
    """An answer. What went wrong on the way is its `problem`; the text until then is kept."""

    text: str = Field(description="With marks [n] that stand for the citation of that number")
    citations: list[CitationForm]
    mode: Literal["model", "quoted"] = Field(description="Written by the model, or sentences of the documents")
    finished: bool
    refusal: bool = Field(description="Whether the documents hold no answer; the text says so")
    problem: str = Field(description="Code of what went wrong, or empty", examples=["model_unavailable"])
    problem_text: str = Field(description="The same for people, in Hebrew")
    doubts: list[DoubtForm]
    verified: float | None = Field(description="Share of the cited sentences that were verified, from 0 to 1")
    confidence: float | None = Field(description="How likely the passages hold an answer, from 0 to 1")
    searched: str = Field(description="The question as it was understood, where that is not as it was asked")
    next_questions: list[str]


class TurnForm(BaseModel):
    """Something said in a conversation."""

    id: str
    role: Literal["user", "assistant"]
    created_at: float
    said: AnswerForm = Field(description="Of a question only the text counts")


def answer_form(answer: Answer) -> AnswerForm:
    """The answer as programs see it."""
    return AnswerForm(
        text=answer.text,
        citations=[citation_form(citation) for citation in answer.citations],
        mode=answer.mode,
        finished=answer.finished,
        refusal=answer.refusal,
        problem=answer.problem or "",
        problem_text=problem_text(answer.problem),
        doubts=[DoubtForm(start=one.start, end=one.end, missing=list(one.missing)) for one in answer.doubts],
        verified=answer.verified,
        confidence=answer.confidence,
        searched=answer.searched,
        next_questions=list(answer.next_questions),
    )


def citation_form(citation: Citation) -> CitationForm:
    """The citation as programs see it."""
    place = place_text(citation.place, citation.page, citation.quote)
    names = ("number", "document_id", "collection_id", "title", "page", "start", "end", "quote")
    return CitationForm(**{name: getattr(citation, name) for name in names}, place=place)


def turn_form(turn: StoredTurn, collection_ids: Collection[str]) -> TurnForm:
    """The turn as programs see it. Of sources outside of those collections, which may be read now, no quote is left."""
    citations = tuple(
        one if one.collection_id in collection_ids else replace(one, quote="", start=0, end=0)
        for one in turn.said.citations
    )
    said = answer_form(replace(turn.said, citations=citations))
    return TurnForm(id=turn.id, role=turn.role, created_at=turn.created_at, said=said)


def problem_text(problem: str | None) -> str:
    """The sentence for the code of a problem, "" for none."""
    return texts.PROBLEMS.get(problem, texts.PROBLEM_UNKNOWN) if problem else ""
