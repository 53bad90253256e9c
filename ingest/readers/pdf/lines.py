"""Lines of a page: characters on one baseline, cut into segments where the gaps are wide.

Works in one upright frame, on places alone; knows nothing of PDFium, languages or reading order.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.characters import Character

# All in ems.
_SAME_BASELINE = 0.4
_SEGMENT_GAP = 1.7
_BLANK = 0.2
_BLANK_SEEN = 0.1
"""The narrowest blank where PDFium saw one as well; it is generous with them, inside words too."""
_POINTED = 0.06
"""Added near points: their glyphs push letters apart."""
_DOUBLE = 0.08
_MARK_ABOVE, _MARK_BELOW = 1.0, 0.7

_RAISED = 0.15
_OVERLAP, _NEAR = 0.3, 0.5
"""How far a superscript may reach into its neighbour, and stand from it."""
_SMALLER = 0.85
"""A superscript is at most this share of the size of its line."""
_RECENT_LINES = 6
_SMALLEST_LINE = 4.0
_SAME_EDGE = 0.4
_POINT_WIDTH = 0.7
"""Of the width of a letter: what is narrower, and lies within it, is a point."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that stand together, from left to right; None is a blank between words. x0 to x1 are its edges."""

    characters: tuple[Character | None, ...]
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Line:
    """Segments from left to right on one baseline, in points from the top; `size` is the em of most of it."""

    baseline: float
    size: float
    segments: tuple[Segment, ...]


def lines_of(characters: Sequence[Character]) -> list[Line]:
    """The lines of a page from top to bottom."""
    rows = _on_baselines(character for character in characters if not character.is_mark)
    for mark in characters:
        if mark.is_mark:
            _attach(mark, rows)
    rows = _with_raised(rows)
    return [Line(median(each.baseline for each in row), _size(row), tuple(_segments(row))) for row in rows]


def _on_baselines(characters: Iterable[Character]) -> list[list[Character]]:
    rows: list[list[Character]] = []
    for character in sorted(characters, key=lambda each: each.baseline):
        for row in reversed(rows[-_RECENT_LINES:]):
            size = max(min(row[0].size, character.size), _SMALLEST_LINE)
            if character.baseline - row[0].baseline < _SAME_BASELINE * size:
                row.append(character)
                break
        else:
            rows.append([character])
    return rows


def _attach(mark: Character, rows: list[list[Character]]) -> None:
    """Gives a point that stands for itself to the nearest letter; where no letter is near, it is lost."""
    best: tuple[float, list[Character], int] | None = None
    middle = (mark.ink0 + mark.ink1) / 2
    for row in rows:
        below = mark.baseline - row[0].baseline
        if not -_MARK_ABOVE * row[0].size <= below <= _MARK_BELOW * row[0].size:
            continue
        for index, letter in enumerate(row):
            distance = abs((letter.x0 + letter.x1) / 2 - middle) + 0.5 * abs(below)
            if best is None or distance < best[0]:
                best = distance, row, index
    if best:
        _, row, index = best
        row[index] = _pointed(row[index], mark)


def _pointed(letter: Character, mark: Character) -> Character:
    points = sorted(letter.text[1:] + mark.text, key=unicodedata.combining)
    x0, x1 = letter.x0, letter.x1
    if mark.ink1 - mark.ink0 > _SAME_EDGE:
        if abs(mark.ink1 - x0) < _SAME_EDGE:
            x0 = mark.ink0
        elif abs(mark.ink0 - x1) < _SAME_EDGE:
            x1 = mark.ink1
    return replace(letter, text=letter.text[0] + "".join(points), x0=x0, x1=x1)


def _with_raised(rows: list[list[Character]]) -> list[list[Character]]:
    """Rows with superscripts and subscripts moved into the line that they belong to."""
    kept: list[list[Character]] = []
    for index, row in enumerate(rows):
        neighbours = rows[max(index - 2, 0) : index] + rows[index + 1 : index + 3]
        for target in neighbours:
            if _is_raised(row, target):
                target.extend(row)
                break
        else:
            kept.append(row)
    return kept


def _is_raised(row: list[Character], target: list[Character]) -> bool:
    size = _size(target)
    if _size(row) > _SMALLER * size:
        return False
    middle = median((each.top + each.bottom) / 2 for each in row)
    if not min(each.top for each in target) <= middle <= max(each.bottom for each in target):
        return False
    return all(
        any(
            -_OVERLAP * size < gap < _NEAR * size
            for each in target
            for gap in (part[0].x0 - each.x1, each.x0 - part[-1].x1)
        )
        for part in _groups(row, size)
    )


def _groups(row: list[Character], size: float) -> list[list[Character]]:
    ordered = sorted(row, key=lambda each: each.x0)
    groups = [[ordered[0]]]
    for previous, character in pairwise(ordered):
        if character.x0 - previous.x1 > size:
            groups.append([])
        groups[-1].append(character)
    return groups


def _size(row: list[Character]) -> float:
    return median(each.size for each in row)


def _segments(row: list[Character]) -> Iterable[Segment]:
    ordered = _without_doubles(sorted(row, key=lambda each: each.x0))
    current: list[Character | None] = [ordered[0]]
    for previous, character in pairwise(ordered):
        gap = character.x0 - previous.x1
        if gap > _SEGMENT_GAP * max(previous.size, character.size):
            yield _segment(current)
            current = []
        elif _is_blank(previous, character, gap / min(previous.size, character.size)):
            current.append(None)
        current.append(character)
    yield _segment(current)


def _without_doubles(ordered: list[Character]) -> list[Character]:
    """Characters from left to right, without those drawn twice to look bold, and with letters that are points put right.

    A file may name the glyph of a point after the first letter that it stood with; it is seen to lie within a letter.
    """
    kept: list[Character] = []
    for character in ordered:
        last = kept[-1] if kept else None
        if last and character.text == last.text and character.x0 - last.x0 < _DOUBLE * character.size:
            continue
        points = character.text[1:]
        if last and points and unicodedata.combining(points[0]) and _lies_within(character, last):
            kept[-1] = _pointed(last, replace(character, text=points))
        else:
            kept.append(character)
    return kept


def _lies_within(point: Character, letter: Character) -> bool:
    return point.x1 <= letter.x1 + _SAME_EDGE and point.x1 - point.x0 < _POINT_WIDTH * (letter.x1 - letter.x0)


def _segment(characters: list[Character | None]) -> Segment:
    solid = [character for character in characters if character]
    return Segment(tuple(characters), min(each.x0 for each in solid), max(each.x1 for each in solid))


def _is_blank(left: Character, right: Character, gap: float) -> bool:
    """Whether a gap of so many ems parts two words."""
    if left.text.isdecimal() and right.text.isdecimal() and abs(left.baseline - right.baseline) > _RAISED * left.size:
        return True  # the number of a footnote is no part of the number before it
    pointed = _POINTED if len(left.text) > 1 or len(right.text) > 1 else 0.0
    return gap > _BLANK + pointed or (left.word != right.word and gap > _BLANK_SEEN + pointed)
