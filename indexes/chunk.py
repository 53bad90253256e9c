"""What an index stores and returns: the chunk and the hit.

Knows nothing of how chunks are cut or how hits are found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of the text of page number `page`."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of a document. `text` is the concatenation of `page.text[start:end]` over `spans`, unchanged.

    `title` is the document's; `heading_path` the headings above the passage, outermost first. Both are searched with
    the text.
    """

    id: str
    document_id: str
    collection_id: str
    title: str
    heading_path: tuple[str, ...]
    spans: tuple[Span, ...]
    text: str

    @property
    def first_page(self) -> int:
        """The number of the page on which the passage begins."""
        return self.spans[0].page

    @property
    def last_page(self) -> int:
        """The number of the page on which the passage ends."""
        return self.spans[-1].page

    @property
    def searchable(self) -> str:
        """What the indexes analyse: title, headings and text, one after the other."""
        return "\n".join((self.title, *self.heading_path, self.text))


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that answers a question. `score` orders hits; higher is better.

    `parts` says what the score is made of (`words`, `meaning`, `rerank`); `why` lists the words of the passage that
    matched.
    """

    chunk: Chunk
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)
    why: tuple[str, ...] = ()
