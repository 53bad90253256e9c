"""A document as it travels from the process that read it: plain values that fit into JSON.

Every value is made anew with its type on arrival: the other process has handled an untrusted file and is not trusted
itself. Raises KeyError, TypeError or ValueError for anything malformed.
"""

from pathlib import Path
from typing import Any, cast, get_args

from indexes.page import Kind, Page, Place, PlacedWords, Word
from ingest.document import Heading, Part, Table

Message = dict[str, Any]


def pack_page(page: Page) -> Message:
    """A page as plain values; a word is a list of its start, end and the four sides of its box."""
    return {
        "number": page.number,
        "text": page.text,
        "place": [page.place.kind, page.place.label, page.place.row],
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
        place=_place(*message["place"]),
        words=PlacedWords(_word(*word) for word in message["words"]),
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


def pack_table(table: Table) -> list[int | str]:
    """A table as plain values."""
    return [table.page, table.start, table.end, table.header]


def unpack_table(page: int, start: int, end: int, header: str) -> Table:
    """The table that was packed."""
    return Table(int(page), int(start), int(end), str(header))


def pack_part(part: Part) -> list[str]:
    """A part as plain values: its path, and the name of its file in the folder of parts."""
    return [part.path, part.file.name]


def unpack_part(path: str, name: str, folder: Path) -> Part:
    """The part that was packed. Its file is a plain file in that folder, whatever the other process says."""
    file = folder / str(name)
    if file.parent != folder or file.is_symlink() or not file.is_file():
        raise ValueError(f"no part is called {name!r}")
    return Part(str(path), file)


def _place(kind: str, label: str, row: int) -> Place:
    if kind not in get_args(Kind):
        raise ValueError(f"no kind of page is called {kind!r}")
    return Place(cast("Kind", kind), str(label), int(row))


def _word(start: int, end: int, x0: float, y0: float, x1: float, y1: float) -> Word:
    return Word(int(start), int(end), (float(x0), float(y0), float(x1), float(y1)))
