"""The words of a conversation: turns, answers, citations. No Gradio, no HTTP."""

from dataclasses import dataclass
from typing import Literal

from indexes.page import Place


@dataclass(frozen=True, slots=True)
class Turn:
    """Something said: by the person (`user`) or by Darash (`assistant`)."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the mark `[number]` of an answer points: characters `start` to `end` of page `page` of a document.

    `quote` is exactly that text. `place` is how people call where it stands.
    """

    number: int
    chunk_id: str
    document_id: str
    collection_id: str
    title: str
    page: int
    place: Place
    start: int
    end: int
    quote: str


Stretch = tuple[int, int]
"""Characters from the first to the last, exclusive, of the text of an answer."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cited sentence, characters `start` to `end` of the answer's text, that its sources do not bear out.

    `missing` are the numbers, dates and amounts of the sentence that no cited passage holds, as they are written there;
    empty where the words are too different.
    """

    start: int
    end: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer so far. A stream yields complete answers, each one replacing the last.

    `mode` is `model` (written by the model server) or `quoted` (sentences of the documents, word for word).
    `problem` is the code of what went wrong (see `answers.errors`), with the text streamed until then kept.
    `confidence`, from 0 to 1, is how likely the hits hold an answer; None where nobody asked.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    mode: Literal["model", "quoted"] = "model"
    finished: bool = False
    refusal: bool = False
    problem: str | None = None
    bold: tuple[Stretch, ...] = ()
    """Where in the text of quotations the answer itself stands: a number, a date, a person, a place."""
    doubts: tuple[Doubt, ...] = ()
    """In a finished answer: the sentences to be marked as not verified in their source, in order."""
    verified: float | None = None
    """In a finished answer: the share of its cited sentences that were verified; None where there are none."""
    dropped: int = 0
    """How many marks were removed because the prompt had no such source."""
    thoughts: str = ""
    """What the model thought before answering, to be shown folded."""
    place_in_line: int = 0
    """While the model server is full: how many are before this one, and one; 0 when it is being answered."""
    progress: tuple[int, int] | None = None
    """While whole documents are read: parts done, parts in all."""
    searched: str = ""
    """The question as it was understood, where that is not as it was asked."""
    terms: tuple[str, ...] = ()
    """Official terms that the model added to the search."""
    next_questions: tuple[str, ...] = ()
    """In a finished answer: what might be asked next."""
    confidence: float | None = None
