"""A slide in its order of reading: the title, what stands on it from top to bottom and right to left, the notes.

Knows boxes and texts, and no format of files.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hebrew.bidi import direction_of
from hebrew.letters import is_hebrew
from hebrew.sentences import begins_item
from indexes.page import Place
from ingest.readers.draft import Draft
from ingest.readers.list_numbers import BULLET

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in whatever unit; y grows downwards."""

_NOTES = "\u05d4\u05e2\u05e8\u05d5\u05ea \u05d4\u05d3\u05d5\u05d1\u05e8:"
"""Announces the notes of the speaker, in Hebrew."""
_OVERLAP = 0.03
"""Boxes are often larger than what is in them; so much of the whole they may overlap and still be apart."""


@dataclass(frozen=True, slots=True)
class Block:
    """Something on a slide: lines of text, or a table, or other blocks in a group.

    `from_left` says that the cells of a row stand from left to right; else they are in order from the right.
    """

    box: Box
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    header_rows: int = 1
    from_left: bool = True
    group: "tuple[Block, ...]" = ()


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide as its format gave it; one that is hidden has nothing on it. Pictures are not read."""

    title: str = ""
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    has_pictures: bool = False


def write_slide(draft: Draft, slide: Slide) -> None:
    """Adds a slide as a page of the document; the number of the page is that of the slide."""
    is_only_pictures = slide.has_pictures and not (slide.title or slide.blocks)
    draft.page(Place("slide"), ("scanned_without_text",) if is_only_pictures else ())
    draft.heading(1, slide.title)
    from_right = direction_of("\n".join((slide.title, *map(_text, slide.blocks)))) == "rtl"
    _write(draft, slide.blocks, from_right)
    if any(line.strip() for line in slide.notes):
        draft.paragraph("\n".join((_NOTES, *slide.notes)))


def in_order(blocks: Sequence[Block], *, from_right: bool) -> list[Block]:
    """Blocks as they are read: cut at the widest gap, between what is above and below or between columns, and so on.

    The recursive X-Y cut of Nagy and Seth (1984), with the widest gap first.
    """
    found: list[Block] = []
    waiting = [[_above(block, blocks) for block in blocks]]
    while waiting:
        part = waiting.pop()
        below = _cut(part, lambda box: (box[1], box[3]))
        beside = _cut(part, lambda box: (-box[2], -box[0]) if from_right else (box[0], box[2]))
        cut = max(below, beside, key=lambda each: each[0])
        if cut[2]:
            waiting += [cut[2], cut[1]]
        else:
            found += sorted(part, key=lambda block: (block.box[1], -block.box[2] if from_right else block.box[0]))
    return found


def listed(mark: str, text: str) -> str:
    """A paragraph with its number or bullet; without the bullet where its author has put a mark of his own."""
    return text if not mark or (mark == BULLET and begins_item(text)) else f"{mark} {text}"


def _cut(blocks: list[Block], interval: Callable[[Box], tuple[float, float]]) -> tuple[float, list[Block], list[Block]]:
    """The widest gap along one axis, what is before it and what is behind; nothing behind where there is no gap."""
    order = sorted(blocks, key=lambda block: interval(block.box))
    reached = widest = float("-inf")
    place = 0
    extent = max(interval(each.box)[1] for each in order) - interval(order[0].box)[0] if order else 0.0
    for index, block in enumerate(order):
        start, end = interval(block.box)
        if index and start - reached > widest and start - reached >= -_OVERLAP * extent:
            widest, place = start - reached, index
        reached = max(reached, end)
    return widest, order[: place or len(order)], order[place:] if place else []


def _above(block: Block, others: Sequence[Block]) -> Block:
    """A block around others is a frame whose text stands at its top."""
    left, top, right, bottom = block.box
    inside = (each for each in others if each is not block and each.box != block.box)
    if any(left <= x0 and top <= y0 and x1 <= right and y1 <= bottom for x0, y0, x1, y1 in (e.box for e in inside)):
        return replace(block, box=(left, top, right, top))
    return block


def _write(draft: Draft, blocks: Sequence[Block], from_right: bool) -> None:
    for block in in_order(blocks, from_right=from_right):
        if block.group:
            _write(draft, block.group, from_right)
        elif block.rows:
            # A Hebrew table is read from its last cell on where it was made from left to right.
            backwards = block.from_left and from_right and any(map(is_hebrew, _text(block)))
            draft.table([row[::-1] for row in block.rows] if backwards else block.rows, block.header_rows)
        else:
            draft.paragraph("\n".join(block.lines))


def _text(block: Block) -> str:
    cells = (cell for row in block.rows for cell in row)
    return "\n".join((*block.lines, *cells, *map(_text, block.group)))
