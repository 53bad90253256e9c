"""A document as it comes out of a reader. No input or output, no library types."""

from dataclasses import dataclass
from pathlib import Path

from indexes.page import Page


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that begins at character `start` of page number `page`. `level` 1 is the outermost."""

    page: int
    start: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Characters `start` to `end` of page number `page` are rows of a table, one a line.

    `header` is the text of its header row, "" when it has none; on a page where a table goes on, that of its beginning.
    """

    page: int
    start: int
    end: int
    header: str


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside the file: an attachment, or a file of an archive. Becomes a document of its own.

    `path` is what it is called there, folders included, as it stands in the file: shown, and never used as a path.
    `file` is where the reader has put its bytes.
    """

    path: str
    file: Path


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader returns: a title; pages, headings, tables in order of place; the files inside.

    A file with parts (mail, an archive) may have no pages.
    """

    title: str
    pages: tuple[Page, ...]
    headings: tuple[Heading, ...] = ()
    tables: tuple[Table, ...] = ()
    parts: tuple[Part, ...] = ()
