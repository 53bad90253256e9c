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


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer so far. A stream yields complete answers, each one replacing the last.

    `mode` is `model` (written by the model server) or `quoted` (sentences of the documents, word for word).
    `problem` is the code of what went wrong (see `answers.errors`), with the text streamed until then kept.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    mode: Literal["model", "quoted"] = "model"
    finished: bool = False
    refusal: bool = False
    problem: str | None = None
