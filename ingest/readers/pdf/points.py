"""Points and accents: which letter each of them belongs to.

Works on places, and on what Hebrew points have places for; knows nothing of PDFium.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter

from hebrew.letters import is_hebrew
from ingest.readers.pdf.character import UNKNOWN, Character

# In ems.
_ABOVE, _BELOW = 1.0, 0.7
_WITHIN = 0.05

_NEAREST = 3
"""Letters, and rows, that are looked at on either side of a point."""
_POINT_WIDTH = 0.7
"""Of the width of a letter: what is narrower, and lies within it, is a point."""

_HOLAM = frozenset("\u05b9\u05ba")
"""Stand over the left edge of their letter, all others over, in or under its middle."""
_SHIN, _SHIN_DOT, _SIN_DOT = "ש", "\u05c1", "\u05c2"
_DOTS = frozenset({_SHIN_DOT, _SIN_DOT})
"""Stand over the right and left edge of a shin, and of no other letter."""


def may_be_points(text: str) -> bool:
    """Whether a character with this text is a point, has points, or might be one without a name."""
    return text == UNKNOWN or any(map(unicodedata.combining, text))


def attach(marks: Iterable[Character], rows: Sequence[list[Character]]) -> None:
    """Gives every mark to the nearest letter of `rows`, which are sorted by place; one far from letters is lost."""
    baselines = [row[0].baseline for row in rows]
    middles = [[(letter.x0 + letter.x1) / 2 for letter in row] for row in rows]
    for mark in marks:
        best: tuple[float, int, int] | None = None
        for number in _around(baselines, mark.baseline):
            row = rows[number]
            below = mark.baseline - row[0].baseline
            if -_ABOVE * row[0].size <= below <= _BELOW * row[0].size:
                for index in _around(middles[number], (mark.x0 + mark.x1) / 2):
                    far = _distance(mark, row[index]) + 0.5 * abs(below)
                    if best is None or far < best[0]:
                        best = far, number, index
        if best:
            _, number, index = best
            rows[number][index] = _pointed(rows[number][index], mark)


def named_as_letters(row: list[Character]) -> tuple[list[Character], list[Character]]:
    """The letters of a row in order of place, and the points in it that a file names as if they were letters.

    Some programs name each glyph after all that it ever stood with: the point under a letter is that letter with the
    point, wherever it occurs. A glyph without a name that lies within a letter is a point too, but nobody knows which.
    """
    row = sorted(row, key=attrgetter("x0"))
    letters, marks = row[:], []
    for index, suspect in enumerate(row):
        points = suspect.text[1:]
        host = _host(row, index) if may_be_points(suspect.text) else None
        if host is None:
            continue
        if not is_hebrew(row[host].text) and is_hebrew(suspect.text):  # its name went to its point
            letters[host] = row[host]._replace(text=suspect.text[0])
        letters[index] = suspect._replace(text="")
        marks += [suspect._replace(text=point) for point in points]
    return [letter for letter in letters if letter.text], marks


def _host(row: Sequence[Character], index: int) -> int | None:
    """The letter of a row in which another glyph of it lies as a point does."""
    point = row[index]
    middle, slack = (point.x0 + point.x1) / 2, _WITHIN * point.size
    for other in range(max(index - _NEAREST, 0), min(index + _NEAREST + 1, len(row))):
        letter = row[other]
        is_wider = point.x1 - point.x0 < _POINT_WIDTH * (letter.x1 - letter.x0)
        if is_wider and letter.x0 - slack <= middle <= letter.x1 + slack:
            return other
    return None


def _around(places: Sequence[float], place: float) -> range:
    """The indices of the nearest of some sorted places."""
    middle = bisect_left(places, place)
    return range(max(middle - _NEAREST, 0), min(middle + _NEAREST, len(places)))


def _distance(mark: Character, letter: Character) -> float:
    """How far a mark is from where it would stand on a letter, in points of the page."""
    middle = (mark.x0 + mark.x1) / 2
    if mark.text in _HOLAM:
        return abs(letter.x0 - middle)
    if mark.text in _DOTS and letter.text[0] == _SHIN:
        return abs((letter.x1 if mark.text == _SHIN_DOT else letter.x0) - middle)
    return abs((letter.x0 + letter.x1) / 2 - middle) + (letter.size if mark.text in _DOTS else 0.0)


def _pointed(letter: Character, mark: Character) -> Character:
    """The letter with a mark, the marks in canonical order; a dot of shin that stands elsewhere is left out."""
    base = letter.text[0]
    if mark.text in _DOTS and base not in {_SHIN, UNKNOWN}:
        return letter
    base = _SHIN if mark.text in _DOTS else base
    return letter._replace(text=base + "".join(sorted(letter.text[1:] + mark.text, key=unicodedata.combining)))
