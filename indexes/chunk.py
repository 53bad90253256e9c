"""What an index stores and returns: the chunk and the hit.

Knows nothing of how chunks are cut or how hits are found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hebrew.terms import Term
from indexes.page import Place


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of the text of page number `page`; `place` is where it begins."""

    page: int
    start: int
    end: int
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of a document. `text` is the concatenation of `page.text[start:end]` over `spans`, unchanged.

    `title` is the document's; `heading_path` the headings above the passage, outermost first; `table_header` the header
    row of the table in whose middle the passage begins, else "". All three are searched with the text.
    """

    id: str
    document_id: str
    collection_id: str
    title: str
    heading_path: tuple[str, ...]
    spans: tuple[Span, ...]
    text: str
    table_header: str = ""

    @property
    def first_page(self) -> int:
        """The number of the page on which the passage begins."""
        return self.spans[0].page

    @property
    def last_page(self) -> int:
        """The number of the page on which the passage ends."""
        return self.spans[-1].page

    @property
    def head(self) -> str:
        """Title, headings and header row, a line each."""
        return "\n".join((self.title, *self.heading_path, *filter(None, [self.table_header])))

    @property
    def searchable(self) -> str:
        """What the indexes analyse: the head and the text, one after the other."""
        return f"{self.head}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that answers a question. `score` orders hits; higher is better.

    `parts` says what the score is made of, each from 0 to 1: `words` and `meaning` (the first stage), the features of
    `indexes.reranker`, and `cross` where a cross-encoder was asked. `also` are passages that say the same and are no
    hits of their own; `terms` are what was looked for in its collection, whose glossary may have words of its own for
    what was asked. Where neighbouring passages were merged into this one, `joined` says where in its text the second
    begins, and the third.
    """

    chunk: Chunk
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)
    also: tuple[Chunk, ...] = ()
    terms: tuple[Term, ...] = ()
    joined: tuple[int, ...] = ()
