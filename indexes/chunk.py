"""What an index stores and returns: the chunk and the hit.

Knows nothing of how chunks are cut or how hits are found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    def searchable(self) -> str:
        """What the indexes analyse: title, headings, header row and text, one after the other."""
        return "\n".join((self.title, *self.heading_path, *filter(None, [self.table_header]), self.text))


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
