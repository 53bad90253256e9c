"""A document as it comes out of a reader. No input or output, no library types."""

from dataclasses import dataclass

from indexes.page import Page


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that begins at character `start` of page number `page`. `level` 1 is the outermost."""

    page: int
    start: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader returns: a title, pages in order, headings in order of place."""

    title: str
    pages: tuple[Page, ...]
    headings: tuple[Heading, ...] = ()
