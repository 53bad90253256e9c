"""What an answer is made with: built once at start, handed to every question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from answers.serving.model import Model
from indexes.chunk import Chunk
from indexes.index import Search


class Library(Protocol):
    """Whole documents, for questions that one passage cannot answer."""

    def titles(self, collection_ids: Sequence[str]) -> dict[str, str]:
        """The searchable documents of those collections: id -> title, the latest first."""

    def chunks_of_document(self, document_id: str) -> list[Chunk]:
        """The chunks of a document, in order."""


@dataclass(frozen=True, slots=True)
class Means:
    """Search, library and model (None: answers are quotations).

    `sources` is how many hits a question is answered from at most; `context` how many tokens the model holds, 0 for
    what the server or its profile says; `next_questions` how many are suggested after an answer at most.
    """

    search: Search
    library: Library
    model: Model | None
    sources: int = 8
    context: int = 0
    next_questions: int = 3
