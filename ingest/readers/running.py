"""Lines that only repeat from page to page: running headers and footers, and page numbers.

Works on the lines of pages, their texts and their heights; knows nothing of formats.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, product

from ingest.readers.line import TextLine

_EDGE = 2
"""Lines at an edge of a page that may be running; one on a page of few lines."""
_ROUNDS = 3
"""How often the lines after running ones are looked at: a header may be a table of several rows."""
_SHARE = 0.6
_TWO = 2
"""Pages of which what both share may be chance, unless it stands in the same place."""
_SAME_PLACE = 3.0
"""Points."""
_DIGITS = re.compile("[0-9]+")
_PAGE_NUMBER = re.compile(
    r"[-–—|\[( ]*(?:עמוד|עמ['\u05f3]|דף|page)? *[0-9]{1,4}(?: *(?:מתוך|/|of) *[0-9]{1,4})?[-–—|\]) ]*", re.IGNORECASE
)

_Pages = Sequence[Sequence[TextLine]]


def running_lines(pages: _Pages) -> list[set[int]]:
    """For each page, the indexes of its lines that are running headers, running footers or page numbers.

    A line is one when, its numbers aside, it stands at the same edge of most pages, or of most pages on the same side
    of the open book. A page number standing alone on the first or last line counts on any document of several pages.
    Of two pages, a line is running when it stands in the same place of both, its numbers the same or one more.
    A row of a table is running only if the whole table is.
    """
    found: list[set[int]] = [set() for _ in pages]
    if len(pages) == _TWO:
        _mark_twins(pages, found)
    for step in (1, 2):
        for first in range(step):
            side = range(first, len(pages), step)
            if len(side) > _TWO:
                _mark_repeated(pages, side, found)
    for lines, marked in zip(pages, found, strict=True):
        if len(pages) > _TWO and lines:
            marked.update(each for each in {0, len(lines) - 1} if _PAGE_NUMBER.fullmatch(lines[each].text.strip()))
        stay = {line.table for index, line in enumerate(lines) if index not in marked and line.table}
        marked.difference_update([index for index in marked if lines[index].table in stay])
    return found


def _mark_repeated(pages: _Pages, side: range, found: list[set[int]]) -> None:
    needed = max(_TWO, _SHARE * len(side))
    for step in (1, -1):
        for _ in range(_ROUNDS):
            edges = {number: _edge(pages[number], found[number], step) for number in side}
            counts = Counter(
                key for number, edge in edges.items() for key in {_key(pages[number][each]) for each in edge}
            )
            for number, edge in edges.items():
                found[number].update(each for each in edge if counts[_key(pages[number][each])] >= needed)


def _mark_twins(pages: _Pages, found: list[set[int]]) -> None:
    first, second = pages
    for step in (1, -1):
        for _ in range(_ROUNDS):
            edges = [_edge(lines, marked, step) for lines, marked in zip(pages, found, strict=True)]
            for one, other in product(*edges):
                if _goes_on(first[one], second[other]):
                    found[0].add(one)
                    found[1].add(other)


def _edge(lines: Sequence[TextLine], marked: set[int], step: int) -> list[int]:
    """The indexes of the outermost lines that are not marked, from the top (`step` 1) or the bottom (-1)."""
    unmarked = (index for index in range(len(lines))[::step] if index not in marked)
    return list(islice(unmarked, _EDGE if len(lines) > 3 * _EDGE else 1))


def _goes_on(line: TextLine, following: TextLine) -> bool:
    """Whether a line repeats another one in the same place of the next page."""
    if _key(line) != _key(following) or abs(_height(line) - _height(following)) > _SAME_PLACE:
        return False
    numbers = zip(*(map(int, _DIGITS.findall(each.text)) for each in (line, following)), strict=True)
    return all(after - before in {0, 1} for before, after in numbers)


def _key(line: TextLine) -> str:
    return _DIGITS.sub("#", " ".join(line.text.split()))


def _height(line: TextLine) -> float:
    return line.words[0].box[1] if line.words else 0.0
