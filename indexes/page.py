"""A page of a document as it is kept: its text, and where each word stands on the paper.

Knows nothing of how a page was read or how it is shown.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, overload

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points (1/72 inch); the origin is the top left corner of the page, y grows downwards."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page: `page.text[start:end]`, and the box it fills on the paper."""

    start: int
    end: int
    box: Box


class PlacedWords(Sequence[Word]):
    """Words kept as numbers, 40 bytes each and a sixth of what they take as objects: a long document has a million."""

    __slots__ = ("_boxes", "_spans")

    def __init__(self, words: Iterable[Word] = ()) -> None:
        self._spans, self._boxes = array("I"), array("d")
        for word in words:
            self._spans.extend((word.start, word.end))
            self._boxes.extend(word.box)

    def __len__(self) -> int:
        return len(self._spans) // 2

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Word, ...]: ...
    def __getitem__(self, index: int | slice) -> Word | tuple[Word, ...]:
        if isinstance(index, slice):
            return tuple(self[each] for each in range(len(self))[index])
        place = range(len(self))[index]
        start, end = self._spans[2 * place : 2 * place + 2]
        x0, y0, x1, y1 = self._boxes[4 * place : 4 * place + 4]
        return Word(start, end, (x0, y0, x1, y1))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


Kind = Literal["page", "slide", "sheet", "message", "text"]
"""What a page of a document is to people: paper, a slide, (some rows of) a sheet, a mail, or text without pages."""


@dataclass(frozen=True, slots=True)
class Place:
    """How people name a place in a document, beside the number of its page.

    `label`, where the file gives one, is the number printed on the page ("iv", "א"), the name of the sheet, or the
    sender and date of the mail. `row` counts from 1: on a sheet, line n of the text of the page is row `row` + n - 1,
    an empty row being an empty line; elsewhere 0.
    """

    kind: Kind = "page"
    label: str = ""
    row: int = 0

    def after(self, text: str) -> "Place":
        """The place of what follows that much text of the page."""
        return replace(self, row=self.row + text.count("\n")) if self.row else self


@dataclass(frozen=True, slots=True)
class Page:
    """One page in logical order. Formats without pages (HTML, text) are a single page without words.

    `number` counts from 1; `place` is how people call it.
    `quality` (0..1) is how much of the text looks like real words and, of what was recognised, how sure OCR is of it.
    `warnings` are short codes: `read_from_scan` (recognised, by us or by whoever scanned it), `low_quality` (much of it
    looks like no words), `scanned_without_text` (a picture in which nothing was recognised), `unmapped_characters` (the
    file does not say which letters it shows), `unreadable_page`. `width` and `height` are points, 0 without paper.
    """

    number: int
    text: str
    place: Place = Place()
    words: Sequence[Word] = ()
    width: float = 0.0
    height: float = 0.0
    came_from_ocr: bool = False
    quality: float = 1.0
    warnings: tuple[str, ...] = ()
