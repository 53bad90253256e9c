"""Lines of a page: characters on one baseline, cut into segments where the gaps are wide.

Works in one upright frame, on places alone; knows nothing of PDFium, languages or reading order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.characters import Character
from ingest.readers.pdf.points import attach, is_only_a_point, pointed

# All in ems.
_SAME_BASELINE = 0.4
_SEGMENT_GAP = 1.7
_BLANK = 0.2
_BLANK_SEEN = 0.1
"""The narrowest blank where PDFium saw one as well; it is generous with them, inside words too."""
_BLANK_POINTED, _BLANK_WRITTEN = 0.5, 0.15
"""Near points, whose glyphs push letters apart, in a line with blanks of its own."""
_DOUBLE = 0.08

_RAISED = 0.15
_OVERLAP, _NEAR = 0.3, 0.5
"""How far a superscript may reach into its neighbour, and stand from it."""
_SMALLER = 0.85
"""A superscript is at most this share of the size of its line."""
_RECENT_LINES = 6
_SMALLEST_LINE = 4.0


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
    rows = _on_baselines(character for character in characters if not character.is_mark)
    for mark in characters:
        if mark.is_mark:
            attach(mark, rows)
    return [list(_segments(row)) for row in _with_raised(rows)]


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
    written = len({character.written for character in ordered}) > 1
    current: list[Character | None] = [ordered[0]]
    for previous, character in pairwise(ordered):
        gap = character.x0 - previous.x1
        if gap > _SEGMENT_GAP * max(previous.size, character.size):
            yield _segment(current)
            current = []
        elif _is_blank(previous, character, gap / min(previous.size, character.size), written):
            current.append(None)
        current.append(character)
    yield _segment(current)


def _without_doubles(ordered: list[Character]) -> list[Character]:
    """Characters from left to right, without those drawn twice to look bold; points named as letters become points."""
    kept: list[Character] = []
    for character, following in zip(ordered, [*ordered[1:], None], strict=True):
        last = kept[-1] if kept else None
        if last and _is_drawn_again(character, last):
            continue
        if last and is_only_a_point(character, last, following):
            kept[-1] = pointed(last, replace(character, text=character.text[1:]))
        else:
            kept.append(character)
    return kept


def _is_drawn_again(character: Character, last: Character) -> bool:
    # One glyph may stand for the three points of an ellipsis, which then share one box exactly.
    ellipsis = character.text == "." and (character.x0, character.x1) == (last.x0, last.x1)
    return character.text == last.text and character.x0 - last.x0 < _DOUBLE * character.size and not ellipsis


def _segment(characters: list[Character | None]) -> Segment:
    solid = [character for character in characters if character]
    return Segment(
        tuple(characters),
        x0=min(each.x0 for each in solid),
        x1=max(each.x1 for each in solid),
        baseline=median(each.baseline for each in solid),
        size=_size(solid),
    )


def _is_blank(left: Character, right: Character, gap: float, written: bool) -> bool:
    """Whether a gap of so many ems parts two words; `written` says that the file has blanks in this line."""
    if left.text.isdecimal() and right.text.isdecimal() and abs(left.baseline - right.baseline) > _RAISED * left.size:
        return True  # the number of a footnote is no part of the number before it
    if written and (len(left.text) > 1 or len(right.text) > 1):
        return gap > _BLANK_POINTED or (left.written != right.written and gap > _BLANK_WRITTEN)
    return gap > _BLANK or (left.word != right.word and gap > _BLANK_SEEN)
