"""A document as it travels from the process that read it: plain values that fit into JSON.

Every value is made anew with its type on arrival: the other process has handled an untrusted file and is not trusted
itself. Raises KeyError, TypeError or ValueError for anything malformed.
"""

from typing import Any

from indexes.page import Page, Word
from ingest.document import Heading

Message = dict[str, Any]


def pack_page(page: Page) -> Message:
    """A page as plain values; a word is a list of its start, end and the four sides of its box."""
    return {
        "number": page.number,
        "text": page.text,
        "label": page.label,
        "words": [[word.start, word.end, *word.box] for word in page.words],
        "width": page.width,
        "height": page.height,
        "came_from_ocr": page.came_from_ocr,
        "quality": page.quality,
        "warnings": page.warnings,
    }


def unpack_page(message: Message) -> Page:
    """The page that was packed."""
    return Page(
        number=int(message["number"]),
        text=str(message["text"]),
        label=str(message["label"]),
        words=tuple(_word(*word) for word in message["words"]),
        width=float(message["width"]),
        height=float(message["height"]),
        came_from_ocr=bool(message["came_from_ocr"]),
        quality=float(message["quality"]),
        warnings=tuple(map(str, message["warnings"])),
    )


def pack_heading(heading: Heading) -> list[int | str]:
    """A heading as plain values."""
    return [heading.page, heading.start, heading.level, heading.text]


def unpack_heading(page: int, start: int, level: int, text: str) -> Heading:
    """The heading that was packed."""
    return Heading(int(page), int(start), int(level), str(text))


def _word(start: int, end: int, x0: float, y0: float, x1: float, y1: float) -> Word:
    return Word(int(start), int(end), (float(x0), float(y0), float(x1), float(y1)))
