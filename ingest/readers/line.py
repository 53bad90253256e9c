"""A line of a page that has places: what the readers of paper (PDF, OCR) make pages of.

Knows nothing of how lines were found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexes.page import Box, PlacedWords, Word


class Glyph(NamedTuple):
    """A letter with its points, or anything else that stands for itself; a blank has no box.

    A tuple, because a page has thousands.
    """

    text: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line in reading order. `words` count from the start of the line and tile what is not blank.

    `opens` says that a paragraph begins here. `size` is the em in points, 0 when unknown. `table` tells apart the
    tables of a page, of which the line is a row, 0 when it is none; `is_header` says that it names their columns.
    `bold` says that all of it is.
    """

    text: str
    words: Sequence[Word]
    size: float = 0.0
    opens: bool = False
    table: int = 0
    is_header: bool = False
    bold: bool = False


def words_of(glyphs: Iterable[Glyph]) -> Sequence[Word]:
    """The words of a line of glyphs, each in the smallest box that holds its glyphs."""
    words: list[Word] = []
    start = position = 0
    boxes: list[Box] = []
    for text, box in (*glyphs, Glyph(" ", None)):
        if box is not None:
            start = start if boxes else position
            boxes.append(box)
        elif boxes:
            words.append(Word(start, position, union(boxes)))
            boxes = []
        position += len(text)
    return PlacedWords(words)


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of these."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


@dataclass(frozen=True, slots=True)
class Assembled:
    """A page's text with its words; `starts` is where each of its lines begins."""

    text: str
    words: Sequence[Word]
    starts: tuple[int, ...]


def assemble(lines: Sequence[TextLine]) -> Assembled:
    """Lines joined to the text of a page, with an empty line before each paragraph."""
    parts: list[str] = []
    words: list[Word] = []
    starts: list[int] = []
    position = 0
    for line in lines:
        separator = "" if not parts else "\n\n" if line.opens else "\n"
        position += len(separator)
        starts.append(position)
        words += [Word(position + word.start, position + word.end, word.box) for word in line.words]
        parts += [separator, line.text]
        position += len(line.text)
    return Assembled("".join(parts), PlacedWords(words), tuple(starts))
