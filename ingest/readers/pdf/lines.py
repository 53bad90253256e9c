"""Lines of a page: characters on one baseline, cut into segments where the gaps are wide.

Works in one upright frame, on places; knows nothing of PDFium or reading order.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from statistics import median

from hebrew.letters import is_hebrew
from ingest.readers.pdf.character import Character
from ingest.readers.pdf.points import attach, may_be_points, named_as_letters

# All in ems.
_SAME_BASELINE = 0.4
_SEGMENT_GAP = 1.7
_BLANK = 0.2
_BLANK_SEEN = 0.1
"""The narrowest blank where PDFium saw one as well. It is generous with them, and near points it sees blanks inside
words, so that there only one that is drawn in the file counts."""
_DOUBLE = 0.08
_TOGETHER, _NARROW = frozenset(".ft"), 0.45
"""Characters that are narrower than that, and that fonts draw two or three at a time."""

_RAISED = 0.15
_OVERLAP, _NEAR = 0.3, 0.5
"""How far a superscript may reach into its neighbour, and stand from it."""
_SMALLER = 0.85
"""A superscript is at most this share of the size of its line."""
_RECENT_LINES = 6
_SMALLEST_LINE = 4.0


_BASELINE, _LEFT = attrgetter("baseline"), attrgetter("x0")


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that stand together, from left to right; None is a blank between words.

    x0 to x1 are its edges, `baseline` its distance from the top, `size` the em of most of it.
    """

    characters: tuple[Character | None, ...]
    x0: float
    x1: float
    baseline: float
    size: float


def lines_of(characters: Sequence[Character]) -> list[list[Segment]]:
    """The lines of a page from top to bottom, each as its segments from left to right."""
    if any(map(may_be_points, {character.text for character in characters})):
        rows = _on_baselines(character for character in characters if not character.is_mark)
        parted = [named_as_letters(row) for row in rows]
        rows = [letters for letters, _ in parted]
        marks = [character for character in characters if character.is_mark]
        attach(marks + [point for _, points in parted for point in points], rows)
    else:
        rows = _on_baselines(characters)
    return [list(_segments(row)) for row in _with_raised(rows)]


def _on_baselines(characters: Iterable[Character]) -> list[list[Character]]:
    rows: list[list[Character]] = []
    row: list[Character] = []
    baseline = math.nan
    for character in sorted(characters, key=_BASELINE):
        if character.baseline != baseline:
            baseline = character.baseline
            row = _row_at(rows, character)
        row.append(character)
    return rows


def _row_at(rows: list[list[Character]], character: Character) -> list[Character]:
    for row in rows[: -_RECENT_LINES - 1 : -1]:
        size = max(min(row[0].size, character.size), _SMALLEST_LINE)
        if character.baseline - row[0].baseline < _SAME_BASELINE * size:
            return row
    rows.append([])
    return rows[-1]


def _with_raised(rows: list[list[Character]]) -> list[list[Character]]:
    """Rows with superscripts and subscripts moved into the line that they belong to."""
    kept: list[list[Character]] = []
    sizes = [_size(row) for row in rows]
    for index, row in enumerate(rows):
        neighbours = (*range(max(index - 2, 0), index), *range(index + 1, min(index + 3, len(rows))))
        for other in neighbours:
            if sizes[index] <= _SMALLER * sizes[other] and _is_raised(row, rows[other], sizes[other]):
                rows[other].extend(row)
                break
        else:
            kept.append(row)
    return kept


def _is_raised(row: list[Character], target: list[Character], size: float) -> bool:
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
    ordered = sorted(row, key=_LEFT)
    groups = [[ordered[0]]]
    for previous, character in pairwise(ordered):
        if character.x0 - previous.x1 > size:
            groups.append([])
        groups[-1].append(character)
    return groups


def _size(row: list[Character]) -> float:
    return median(each.size for each in row)


def _segments(row: list[Character]) -> Iterable[Segment]:
    ordered = _without_doubles(sorted(row, key=_LEFT))
    current: list[Character | None] = [ordered[0]]
    for previous, character in pairwise(ordered):
        gap, size = character.x0 - previous.x1, min(previous.size, character.size)
        if gap > _BLANK_SEEN * size or character.baseline != previous.baseline:  # else a word goes on
            if gap > _SEGMENT_GAP * max(previous.size, character.size):
                yield _segment(current)
                current = []
            elif _is_blank(previous, character, gap / size):
                current.append(None)
        current.append(character)
    yield _segment(current)


def _without_doubles(ordered: list[Character]) -> list[Character]:
    """Characters from left to right, without those drawn twice to look bold."""
    kept = ordered[:1]
    for character in ordered[1:]:
        if character.text != kept[-1].text or not _is_drawn_again(character, kept[-1]):
            kept.append(character)
    return kept


def _is_drawn_again(character: Character, last: Character) -> bool:
    # One glyph may stand for the points of an ellipsis, or for a ligature of two letters; they share its wide box.
    width = character.x1 - character.x0
    shared = (character.x0, character.x1) == (last.x0, last.x1)
    is_glyph = shared and character.text in _TOGETHER and width > _NARROW * character.size
    return character.x0 - last.x0 < _DOUBLE * character.size and not is_glyph


def _segment(characters: list[Character | None]) -> Segment:
    solid = [character for character in characters if character]
    return Segment(
        tuple(characters),
        x0=solid[0].x0,
        x1=max(each.x1 for each in solid),
        baseline=median(each.baseline for each in solid),
        size=_size(solid),
    )


def _is_blank(left: Character, right: Character, gap: float) -> bool:
    """Whether a gap of so many ems parts two words."""
    if gap > _BLANK:
        return True
    if left.baseline != right.baseline and _is_note(left, right):
        return True
    if gap <= _BLANK_SEEN:
        return False
    if len(left.text) > 1 or len(right.text) > 1:
        return left.written != right.written
    return left.word != right.word


def _is_note(left: Character, right: Character) -> bool:
    """Whether one of two characters is the raised number of a footnote, and the other a number or a Hebrew letter."""
    raised, other = (left, right) if left.baseline < right.baseline else (right, left)
    if other.baseline - raised.baseline <= _RAISED * other.size or not raised.text.isdecimal():
        return False
    return other.text.isdecimal() or is_hebrew(other.text)
