"""Where a passage stands on its page: the boxes of its words, one box for what stands together on a line. No HTML."""

from collections.abc import Iterable
from dataclasses import dataclass

from indexes.page import Box, Page

PADDING = 1.5
"""Points around a line, so that the box does not touch its letters."""


_GAP = 3.0
"""Heights of a line: what is further apart on it stands in two columns, or in two cells of a table."""


@dataclass(frozen=True, slots=True)
class PageBox:
    """A box on a page in percent of the page's width and height, from its top left corner."""

    left: float
    top: float
    width: float
    height: float


def boxes_of(page: Page, start: int, end: int) -> list[PageBox]:
    """The boxes of characters `start` to `end` of the page, one for each line of a column.

    None where the page has no paper or no words.
    """
    if page.width <= 0 or page.height <= 0:
        return []
    lines = _lines(word.box for word in page.words if max(start, word.start) < min(end, word.end))
    return [percent(line, page.width, page.height) for line in lines]


def _lines(boxes: Iterable[Box]) -> list[Box]:
    lines: list[Box] = []
    for box in boxes:
        if lines and _together(lines[-1], box):
            last = lines[-1]
            lines[-1] = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            lines.append(box)
    return lines


def _together(line: Box, box: Box) -> bool:
    """Whether they share at least half of the lower one's height, and no gap of a column is between them."""
    lower = min(line[3] - line[1], box[3] - box[1])
    shared = min(line[3], box[3]) - max(line[1], box[1])
    gap = max(line[0], box[0]) - min(line[2], box[2])
    return shared * 2 >= lower and gap <= _GAP * lower


def percent(box: Box, width: float, height: float) -> PageBox:
    """A box in points as one in percent of a page of that size, with a little room around it."""
    left, top = max(0.0, box[0] - PADDING), max(0.0, box[1] - PADDING)
    right, bottom = min(width, box[2] + PADDING), min(height, box[3] + PADDING)
    return PageBox(
        left=round(100 * left / width, 2),
        top=round(100 * top / height, 2),
        width=round(100 * max(0.0, right - left) / width, 2),
        height=round(100 * max(0.0, bottom - top) / height, 2),
    )
