"""Searching without an answer: `POST /api/search`."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from hebrew.keyboard import retyped
from indexes.chunk import Hit
from webui.accounts.gate import account_of
from webui.api.field import CollectionIds, Question
from webui.api.problem import refusals
from webui.chat import storable
from webui.place import place_text
from webui.services import Services

MOST_PASSAGES = 50


class SearchRequest(BaseModel):
    """What to look for, and where."""

    question: Question
    collections: CollectionIds = Field(default_factory=list)
    limit: int = Field(10, ge=1, le=MOST_PASSAGES, description="Passages, at most")


class Passage(BaseModel):
    """A passage that answers the question."""

    document_id: str
    collection_id: str
    title: str = Field(description="The title of the document")
    headings: list[str] = Field(description="The headings above the passage, outermost first")
    place: str = Field(description="Where the passage begins, as people say it in Hebrew", examples=["עמוד 4"])
    pages: list[int] = Field(description="The numbers of its pages, for /api/documents/ID/pages/NUMBER")
    quote: str = Field(description="Its text, letter for letter")
    score: float = Field(description="Higher is better; comparable within one answer only")


class SearchAnswer(BaseModel):
    """The passages that were found, best first."""

    passages: list[Passage]


def routes(services: Services) -> APIRouter:
    """`POST /api/search`."""
    router = APIRouter(prefix="/api", tags=["search"])

    @router.post("/search", responses=refusals(404, 413, 429))
    def search(request: Request, wanted: SearchRequest) -> SearchAnswer:
        """Finds passages, best first, without an answer."""
        return SearchAnswer(passages=found(services, account_of(request), wanted))

    return router


def found(services: Services, account_id: str, wanted: SearchRequest) -> list[Passage]:
    """The passages of collections that the account may read. Raises `NotFound` for another one, and `TooMuch`."""
    chosen = services.permissions.chosen(account_id, wanted.collections)
    question = storable(wanted.question)
    with services.limits.work(account_id):
        hits = services.search.search(chosen, retyped(question) or question, wanted.limit)
    return [_passage(hit) for hit in hits]


def _passage(hit: Hit) -> Passage:
    chunk, first = hit.chunk, hit.chunk.spans[0]
    return Passage(
        document_id=chunk.document_id,
        collection_id=chunk.collection_id,
        title=chunk.title,
        headings=list(chunk.heading_path),
        place=place_text(first.place, first.page, chunk.text),
        pages=sorted({span.page for span in chunk.spans}),
        quote=chunk.text,
        score=hit.score,
    )
